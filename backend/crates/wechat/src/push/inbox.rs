//! The door: whose it is, how old it is, and whether it was here before.

use std::{fmt, time::Duration};

use serde::Deserialize;

use super::{
    Message, Reply,
    cipher::{Cipher, CipherError},
    signature::{sha1_hex, sign},
    xml::{Element, XmlError, cdata},
};
use crate::{Cache, Secret};

/// WeChat tries for some fifteen seconds. Clocks differ, networks stall; a recording from yesterday is refused.
const OLDEST: u64 = 300;
/// Longer than a recording would be taken, in both directions.
const REMEMBERED: Duration = Duration::from_secs(2 * OLDEST + 60);

/// What stands in the address of a push.
#[derive(Clone, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    pub signature: String,
    #[serde(default)]
    pub timestamp: String,
    #[serde(default)]
    pub nonce: String,
    /// Only when the settings page tries the address.
    #[serde(default)]
    pub echostr: Option<String>,
    #[serde(default)]
    pub encrypt_type: Option<String>,
    #[serde(default)]
    pub msg_signature: Option<String>,
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Query").field("timestamp", &self.timestamp).finish_non_exhaustive()
    }
}

/// Why a push is not taken. `Display` is for the log; the sender gets a status and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    #[error("the signature is not WeChat's")]
    Signature,
    #[error("it is too old, or from the future")]
    Stale,
    #[error("it is not sealed, and this account's messages must be")]
    NotSealed,
    #[error("the sealed message cannot be opened: {0}")]
    Cipher(#[from] CipherError),
    #[error("the XML cannot be read: {0}")]
    Xml(#[from] XmlError),
    #[error("{0} is missing or is not what it should be")]
    Missing(&'static str),
}

impl PushError {
    /// Nobody but WeChat could have sent it: it is worth a look. The rest is noise from the internet.
    pub fn is_genuine(self) -> bool {
        !matches!(self, Self::Signature | Self::Stale | Self::NotSealed)
    }
}

/// Where one app's pushes arrive.
#[derive(Clone, Debug)]
pub struct Inbox {
    token: Secret,
    /// With a key, only what is sealed is taken: a plain message's signature says nothing about its content, so that
    /// anybody who saw one could write another under it.
    cipher: Option<Cipher>,
}

/// One push, opened.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub message: Message,
}

impl Inbox {
    pub fn plain(token: Secret) -> Self {
        Self { token, cipher: None }
    }

    pub fn sealed(token: Secret, cipher: Cipher) -> Self {
        Self { token, cipher: Some(cipher) }
    }

    /// Answers the settings page: what is given back is the body of the answer.
    pub fn verify<'a>(&self, query: &'a Query, now: u64) -> Result<&'a str, PushError> {
        self.check_signature(query)?;
        fresh(query, now)?;
        query.echostr.as_deref().ok_or(PushError::Missing("echostr"))
    }

    /// Opens a push. `now` in seconds since 1970.
    pub fn open(&self, query: &Query, body: &[u8], now: u64) -> Result<Delivery, PushError> {
        self.check_signature(query)?;
        let outer = Element::parse(body);
        let Some(cipher) = &self.cipher else {
            fresh(query, now)?;
            return Ok(Delivery { message: Message::read(&outer?)? });
        };
        let signature = query.msg_signature.as_deref().ok_or(PushError::NotSealed)?;
        let outer = outer?;
        let sealed = outer.get("Encrypt").ok_or(PushError::NotSealed)?;
        let expected = Secret::new(sign(&[self.token.expose(), &query.timestamp, &query.nonce, sealed]));
        if !expected.same_as(signature) {
            return Err(PushError::Signature);
        }
        fresh(query, now)?;
        let xml = Element::parse(cipher.open(sealed)?.as_bytes())?;
        Ok(Delivery { message: Message::read(&xml)? })
    }

    /// The body of the answer, sealed if the inbox is. It must be there within five seconds.
    pub fn answer(&self, delivery: &Delivery, reply: &Reply, now: u64) -> String {
        let Some(plain) = reply.xml(&delivery.message, now) else { return "success".to_owned() };
        let Some(cipher) = &self.cipher else { return plain };
        let (sealed, nonce, time) = (cipher.seal(&plain), format!("{:016x}", rand::random::<u64>()), now.to_string());
        let signature = sign(&[self.token.expose(), &time, &nonce, &sealed]);
        format!(
            "<xml><Encrypt>{}</Encrypt><MsgSignature>{}</MsgSignature><TimeStamp>{time}</TimeStamp><Nonce>{}</Nonce></xml>",
            cdata(&sealed),
            cdata(&signature),
            cdata(&nonce)
        )
    }

    fn check_signature(&self, query: &Query) -> Result<(), PushError> {
        let expected = Secret::new(sign(&[self.token.expose(), &query.timestamp, &query.nonce]));
        if expected.same_as(&query.signature) { Ok(()) } else { Err(PushError::Signature) }
    }
}

fn fresh(query: &Query, now: u64) -> Result<(), PushError> {
    let sent: u64 = query.timestamp.parse().map_err(|_| PushError::Missing("timestamp"))?;
    if sent.abs_diff(now) <= OLDEST { Ok(()) } else { Err(PushError::Stale) }
}

impl Delivery {
    /// Whether nobody has worked on it yet. Whoever gets `true` does; all others answer `success` and are done.
    pub async fn is_first(&self, cache: &dyn Cache) -> bool {
        cache.claim(&self.cache_key(), REMEMBERED).await
    }

    /// The work has failed: WeChat's next try counts as the first.
    pub async fn give_back(&self, cache: &dyn Cache) {
        cache.forget(&self.cache_key()).await;
    }

    /// Hashed, because an event's key has an openid in it and may be long.
    fn cache_key(&self) -> String {
        format!("wechat:push:{}", sha1_hex(&format!("{}:{}", self.message.to, self.message.key)))
    }
}
