//! eForms notices.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| samhandla_fuzz::document(bytes));
