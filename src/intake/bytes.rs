//! The byte side of a file: its kind by content, the limits on its size, and where in it we are.
//! Knows neither notices nor columns.

use std::io::{self, BufRead, Chain, Cursor, Read};

use super::{MAX_FILE_BYTES, MAX_PIECE_BYTES, Refusal, Result};

/// How much of a file is looked at to tell its kind and, for CSV, its separator.
const HEAD_BYTES: u64 = 65_536;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Begins with `<`.
    Xml,
    /// Text that does not.
    Csv,
}

/// A file whose kind is known, from its first byte on.
pub(super) struct Sniffed<R> {
    pub(super) format: Format,
    pub(super) bytes: Bounded<R>,
}

/// Tells XML from CSV by the first character after byte order mark and white space.
pub(super) fn sniff<R: BufRead>(mut bytes: R) -> Result<Sniffed<R>> {
    let mut head = Vec::new();
    bytes.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| unreadable(&error))?;
    let format = format_of(&head)?;
    Ok(Sniffed { format, bytes: Bounded::new(head, bytes) })
}

fn format_of(head: &[u8]) -> Result<Format> {
    let utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let first = head
        .iter()
        .copied()
        .filter(|byte| !(utf16 && *byte == 0))
        .find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF));
    match first {
        None => Err(Refusal::new("rejected-format", "the file is empty")),
        Some(b'<') => Ok(Format::Xml),
        Some(0) if head.starts_with(&[0, b'<', 0, b'?']) => Ok(Format::Xml),
        Some(_) if utf16 => Err(Refusal::new("rejected-encoding", "the file is UTF-16 at byte 0; save it as UTF-8")),
        Some(_) => match head.iter().position(|byte| *byte == 0) {
            Some(at) => Err(Refusal::new("rejected-format", format!("neither XML nor CSV: a NUL at byte {at}"))),
            None => Ok(Format::Csv),
        },
    }
}

/// The system could not read on.
pub(super) fn unreadable(error: &io::Error) -> Refusal {
    Refusal::new("rejected-unreadable", error.to_string())
}

/// A limit that was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Limit {
    #[error("the file is larger than {MAX_FILE_BYTES} bytes")]
    File,
    #[error("a single piece is larger than {MAX_PIECE_BYTES} bytes")]
    Piece,
}

impl From<Limit> for Refusal {
    fn from(limit: Limit) -> Self {
        Self::new("rejected-too-large", limit.to_string())
    }
}

/// The limit behind an error of a reader, when that is what it was.
pub(super) fn limit_of(error: &io::Error) -> Option<Limit> {
    error.get_ref().and_then(|inner| inner.downcast_ref::<Limit>()).copied()
}

/// Bytes of a file up to [`MAX_FILE_BYTES`], counted.
pub(super) struct Bounded<R> {
    inner: Chain<Cursor<Vec<u8>>, R>,
    taken: u64,
}

impl<R: BufRead> Bounded<R> {
    fn new(head: Vec<u8>, rest: R) -> Self {
        Self { inner: Cursor::new(head).chain(rest), taken: 0 }
    }

    /// Bytes handed out so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken
    }

    /// The first bytes of the file; empty when reading has begun.
    pub(super) fn head(&self) -> &[u8] {
        if self.taken == 0 { self.inner.get_ref().0.get_ref() } else { &[] }
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = MAX_FILE_BYTES - self.taken;
        let chunk = self.inner.fill_buf()?;
        if left == 0 && !chunk.is_empty() {
            return Err(io::Error::other(Limit::File));
        }
        let shown = usize::try_from(left).unwrap_or(usize::MAX).min(chunk.len());
        Ok(&chunk[..shown])
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount as u64;
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let chunk = self.fill_buf()?;
        let amount = chunk.len().min(buf.len());
        buf[..amount].copy_from_slice(&chunk[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

/// Decoded text that knows its line and column, and refuses a piece that grows beyond
/// [`MAX_PIECE_BYTES`].
pub(super) struct Located<R> {
    inner: R,
    at: Spot,
    piece: u64,
}

/// A place in a text, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) line: u64,
    pub(super) column: u64,
}

impl<R> Located<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, at: Spot { line: 1, column: 1 }, piece: 0 }
    }

    /// Where the next byte stands.
    pub(super) fn spot(&self) -> Spot {
        self.at
    }

    /// Begins a new piece.
    pub(super) fn begin_piece(&mut self) {
        self.piece = 0;
    }

    /// The reader beneath.
    pub(super) fn inner(&self) -> &R {
        &self.inner
    }
}

impl<R: BufRead> BufRead for Located<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > MAX_PIECE_BYTES {
            return Err(io::Error::other(Limit::Piece));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.piece += amount as u64;
        // What was filled is still there, so asking again costs nothing and cannot fail.
        if amount > 0
            && let Ok(chunk) = self.inner.fill_buf()
        {
            for byte in &chunk[..amount.min(chunk.len())] {
                match byte {
                    b'\n' => self.at = Spot { line: self.at.line + 1, column: 1 },
                    0x80..=0xBF => {}
                    _ => self.at.column += 1,
                }
            }
        }
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Located<R> {
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

    fn check(head: &[u8], expected: std::result::Result<Format, &str>) {
        assert_eq!(format_of(head).map_err(|refusal| refusal.rule), expected, "{head:?}");
    }

    #[test]
    fn the_first_character_tells_xml_from_csv() {
        check(b"\xEF\xBB\xBF \n<a/>", Ok(Format::Xml));
        check(b"\xFF\xFE<\0a\0/\0>\0", Ok(Format::Xml));
        check(b"\0<\0?\0x", Ok(Format::Xml));
        check(b"title;kind\n", Ok(Format::Csv));
        check(b"\xEF\xBB\xBFtitle,kind\n", Ok(Format::Csv));
        check(b"\xFF\xFEt\0i\0", Err("rejected-encoding"));
        check(b"PK\x03\x04\0\0", Err("rejected-format"));
        check(b" \r\n", Err("rejected-format"));
        check(b"", Err("rejected-format"));
    }

    #[test]
    fn a_file_one_byte_beyond_the_limit_is_refused() {
        let endless = |length: u64| Bounded::new(Vec::new(), io::BufReader::new(io::repeat(b' ').take(length)));
        assert_eq!(io::copy(&mut endless(MAX_FILE_BYTES), &mut io::sink()).unwrap(), MAX_FILE_BYTES);
        let error = io::copy(&mut endless(MAX_FILE_BYTES + 1), &mut io::sink()).unwrap_err();
        assert_eq!(limit_of(&error), Some(Limit::File));
    }

    #[test]
    fn lines_and_columns_count_characters() {
        let mut text = Located::new("åä\nö".as_bytes());
        let mut whole = String::new();
        text.read_to_string(&mut whole).unwrap();
        assert_eq!(text.spot(), Spot { line: 2, column: 2 });
    }
}
