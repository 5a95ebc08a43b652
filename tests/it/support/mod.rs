//! What the tests stand on: fresh databases, a running product, a mail server and a browser.

pub mod binary;
pub mod browser;
pub mod database;
pub mod faulty;
pub mod postgres;
pub mod product;
pub mod smtp;
pub mod ted;
