//! `bounce import`: what came back, from standard input, files or a mailbox folder.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use super::{Ended, arguments::Format, output};
use crate::{
    app::App,
    service::{bounces, bounces::Report},
};

/// Most that is read of one mail.
const MOST_BYTES: u64 = 1024 * 1024;

/// Takes in each mail; the same one again changes nothing, so a folder may be read again and again.
pub(super) async fn import(app: &App, paths: &[PathBuf], to: Option<&str>, format: Format) -> anyhow::Result<Ended> {
    let mut report = Report::default();
    for path in paths {
        for file in files(path)? {
            let raw = read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            report.add(bounces::take_in(app, &raw, to).await?);
        }
    }
    output::print(format, &report, || {
        format!(
            "read {}: {} addresses suppressed, {} failures for now, {} for staff, {} ignored, {} not ours",
            report.read, report.suppressed, report.soft, report.tasks, report.ignored, report.untrusted
        )
    })?;
    Ok(Ended::Done)
}

/// The file, or every file of a folder and of `new` and `cur` in a Maildir.
fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for folder in [path.to_owned(), path.join("new"), path.join("cur")].iter().filter(|folder| folder.is_dir()) {
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let file = entry?.path();
            if file.is_file() {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut raw)?;
    } else {
        std::fs::File::open(file)?.take(MOST_BYTES).read_to_end(&mut raw)?;
    }
    Ok(raw)
}
