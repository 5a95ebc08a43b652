//! Archives: every member a document of its own, one after the other, in bounded memory. Nothing is
//! unpacked to disk, so a member's path is only a name.

#[cfg(test)]
pub(super) mod tests;

use std::{
    io::{self, BufRead, BufReader, Read, Seek},
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::bufread::MultiGzDecoder;
use zip::{ZipArchive, result::ZipError};

use super::{
    Refusal,
    bytes::{self, Packing},
    input, text,
};

/// Most members of one archive.
const MAX_MEMBERS: usize = 200_000;

/// How much larger the whole may become than its archive. Notices shrink to a tenth or a thirtieth.
pub(super) const MAX_RATIO: u64 = 200;

/// What may be unpacked whatever the ratio, in bytes (16 MiB): small archives of repetitive text.
pub(super) const FREE_BYTES: u64 = 16 << 20;

/// Longest name of a member that is shown, in characters.
const NAME_CHARS: usize = 200;

/// A file that can be read from any place: what a zip's list of members needs.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// One document of a file, or why there is none.
pub enum Document<'a> {
    /// Read it before the next comes.
    Content(&'a mut dyn BufRead),
    /// Not of a kind that is read; the word can be counted.
    Skipped(&'static str),
    /// Not readable.
    Refused(Refusal),
}

/// Takes one document and its name; `Break` ends the walk.
pub type Visit<'a> = &'a mut dyn FnMut(&str, Document<'_>) -> ControlFlow<()>;

/// Visits the documents of a file: the file itself, or the members of the archive that it is.
///
/// What can be read of a broken archive is visited before the reason why the rest cannot.
pub(super) fn visit(source: &str, mut file: Box<dyn ReadSeek + '_>, visit: Visit<'_>) -> ControlFlow<()> {
    let mut head = Vec::new();
    let begun = file.by_ref().take(512).read_to_end(&mut head).and_then(|_| file.rewind());
    if let Err(error) = begun {
        return visit(source, Document::Refused(bytes::unreadable(&error)));
    }
    match bytes::kind_of(&head) {
        Some(Packing::Zip) if !bytes::is_sheet(&head) => members_of_zip(source, file, visit),
        Some(Packing::Gzip) => members_of_gzip(source, file, visit),
        Some(Packing::Tar) => members_of_tar(source, file, &Budget::default(), visit),
        _ => visit(source, Document::Content(&mut BufReader::new(file))),
    }
}

fn members_of_zip(source: &str, mut file: Box<dyn ReadSeek + '_>, visit: Visit<'_>) -> ControlFlow<()> {
    let size = file.seek(io::SeekFrom::End(0)).unwrap_or_default();
    let budget = Budget::default();
    budget.packed.store(size, Ordering::Relaxed);
    let _ = file.rewind();
    let mut archive = match ZipArchive::new(BufReader::new(&mut file)) {
        Ok(archive) => archive,
        // Its list of members stands at the end: a cut archive is read from the start.
        Err(error) => return members_of_cut_zip(source, file, &budget, &error, visit),
    };
    for at in 0..archive.len() {
        if at >= MAX_MEMBERS {
            return visit(source, Document::Refused(too_many()));
        }
        let outcome = match archive.by_index(at) {
            Ok(mut member) => {
                let (name, is_file) = (named(source, member.name_raw()), member.is_file());
                visit_member(&name, is_file, &mut member, &budget, visit)
            }
            Err(error) => visit(source, Document::Refused(broken(&error))),
        };
        outcome?;
        budget.check(source, visit)?;
    }
    ControlFlow::Continue(())
}

fn members_of_cut_zip(
    source: &str,
    mut file: Box<dyn ReadSeek + '_>,
    budget: &Budget,
    why: &ZipError,
    visit: Visit<'_>,
) -> ControlFlow<()> {
    let _ = file.rewind();
    let mut stream = BufReader::new(file);
    for _ in 0..MAX_MEMBERS {
        match zip::read::read_zipfile_from_stream(&mut stream) {
            Ok(Some(mut member)) => {
                let (name, is_file) = (named(source, member.name_raw()), member.is_file());
                visit_member(&name, is_file, &mut member, budget, visit)?;
            }
            Ok(None) | Err(_) => return visit(source, Document::Refused(broken(why))),
        }
        budget.check(source, visit)?;
    }
    visit(source, Document::Refused(too_many()))
}

fn members_of_gzip(source: &str, file: Box<dyn ReadSeek + '_>, visit: Visit<'_>) -> ControlFlow<()> {
    let budget = Budget::default();
    let packed = Counted { inner: file, count: Arc::clone(&budget.packed) };
    let mut unpacked = BufReader::with_capacity(32_768, MultiGzDecoder::new(BufReader::new(packed)));
    match unpacked.fill_buf() {
        Ok(head) if bytes::kind_of(head) == Some(Packing::Tar) => members_of_tar(source, unpacked, &budget, visit),
        Ok(_) => {
            let mut limited = BufReader::new(budget.limited(unpacked));
            visit(source, Document::Content(&mut limited))
        }
        Err(error) => visit(source, Document::Refused(bytes::unreadable(&error))),
    }
}

fn members_of_tar(source: &str, tar: impl Read, budget: &Budget, visit: Visit<'_>) -> ControlFlow<()> {
    let is_packed = budget.packed.load(Ordering::Relaxed) > 0;
    let limited: Box<dyn Read + '_> = if is_packed { Box::new(budget.limited(tar)) } else { Box::new(tar) };
    let mut archive = tar::Archive::new(limited);
    let members = match archive.entries() {
        Ok(members) => members,
        Err(error) => return visit(source, Document::Refused(bytes::unreadable(&error))),
    };
    for (at, member) in members.enumerate() {
        if at >= MAX_MEMBERS {
            return visit(source, Document::Refused(too_many()));
        }
        match member {
            Ok(mut member) => {
                let name = named(source, &member.path_bytes());
                let is_file = member.header().entry_type().is_file();
                visit_member(&name, is_file, &mut member, &Budget::unlimited(), visit)?;
            }
            Err(_) if is_spent(&budget.packed, &budget.unpacked) && is_packed => {
                return visit(source, Document::Refused(bytes::Limit::Archive.into()));
            }
            Err(error) => return visit(source, Document::Refused(bytes::unreadable(&error))),
        }
    }
    ControlFlow::Continue(())
}

fn visit_member(
    name: &str,
    is_file: bool,
    content: &mut dyn Read,
    budget: &Budget,
    visit: Visit<'_>,
) -> ControlFlow<()> {
    if !is_file {
        return if name.ends_with('/') {
            ControlFlow::Continue(())
        } else {
            visit(name, Document::Skipped("not-a-file"))
        };
    }
    if !input::has_known_ending(name.as_ref()) {
        return visit(name, Document::Skipped(input::NOT_READ));
    }
    visit(name, Document::Content(&mut BufReader::new(budget.limited(content))))
}

/// `archive.zip/folder/notice.xml`, printable. A name may say anything: it opens nothing.
fn named(source: &str, name: &[u8]) -> String {
    format!("{source}/{}", text::printable(&String::from_utf8_lossy(name), NAME_CHARS))
}

fn too_many() -> Refusal {
    Refusal::new("rejected-archive-size", format!("more than {MAX_MEMBERS} members"))
}

fn broken(error: &ZipError) -> Refusal {
    match error {
        ZipError::Io(io) => bytes::limit_of(io).map_or_else(|| bytes::unreadable(io), Refusal::from),
        _ => Refusal::new("rejected-archive", error.to_string()),
    }
}

/// What an archive may become, counted over all its members.
#[derive(Default)]
struct Budget {
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
}

impl Budget {
    /// For members whose archive is counted as a whole.
    fn unlimited() -> Self {
        Self { packed: Arc::new(AtomicU64::new(u64::MAX / MAX_RATIO)), unpacked: Arc::default() }
    }

    fn limited<R: Read>(&self, inner: R) -> Limited<R> {
        Limited { inner, packed: Arc::clone(&self.packed), unpacked: Arc::clone(&self.unpacked) }
    }

    /// Ends the walk of an archive that has become too large.
    fn check(&self, source: &str, visit: Visit<'_>) -> ControlFlow<()> {
        if is_spent(&self.packed, &self.unpacked) {
            visit(source, Document::Refused(bytes::Limit::Archive.into()))?;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

fn is_spent(packed: &AtomicU64, unpacked: &AtomicU64) -> bool {
    let allowed = packed.load(Ordering::Relaxed).saturating_mul(MAX_RATIO).max(FREE_BYTES);
    unpacked.load(Ordering::Relaxed) > allowed
}

/// Unpacked bytes, until there are too many.
struct Limited<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if is_spent(&self.packed, &self.unpacked) {
            return Err(io::Error::other(bytes::Limit::Archive));
        }
        let amount = self.inner.read(buf)?;
        self.unpacked.fetch_add(amount as u64, Ordering::Relaxed);
        Ok(amount)
    }
}

/// Counts what is read.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let amount = self.inner.read(buf)?;
        self.count.fetch_add(amount as u64, Ordering::Relaxed);
        Ok(amount)
    }
}
