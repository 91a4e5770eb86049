//! What a reader made of the pictures: the same document from ours and from the peer.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Result;

#[derive(Default, Serialize, Deserialize)]
pub struct Report {
    pub load_ms: f64,
    /// Resident, once loaded.
    pub loaded_mb: f64,
    /// Resident after every hundredth picture, or only at the end.
    #[serde(default)]
    pub later_mb: Vec<f64>,
    pub pictures: Vec<Reading>,
}

#[derive(Default, Serialize, Deserialize)]
pub struct Reading {
    pub file: String,
    pub fields: BTreeMap<String, Seen>,
    pub cpu_ms: f64,
    /// What was said about the picture as a whole.
    #[serde(default)]
    pub said: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Seen {
    pub value: String,
    pub sure: bool,
    #[serde(default)]
    pub confidence: f32,
    #[serde(default)]
    pub lookalikes: Vec<String>,
}

impl Report {
    pub fn read(path: &Path) -> Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(path)?)?)
    }

    pub fn of(&self, file: &str) -> Option<&Reading> {
        self.pictures.iter().find(|reading| reading.file == file)
    }
}

/// One card of `truth.json`.
#[derive(Deserialize)]
pub struct Truth {
    pub seed: u64,
    pub hardness: String,
    pub fields: BTreeMap<String, String>,
    pub pictures: BTreeMap<String, PictureOf>,
}

#[derive(Deserialize)]
pub struct PictureOf {
    pub file: String,
}

impl Truth {
    pub fn read(folder: &Path) -> Result<Vec<Self>> {
        Ok(serde_json::from_slice(&std::fs::read(folder.join("truth.json"))?)?)
    }
}
