//! Tables as CSV: needs, ASF, codes and past procurements.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| samhandla_fuzz::document(bytes));
