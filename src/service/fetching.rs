//! Takes in what other servers publish, by the ordinary import path, and remembers how far it came.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use chrono::{Days, NaiveDate};

use super::{
    Error, Result,
    arrivals::{self, Arrivals, Report},
};
use crate::{
    app::App,
    config::Config,
    domain::{need::NewNeed, quarantine, schedule::local_date},
    fetch::{
        FetchError,
        client::{Client, Limits},
        ted::{self, Area, Found},
    },
    intake::{self, Refusal, keeping::keeping},
    store::{connection, fetch_marks, needs},
};

/// Name of the source in marks and places.
const TED: &str = "ted";
/// Days that the first run looks back.
const FIRST_DAYS: u64 = 30;
/// Notices that are fetched before they are stored and the mark moves on.
const BATCH: usize = 10;
/// Most pages of one run; a query that finds more is too wide.
const MAX_PAGES: usize = 400;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Query in the expert language; none is the area of the settings.
    pub query: Option<String>,
    /// First day of publication; none goes on where the last run of the query ended.
    pub since: Option<NaiveDate>,
    /// How patient to be.
    pub limits: Limits,
    /// No new batch is begun after this time.
    pub longest: Option<Duration>,
}

impl Ask {
    /// What the job asks: so short and so impatient that the mails of the same beat do not wait for long.
    pub fn of_a_beat() -> Self {
        let limits = Limits { answer: Duration::from_secs(20), attempts: 2, ..Limits::default() };
        Self { limits, longest: Some(Duration::from_secs(40)), ..Self::default() }
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Everything was seen.
    Whole,
    /// Time was up; the next run goes on.
    OutOfTime,
    /// The server gave up on us; what came before is stored, and the next run goes on there.
    Broken(FetchError),
}

impl Ended {
    /// What the server said to a query that it does not understand.
    pub fn not_understood(&self) -> Option<&str> {
        match self {
            Self::Broken(FetchError::Refused { status: 400, detail }) => Some(detail),
            _ => None,
        }
    }
}

/// A run under way.
struct Run<'a> {
    app: &'a App,
    client: Client,
    query: String,
    arrivals: Arrivals<NewNeed>,
    seen: HashSet<String>,
    mark: Option<NaiveDate>,
    is_sorted: bool,
    began: Instant,
    longest: Option<Duration>,
}

/// Whether TED is asked at all.
pub fn is_on(config: &Config) -> bool {
    !config.ted_url.is_empty()
}

/// Whether the settings say something that can be asked.
///
/// # Errors
/// What cannot be asked.
pub fn check(config: &Config) -> std::result::Result<(), FetchError> {
    Client::new(&config.ted_url, Limits::default())?;
    query(config, None).map(drop)
}

/// What is asked: the query that is given, else the area of the settings.
///
/// # Errors
/// What cannot be asked.
pub fn query(config: &Config, given: Option<&str>) -> std::result::Result<String, FetchError> {
    given.map_or_else(|| area(config).query(), |given| Ok(given.to_owned()))
}

/// Fetches and stores the notices of TED that a query finds, batch by batch.
///
/// # Errors
/// When the database does not answer. What the server does wrong is no error of this call: it is in [`Ended`].
pub async fn ted(app: &App, ask: Ask) -> Result<(Report, Ended)> {
    let client = match Client::new(&app.config.ted_url, ask.limits) {
        Ok(client) => client,
        Err(error) => return Ok((Report::of_needs(), Ended::Broken(error))),
    };
    let query = match query(&app.config, ask.query.as_deref()) {
        Ok(query) => query,
        Err(error) => return Ok((Report::of_needs(), Ended::Broken(error))),
    };
    let mark = fetch_marks::find(&app.db, TED, &query).await?;
    let first = local_date(app.clock.now()) - Days::new(FIRST_DAYS);
    let since = ask.since.or(mark).unwrap_or(first);
    let mut run = Run {
        app,
        client,
        query,
        arrivals: Arrivals::new(app, Report::of_needs()),
        seen: HashSet::new(),
        mark,
        is_sorted: true,
        began: Instant::now(),
        longest: ask.longest,
    };
    let ended = run.follow(since).await;
    let report = run.arrivals.finish(app).await?;
    arrivals::settle(app).await?;
    Ok((report, ended?))
}

fn area(config: &Config) -> Area<'_> {
    Area { countries: &config.ted_countries, nuts: &config.ted_nuts, cpv: &config.ted_cpv }
}

impl Run<'_> {
    /// Goes through the pages; the mark moves only over what is stored.
    async fn follow(&mut self, since: NaiveDate) -> Result<Ended> {
        let query = ted::since(&self.query, since);
        let (mut token, mut latest): (Option<String>, Option<NaiveDate>) = (None, None);
        for _ in 0..MAX_PAGES {
            let page = match ted::search(&self.client, &query, token.as_deref()).await {
                Ok(page) => page,
                Err(error) => return Ok(Ended::Broken(error)),
            };
            let fresh: Vec<Found> =
                page.notices.into_iter().filter(|found| self.seen.insert(found.publication_no.clone())).collect();
            let has_all = page.total.is_some_and(|total| self.seen.len() >= total);
            let is_last = has_all || fresh.is_empty() || page.next.is_none() || page.next == token;
            for batch in fresh.chunks(BATCH) {
                if self.longest.is_some_and(|longest| self.began.elapsed() >= longest) {
                    return Ok(Ended::OutOfTime);
                }
                if let Err(error) = self.take(batch).await? {
                    return Ok(Ended::Broken(error));
                }
                for found in batch {
                    self.is_sorted &= latest.is_none_or(|latest| latest <= found.published_on);
                    latest = latest.max(Some(found.published_on));
                }
                if let Some(day) = latest.filter(|_| self.is_sorted) {
                    self.move_on(day).await?;
                }
            }
            if is_last {
                if let Some(total) = page.total.filter(|total| *total > self.seen.len()) {
                    let detail = format!("{} of {total} notices came", self.seen.len());
                    return Ok(Ended::Broken(FetchError::Nonsense(detail)));
                }
                if let Some(day) = latest {
                    self.move_on(day).await?;
                }
                return Ok(Ended::Whole);
            }
            token = page.next;
        }
        Ok(Ended::Broken(FetchError::Nonsense(format!("more than {MAX_PAGES} pages; narrow the query"))))
    }

    /// Fetches the notices of a batch and stores them; those that are stored already are not fetched again.
    async fn take(&mut self, batch: &[Found]) -> Result<std::result::Result<(), FetchError>> {
        let numbers: Vec<&str> = batch.iter().map(|found| found.publication_no.as_str()).collect();
        let forms = numbers.iter().flat_map(|number| quarantine::publication_no_forms(number)).collect::<Vec<_>>();
        let known: HashSet<String> = needs::list_publication_nos(&self.app.db, &forms).await?.into_iter().collect();
        for found in batch {
            if quarantine::publication_no_forms(&found.publication_no).iter().any(|form| known.contains(form)) {
                self.arrivals.skip("stored-already");
                continue;
            }
            let source = format!("{TED}:{}", found.publication_no);
            self.arrivals.begin(&source);
            match ted::notice(&self.client, found).await {
                Ok(bytes) => {
                    let (reader, kept) = keeping(bytes.as_slice());
                    for record in intake::read_needs(&source, reader) {
                        self.arrivals.take(self.app, record, Some(&kept)).await?;
                    }
                }
                // One notice that is gone, or never whole, does not stop those after it.
                Err(error @ (FetchError::Refused { .. } | FetchError::Nonsense(_))) => {
                    let refusal = Refusal::new("rejected-fetch", error.to_string());
                    self.arrivals.refuse(self.app, source, "notice".to_owned(), refusal).await?;
                }
                Err(error) => return Ok(Err(error)),
            }
        }
        self.arrivals.flush(self.app).await?;
        Ok(Ok(()))
    }

    async fn move_on(&mut self, day: NaiveDate) -> Result<()> {
        // An earlier day that was asked for by hand does not take the mark back.
        if self.mark.is_some_and(|mark| mark >= day) {
            return Ok(());
        }
        let tx = connection::begin(&self.app.db).await?;
        fetch_marks::set(&tx, TED, &self.query, day, self.app.clock.now()).await?;
        tx.commit().await?;
        self.mark = Some(day);
        Ok(())
    }
}

impl From<FetchError> for Error {
    fn from(error: FetchError) -> Self {
        Self::Internal(anyhow::Error::new(error))
    }
}
