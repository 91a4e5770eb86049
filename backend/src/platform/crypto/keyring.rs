//! The keys of this installation and what is done with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::platform::config::{CryptoConfig, Secret};

const NONCE_BYTES: usize = 12;

/// Why a configuration makes no keyring; names the configuration key, never its value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringProblem {
    #[error("crypto.active: no such key in crypto.keys: \"{0}\"")]
    NoActiveKey(String),
    #[error("crypto.keys: a key id is 1 to 16 of a-z, 0-9, - and _, but one is \"{0}\"")]
    BadKeyId(String),
    #[error("{0}: must be 32 bytes in base64 (openssl rand -base64 32)")]
    BadKey(String),
}

/// Why a sealed value does not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenProblem {
    #[error("not a sealed value")]
    Malformed,
    #[error("sealed with the key \"{0}\", which is not in crypto.keys")]
    UnknownKey(String),
    #[error("the sealed value was changed, or belongs to another context")]
    Forged,
}

/// The keys of this installation; cheap to clone.
#[derive(Clone)]
pub struct Keyring(Arc<Keys>);

struct Keys {
    ciphers: BTreeMap<String, Aes256Gcm>,
    active: String,
    active_cipher: Aes256Gcm,
    index_key: [u8; 32],
}

impl Keyring {
    pub fn new(config: &CryptoConfig) -> Result<Self, KeyringProblem> {
        let mut ciphers = BTreeMap::new();
        for (id, secret) in &config.keys {
            if !is_key_id(id) {
                return Err(KeyringProblem::BadKeyId(id.clone()));
            }
            let key = decode_key(secret).ok_or_else(|| KeyringProblem::BadKey(format!("crypto.keys.{id}")))?;
            ciphers.insert(id.clone(), Aes256Gcm::new(&key.into()));
        }
        let index_key =
            decode_key(&config.index_key).ok_or_else(|| KeyringProblem::BadKey("crypto.index_key".into()))?;
        let active_cipher =
            ciphers.get(&config.active).cloned().ok_or_else(|| KeyringProblem::NoActiveKey(config.active.clone()))?;
        Ok(Self(Arc::new(Keys { ciphers, active: config.active.clone(), active_cipher, index_key })))
    }

    /// Encrypts a value for one place (`"person.id_number"`); it opens in no other, so that a value copied to another
    /// column or table is noticed. The result is `keyid.base64(nonce || ciphertext || tag)`.
    pub fn seal(&self, context: &str, plaintext: &str) -> String {
        let sealed = seal_bytes(&self.0.active_cipher, context, plaintext.as_bytes());
        format!("{}.{}", self.0.active, STANDARD.encode(sealed))
    }

    pub fn open(&self, context: &str, sealed: &str) -> Result<String, OpenProblem> {
        let (id, body) = sealed.split_once('.').ok_or(OpenProblem::Malformed)?;
        if !is_key_id(id) {
            return Err(OpenProblem::Malformed);
        }
        let cipher = self.0.ciphers.get(id).ok_or_else(|| OpenProblem::UnknownKey(id.to_owned()))?;
        let body = STANDARD.decode(body).map_err(|_| OpenProblem::Malformed)?;
        let plaintext = open_bytes(cipher, context, &body)?;
        String::from_utf8(plaintext).map_err(|_| OpenProblem::Forged)
    }

    /// Whether a sealed value should be sealed again because its key is no longer the active one.
    pub fn needs_rotation(&self, sealed: &str) -> bool {
        sealed.split_once('.').is_none_or(|(id, _)| id != self.0.active)
    }

    /// The id of the active key: rows whose sealed value does not start with it and a dot are due for rotation.
    pub fn active_key(&self) -> &str {
        &self.0.active
    }

    /// 64 hexadecimal digits that are always the same for the same value of the same context, and tell nothing about
    /// it without the index key. The caller normalises the value first.
    pub fn find_hash(&self, context: &str, value: &str) -> String {
        let hash = self.mac(&[b"mingce/find/", context.as_bytes(), b"\0", value.as_bytes()]);
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A key of its own for one purpose: `HMAC-SHA256(index_key, "mingce/derive/" + purpose)`.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        self.mac(&[b"mingce/derive/", purpose.as_bytes()])
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac_with(&self.0.index_key);
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").field("active", &self.0.active).finish_non_exhaustive()
    }
}

/// AES-256-GCM under a random nonce: `nonce || ciphertext || tag`. Random nonces are safe for some 2^32 values a key.
pub(in crate::platform) fn seal_bytes(cipher: &Aes256Gcm, context: &str, plaintext: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE_BYTES] = rand::random();
    let payload = Payload { msg: plaintext, aad: context.as_bytes() };
    #[expect(clippy::expect_used, reason = "AES-GCM fails only above 64 GiB, which no field has")]
    let ciphertext = cipher.encrypt(&Nonce::from(nonce), payload).expect("a short text encrypts");
    [&nonce[..], &ciphertext].concat()
}

pub(in crate::platform) fn open_bytes(
    cipher: &Aes256Gcm,
    context: &str,
    sealed: &[u8],
) -> Result<Vec<u8>, OpenProblem> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(OpenProblem::Malformed)?;
    let payload = Payload { msg: ciphertext, aad: context.as_bytes() };
    cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| OpenProblem::Forged)
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn hmac_with(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("32 bytes are a key")
}

fn is_key_id(id: &str) -> bool {
    (1..=16).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

fn decode_key(secret: &Secret) -> Option<[u8; 32]> {
    STANDARD.decode(secret.expose().trim()).ok()?.try_into().ok()
}

#[cfg(test)]
#[path = "keyring_tests.rs"]
mod tests;
