//! Keeps the beginning of what a reader reads, so that a file that is refused can be shown and tried again.

use std::{
    io::{self, BufRead, Read},
    sync::{Arc, Mutex, PoisonError},
};

use super::{MAX_RAW_BYTES, Raw};

/// What has been read so far.
#[derive(Debug, Default)]
struct Seen {
    bytes: Vec<u8>,
    is_cut: bool,
}

/// The kept beginning of a file; grows while the file is read.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<Seen>>);

impl Kept {
    /// The file's text so far; `None` when it is no text, such as a packed archive.
    pub fn raw(&self) -> Option<Raw> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.bytes.starts_with(b"PK") || seen.bytes.starts_with(&[0x1F, 0x8B]) {
            return None;
        }
        let text = String::from_utf8_lossy(&seen.bytes);
        let is_exact = matches!(text, std::borrow::Cow::Borrowed(_));
        Some(Raw::new(&text, is_exact && !seen.is_cut))
    }
}

/// A reader that keeps its first [`MAX_RAW_BYTES`] bytes.
pub struct Keeping<R> {
    inner: R,
    kept: Kept,
}

/// Reads `inner` on, and keeps its beginning.
pub fn keeping<R: BufRead>(inner: R) -> (Keeping<R>, Kept) {
    let kept = Kept::default();
    (Keeping { inner, kept: kept.clone() }, kept)
}

impl<R: BufRead> BufRead for Keeping<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let mut seen = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(chunk) = self.inner.fill_buf().map(|chunk| &chunk[..amount.min(chunk.len())]) {
            let room = MAX_RAW_BYTES.saturating_sub(seen.bytes.len());
            seen.bytes.extend_from_slice(&chunk[..room.min(chunk.len())]);
            seen.is_cut |= chunk.len() > room;
        }
        drop(seen);
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Keeping<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let amount = chunk.len().min(buf.len());
        buf[..amount].copy_from_slice(&chunk[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<(usize, bool)>) {
        let (mut reader, kept) = keeping(bytes);
        io::copy(&mut reader, &mut io::sink()).unwrap();
        assert_eq!(kept.raw().map(|raw| (raw.text.len(), raw.is_whole)), expected);
    }

    #[test]
    fn the_beginning_is_kept_and_it_is_known_whether_it_is_all() {
        check(b"<notice/>", Some((9, true)));
        check(&vec![b'a'; MAX_RAW_BYTES], Some((MAX_RAW_BYTES, true)));
        check(&vec![b'a'; MAX_RAW_BYTES + 1], Some((MAX_RAW_BYTES, false)));
        check(b"st\xe4d", Some((6, false)));
        check(b"a\0b", Some((2, false)));
        check(b"PK\x03\x04", None);
    }
}
