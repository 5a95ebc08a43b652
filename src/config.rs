//! Settings: flag, then environment, then `samhandla.toml` in the data directory, then default.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

/// Everything an operator can set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the SQLite file, the indexes and the mailbox are.
    pub data: PathBuf,
    /// `sqlite:…` or `postgres://…`; none is SQLite in the data directory.
    pub database: Option<String>,
    /// Address and port that the site listens on.
    pub listen: SocketAddr,
    /// How readers reach the site, without a slash at the end; none is `http://` + `listen`.
    pub base_url: Option<String>,
    /// `smtp://…` or `smtps://…`; none is the local mailbox.
    pub smtp_url: Option<String>,
    /// Certificate in PEM of the authority that the mail server's own comes from, where it is none that all know.
    pub smtp_ca_file: Option<PathBuf>,
    /// Most connections to the mail server at the same time.
    pub smtp_connections: usize,
    /// Name under `_domainkey` of the RSA key that signs every mail (RFC 6376).
    pub dkim_selector: String,
    /// RSA key in PEM (PKCS#1); none signs nothing.
    pub dkim_key_file: Option<PathBuf>,
    /// Name under `_domainkey` of the Ed25519 key that signs as well (RFC 8463).
    pub dkim_ed25519_selector: String,
    /// Ed25519 key, 32 bytes in Base64; none leaves that signature out.
    pub dkim_ed25519_key_file: Option<PathBuf>,
    /// Sender of every mail.
    pub mail_from: String,
    /// Name of the service, as readers know it.
    pub service_name: String,
    /// Who answers for the service and how they are reached, on one line; stands under every mail.
    pub contact: String,
    /// Address of the TED Search API, the only other server that is asked; empty asks nobody.
    pub ted_url: String,
    /// Countries of the buyers whose notices are fetched, ISO 3166-1 alpha-3, parted by commas.
    pub ted_countries: String,
    /// Places of performance whose notices are fetched, NUTS codes, parted by commas.
    pub ted_nuts: String,
    /// CPV codes or their beginnings whose notices are fetched, parted by commas; empty is all.
    pub ted_cpv: String,
    /// Whether staff and procurers give a second factor when they sign in.
    pub second_factor: SecondFactorRule,
    /// Most calls a minute that one key of the API may make.
    pub api_per_minute: u32,
    /// Whether webhooks may reach addresses inside our own network, and the loopback without TLS.
    pub webhook_private: bool,
    /// Who may read `/metrics`: whoever sends this as a bearer token. None lets nobody.
    pub metrics_token: Option<String>,
    /// Log filter, for example `info,samhandla=debug`.
    pub log: String,
}

/// Whether staff and procurers give a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorRule {
    /// Always.
    Required,
    /// Only those who chose to; for a site that nobody else reaches.
    Off,
}

/// Settings that may stand in the environment as `SAMHANDLA_…`; other variables are not ours.
const FROM_ENVIRONMENT: &[&str] = &[
    "database",
    "listen",
    "base_url",
    "smtp_url",
    "smtp_ca_file",
    "smtp_connections",
    "dkim_selector",
    "dkim_key_file",
    "dkim_ed25519_selector",
    "dkim_ed25519_key_file",
    "mail_from",
    "service_name",
    "contact",
    "ted_url",
    "ted_countries",
    "ted_nuts",
    "ted_cpv",
    "second_factor",
    "api_per_minute",
    "webhook_private",
    "metrics_token",
    "log",
];

/// What flags may say; the rest comes from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--data`.
    pub data: Option<PathBuf>,
    /// `--database`.
    pub database: Option<String>,
    /// `--listen`.
    pub listen: Option<SocketAddr>,
}

impl Config {
    /// The settings when nothing is said.
    fn defaults(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            database: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_url: None,
            smtp_url: None,
            smtp_ca_file: None,
            smtp_connections: 4,
            dkim_selector: "samhandla".to_owned(),
            dkim_key_file: None,
            dkim_ed25519_selector: "samhandla-ed".to_owned(),
            dkim_ed25519_key_file: None,
            mail_from: "Samhandla <veckobrev@samhandla.example>".to_owned(),
            service_name: "Samhandla".to_owned(),
            contact: "Samhandla, svar@samhandla.example".to_owned(),
            ted_url: "https://api.ted.europa.eu".to_owned(),
            ted_countries: "SWE".to_owned(),
            ted_nuts: "SE211".to_owned(),
            ted_cpv: String::new(),
            second_factor: SecondFactorRule::Required,
            api_per_minute: 120,
            webhook_private: false,
            metrics_token: None,
            log: "info".to_owned(),
        }
    }

    /// Reads the settings. A secret may stand in a file named by `SAMHANDLA_…_FILE`.
    ///
    /// # Errors
    /// Names the setting and where it was written.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn load(flags: Flags) -> anyhow::Result<Self> {
        let from_environment = std::env::var("SAMHANDLA_DATA").ok().map(PathBuf::from);
        let data = flags.data.clone().or(from_environment).unwrap_or_else(|| PathBuf::from("./data"));
        let mut figment = Figment::from(Serialized::defaults(Self::defaults(&data)))
            .merge(Toml::file(data.join("samhandla.toml")))
            .merge(Env::prefixed("SAMHANDLA_").only(FROM_ENVIRONMENT));
        for secret in ["database", "smtp_url", "metrics_token"] {
            let variable = format!("SAMHANDLA_{}_FILE", secret.to_uppercase());
            if let Ok(path) = std::env::var(&variable) {
                let text = std::fs::read_to_string(&path).with_context(|| format!("{variable}: cannot read {path}"))?;
                figment = figment.merge((secret, text.trim().to_owned()));
            }
        }
        figment = figment.merge(("data", data));
        if let Some(database) = flags.database {
            figment = figment.merge(("database", database));
        }
        if let Some(listen) = flags.listen {
            figment = figment.merge(("listen", listen));
        }
        figment.extract().context("settings")
    }

    /// The database's URL.
    pub fn database_url(&self) -> String {
        self.database.clone().unwrap_or_else(|| crate::store::connection::sqlite_url(&self.data))
    }

    /// Settings that must not go together.
    ///
    /// # Errors
    /// Says which, and what to do.
    pub fn check(&self) -> anyhow::Result<()> {
        let is_open = !self.listen.ip().is_loopback();
        anyhow::ensure!(
            self.second_factor == SecondFactorRule::Required || !is_open,
            "second_factor = \"off\" goes with listening on a loopback address only, not on {}",
            self.listen
        );
        Ok(())
    }

    /// How readers reach the site, without a slash at the end.
    pub fn base_url(&self) -> String {
        let url = self.base_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }

    /// The sender's domain: signs every mail, and is the right-hand side of every Message-ID.
    pub fn mail_domain(&self) -> String {
        let address = self.mail_from.rsplit('<').next().unwrap_or_default().trim_end_matches('>');
        address.rsplit('@').next().unwrap_or("localhost").to_owned()
    }

    /// Where mails land without SMTP.
    pub fn mailbox(&self) -> PathBuf {
        self.data.join("mailbox")
    }

    /// Where the indexes are.
    pub fn index(&self) -> PathBuf {
        self.data.join("index")
    }
}
