use std::{convert::Infallible, net::IpAddr};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{HeaderMap, USER_AGENT, X_FORWARDED_FOR},
    web,
};
use ipnet::IpNet;

use crate::platform::App;

/// The networks whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    pub fn parse(networks: &[String]) -> Result<Self, String> {
        let parse = |text: &String| text.parse().map_err(|_| format!("`{text}` is not a network such as 10.0.0.0/8"));
        networks.iter().map(parse).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address is a proxy's, and so nobody's own.
    pub fn contain(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Walks the forwarding chain from the nearest hop outwards and stops at the first address nobody vouches for.
    pub fn client(&self, peer: IpAddr, forwarded_for: &str) -> IpAddr {
        let mut client = peer;
        for hop in forwarded_for.rsplit(',') {
            if !self.contain(client) {
                break;
            }
            match hop.trim().parse() {
                Ok(address) => client = address,
                Err(_) => break,
            }
        }
        client
    }
}

/// From where a request comes.
#[derive(Clone, Debug)]
pub struct Client {
    pub ip: IpAddr,
    pub user_agent: String,
}

impl Client {
    pub fn of(req: &HttpRequest) -> Self {
        let peer = req.peer_addr().map_or(IpAddr::from([127, 0, 0, 1]), |address| address.ip());
        let ip = req
            .app_data::<web::Data<App>>()
            .map_or(peer, |app| app.proxies.client(peer, &forwarding_chain(req.headers())));
        let user_agent = req.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self { ip, user_agent: user_agent.chars().take(300).collect() }
    }
}

/// All `X-Forwarded-For` lines as one list, the nearest hop last. A proxy may add a line of its own below the one a
/// caller made up, and only the last of them is its word.
fn forwarding_chain(headers: &HeaderMap) -> String {
    let lines = headers.get_all(X_FORWARDED_FOR).map(|line| line.to_str().unwrap_or("unreadable"));
    lines.collect::<Vec<_>>().join(",")
}

impl FromRequest for Client {
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self::of(req)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        let proxies = TrustedProxies::parse(&["10.0.0.0/8".to_owned()]).unwrap();
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(proxies.client(ip("203.0.113.9"), "198.51.100.1"), ip("203.0.113.9"));
        assert_eq!(proxies.client(ip("10.0.0.1"), "198.51.100.1"), ip("198.51.100.1"));
        assert_eq!(proxies.client(ip("10.0.0.1"), "6.6.6.6, 198.51.100.1, 10.0.0.2"), ip("198.51.100.1"));
        assert_eq!(proxies.client(ip("10.0.0.1"), "nonsense"), ip("10.0.0.1"));
    }

    #[test]
    fn a_line_the_caller_made_up_does_not_hide_the_proxy_s_own() {
        let proxies = TrustedProxies::parse(&["10.0.0.0/8".to_owned()]).unwrap();
        let seen = |lines: &[&'static [u8]]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(X_FORWARDED_FOR, HeaderValue::from_bytes(line).unwrap());
            }
            proxies.client([10, 0, 0, 1].into(), &forwarding_chain(&headers)).to_string()
        };
        assert_eq!(seen(&[b"6.6.6.6", b"198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen(&[b"6.6.6.6", b"198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(seen(&[b"6.6.6.6", b"\xff"]), "10.0.0.1");
        assert_eq!(seen(&[]), "10.0.0.1");
    }
}
