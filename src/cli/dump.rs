//! `import needs --dump`: what stands in eForms notices, field by field, for comparing with other readers.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    path::PathBuf,
};

use super::{Ended, arguments::Format};
use crate::intake::{self, FieldValue, Refusal, input::Input};

/// Prints every value of every notice: one JSON array of objects, or CSV rows below their header.
pub(super) fn fields(paths: &[PathBuf], format: Format) -> anyhow::Result<Ended> {
    let mut ended = Ended::Done;
    let mut written = Vec::new();
    for input in intake::files(paths) {
        match values(input) {
            Ok(values) => written.extend(values),
            Err((file, refusal)) => {
                eprintln!("samhandla: {file}: {refusal}");
                ended = Ended::SomeRejected;
            }
        }
    }
    match print(&written, format) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(ended),
        printed => printed.map(|()| ended).map_err(Into::into),
    }
}

fn values(input: Input) -> Result<Vec<FieldValue>, (String, Refusal)> {
    let (file, reader): (String, Box<dyn BufRead>) = match input {
        Input::Stdin => ("-".to_owned(), Box::new(BufReader::new(std::io::stdin()))),
        Input::File(path) => {
            let file = path.display().to_string();
            match File::open(&path) {
                Ok(opened) => (file, Box::new(BufReader::new(opened))),
                Err(error) => return Err((file, Refusal::new("rejected-file", error.to_string()))),
            }
        }
        Input::Skipped { .. } => return Ok(Vec::new()),
        Input::Refused { path, refusal } => return Err((path.display().to_string(), refusal)),
    };
    intake::dump_notice(&file, reader).map_err(|refusal| (file, refusal))
}

fn print(values: &[FieldValue], format: Format) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => {
            serde_json::to_writer(&mut out, values)?;
            writeln!(out)
        }
        Format::Text => {
            let mut rows = csv::WriterBuilder::new().has_headers(false).from_writer(&mut out);
            rows.write_record(["file", "field", "lot", "qualifier", "value"])?;
            for value in values {
                rows.serialize(value)?;
            }
            rows.flush()
        }
    }
}
