//! The files of the networks: where they come from, and which are there.

mod catalog;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::LoadError;

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

/// All networks the crate runs, converted. Any can be replaced by another file.
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
    /// The files below `dir`, where [`fetch`] put them. Says which are missing.
    pub fn find(dir: &Path) -> Result<Self, LoadError> {
        catalog::find(dir)
    }

    pub fn ids(&self) -> ModelIds {
        ModelIds { card: self.text_recognizer.model.clone(), face: self.face_embedder.model.clone() }
    }
}
