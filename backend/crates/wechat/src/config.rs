//! Where WeChat is, and who we are there.

use std::time::Duration;

use crate::Secret;

/// The base addresses, without a slash at the end. A stand-in serves all three from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    pub api: String,
    pub open: String,
    pub mp: String,
}

impl Default for Hosts {
    fn default() -> Self {
        Self {
            api: "https://api.weixin.qq.com".to_owned(),
            open: "https://open.weixin.qq.com".to_owned(),
            mp: "https://mp.weixin.qq.com".to_owned(),
        }
    }
}

impl Hosts {
    /// One server that plays all three.
    pub fn all(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        Self { api: base.to_owned(), open: base.to_owned(), mp: base.to_owned() }
    }
}

/// A mini-program or an official account, by what its settings page shows.
#[derive(Clone, Debug)]
pub struct App {
    pub id: String,
    pub secret: Secret,
}

/// How long to wait. Somebody stands before the phone meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    pub connect: Duration,
    /// From the request to the last byte of the answer.
    pub whole: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), whole: Duration::from_secs(8) }
    }
}
