//! `search asf`, `search needs` and `search codes`.

use serde::Serialize;

use super::{Ended, arguments, arguments::Format, output};
use crate::{
    app::App,
    domain::{cpv::Cpv, place::Place, reason::Reason},
    service::{codes, search},
};

#[derive(Serialize)]
struct Found<T> {
    hits: Vec<T>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    instead: Vec<search::Instead>,
}

#[derive(Serialize)]
struct Hit {
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    score: f32,
    reasons: Vec<Reason>,
}

/// Any of the three searches.
pub(super) async fn search(app: &App, which: arguments::Search, format: Format) -> anyhow::Result<Ended> {
    let found: Found<Hit> = match &which {
        arguments::Search::Asf(words) => {
            search::follow(app).await?;
            let found = search::asf(app, &wanted(words)?).await?;
            let hit = |hit: search::AsfHit| Hit {
                id: hit.asf.id.0,
                name: Some(hit.asf.name),
                title: None,
                score: hit.score,
                reasons: hit.reasons,
            };
            Found { hits: found.hits.into_iter().map(hit).collect(), instead: found.instead }
        }
        arguments::Search::Needs(words) => {
            search::follow(app).await?;
            let found = search::needs(app, &wanted(words)?).await?;
            let hit = |hit: search::NeedHit| Hit {
                id: hit.need.id.0,
                name: None,
                title: Some(hit.need.title),
                score: hit.score,
                reasons: hit.reasons,
            };
            Found { hits: found.hits.into_iter().map(hit).collect(), instead: found.instead }
        }
        arguments::Search::Codes(words) => {
            let branch = words.cpv.as_deref().map(Cpv::parse).transpose()?;
            let found = codes::suggest_within(app, &words.words.join(" "), branch.as_ref(), words.limit).await?;
            return print_codes(format, found);
        }
    };
    output::print(format, &found, || text(&found))?;
    Ok(Ended::Done)
}

fn print_codes(format: Format, hits: Vec<codes::Suggestion>) -> anyhow::Result<Ended> {
    let found = Found { hits, instead: Vec::new() };
    output::print(format, &found, || {
        let lines = found.hits.iter().map(|hit| format!("{}  {}", hit.id, hit.title));
        lines.collect::<Vec<_>>().join("\n")
    })?;
    Ok(Ended::Done)
}

fn wanted(words: &arguments::Words) -> anyhow::Result<search::Search> {
    Ok(search::Search {
        words: words.words.join(" "),
        place: words.place.as_deref().map(Place::parse).transpose()?,
        cpv: words.cpv.as_deref().map(Cpv::parse).transpose()?,
        limit: words.limit,
        offset: 0,
    })
}

fn text(found: &Found<Hit>) -> String {
    let line = |hit: &Hit| {
        let name = hit.name.as_deref().or(hit.title.as_deref()).unwrap_or_default();
        let words: Vec<&str> = hit
            .reasons
            .iter()
            .filter_map(|reason| match reason {
                Reason::Word { theirs, .. } => Some(theirs.as_str()),
                _ => None,
            })
            .collect();
        format!("{:>6}  {:>6.2}  {name}  [{}]", hit.id, hit.score, words.join(", "))
    };
    if found.hits.is_empty() {
        return "nothing found".to_owned();
    }
    let instead = found.instead.iter().map(|it| format!("nothing for {}, showing {}", it.typed, it.instead));
    instead.chain(found.hits.iter().map(line)).collect::<Vec<_>>().join("\n")
}
