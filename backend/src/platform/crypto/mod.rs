//! Field encryption and the keyed hash to find by.
//!
//! - [`Keyring::seal`] / [`Keyring::open`]: AES-256-GCM for values that must not be readable in a stolen database (ID
//!   numbers, bank cards). A sealed value names its key, so that keys can be rotated while the platform runs.
//! - [`Keyring::find_hash`]: an HMAC by which a sealed value can still be found and be unique.
//! - [`Keyring::derive`]: keys for other purposes (signed links, captchas), so that one secret serves all.
//!
//! Keys come from the environment only: `MINGCE__CRYPTO__KEYS__2026A`, `MINGCE__CRYPTO__ACTIVE`,
//! `MINGCE__CRYPTO__INDEX_KEY`; each key is 32 bytes in base64 (`openssl rand -base64 32`).

mod keyring;

pub use keyring::{Keyring, KeyringProblem, OpenProblem};
