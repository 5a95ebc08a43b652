//! What the tests stand on: fresh databases and a running product.

pub mod database;
