//! One face in a photo: found, judged, turned into 128 numbers.
//!
//! Only what one photo can tell is told. Closed eyes, masks, sunglasses and whether somebody is alive cannot be, and
//! nothing here pretends otherwise.

mod chip;
mod detect;
mod embedding;
mod engine;
mod mesh;
mod networks;
mod portrait;
mod quality;
mod report;
#[cfg(test)]
mod tests;
mod warp;

use std::sync::Arc;

use rten::ThreadPool;

pub use embedding::{Embedding, distance};
pub(crate) use embedding::{LENGTH, apart};
pub use networks::{Candidates, Loaded, Networks, RawMesh};
pub use report::{FaceIssue, FaceReport, Measures, Pose};

use crate::{Error, LoadError, ModelFiles, Picture};
use detect::{LOOKS, detect};
use mesh::Mesh;

/// Checks faces; shared by the pool's threads.
pub struct FaceChecker {
    networks: Box<dyn Networks>,
}

/// A mesh below this does not lie on a face, or not the right way up. On faces it is 0.99 and more, even in poor photos.
const PRESENT: f32 = 0.8;
/// Somebody far behind, this much smaller, is not who the photo is of.
const BYSTANDER: f32 = 0.25;

impl FaceChecker {
    pub fn load(files: &ModelFiles, cores: &Arc<ThreadPool>) -> Result<Self, LoadError> {
        Ok(Self::new(networks::Loaded::load(files, cores)?))
    }

    /// With other networks than those of files.
    pub fn new(networks: impl Networks + 'static) -> Self {
        Self { networks: Box::new(networks) }
    }

    pub fn check(&self, picture: &Picture) -> Result<FaceReport, Error> {
        let faces = self.faces(picture)?;
        let Some(mesh) = faces.first() else { return Ok(FaceReport::nobody()) };
        let measures = quality::measure(picture, mesh, faces.len());
        let pose = mesh.pose();
        let crop = portrait::crop(picture, mesh);
        let (large, quality) = portrait::jpeg_of_at_most(&crop, portrait::LARGE, 86)?;
        let small = match large.len() <= portrait::SMALL {
            true => large.clone(),
            false => portrait::jpeg_of_at_most(&crop, portrait::SMALL, portrait::smaller(quality, large.len()))?.0,
        };
        Ok(FaceReport {
            issues: quality::issues(&measures, &pose),
            at: Some(mesh.bounds().times(picture.scale)),
            pose: Some(pose),
            measures,
            crop: Some(large),
            small: Some(small),
            embedding: Some(self.numbers(picture, mesh)?),
        })
    }

    /// The numbers of the largest face, however poor the picture: for the portrait of a card.
    pub fn embed(&self, picture: &Picture) -> Result<Option<Embedding>, Error> {
        let faces = self.faces(picture)?;
        faces.first().map(|mesh| self.numbers(picture, mesh)).transpose()
    }

    fn numbers(&self, picture: &Picture, mesh: &Mesh) -> Result<Embedding, Error> {
        self.networks.embed(chip::chip(&picture.pixels, mesh))
    }

    /// The largest first, those far behind left out.
    fn faces(&self, picture: &Picture) -> Result<Vec<Mesh>, Error> {
        for look in LOOKS {
            let mut faces: Vec<Mesh> = Vec::new();
            for found in detect(&*self.networks, picture, look)? {
                let mesh = Mesh::of(&*self.networks, picture, &found)?;
                if mesh.present >= PRESENT {
                    faces.push(mesh);
                }
            }
            faces.sort_by(|a, b| b.eye_distance().total_cmp(&a.eye_distance()));
            let largest = faces.first().map_or(0.0, Mesh::eye_distance);
            faces.retain(|mesh| mesh.eye_distance() >= largest * BYSTANDER);
            if !faces.is_empty() {
                return Ok(faces);
            }
        }
        Ok(Vec::new())
    }
}
