//! Signed links: whoever holds one may read one file, or another thing with an address of its own, until it expires.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// Whether a picture is shown or saved. Everything that is not a picture is saved in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    Inline,
    Attachment,
}

/// Makes and checks links. All processes share the key.
#[derive(Clone)]
pub struct Links {
    key: [u8; 32],
    lifetime: i64,
}

impl Links {
    pub fn new(key: [u8; 32], lifetime_seconds: u64) -> Self {
        Self { key, lifetime: i64::try_from(lifetime_seconds).unwrap_or(i64::MAX / 4).max(1) }
    }

    /// The path of a link that lives for one to two lifetimes: those made within the same lifetime are equal,
    /// so that a list that is loaded again finds its pictures in the browser's cache.
    pub fn path(&self, file: Uuid, disposition: Disposition) -> String {
        self.path_at(file, disposition, Utc::now())
    }

    /// The same for something that is no stored file, by its own path: pictures of punches.
    pub fn signed(&self, path: &str) -> String {
        let expires = self.expiry(Utc::now());
        let signature = mac(&self.key, &format!("{path}\n{expires}")).finalize().into_bytes();
        format!("{path}?e={expires}&s={}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Whether a link that [`Links::signed`] has made for this path holds.
    pub fn opens(&self, path: &str, expires: i64, signature: &str) -> bool {
        holds(mac(&self.key, &format!("{path}\n{expires}")), expires, signature, Utc::now())
    }

    fn expiry(&self, now: DateTime<Utc>) -> i64 {
        (now.timestamp() / self.lifetime + 2).saturating_mul(self.lifetime)
    }

    fn path_at(&self, file: Uuid, disposition: Disposition, now: DateTime<Utc>) -> String {
        let expires = self.expiry(now);
        let download = if disposition == Disposition::Attachment { "&d=1" } else { "" };
        let signature = self.sign(file, expires, disposition).finalize().into_bytes();
        format!("/api/v1/files/{file}?e={expires}{download}&s={}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// Whether a link with these parts was made here and has not expired.
    pub fn verify(&self, file: Uuid, expires: i64, disposition: Disposition, signature: &str) -> bool {
        self.verify_at(file, expires, disposition, signature, Utc::now())
    }

    fn verify_at(&self, file: Uuid, expires: i64, as_: Disposition, signature: &str, now: DateTime<Utc>) -> bool {
        holds(self.sign(file, expires, as_), expires, signature, now)
    }

    fn sign(&self, file: Uuid, expires: i64, disposition: Disposition) -> Hmac<Sha256> {
        mac(&self.key, &format!("{file}\n{expires}\n{disposition:?}"))
    }
}

fn holds(ours: Hmac<Sha256>, expires: i64, signature: &str, now: DateTime<Utc>) -> bool {
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
    // Compares in constant time.
    ours.verify_slice(&signature).is_ok() && now.timestamp() < expires
}

fn mac(key: &[u8; 32], message: &str) -> Hmac<Sha256> {
    // HMAC pads a key with zeros to the block of its hash; doing it here leaves nothing that can fail.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(message.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    fn parts(path: &str) -> (Uuid, i64, String) {
        let (path, query) = path.split_once('?').unwrap();
        let file = path.rsplit('/').next().unwrap().parse().unwrap();
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)).unwrap().to_owned();
        (file, value("e=").parse().unwrap(), value("s="))
    }

    #[test]
    fn a_link_opens_its_file_until_it_expires() {
        let links = Links::new([1; 32], 600);
        let now = DateTime::from_timestamp(1_800_000_123, 0).unwrap();
        let (file, expires, signature) = parts(&links.path_at(Uuid::now_v7(), Disposition::Inline, now));
        let at = |now| links.verify_at(file, expires, Disposition::Inline, &signature, now);
        assert!((600..=1200).contains(&(expires - now.timestamp())));
        assert!(at(now));
        assert!(at(DateTime::from_timestamp(expires - 1, 0).unwrap()));
        assert!(!at(DateTime::from_timestamp(expires, 0).unwrap()));
    }

    #[test]
    fn nothing_in_a_link_can_be_changed() {
        let links = Links::new([1; 32], 600);
        let (file, expires, signature) = parts(&links.path(Uuid::now_v7(), Disposition::Inline));
        assert!(links.verify(file, expires, Disposition::Inline, &signature));
        assert!(!links.verify(Uuid::now_v7(), expires, Disposition::Inline, &signature));
        assert!(!links.verify(file, expires + 1, Disposition::Inline, &signature));
        assert!(!links.verify(file, expires, Disposition::Attachment, &signature));
        assert!(!links.verify(file, expires, Disposition::Inline, &signature[1..]));
        assert!(!links.verify(file, expires, Disposition::Inline, ""));
        assert!(!Links::new([2; 32], 600).verify(file, expires, Disposition::Inline, &signature));
    }

    #[test]
    fn a_path_that_was_signed_opens_nothing_else() {
        let links = Links::new([1; 32], 600);
        let link = links.signed("/api/v1/punch-photos/1");
        let (_, query) = link.split_once("?e=").unwrap();
        let (expires, signature) = query.split_once("&s=").unwrap();
        let expires: i64 = expires.parse().unwrap();
        assert!(links.opens("/api/v1/punch-photos/1", expires, signature));
        assert!(!links.opens("/api/v1/punch-photos/2", expires, signature));
        assert!(!links.opens("/api/v1/punch-photos/1", expires + 1, signature));
        assert!(!links.verify(Uuid::nil(), expires, Disposition::Inline, signature));
    }

    #[test]
    fn links_made_together_are_equal_so_that_browsers_cache() {
        let links = Links::new([1; 32], 600);
        let file = Uuid::now_v7();
        let at = |second| links.path_at(file, Disposition::Inline, DateTime::from_timestamp(second, 0).unwrap());
        assert_eq!(at(1_800_000_000), at(1_800_000_599));
        assert_ne!(at(1_800_000_000), at(1_800_000_600));
    }
}
