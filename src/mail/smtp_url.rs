//! The address of a mail server as the operator writes it: `smtp://user:password@host:587?tls=required`.

use std::net::IpAddr;

use super::MailError;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protection {
    /// Not at all; only to this machine.
    None,
    /// STARTTLS where the server offers it.
    Opportunistic,
    /// STARTTLS or nothing is sent.
    Required,
    /// TLS from the first byte (`smtps`).
    Wrapped,
}

/// A mail server and how to sign in there.
#[derive(PartialEq, Eq)]
pub(super) struct ServerAddress {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) protection: Protection,
    /// User and password.
    pub(super) login: Option<(String, String)>,
}

impl ServerAddress {
    pub(super) fn parse(text: &str) -> Result<Self, MailError> {
        // The text holds a password: no message repeats it.
        let refused = |why: &str| MailError::ServerAddress(why.to_owned());
        let (scheme, rest) = text.trim().split_once("://").ok_or_else(|| refused("begins with smtp:// or smtps://"))?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let protection = match (scheme, query) {
            ("smtp", "" | "tls=required") => Protection::Required,
            ("smtp", "tls=opportunistic") => Protection::Opportunistic,
            ("smtp", "tls=none") => Protection::None,
            ("smtps", "") => Protection::Wrapped,
            ("smtp", _) => return Err(refused("?tls= is none, opportunistic or required")),
            ("smtps", _) => return Err(refused("smtps:// takes no ?tls=")),
            _ => return Err(refused("begins with smtp:// or smtps://")),
        };
        let (login, place) = match rest.trim_end_matches('/').rsplit_once('@') {
            Some((login, place)) => (Some(read_login(login)?), place),
            None => (None, rest.trim_end_matches('/')),
        };
        let (host, port) = read_place(place)?;
        let port = port.unwrap_or(match protection {
            Protection::None => 25,
            Protection::Opportunistic | Protection::Required => 587,
            Protection::Wrapped => 465,
        });
        if protection == Protection::None && !is_loopback(&host) {
            return Err(refused("?tls=none is only for this machine (localhost, 127.0.0.1, [::1])"));
        }
        Ok(Self { host, port, protection, login })
    }

    /// Whether nobody else can listen even without TLS.
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn read_login(text: &str) -> Result<(String, String), MailError> {
    let refused = || MailError::ServerAddress("the sign-in before @ is user:password, with % as %25".to_owned());
    let (user, password) = text.split_once(':').ok_or_else(refused)?;
    let login = (decoded(user).ok_or_else(refused)?, decoded(password).ok_or_else(refused)?);
    if login.0.is_empty() { Err(refused()) } else { Ok(login) }
}

fn read_place(text: &str) -> Result<(String, Option<u16>), MailError> {
    let refused = |why: &str| MailError::ServerAddress(why.to_owned());
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => text.rsplit_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:_".contains(c);
    if host.is_empty() || !host.chars().all(is_host) {
        return Err(refused("the host is missing or has letters that hosts do not have"));
    }
    let port = port.map(str::parse).transpose().map_err(|_| refused("the port is a number up to 65535"))?;
    Ok((host.to_owned(), port))
}

/// Percent-decoded text (RFC 3986, 2.1).
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| char::from(b?).to_digit(16);
            bytes.push(u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_host_port_protection_and_login() {
        let check = |text: &str, host: &str, port, protection, login: Option<(&str, &str)>| {
            let address = ServerAddress::parse(text).unwrap();
            assert_eq!((address.host.as_str(), address.port, address.protection), (host, port, protection), "{text}");
            assert_eq!(address.login, login.map(|(u, p)| (u.to_owned(), p.to_owned())), "{text}");
        };
        check("smtp://mail.example", "mail.example", 587, Protection::Required, None);
        check("smtp://u:p%40ss%25@mail.example:25/", "mail.example", 25, Protection::Required, Some(("u", "p@ss%")));
        check(
            "smtp://u@x.se:p@mail.example?tls=opportunistic",
            "mail.example",
            587,
            Protection::Opportunistic,
            Some(("u@x.se", "p")),
        );
        check("smtps://u:p@mail.example", "mail.example", 465, Protection::Wrapped, Some(("u", "p")));
        check("smtp://127.0.0.1:2525?tls=none", "127.0.0.1", 2525, Protection::None, None);
        check("smtp://[::1]?tls=none", "::1", 25, Protection::None, None);
        check("smtp://localhost?tls=none", "localhost", 25, Protection::None, None);
    }

    #[test]
    fn wrong_addresses_are_refused_without_repeating_the_password() {
        for text in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example:99999",
            "smtp://mail.example?tls=never",
            "smtps://mail.example?tls=none",
            "smtp://mail.example?tls=none",
            "smtp://secret@mail.example",
            "smtp://u:secret%4@mail.example",
            "smtp://u:secret@mail example",
            "smtp://10.0.0.1?tls=none",
        ] {
            let refused = ServerAddress::parse(text).err().unwrap_or_else(|| panic!("{text}"));
            assert!(!refused.to_string().contains("secret"), "{refused}");
        }
    }
}
