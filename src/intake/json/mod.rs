//! JSON files cut into their elements, one at a time: the releases of a package, the items of an
//! array, the lines of a file. What an element means is in the file of each kind.

pub(super) mod few;
pub(super) mod ocds;
pub(super) mod rows;

#[cfg(test)]
mod tests;

use std::io::BufRead;

use super::{
    Refusal, Result,
    bytes::{Bounded, Located, Spot, limit_of, unreadable},
};

/// Largest element, in bytes (4 MiB); the largest releases seen have some hundred thousand.
const MAX_ELEMENT_BYTES: usize = 4 << 20;

/// Deepest nesting of arrays and objects.
const MAX_DEPTH: usize = 100;

/// The members of a package whose elements are read one by one.
const STREAMED: [&[u8]; 3] = [b"releases", b"records", b"asf"];

/// One element and where it begins.
pub(super) struct Element {
    /// From 1, in the order of the file.
    pub(super) number: u64,
    /// Where it begins.
    pub(super) spot: Spot,
    /// Its text.
    pub(super) text: Vec<u8>,
}

/// The elements of one file.
pub(super) struct Elements<R> {
    bytes: Located<Bounded<R>>,
    within: Within,
    number: u64,
    is_done: bool,
}

/// Where the next element is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Between values: array items are not expected here.
    File,
    /// In an array that is the whole file.
    Array,
    /// In the array of a package, whose other members follow.
    Package,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(bytes: Bounded<R>) -> Self {
        Self { bytes: Located::new(bytes), within: Within::File, number: 0, is_done: false }
    }

    /// The next element; after a refusal there is none.
    pub(super) fn next(&mut self) -> Option<Result<Element>> {
        if self.is_done {
            return None;
        }
        let found = self.find().transpose();
        self.is_done = !matches!(found, Some(Ok(_)));
        found
    }

    fn find(&mut self) -> Result<Option<Element>> {
        loop {
            self.bytes.begin_piece();
            let Some(byte) = self.after_space()? else {
                return if self.within == Within::File {
                    Ok(None)
                } else {
                    Err(self.broken("the file ends too early"))
                };
            };
            match (self.within, byte) {
                (Within::File, b'[') => {
                    self.take()?;
                    self.within = Within::Array;
                }
                (Within::Array | Within::Package, b',') | (Within::File, 0xEF | 0xBB | 0xBF | 0x1E) => {
                    self.take()?;
                }
                (Within::Array, b']') => {
                    self.take()?;
                    self.within = Within::File;
                }
                (Within::Package, b']') => {
                    self.take()?;
                    self.within = Within::File;
                    if let Some(element) = self.object(vec![b'{'])? {
                        drop(element);
                    }
                }
                (_, b'{') => {
                    self.take()?;
                    if let Some(element) = self.object(Vec::new())? {
                        return Ok(Some(element));
                    }
                }
                _ => return Err(self.broken("an object was expected")),
            }
        }
    }

    /// Reads an object whose brace has been taken. `rest` is not empty when it is what stands after
    /// the array of a package. `None` when an array of elements begins in it, or when it was a rest.
    fn object(&mut self, rest: Vec<u8>) -> Result<Option<Element>> {
        let (spot, is_rest, is_item) = (self.bytes.spot(), !rest.is_empty(), self.within != Within::File);
        let mut scan = Scan { text: vec![b'{'], depth: 1, ..Scan::default() };
        while scan.depth > 0 {
            let Some(byte) = self.peek()? else { return Err(self.broken("the file ends too early")) };
            if !is_item && byte == b'[' && scan.names_elements() {
                self.take()?;
                self.within = Within::Package;
                return Ok(None);
            }
            self.take()?;
            scan.add(byte);
            if scan.depth > MAX_DEPTH {
                return Err(self.broken("more than 100 levels"));
            }
            if scan.text.len() > MAX_ELEMENT_BYTES {
                let detail = format!("{}: an element is larger than {MAX_ELEMENT_BYTES} bytes", place(spot));
                return Err(Refusal::new("rejected-too-large", detail));
            }
        }
        if is_rest {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(Element { number: self.number, spot, text: scan.text }))
    }

    fn after_space(&mut self) -> Result<Option<u8>> {
        loop {
            match self.peek()? {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.take()?,
                other => return Ok(other),
            };
        }
    }

    fn peek(&mut self) -> Result<Option<u8>> {
        let spot = self.bytes.spot();
        let filled = self.bytes.fill_buf().map_err(|error| match limit_of(&error) {
            Some(limit) => limit.into(),
            None => Refusal::new(unreadable(&error).rule, format!("{}: {error}", place(spot))),
        })?;
        Ok(filled.first().copied())
    }

    fn take(&mut self) -> Result<()> {
        self.bytes.consume(1);
        Ok(())
    }

    fn broken(&self, what: &str) -> Refusal {
        Refusal::new("rejected-json", format!("{}: {what}", place(self.bytes.spot())))
    }
}

/// An object while it is read: only strings and brackets are told apart.
#[derive(Default)]
struct Scan {
    text: Vec<u8>,
    depth: usize,
    is_text: bool,
    is_escaped: bool,
    /// Where the last string of the outermost level began and ended.
    name: (usize, usize),
    is_after_colon: bool,
}

impl Scan {
    fn add(&mut self, byte: u8) {
        self.text.push(byte);
        if self.is_text {
            if !self.is_escaped && byte == b'"' {
                self.is_text = false;
                self.name.1 = self.text.len() - 1;
            }
            self.is_escaped = !self.is_escaped && byte == b'\\';
            return;
        }
        match byte {
            b'"' => {
                self.is_text = true;
                self.is_after_colon = false;
                self.name.0 = self.text.len();
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            b':' => self.is_after_colon = true,
            b' ' | b'\t' | b'\r' | b'\n' => return,
            _ => {}
        }
        if byte != b':' {
            self.is_after_colon = false;
        }
    }

    /// Whether the array that comes now holds the elements of a package.
    fn names_elements(&self) -> bool {
        let name = self.text.get(self.name.0..self.name.1).unwrap_or_default();
        self.depth == 1 && !self.is_text && self.is_after_colon && STREAMED.contains(&name)
    }
}

/// A place for a reader.
pub(super) fn place(spot: Spot) -> String {
    format!("line {}, column {}", spot.line, spot.column)
}

/// What serde found wrong with an element.
pub(super) fn refused(error: &serde_json::Error) -> Refusal {
    Refusal::new("rejected-json", error.to_string())
}
