//! What the whole product shares while it runs: database, indexes, clock, words and mailer.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::Context as _;
use samhandla_index::{SearchIndex, error::IndexError, suggest::CodeModel};
use sea_orm::DatabaseConnection;
use tokio::sync::{Mutex, Semaphore};

use crate::{
    clock::Clock,
    config::Config,
    domain::{
        asf::AsfId,
        codes::CodeLabel,
        directory::Card,
        ledger::Entry,
        matcher::AsfProfile,
        need::LotId,
        target::{Item, Progress, settings::Settings},
    },
    mail::{
        dkim::{Algorithm, Signer},
        mailer::Mailer,
    },
    store::{codes::Stamp, connection, ledger::Extent},
    words::Words,
};

/// One running Samhandla; shared by reference.
pub struct App {
    /// The ground state.
    pub db: DatabaseConnection,
    /// What time it is.
    pub clock: Clock,
    /// Settings.
    pub config: Config,
    /// Templates and locales.
    pub words: Words,
    /// Where mails go.
    pub mailer: Mailer,
    /// Keys that sign every mail.
    pub signer: Signer,
    /// One permit for each message that may be on its way at the same time.
    pub senders: Arc<Semaphore>,
    /// Capabilities, one document an ASF.
    pub asf_index: LiveIndex,
    /// Lots of needs that are matched.
    pub lot_index: LiveIndex,
    /// One follower of the changes at a time.
    pub following: Mutex<()>,
    /// Analysed ASF, dropped when they change.
    pub profiles: RwLock<HashMap<AsfId, Arc<AsfProfile>>>,
    /// What codes go with what words, learnt anew when codes or history are imported.
    pub learnt_codes: Mutex<Option<Arc<Learnt>>>,
    /// The directory of ASF, as of a change.
    pub directory: Mutex<Option<Directory>>,
    /// The figures of now, computed anew when the ledger grows.
    pub figures: Mutex<Option<Remembered>>,
}

impl App {
    /// Opens everything and migrates the database.
    ///
    /// # Errors
    /// Says which part could not be opened, and why.
    pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Self> {
        config.check()?;
        std::fs::create_dir_all(&config.data)
            .with_context(|| format!("cannot create the data directory {}", config.data.display()))?;
        let db = connection::connect(&config.database_url()).await.context("cannot open the database")?;
        connection::migrate(&db).await.context("cannot migrate the database")?;
        let overrides = config.data.join("templates");
        let words = if overrides.is_dir() { Words::with_overrides(&overrides)? } else { Words::embedded()? };
        let mailer = mailer(&config)?;
        let signer = signer(&config)?;
        let senders = Arc::new(Semaphore::new(config.smtp_connections.max(1)));
        let asf_index = LiveIndex::new(config.index().join("asf"));
        let lot_index = LiveIndex::new(config.index().join("lots"));
        Ok(Self {
            db,
            clock,
            config,
            words,
            mailer,
            signer,
            senders,
            asf_index,
            lot_index,
            following: Mutex::new(()),
            profiles: RwLock::default(),
            learnt_codes: Mutex::default(),
            directory: Mutex::default(),
            figures: Mutex::default(),
        })
    }
}

fn mailer(config: &Config) -> anyhow::Result<Mailer> {
    let mailer = Mailer::from_url(config.smtp_url.as_deref(), &config.mailbox())?;
    match (mailer, &config.smtp_ca_file) {
        (Mailer::Smtp(smtp), Some(file)) => {
            let pem = std::fs::read(file).with_context(|| format!("smtp_ca_file: cannot read {}", file.display()))?;
            Ok(Mailer::Smtp(smtp.with_authority(&pem)?))
        }
        (mailer, _) => Ok(mailer),
    }
}

fn signer(config: &Config) -> anyhow::Result<Signer> {
    let keys = [
        (&config.dkim_key_file, &config.dkim_selector, Algorithm::Rsa),
        (&config.dkim_ed25519_key_file, &config.dkim_ed25519_selector, Algorithm::Ed25519),
    ];
    let mut signer = Signer::default();
    for (file, selector, algorithm) in keys {
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            signer = signer.with_key(&config.mail_domain(), selector, algorithm, &text)?;
        }
    }
    Ok(signer)
}

/// What was learnt from the stored codes and past procurements, and from which state of them.
pub struct Learnt {
    /// State of the codes and of the history, and the last lot that was learnt from.
    pub stamp: (Stamp, Stamp, LotId),
    /// The model.
    pub model: CodeModel,
    /// Labels by code.
    pub labels: HashMap<String, CodeLabel>,
}

/// What was known at an instant, and what it amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The decisions in force.
    pub settings: Settings,
    /// Everything the ledger had been told, in that order.
    pub entries: Vec<Entry>,
    /// How far every target is reached.
    pub progress: Vec<Progress>,
    /// What counts and may be named to everybody.
    pub nameable: Vec<Item>,
}

/// Every ASF as a search knows it; brought up by the same changes that the index follows.
#[derive(Clone)]
pub struct Directory {
    /// The last change that is in it.
    pub mark: i64,
    /// A card each.
    pub cards: Arc<HashMap<AsfId, Arc<Card>>>,
}

/// What is kept in memory of the figures of now. It is only ever what the database says: a new
/// entry or decision, or a new day, and it is computed anew.
pub struct Remembered {
    /// How far the ledger had come.
    pub extent: Extent,
    /// What it amounted to.
    pub known: Arc<Known>,
}

/// An index that can be rebuilt and swapped while others search in it.
pub struct LiveIndex {
    dir: PathBuf,
    current: RwLock<Option<Arc<SearchIndex>>>,
}

impl LiveIndex {
    fn new(dir: PathBuf) -> Self {
        Self { dir, current: RwLock::new(None) }
    }

    /// The index as it is; opened at the first call.
    ///
    /// # Errors
    /// `Rebuild` when what lies in the directory cannot be used.
    pub fn current(&self) -> Result<Arc<SearchIndex>, IndexError> {
        if let Some(index) = self.current.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            return Ok(Arc::clone(index));
        }
        let mut slot = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let index = match slot.take() {
            Some(index) => index,
            None => Arc::new(SearchIndex::open(&self.dir)?),
        };
        *slot = Some(Arc::clone(&index));
        Ok(index)
    }

    /// Whether the files are gone under an index that was opened before.
    pub fn is_lost(&self) -> bool {
        let opened = self.current.read().unwrap_or_else(PoisonError::into_inner).is_some();
        opened && !self.dir.join("meta.json").is_file()
    }

    /// An empty index beside the current one, to be filled and then put in its place.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn beside(&self) -> Result<SearchIndex, IndexError> {
        SearchIndex::recreate(&self.dir.with_extension("new"))
    }

    /// Puts the filled index of [`LiveIndex::beside`] in the place of the current one.
    ///
    /// # Errors
    /// When the directories cannot be exchanged.
    pub fn replace(&self, filled: SearchIndex) -> Result<(), IndexError> {
        drop(filled);
        let mut slot = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let io = |source| IndexError::Io { dir: self.dir.clone(), source };
        match std::fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
        std::fs::rename(self.dir.with_extension("new"), &self.dir).map_err(io)?;
        *slot = Some(Arc::new(SearchIndex::open(&self.dir)?));
        Ok(())
    }
}
