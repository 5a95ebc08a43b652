//! The words that users read: templates and locales, rendered. Knows neither web nor mail.
