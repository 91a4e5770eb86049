//! One face in a photo: found, judged, turned into 128 numbers.
//!
//! Only what one photo can tell is told. Closed eyes, masks, sunglasses and whether somebody is alive cannot be, and
//! nothing here pretends otherwise.

mod embedding;
mod report;

pub use embedding::{Embedding, distance};
pub use report::{FaceIssue, FaceReport, Measures, Pose};

use crate::{Error, LoadError, ModelFiles, Picture};

/// Checks faces; shared by the pool's threads.
pub struct FaceChecker;

impl FaceChecker {
    pub fn load(_files: &ModelFiles) -> Result<Self, LoadError> {
        Ok(Self)
    }

    pub fn check(&self, _picture: &Picture) -> Result<FaceReport, Error> {
        Err(Error::Model("the face checker is not here yet".into()))
    }

    /// The numbers of the largest face, however poor the picture: for the portrait of a card.
    pub fn embed(&self, _picture: &Picture) -> Result<Option<Embedding>, Error> {
        Err(Error::Model("the face checker is not here yet".into()))
    }
}
