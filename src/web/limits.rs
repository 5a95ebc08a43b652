//! How often one may ask for what costs us something or can be guessed: by address asked for, and by who
//! asks. Kept in memory; each node counts for itself.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, Method},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

use super::error::{PageError, PageResult};

/// Forms that send a mail to whomever one names, or take a code.
const HELD: [&str; 11] = [
    "/logga-in",
    "/logga-in/kod",
    "/logga-in/steg-2",
    "/logga-in/koppla",
    "/behov/nytt",
    "/asf/{id}/ansluta",
    "/konto/kollega",
    "/behov/{id}/kontakt",
    "/behov/{id}/paminn",
    "/kontakt/{token}",
    "/asf/{id}/kontakt",
];

/// So many at once, and then one in so much time.
const BY_VISITOR: (u32, Duration) = (30, Duration::from_secs(20));
const BY_KEY: (u32, Duration) = (5, Duration::from_secs(2 * 60));

/// Keys that are kept before those that no longer matter are let go.
const MOST_KEYS: usize = 10_000;

/// The limits of one node.
pub struct Limits {
    by_visitor: DefaultKeyedRateLimiter<String>,
    by_key: DefaultKeyedRateLimiter<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

impl Limits {
    /// Limits that nobody has come near.
    pub fn new() -> Self {
        Self { by_visitor: limiter(BY_VISITOR), by_key: limiter(BY_KEY) }
    }

    /// Takes one from what an address, or a user's second factor, may be tried.
    ///
    /// # Errors
    /// `TooMany` when none is left.
    pub fn take(&self, key: &str) -> PageResult<()> {
        take(&self.by_key, key)
    }
}

fn limiter((burst, each): (u32, Duration)) -> DefaultKeyedRateLimiter<String> {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(each).unwrap_or_else(|| Quota::per_minute(burst)).allow_burst(burst);
    RateLimiter::keyed(quota)
}

fn take(limiter: &DefaultKeyedRateLimiter<String>, key: &str) -> PageResult<()> {
    if limiter.len() > MOST_KEYS {
        limiter.retain_recent();
    }
    limiter.check_key(&key.to_owned()).map_err(|refused| {
        let wait = refused.wait_time_from(DefaultClock::default().now());
        PageError::TooMany(wait.as_secs() + 1)
    })
}

/// Counts who asks, and gives handlers what they need to count by address.
pub(super) async fn hold(State(limits): State<Arc<Limits>>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    if request.method() == Method::POST && HELD.contains(&route) {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        // Without a peer there is no network between.
        if let Some(visitor) = peer.map(|peer| visitor(peer, request.headers()))
            && let Err(refused) = take(&limits.by_visitor, &visitor)
        {
            return refused.into_response();
        }
    }
    request.extensions_mut().insert(limits);
    next.run(request).await
}

/// Who asks: the peer, or whom a proxy on this machine names last in `X-Forwarded-For`; others may write
/// there what they like. Of IPv6 the network counts, since one customer has all of it.
fn visitor(peer: IpAddr, headers: &HeaderMap) -> String {
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
    let named = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    match if peer.is_loopback() { named.unwrap_or(peer) } else { peer } {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_here_says_who_asks_and_nobody_else_may() {
        let named = |peer: &str, forwarded: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            visitor(peer.parse().unwrap(), &headers)
        };
        assert_eq!(named("127.0.0.1", "10.0.0.1, 192.0.2.7"), "192.0.2.7");
        assert_eq!(named("198.51.100.1", "192.0.2.7"), "198.51.100.1");
        assert_eq!(named("127.0.0.1", "nonsense"), "127.0.0.1");
        assert_eq!(named("2001:db8:1:2:3:4:5:6", ""), "2001:db8:1:2::");
    }

    #[test]
    fn after_a_handful_one_waits_and_others_do_not() {
        let limits = Limits::new();
        for _ in 0..BY_KEY.0 {
            limits.take("anna@kommun.example").unwrap();
        }
        assert!(matches!(limits.take("anna@kommun.example"), Err(PageError::TooMany(1..=121))));
        limits.take("bo@kommun.example").unwrap();
    }
}
