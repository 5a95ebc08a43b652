//! XML text to a small tree of elements with our own name space prefixes, whatever the publisher's.
//! Expands nothing but the five entities of XML itself, and refuses every DOCTYPE.

use std::io::BufRead;

use quick_xml::{
    Error, NsReader, XmlVersion,
    encoding::{DecodingReader, detect_encoding},
    events::{BytesDecl, BytesRef, BytesStart, Event, attributes::Attribute},
    name::{Namespace, ResolveResult},
};

use crate::intake::{
    Refusal, Result,
    bytes::{Bounded, Located, Spot, limit_of},
};

/// Deepest nesting of elements; notices use about 20.
pub(super) const MAX_DEPTH: usize = 128;

/// Most elements of one notice; the largest seen has some thousands.
pub(super) const MAX_ELEMENTS: usize = 1_000_000;

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

/// One element: its name as `cac:Party`, its attributes without prefix, its text and its children.
#[derive(Debug, Default)]
pub(in crate::intake) struct Element {
    pub(in crate::intake) name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Self>,
}

impl Element {
    /// An attribute without prefix.
    pub(in crate::intake) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The text without surrounding white space; `None` when there is none.
    pub(in crate::intake) fn text(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// Every element at the end of a path such as `cac:Party/cbc:Name`, in document order.
    pub(in crate::intake) fn all(&self, path: &str) -> Vec<&Self> {
        path.split('/').fold(vec![self], |parents, step| {
            parents.into_iter().flat_map(|parent| &parent.children).filter(|child| child.name == step).collect()
        })
    }

    /// The first element at the end of a path.
    pub(in crate::intake) fn first(&self, path: &str) -> Option<&Self> {
        match path.split_once('/') {
            None => self.children.iter().find(|child| child.name == path),
            Some((step, rest)) => {
                self.children.iter().filter(|child| child.name == step).find_map(|child| child.first(rest))
            }
        }
    }

    /// The first text at the end of a path.
    pub(in crate::intake) fn text_at(&self, path: &str) -> Option<&str> {
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

/// Reads a whole document.
///
/// # Errors
/// `rejected-xml`, `rejected-encoding`, `rejected-doctype` or `rejected-too-large`, with the place.
pub(in crate::intake) fn parse<R: BufRead>(bytes: Bounded<R>) -> Result<Element> {
    let mut reader = open(bytes)?;
    let mut growing = Growing::default();
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
            Event::Start(start) => growing.open(element(&reader, &start, spot)?, spot)?,
            Event::Empty(start) => {
                growing.open(element(&reader, &start, spot)?, spot)?;
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

fn element<R: BufRead>(reader: &Source<R>, start: &BytesStart<'_>, spot: Spot) -> Result<Element> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let name = match namespace {
        ResolveResult::Bound(Namespace(uri)) => match NAMESPACES.iter().find(|(known, _)| *known == uri) {
            Some((_, prefix)) => format!("{prefix}:{}", local.as_ref()),
            None => format!("?:{}", local.as_ref()),
        },
        ResolveResult::Unbound => local.as_ref().to_owned(),
        ResolveResult::Unknown(prefix) => return Err(malformed(spot, &format!("unknown prefix {prefix}"))),
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let Attribute { key, .. } = attribute.as_ref().map_err(|error| malformed(spot, &error.to_string()))?;
        let key = *key;
        if key.as_namespace_binding().is_some() || key.prefix().is_some() {
            continue;
        }
        let value = attribute.and_then_value().map_err(|error| malformed(spot, &error))?;
        attributes.push((key.as_ref().to_owned(), value));
    }
    Ok(Element { name, attributes, ..Element::default() })
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
    elements: usize,
}

impl Growing {
    fn open(&mut self, element: Element, spot: Spot) -> Result<()> {
        if self.root.is_some() {
            return Err(malformed(spot, "a second root element"));
        }
        self.elements += 1;
        if self.open.len() >= MAX_DEPTH || self.elements > MAX_ELEMENTS {
            let limit = format!("{}: more than {MAX_DEPTH} levels or {MAX_ELEMENTS} elements", place(spot));
            return Err(Refusal::new("rejected-too-large", limit));
        }
        self.open.push(element);
        Ok(())
    }

    fn close(&mut self, spot: Spot) -> Result<()> {
        let closed = self.open.pop().ok_or_else(|| malformed(spot, "an end tag without a start tag"))?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
        Ok(())
    }

    fn add_text(&mut self, text: &str, spot: Spot) -> Result<()> {
        match self.open.last_mut() {
            // White space between elements is layout.
            Some(parent) if parent.children.is_empty() || !text.trim().is_empty() => parent.text.push_str(text),
            Some(_) => {}
            None if text.trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).is_empty() => {}
            None => return Err(malformed(spot, "text outside the root element")),
        }
        Ok(())
    }

    fn finish(self, spot: Spot) -> Result<Element> {
        match (self.open.last(), self.root) {
            (Some(open), _) => Err(malformed(spot, &format!("the file ends inside {}", open.name))),
            (None, Some(root)) => Ok(root),
            (None, None) => Err(malformed(spot, "no root element")),
        }
    }
}
