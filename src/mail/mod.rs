//! Values to messages, and the mailer that delivers them. Knows no database.
