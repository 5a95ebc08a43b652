//! Tells another system something: one signed POST within bounds of time, without redirects, and never to
//! an address inside our own network unless the operator allows it.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::{Url, redirect::Policy};

use super::{FetchError, client::said};

/// Longest time for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest time for the whole answer.
const ANSWER: Duration = Duration::from_secs(10);

/// What is told, as Standard Webhooks has it.
#[derive(Debug, Clone, Copy)]
pub struct Parcel<'a> {
    /// Where.
    pub url: &'a str,
    /// Identity of the message, the same in every attempt.
    pub id: &'a str,
    /// When this attempt is made, in seconds since 1970.
    pub timestamp: i64,
    /// `v1,` and the signature in Base64.
    pub signature: &'a str,
    /// JSON.
    pub body: &'a str,
}

/// Which addresses may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those of the public internet, over TLS.
    Public,
    /// Private ones too, and the loopback without TLS.
    Private,
}

/// Tells it; gives the status of the answer, whose body is not read.
///
/// # Errors
/// `Address` when the address may not be reached, `Away` when nothing answers.
pub async fn post(parcel: Parcel<'_>, reach: Reach) -> Result<u16, FetchError> {
    let (url, addresses) = resolved(parcel.url, reach).await?;
    // A test or a tool may ask before `main` has chosen the provider.
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
    let host = url.host_str().unwrap_or_default();
    // Bound to what was checked, so that a name cannot point elsewhere a moment later.
    let http = reqwest::Client::builder()
        .user_agent(concat!("samhandla/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .resolve_to_addrs(host, &addresses)
        .build()
        .map_err(|error| FetchError::Away(said(&error)))?;
    let request = http
        .post(url.clone())
        .header("content-type", "application/json")
        .header("webhook-id", parcel.id)
        .header("webhook-timestamp", parcel.timestamp.to_string())
        .header("webhook-signature", parcel.signature)
        .body(parcel.body.to_owned());
    let response = request.send().await.map_err(|error| FetchError::Away(said(&error)))?;
    Ok(response.status().as_u16())
}

/// The address and what its name stands for, if every one of those may be reached.
async fn resolved(text: &str, reach: Reach) -> Result<(Url, Vec<SocketAddr>), FetchError> {
    let refused = || FetchError::Address(text.to_owned());
    let url: Url = text.parse().map_err(|_| refused())?;
    let host = url.host_str().ok_or_else(refused)?.trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default().ok_or_else(refused)?;
    let found = tokio::time::timeout(CONNECT, tokio::net::lookup_host((host.as_str(), port))).await;
    let away = || FetchError::Away(format!("{host} has no address"));
    let addresses: Vec<SocketAddr> = found.map_err(|_| away())?.map_err(|_| away())?.collect();
    let is_loopback = !addresses.is_empty() && addresses.iter().all(|address| address.ip().is_loopback());
    let may_be_plain = reach == Reach::Private && is_loopback;
    if url.scheme() != "https" && !(url.scheme() == "http" && may_be_plain) {
        return Err(refused());
    }
    let is_reached = |address: &SocketAddr| reach == Reach::Private || is_public(address.ip());
    if addresses.is_empty() || !addresses.iter().all(is_reached) {
        return Err(refused());
    }
    Ok((url, addresses))
}

/// Whether an address lies in the public internet (IANA's special-purpose registries).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [first, second, ..] = ip.segments();
    // Only global unicast, without documentation and what tunnels an IPv4 address.
    let is_global = (0x2000..0x4000).contains(&first);
    let is_special = first == 0x2002 || (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) || first == 0x3fff;
    is_global && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_a_network_are_not_public() {
        let check = |text: &str, expected| assert_eq!(is_public(text.parse().unwrap()), expected, "{text}");
        for public in ["1.1.1.1", "192.0.3.1", "172.32.0.1", "100.128.0.1", "2a00:1450::1", "2606:4700::1"] {
            check(public, true);
        }
        for inside in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2001::1",
            "64:ff9b::7f00:1",
            "::7f00:1",
        ] {
            check(inside, false);
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_to_an_address_that_may_not_be_reached() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        for url in [
            format!("http://127.0.0.1:{port}/"),
            format!("https://127.0.0.1:{port}/"),
            format!("https://localhost:{port}/"),
            format!("https://[::ffff:127.0.0.1]:{port}/"),
            format!("https://2130706433:{port}/"),
            "ftp://1.1.1.1/".to_owned(),
            "https://".to_owned(),
        ] {
            let parcel = Parcel { url: &url, id: "a", timestamp: 0, signature: "v1,x", body: "{}" };
            let told = post(parcel, Reach::Public).await;
            assert!(matches!(told, Err(FetchError::Address(_))), "{url}: {told:?}");
        }
        let nobody = tokio::time::timeout(Duration::from_millis(10), listener.accept()).await;
        assert!(nobody.is_err(), "somebody was told");
    }
}
