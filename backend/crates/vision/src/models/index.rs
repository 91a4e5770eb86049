//! What lies in the cache.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::catalog::Network;

const FILE: &str = "index.json";

/// By file name, in their order, so that the same files give the same index.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Index {
    #[serde(default)]
    models: BTreeMap<String, Entry>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    id: String,
    version: String,
    package: String,
    sha256: String,
}

impl Index {
    /// One that is missing or damaged is empty: everything is fetched again.
    pub fn read(dir: &Path) -> Self {
        let bytes = fs::read(dir.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    pub fn has(&self, network: &Network) -> bool {
        self.models.get(network.file).is_some_and(|entry| entry.id == network.id && entry.version == network.version)
    }

    /// It is there, and nobody has changed it.
    pub fn has_intact(&self, network: &Network, dir: &Path) -> bool {
        let Ok(bytes) = fs::read(dir.join(network.file)) else { return false };
        self.has(network) && self.models.get(network.file).is_some_and(|entry| entry.sha256 == sha256(&bytes))
    }

    pub fn insert(&mut self, network: &Network, bytes: &[u8]) {
        let entry = Entry {
            id: network.id.into(),
            version: network.version.into(),
            package: format!("{}@{}", network.package.name, network.package.version),
            sha256: sha256(bytes),
        };
        self.models.insert(network.file.into(), entry);
    }

    pub fn write(&self, dir: &Path) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        replace(&dir.join(FILE), &text)
    }
}

/// Readers see the old file or the new one, never half of it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension(format!("{}.part", std::process::id()));
    fs::write(&aside, bytes)?;
    fs::rename(&aside, path)
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
