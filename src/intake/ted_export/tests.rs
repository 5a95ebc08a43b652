//! Small notices of our own in the older format.
