//! XML text to a small tree: only the elements that somebody reads, under our own name space
//! prefixes, whatever the publisher's. Memory is bounded by what is kept, not by the size of the file.
//! Expands nothing but the five entities of XML itself, and refuses every DOCTYPE.

use std::{borrow::Cow, io::BufRead};

use quick_xml::{
    Error, NsReader, XmlVersion,
    encoding::{DecodingReader, detect_encoding},
    events::{BytesDecl, BytesRef, BytesStart, Event, attributes::Attribute},
    name::{Namespace, ResolveResult},
};

use super::{
    Refusal, Result,
    bytes::{Bounded, Located, Spot, limit_of},
};

/// Deepest nesting of elements; notices use about 20.
pub(super) const MAX_DEPTH: usize = 128;

/// Most that is kept of one document, in bytes (32 MiB): the texts and attributes that are read, and
/// [`ELEMENT_BYTES`] for each element. What nobody reads is passed over and costs nothing.
pub(super) const MAX_KEPT_BYTES: usize = 33_554_432;

/// What an element takes beside its text.
const ELEMENT_BYTES: usize = 192;

/// Name spaces that notices use, with the prefixes that this room writes for them.
const NAMESPACES: &[(&str, &str)] = &[
    ("urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2", "cac"),
    ("urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2", "cbc"),
    ("urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2", "ext"),
    ("http://data.europa.eu/p27/eforms-ubl-extensions/1", "efext"),
    ("http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1", "efac"),
    ("http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1", "efbc"),
    ("urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2", "cn"),
    ("urn:oasis:names:specification:ubl:schema:xsd:PriorInformationNotice-2", "pin"),
    ("urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2", "can"),
];

/// What is kept of a document.
#[derive(Clone, Copy)]
pub(super) struct Vocabulary {
    /// The name as it is kept, for an element that is read; others are passed over with what is in them.
    pub(super) known: fn(&str) -> Option<&'static str>,
    /// Elements that are read wherever they stand, also inside others that are passed over.
    pub(super) anywhere: &'static [&'static str],
    /// Name spaces do not matter: elements are known by their local names.
    pub(super) is_local: bool,
}

/// Keeps nothing but the root.
pub(super) const NOTHING: Vocabulary = Vocabulary { known: |_| None, anywhere: &[], is_local: false };

/// One element: its name as `cac:Party`, its attributes without prefix, its text and its children.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: Cow<'static, str>,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Self>,
}

impl Element {
    /// An attribute without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The text without surrounding white space; `None` when there is none.
    pub(super) fn text(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// The elements directly below.
    pub(super) fn children(&self) -> &[Self] {
        &self.children
    }

    /// Every element at the end of a path such as `cac:Party/cbc:Name`, in document order.
    pub(super) fn all(&self, path: &str) -> Vec<&Self> {
        path.split('/').fold(vec![self], |parents, step| {
            parents.into_iter().flat_map(|parent| &parent.children).filter(|child| child.name == step).collect()
        })
    }

    /// The first element at the end of a path.
    pub(super) fn first(&self, path: &str) -> Option<&Self> {
        match path.split_once('/') {
            None => self.children.iter().find(|child| child.name == path),
            Some((step, rest)) => {
                self.children.iter().filter(|child| child.name == step).find_map(|child| child.first(rest))
            }
        }
    }

    /// The first text at the end of a path.
    pub(super) fn text_at(&self, path: &str) -> Option<&str> {
        self.all(path).into_iter().find_map(Self::text)
    }

    /// Every element of this name below, in document order.
    pub(super) fn below(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    // As deep as the tree, so never deeper than MAX_DEPTH.
    fn collect<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.collect(name, found);
        }
    }
}

type Source<R> = NsReader<Located<DecodingReader<Bounded<R>>>>;

/// Reads a whole document; the name of its root decides what is kept of it.
///
/// # Errors
/// `rejected-xml`, `rejected-encoding`, `rejected-doctype` or `rejected-too-large`, with the place.
pub(super) fn parse<R: BufRead>(bytes: Bounded<R>, choose: impl Fn(&str) -> Vocabulary) -> Result<Element> {
    let mut reader = open(bytes)?;
    let mut growing = Growing::default();
    let mut vocabulary = None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().begin_piece();
        let spot = reader.get_ref().spot();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(refused(&reader, spot, &error)),
        };
        match event {
            Event::Start(start) => begin(&reader, &start, &mut growing, &mut vocabulary, &choose, spot)?,
            Event::Empty(start) => {
                begin(&reader, &start, &mut growing, &mut vocabulary, &choose, spot)?;
                growing.close(spot)?;
            }
            Event::End(_) => growing.close(spot)?,
            Event::Text(text) => growing.add_text(&text.xml10_content(), spot)?,
            Event::CData(text) => growing.add_text(&text.xml10_content(), spot)?,
            Event::GeneralRef(reference) => growing.add_text(&resolved(&reference, spot)?, spot)?,
            Event::DocType(_) => {
                return Err(Refusal::new(
                    "rejected-doctype",
                    format!("{}: a DOCTYPE is never read, nothing in it was expanded or fetched", place(spot)),
                ));
            }
            Event::Eof => return growing.finish(spot),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
}

/// Chooses the encoding before the first byte is decoded: by byte order mark, else as declared.
fn open<R: BufRead>(bytes: Bounded<R>) -> Result<Source<R>> {
    let head = bytes.head();
    let by_mark = detect_encoding(head).is_some_and(|found| found.bom_len() > 0 || found.encoding().name() != "UTF-8");
    let declared = if by_mark { None } else { declared_encoding(head) };
    let mut decoding = DecodingReader::new(bytes);
    if let Some(label) = declared {
        // A declaration of our own tells quick-xml's encoding for the label without naming its crate.
        let encoding = BytesDecl::new("1.0", Some(&label), None).encoder();
        match encoding.filter(|encoding| encoding.is_ascii_compatible()) {
            Some(encoding) => decoding.set_encoding(encoding),
            None => {
                let detail = format!("the declared encoding \"{label}\" does not fit the bytes from byte 0 on");
                return Err(Refusal::new("rejected-encoding", detail));
            }
        }
    }
    let mut reader = NsReader::from_reader(Located::new(decoding));
    reader.config_mut().check_comments = true;
    Ok(reader)
}

/// The label in `<?xml … encoding="label"?>`.
fn declared_encoding(head: &[u8]) -> Option<String> {
    let head = head.trim_ascii_start();
    let end = head.iter().position(|byte| *byte == b'>')?;
    let declaration = head[..end].strip_prefix(b"<?xml")?;
    let declaration: String = declaration.iter().map(|byte| char::from(*byte)).collect();
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = after[1..].split(quote).next()?.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    (!label.is_empty() && label.len() < 40 && label.chars().all(plain)).then(|| label.to_owned())
}

fn place(spot: Spot) -> String {
    format!("line {}, column {}", spot.line, spot.column)
}

fn too_large(spot: Spot, what: &str) -> Refusal {
    Refusal::new("rejected-too-large", format!("{}: {what}", place(spot)))
}

fn malformed(spot: Spot, what: &str) -> Refusal {
    Refusal::new("rejected-xml", format!("{}: {what}", place(spot)))
}

fn refused<R: BufRead>(reader: &Source<R>, spot: Spot, error: &Error) -> Refusal {
    match error {
        Error::Io(io) => match limit_of(io) {
            Some(limit) => Refusal::new("rejected-too-large", format!("{}: {limit}", place(spot))),
            None => Refusal::new("rejected-unreadable", format!("{}: {io}", place(spot))),
        },
        Error::Encoding(_) => {
            let decoding = reader.get_ref().inner();
            // The decoder stops behind the first byte that does not fit.
            let (name, byte) = (decoding.encoding().name(), decoding.get_ref().taken().saturating_sub(1));
            Refusal::new("rejected-encoding", format!("{}: not {name} at byte {byte}", place(spot)))
        }
        _ => malformed(spot, &error.to_string()),
    }
}

/// Opens an element: kept when it is known, else passed over.
fn begin<R: BufRead>(
    reader: &Source<R>,
    start: &BytesStart<'_>,
    growing: &mut Growing,
    vocabulary: &mut Option<Vocabulary>,
    choose: impl Fn(&str) -> Vocabulary,
    spot: Spot,
) -> Result<()> {
    let name = name(reader, start, spot)?;
    let Some(vocabulary) = vocabulary else {
        *vocabulary = Some(choose(&name));
        let attributes = attributes(start, true, spot)?;
        return growing.open(Element { name: Cow::Owned(name), attributes, ..Element::default() }, spot);
    };
    let local = if vocabulary.is_local { name.rsplit(':').next().unwrap_or_default() } else { name.as_str() };
    let known = match growing.is_passing_over() {
        true => vocabulary.anywhere.iter().find(|known| **known == local).copied(),
        false => (vocabulary.known)(local),
    };
    let attributes = attributes(start, known.is_some(), spot)?;
    growing.open(Element { name: Cow::Borrowed(known.unwrap_or(PASSED_OVER)), attributes, ..Element::default() }, spot)
}

/// The name of an element that nobody reads.
const PASSED_OVER: &str = "";

fn name<R: BufRead>(reader: &Source<R>, start: &BytesStart<'_>, spot: Spot) -> Result<String> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    Ok(match namespace {
        ResolveResult::Bound(Namespace(uri)) => match NAMESPACES.iter().find(|(known, _)| *known == uri) {
            Some((_, prefix)) => format!("{prefix}:{}", local.as_ref()),
            None => format!("?:{}", local.as_ref()),
        },
        ResolveResult::Unbound => local.as_ref().to_owned(),
        ResolveResult::Unknown(prefix) => return Err(malformed(spot, &format!("unknown prefix {prefix}"))),
    })
}

/// The attributes without prefix when they are wanted; in any case they must be well formed.
fn attributes(start: &BytesStart<'_>, is_wanted: bool, spot: Spot) -> Result<Vec<(String, String)>> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let Attribute { key, .. } = attribute.as_ref().map_err(|error| malformed(spot, &error.to_string()))?;
        let key = *key;
        if !is_wanted || key.as_namespace_binding().is_some() || key.prefix().is_some() {
            continue;
        }
        let value = attribute.and_then_value().map_err(|error| malformed(spot, &error))?;
        attributes.push((key.as_ref().to_owned(), value));
    }
    Ok(attributes)
}

/// The value of an attribute that parsed, with XML's own entities resolved.
trait Valued {
    fn and_then_value(self) -> std::result::Result<String, String>;
}

impl Valued for std::result::Result<Attribute<'_>, quick_xml::events::attributes::AttrError> {
    fn and_then_value(self) -> std::result::Result<String, String> {
        let attribute = self.map_err(|error| error.to_string())?;
        attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map(std::borrow::Cow::into_owned)
            .map_err(|error| error.to_string())
    }
}

/// A character reference, or one of the five entities of XML; there are no others without a DOCTYPE.
fn resolved(reference: &BytesRef<'_>, spot: Spot) -> Result<String> {
    let known = match reference.as_ref() as &str {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().map_err(|error| malformed(spot, &error.to_string()))?,
    };
    known.map(String::from).ok_or_else(|| malformed(spot, "an entity that XML does not define"))
}

/// The tree while it is read: the open elements, outermost first.
#[derive(Default)]
struct Growing {
    open: Vec<Element>,
    root: Option<Element>,
    kept: usize,
}

impl Growing {
    fn is_passing_over(&self) -> bool {
        self.open.last().is_some_and(|open| open.name == PASSED_OVER)
    }

    fn open(&mut self, element: Element, spot: Spot) -> Result<()> {
        if self.root.is_some() {
            return Err(malformed(spot, "a second root element"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(too_large(spot, &format!("more than {MAX_DEPTH} levels")));
        }
        let attributes = element.attributes.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
        if element.name != PASSED_OVER {
            self.keep(ELEMENT_BYTES + attributes, spot)?;
        }
        self.open.push(element);
        Ok(())
    }

    fn keep(&mut self, bytes: usize, spot: Spot) -> Result<()> {
        self.kept += bytes;
        if self.kept > MAX_KEPT_BYTES {
            return Err(too_large(spot, &format!("more than {MAX_KEPT_BYTES} bytes of what is read from a notice")));
        }
        Ok(())
    }

    fn close(&mut self, spot: Spot) -> Result<()> {
        let closed = self.open.pop().ok_or_else(|| malformed(spot, "an end tag without a start tag"))?;
        let is_empty = closed.name == PASSED_OVER && closed.children.is_empty();
        match self.open.last_mut() {
            Some(parent) if !is_empty => parent.children.push(closed),
            Some(_) => {}
            None => self.root = Some(closed),
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str, spot: Spot) -> Result<()> {
        let Some(parent) = self.open.last_mut() else {
            let is_blank = text.trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).is_empty();
            return if is_blank { Ok(()) } else { Err(malformed(spot, "text outside the root element")) };
        };
        // White space between elements is layout.
        if parent.name != PASSED_OVER && (parent.children.is_empty() || !text.trim().is_empty()) {
            parent.text.push_str(text);
            self.keep(text.len(), spot)?;
        }
        Ok(())
    }

    fn finish(self, spot: Spot) -> Result<Element> {
        match (self.open.last(), self.root) {
            (Some(open), _) => Err(malformed(
                spot,
                &format!("the file ends inside {}", if open.name == PASSED_OVER { "an element" } else { &open.name }),
            )),
            (None, Some(root)) => Ok(root),
            (None, None) => Err(malformed(spot, "no root element")),
        }
    }
}
