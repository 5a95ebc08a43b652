//! What `doctor` says of the sender's domain: SPF, DKIM, DMARC, and how the mail server is reached.

use super::checks::Check;
use crate::{config::Config, mail::dns};

/// What a lookup gave: the texts, or why nobody could be asked.
type Looked = Result<Vec<String>, String>;

/// Looks at everything that receivers look at. A machine without a network fails nothing.
pub(super) async fn run(config: &Config) -> Vec<Check> {
    let Some(url) = &config.smtp_url else { return Vec::new() };
    let domain = config.mail_domain();
    let mut checks = vec![
        Check::new("tls", tls(url)),
        Check::new("spf", spf(&domain, dns::texts(&domain).await)),
        Check::new("dmarc", dmarc(&domain, dns::texts(&format!("_dmarc.{domain}")).await)),
    ];
    let keys = [
        (&config.dkim_key_file, &config.dkim_selector),
        (&config.dkim_ed25519_key_file, &config.dkim_ed25519_selector),
    ];
    let selectors: Vec<&String> =
        keys.iter().filter(|(file, _)| file.is_some()).map(|(_, selector)| *selector).collect();
    if selectors.is_empty() {
        let advice = "no mail is signed: make a key (openssl genrsa -traditional -out dkim.pem 2048), set \
             SAMHANDLA_DKIM_KEY_FILE and publish its public half";
        checks.push(Check::new("dkim", Err(advice.to_owned())));
    }
    for selector in selectors {
        let name = format!("{selector}._domainkey.{domain}");
        checks.push(Check::new("dkim", dkim(&name, dns::texts(&name).await)));
    }
    checks
}

fn tls(url: &str) -> Result<String, String> {
    if url.starts_with("smtps://") {
        Ok("TLS from the start, certificate verified".to_owned())
    } else if url.contains("tls=opportunistic") {
        Err("mails go in the clear when the server offers no STARTTLS: leave out ?tls=opportunistic".to_owned())
    } else if url.contains("tls=none") {
        Ok("none, to this machine only: see that the mail server here uses TLS to others".to_owned())
    } else {
        Ok("STARTTLS is required, certificate verified".to_owned())
    }
}

fn spf(domain: &str, looked: Looked) -> Result<String, String> {
    let Ok(texts) = looked.as_ref() else { return Ok(not_looked(&looked)) };
    let records: Vec<&String> = texts.iter().filter(|text| is_version(text, "v=spf1")).collect();
    match records.as_slice() {
        [] => Err(format!("no SPF at {domain}: publish a TXT such as \"v=spf1 a:YOUR-MAIL-SERVER -all\"")),
        [one] if one.contains("+all") => Err(format!("{domain} lets everybody send: end its SPF with -all")),
        [_] => Ok(format!("{domain} says who may send for it")),
        _ => Err(format!("{domain} has more than one SPF record, which counts as none: keep one")),
    }
}

fn dkim(name: &str, looked: Looked) -> Result<String, String> {
    let Ok(texts) = looked.as_ref() else { return Ok(not_looked(&looked)) };
    let has_key = |text: &String| {
        text.split(';').filter_map(|part| part.trim().strip_prefix("p=")).any(|key| !key.trim().is_empty())
    };
    if texts.iter().any(has_key) {
        Ok(format!("a key is published at {name}"))
    } else {
        Err(format!("no key at {name}: publish a TXT \"v=DKIM1; k=rsa; p=PUBLIC-KEY\""))
    }
}

fn dmarc(domain: &str, looked: Looked) -> Result<String, String> {
    let Ok(texts) = looked.as_ref() else { return Ok(not_looked(&looked)) };
    let Some(record) = texts.iter().find(|text| is_version(text, "v=DMARC1")) else {
        return Err(format!("no DMARC: publish a TXT at _dmarc.{domain}, first \"v=DMARC1; p=none; rua=mailto:YOU\""));
    };
    if record.replace(' ', "").contains(";p=none") {
        Ok("DMARC only reports (p=none): when the reports are clean, move to p=quarantine and p=reject".to_owned())
    } else {
        Ok("DMARC is published".to_owned())
    }
}

fn is_version(text: &str, version: &str) -> bool {
    let first = text.split([' ', ';']).next().unwrap_or_default();
    first.eq_ignore_ascii_case(version)
}

fn not_looked(looked: &Looked) -> String {
    format!("could not look up: {}", looked.as_ref().err().map_or("no reason given", String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Looked {
        Ok(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn each_record_is_judged_and_no_network_fails_nothing() {
        assert!(spf("a.example", texts(&["other", "v=spf1 mx -all"])).is_ok());
        assert!(spf("a.example", texts(&["v=spf1 +all"])).is_err());
        assert!(spf("a.example", texts(&["v=spf1 mx -all", "v=spf1 -all"])).is_err());
        assert!(spf("a.example", texts(&["v=spf10 -all"])).is_err());
        assert!(dkim("x", texts(&["v=DKIM1; k=rsa; p=MIIB"])).is_ok());
        assert!(dkim("x", texts(&["v=DKIM1; p="])).is_err());
        assert!(dmarc("a.example", texts(&["v=DMARC1; p=none"])).unwrap().contains("only reports"));
        assert!(dmarc("a.example", texts(&["v=DMARC1;p=reject"])).unwrap().contains("is published"));
        assert!(dmarc("a.example", texts(&[])).is_err());
        let offline = || Err("no route".to_owned());
        for said in [spf("a", offline()), dkim("a", offline()), dmarc("a", offline())] {
            assert_eq!(said.unwrap(), "could not look up: no route");
        }
    }

    #[test]
    fn only_a_connection_that_may_be_in_the_clear_is_wrong() {
        for (url, good) in [
            ("smtps://h", true),
            ("smtp://h", true),
            ("smtp://h?tls=opportunistic", false),
            ("smtp://127.0.0.1?tls=none", true),
        ] {
            assert_eq!(tls(url).is_ok(), good, "{url}");
        }
    }
}
