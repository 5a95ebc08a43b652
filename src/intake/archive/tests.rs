//! Archives of our own: good, cut, hostile.

use std::{
    io::{Cursor, Write},
    ops::ControlFlow,
};

use flate2::{Compression, write::GzEncoder};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::Document;
use crate::intake::{Reading, read_needs, visit_documents};

const CSV: &str = "external_id,title,buyer_name\n1,Städning,Kommunen\n";

pub(in crate::intake) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(in crate::intake) fn tar_gz(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Written by hand, since the library refuses to write names that lead out.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

/// Each document as its name and `read 1`, the skip reason or the rule.
fn outcomes(file: Vec<u8>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    visit_documents("a", Cursor::new(file), &mut |name, document| {
        match document {
            Document::Skipped(reason) => found.push((name.to_owned(), reason.to_owned())),
            Document::Refused(refusal) => found.push((name.to_owned(), refusal.rule.to_owned())),
            Document::Content(bytes) => {
                for record in read_needs(name, bytes) {
                    let outcome = match record.reading {
                        Reading::Read(need) => format!("read {}", need.external_id),
                        Reading::Skipped { reason } => reason.to_owned(),
                        Reading::Rejected(refusal) => refusal.rule.to_owned(),
                    };
                    found.push((record.source, outcome));
                }
            }
        }
        ControlFlow::Continue(())
    });
    found
}

fn check(file: Vec<u8>, expected: &[(&str, &str)]) {
    let found = outcomes(file);
    let found: Vec<(&str, &str)> = found.iter().map(|(name, outcome)| (name.as_str(), outcome.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_member_is_a_document_and_its_path_is_only_a_name() {
    let members: &[(&str, &[u8])] = &[
        ("b/n.csv", CSV.as_bytes()),
        ("../../etc/n.csv", CSV.as_bytes()),
        ("readme.txt", b"x"),
        ("inner.csv", b"PK\x03\x04"),
    ];
    let expected = [
        ("a/b/n.csv", "read 1"),
        ("a/../../etc/n.csv", "read 1"),
        ("a/readme.txt", "not-a-known-ending"),
        ("a/inner.csv", "rejected-nested-archive"),
    ];
    check(zip(members), &expected);
    check(tar_gz(members), &expected);
}

#[test]
fn a_packed_file_is_read_as_itself() {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(CSV.as_bytes()).unwrap();
    check(gz.finish().unwrap(), &[("a", "read 1")]);
    check(CSV.as_bytes().to_vec(), &[("a", "read 1")]);
}

#[test]
fn a_cut_archive_gives_what_was_read_and_a_reason() {
    let noise: Vec<u8> = (0..40_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let members: &[(&str, &[u8])] = &[("n.csv", CSV.as_bytes()), ("m.txt", &noise)];
    for mut file in [zip(members), tar_gz(members)] {
        file.truncate(file.len() / 2);
        let found = outcomes(file);
        assert_eq!(found[0], ("a/n.csv".to_owned(), "read 1".to_owned()));
        assert!(["rejected-archive", "rejected-unreadable"].contains(&found.last().unwrap().1.as_str()), "{found:?}");
    }
}

#[test]
fn an_archive_that_fills_the_memory_is_stopped() {
    let zeros = format!("external_id,title,buyer_name\n{}", ",,\n".repeat(8 << 20)).into_bytes();
    let rules = |file| outcomes(file).into_iter().map(|(_, outcome)| outcome).collect::<Vec<_>>();
    assert_eq!(rules(zip(&[("n.csv", &zeros), ("m.csv", CSV.as_bytes())])), ["rejected-archive-size"; 2]);
    assert!(
        rules(tar_gz(&[("n.txt", &zeros), ("m.csv", CSV.as_bytes())])).contains(&"rejected-archive-size".to_owned())
    );
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(&zeros).unwrap();
    assert_eq!(rules(gz.finish().unwrap()), ["rejected-archive-size"]);
}
