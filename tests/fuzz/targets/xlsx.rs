//! Workbooks: as they come, and with the bytes as the first sheet.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        samhandla_fuzz::document(bytes);
    } else {
        samhandla_fuzz::document(&samhandla_fuzz::workbook(bytes));
    }
});
