//! From paths on the command line to the files to read. Opens nothing but folders.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Refusal, bytes};

/// Why a file is passed by.
pub(super) const NOT_READ: &str = "not-a-known-ending";

/// Endings of documents.
const DOCUMENTS: &[&str] = &["xml", "csv", "json", "jsonl", "ndjson", "xlsx", "atom", "rss"];

/// Endings of archives, which are opened in a folder but not in another archive.
const ARCHIVES: &[&str] = &["zip", "tar", "gz", "tgz"];

/// One thing to read, or why it is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file: named itself, or found in a folder.
    File(PathBuf),
    /// Standard input, written `-`.
    Stdin,
    /// Found in a folder, but not of a kind that is read.
    Skipped {
        /// The file.
        path: PathBuf,
        /// Why, as a word that can be counted.
        reason: &'static str,
    },
    /// A path that is not there, or a folder that may not be read.
    Refused {
        /// The path.
        path: PathBuf,
        /// Why.
        refusal: Refusal,
    },
}

/// The rule stands at [`super::files`].
pub(super) fn expand(paths: &[PathBuf]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            _ if path.as_os_str() == "-" => inputs.push(Input::Stdin),
            Ok(kind) if kind.is_dir() => walk(path, &mut inputs),
            Ok(_) => inputs.push(Input::File(path.clone())),
            Err(error) => inputs.push(Input::Refused { path: path.clone(), refusal: bytes::unreadable(&error) }),
        }
    }
    inputs
}

/// Walks without recursion, so that no folder is too deep.
fn walk(folder: &Path, inputs: &mut Vec<Input>) {
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        let is_folder = path == folder || fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_dir());
        if is_folder {
            match entries(&path) {
                Ok(entries) => waiting.extend(entries.into_iter().rev()),
                Err(error) => inputs.push(Input::Refused { path, refusal: bytes::unreadable(&error) }),
            }
        } else if !path.is_file() {
            inputs.push(Input::Skipped { path, reason: "not-a-file" });
        } else if has_known_ending(&path) || has_ending(&path, ARCHIVES) {
            inputs.push(Input::File(path));
        } else {
            inputs.push(Input::Skipped { path, reason: NOT_READ });
        }
    }
}

fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    Ok(entries)
}

/// Whether a file of this name is read when it is found in a folder or an archive.
pub(super) fn has_known_ending(path: &Path) -> bool {
    has_ending(path, DOCUMENTS)
}

fn has_ending(path: &Path, known: &[&str]) -> bool {
    path.extension().is_some_and(|ending| known.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_known_files_in_order_and_named_files_are_always_tried() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).unwrap();
        for name in ["c.CSV", "a.xml", "b/d.xml", "b/e.txt"] {
            fs::write(at(name), "").unwrap();
        }
        let expected = [
            Input::File(at("a.xml")),
            Input::File(at("b/d.xml")),
            Input::Skipped { path: at("b/e.txt"), reason: NOT_READ },
            Input::File(at("c.CSV")),
            Input::Stdin,
            Input::File(at("b/e.txt")),
        ];
        assert_eq!(expand(&[folder.path().to_owned(), "-".into(), at("b/e.txt")]), expected);
    }

    #[test]
    fn a_missing_path_is_refused() {
        let inputs = expand(&["no/such/file".into()]);
        assert!(matches!(&inputs[..], [Input::Refused { refusal, .. }] if refusal.rule == "rejected-unreadable"));
    }
}
