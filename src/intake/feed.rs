//! Atom and RSS feeds of needs: each entry is a need with a link and a text.

use std::{collections::VecDeque, io::BufRead};

use chrono::{DateTime, Utc};

use super::{
    Reading, Record, Refusal, Result,
    bytes::Bounded,
    moment, text,
    tree::{self, Element, Vocabulary},
};
use crate::domain::{
    buyer::{BuyerKind, NewBuyer},
    contract::ContractTerms,
    language::TextLanguage,
    need::{NeedKind, NeedStatus, NewLot, NewNeed},
    reservation::Reservation,
};

/// What is read of a feed; Atom, RSS and its modules write the same words in different name spaces.
const VOCABULARY: Vocabulary =
    Vocabulary { known: |name| NAMES.iter().copied().find(|known| *known == name), anywhere: &[], is_local: true };

const NAMES: &[&str] = &[
    "feed",
    "rss",
    "RDF",
    "channel",
    "entry",
    "item",
    "title",
    "link",
    "id",
    "guid",
    "summary",
    "description",
    "content",
    "encoded",
    "author",
    "creator",
    "publisher",
    "name",
    "updated",
    "pubDate",
    "date",
    "published",
    "category",
];

/// Words of a title or a category that tell a procurement from a request.
const PROCUREMENT: &[&str] = &["upphandling", "ramavtal", "anbud", "tender", "procurement"];

/// Reads every entry of a feed.
pub(super) fn read<R: BufRead>(source: &str, bytes: Bounded<R>) -> Result<VecDeque<Record<NewNeed>>> {
    let root = tree::parse(bytes, |_| VOCABULARY)?;
    let channel = root.children().iter().find(|child| local(child) == "channel");
    let owner = channel.map_or_else(|| said(&root, &["title"]), |channel| said(channel, &["title"]));
    let entries = [Some(&root), channel].into_iter().flatten().flat_map(Element::children);
    let entries = entries.filter(|child| matches!(local(child), "entry" | "item"));
    let records = entries.enumerate().map(|(at, entry)| {
        let reading = need(entry, &owner).map_or_else(Reading::Rejected, Reading::Read);
        Record { source: source.to_owned(), record: format!("entry {}", at + 1), reading }
    });
    Ok(records.collect())
}

fn need(entry: &Element, owner: &str) -> Result<NewNeed> {
    let (title, link) = (said(entry, &["title"]), link(entry));
    if title.is_empty() {
        return Err(Refusal::new("rejected-title", "title: \"\""));
    }
    let id = [said(entry, &["id", "guid"]), link.clone().unwrap_or_default()].into_iter().find(|id| !id.is_empty());
    let external_id = id.ok_or_else(|| Refusal::new("rejected-required", "id, guid or link: \"\""))?;
    let text = said(entry, &["summary", "description", "content", "encoded"]);
    let author = entry.children().iter().find(|child| matches!(local(child), "author" | "creator" | "publisher"));
    let author = author.map(|author| [said(author, &["name"]), text::clean(author.text().unwrap_or_default())]);
    let names = author.into_iter().flatten().chain([owner.to_owned()]);
    let name = names.into_iter().find(|name| !name.is_empty());
    let name = name.ok_or_else(|| Refusal::new("rejected-buyer-name", "author: \"\""))?;
    let is_tender = is_procurement(entry, &title);
    Ok(NewNeed {
        source: "feed".to_owned(),
        external_id: text::printable(&external_id, 400),
        issued_at: issued(entry),
        kind: if is_tender { NeedKind::Tender } else { NeedKind::Request },
        text: text.clone(),
        buyer: NewBuyer {
            kind: if is_tender { BuyerKind::Public } else { BuyerKind::Private },
            name,
            org_no: None,
            municipality: None,
            email: None,
        },
        language: TextLanguage::detect(&format!("{title} {text}")).unwrap_or(TextLanguage::Sv),
        published_on: None,
        publication_no: None,
        url: link,
        status: NeedStatus::Open,
        keys: Vec::new(),
        notice: None,
        lots: vec![NewLot {
            lot_no: "1".to_owned(),
            title: title.clone(),
            text,
            cpv: Vec::new(),
            places: Vec::new(),
            value_sek: None,
            deadline_at: None,
            deadline_doubtful: false,
            start_on: None,
            end_on: None,
            reservation: Reservation::None,
            social: Vec::new(),
            contract: ContractTerms::default(),
        }],
        title,
    })
}

/// The first of these elements that says something, cleaned.
fn said(parent: &Element, names: &[&str]) -> String {
    let of = |name: &&str| {
        let found = parent.children().iter().filter(|child| local(child) == *name);
        found.map(|child| text::clean(child.text().unwrap_or_default())).find(|text| !text.is_empty())
    };
    names.iter().find_map(of).unwrap_or_default()
}

/// The page of the entry: the alternate link of Atom, the link of RSS.
fn link(entry: &Element) -> Option<String> {
    let links: Vec<&Element> = entry.children().iter().filter(|child| local(child) == "link").collect();
    let is_page = |link: &&&Element| matches!(link.attribute("rel"), None | Some("alternate"));
    let address = |link: &&Element| text::web_link(link.attribute("href").or(link.text())?);
    links.iter().filter(is_page).find_map(address).or_else(|| links.iter().find_map(address))
}

fn issued(entry: &Element) -> Option<DateTime<Utc>> {
    let said = said(entry, &["updated", "pubDate", "date", "published"]);
    moment::deadline(&said).or_else(|| DateTime::parse_from_rfc2822(&said).ok().map(|at| at.to_utc()))
}

fn is_procurement(entry: &Element, title: &str) -> bool {
    let categories = entry.children().iter().filter(|child| local(child) == "category");
    let labels = categories.filter_map(|category| category.attribute("term").or(category.text()));
    let words: Vec<String> = labels.chain([title]).map(str::to_lowercase).collect();
    words.iter().any(|text| PROCUREMENT.iter().any(|word| text.contains(word)))
}

fn local(element: &Element) -> &str {
    element.name.rsplit(':').next().unwrap_or_default()
}
