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
    /// XML whose root is `feed`, `rss` or `RDF`.
    Feed,
    /// Begins with `{` or `[`.
    Json,
    /// A workbook of a spreadsheet program: a zip with a fixed first member.
    Sheet,
    /// Any other text.
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
        Some(b'<') if is_feed(head) => Ok(Format::Feed),
        Some(b'<') => Ok(Format::Xml),
        Some(0) if head.starts_with(&[0, b'<', 0, b'?']) => Ok(Format::Xml),
        _ if is_sheet(head) => Ok(Format::Sheet),
        _ if kind_of(head).is_some() => {
            Err(Refusal::new("rejected-nested-archive", "an archive where a document was expected"))
        }
        Some(b'{' | b'[') if !utf16 => Ok(Format::Json),
        Some(_) if utf16 => Err(Refusal::new("rejected-encoding", "the file is UTF-16 at byte 0; save it as UTF-8")),
        Some(_) => match head.iter().position(|byte| *byte == 0) {
            Some(at) => Err(Refusal::new("rejected-format", format!("neither XML, JSON nor CSV: a NUL at byte {at}"))),
            None => Ok(Format::Csv),
        },
    }
}

/// How files are packed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Zip,
    Gzip,
    Tar,
}

/// The packing of a file that begins with `head`, by its signature.
pub(super) fn kind_of(head: &[u8]) -> Option<Packing> {
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Packing::Zip),
        [0x1F, 0x8B, ..] => Some(Packing::Gzip),
        _ if head.get(257..262) == Some(b"ustar") => Some(Packing::Tar),
        _ => None,
    }
}

/// Whether a zip is a workbook: the name of its first member tells.
pub(super) fn is_sheet(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    let first = ["[Content_Types].xml", "_rels/", "docProps/", "xl/"];
    head.starts_with(b"PK\x03\x04") && first.iter().any(|first| name.starts_with(first.as_bytes()))
}

/// Whether the root element of an XML file is that of a feed.
fn is_feed(head: &[u8]) -> bool {
    let text: String = head.iter().take(4096).filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
    let root = text.split('<').find(|part| part.starts_with(|c: char| c.is_alphabetic())).unwrap_or_default();
    let name = root.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    matches!(name.rsplit(':').next(), Some("feed" | "rss" | "RDF"))
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
    #[error("the archive becomes far larger than it is; it looks made to fill the memory")]
    Archive,
}

impl From<Limit> for Refusal {
    fn from(limit: Limit) -> Self {
        let rule = if limit == Limit::Archive { "rejected-archive-size" } else { "rejected-too-large" };
        Self::new(rule, limit.to_string())
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
    /// `head` and then what `rest` holds.
    pub(super) fn new(head: Vec<u8>, rest: R) -> Self {
        Self { inner: Cursor::new(head).chain(rest), taken: 0 }
    }

    /// What has not been looked at.
    pub(super) fn into_rest(self) -> R {
        self.inner.into_inner().1
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

    /// The reader beneath, given back.
    pub(super) fn into_inner(self) -> R {
        self.inner
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
        check(b"PK\x03\x04\0\0", Err("rejected-nested-archive"));
        check(b"\x1F\x8B\x08", Err("rejected-nested-archive"));
        check(b" [{\"ocid\":1}]", Ok(Format::Json));
        check(b"<?xml version=\"1.0\"?><!-- a --><a:feed xmlns:a=\"b\">", Ok(Format::Feed));
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
