//! Archives: as they come, and packed from the bytes, a member a line with its name before the first colon.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    samhandla_fuzz::file(bytes);
    let text = String::from_utf8_lossy(bytes);
    let members = text.split('\n').filter_map(|line| line.split_once(':'));
    samhandla_fuzz::file(&samhandla_fuzz::zip(members.map(|(name, content)| (name, content.as_bytes()))));
});
