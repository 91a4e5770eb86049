//! The three networks, and the seam that lets everything else be tested without them.

use std::{path::Path, sync::Arc};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, Tensor, prelude::*};

use super::{Embedding, embedding::LENGTH};
use crate::{Error, LoadError, ModelFiles};

/// Side of the picture in which faces are looked for.
pub const DETECTOR_SIDE: usize = 256;
/// Side of the picture of one face in which its mesh is looked for.
pub const MESH_SIDE: usize = 192;
/// Side of the picture of one face that becomes numbers.
pub const CHIP_SIDE: usize = 150;
/// Points of a mesh.
pub const MESH_POINTS: usize = 468;

/// What the detector gives: a score (a logit) and sixteen numbers for each of its 896 anchors.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    pub scores: Vec<f32>,
    pub boxes: Vec<f32>,
}

/// What the mesh network gives: how sure it is that there is a face, and three numbers a point.
#[derive(Debug, Clone, Default)]
pub struct RawMesh {
    pub present: f32,
    pub points: Vec<f32>,
}

/// Pictures come in as planes of red, green and blue.
pub trait Networks: Send + Sync {
    /// `256 × 256`, from -1 to 1.
    fn detect(&self, picture: Vec<f32>) -> Result<Candidates, Error>;
    /// `192 × 192`, from 0 to 1.
    fn mesh(&self, picture: Vec<f32>) -> Result<RawMesh, Error>;
    /// `150 × 150`, less the mean of all faces, in 255ths.
    fn embed(&self, picture: Vec<f32>) -> Result<Embedding, Error>;
}

pub struct Loaded {
    detector: Network,
    mesh: Network,
    embedder: Network,
}

impl Loaded {
    pub fn load(files: &ModelFiles, cores: &Arc<ThreadPool>) -> Result<Self, LoadError> {
        let network = |path: &Path, outputs: &[&str]| Network::load(path, outputs, cores);
        Ok(Self {
            detector: network(
                &files.face_detector.path,
                &["scores_fine", "scores_coarse", "boxes_fine", "boxes_coarse"],
            )?,
            mesh: network(&files.face_mesh.path, &["present", "points"])?,
            embedder: network(&files.face_embedder.path, &["numbers"])?,
        })
    }
}

impl Networks for Loaded {
    fn detect(&self, picture: Vec<f32>) -> Result<Candidates, Error> {
        let [mut scores, more_scores, mut boxes, more_boxes] = self.detector.run(DETECTOR_SIDE, picture)?;
        scores.extend(more_scores);
        boxes.extend(more_boxes);
        Ok(Candidates { scores, boxes })
    }

    fn mesh(&self, picture: Vec<f32>) -> Result<RawMesh, Error> {
        let [present, points] = self.mesh.run(MESH_SIDE, picture)?;
        Ok(RawMesh { present: present.first().copied().unwrap_or_default(), points })
    }

    fn embed(&self, picture: Vec<f32>) -> Result<Embedding, Error> {
        let [numbers] = self.embedder.run(CHIP_SIDE, picture)?;
        let numbers: [f32; LENGTH] =
            numbers.try_into().map_err(|_| Error::Model("an embedding of another length".into()))?;
        Ok(Embedding::new(numbers))
    }
}

struct Network {
    model: Model,
    input: NodeId,
    outputs: Vec<NodeId>,
    cores: Arc<ThreadPool>,
}

impl Network {
    fn load(path: &Path, outputs: &[&str], cores: &Arc<ThreadPool>) -> Result<Self, LoadError> {
        if !path.is_file() {
            return Err(LoadError::Missing(vec![path.into()]));
        }
        let broken = |reason: String| LoadError::Broken { path: path.into(), reason };
        // Rearranged weights cost a little memory and save a fifth of the time.
        let mut options = ModelOptions::with_all_ops();
        let model = options.prepack_weights(true).load_file(path).map_err(|error| broken(error.to_string()))?;
        let input = *model.input_ids().first().ok_or_else(|| broken("no input".into()))?;
        let outputs = outputs.iter().map(|name| model.node_id(name).map_err(|error| broken(error.to_string())));
        let outputs = outputs.collect::<Result<_, _>>()?;
        Ok(Self { model, input, outputs, cores: Arc::clone(cores) })
    }

    fn run<const N: usize>(&self, side: usize, picture: Vec<f32>) -> Result<[Vec<f32>; N], Error> {
        if picture.len() != 3 * side * side {
            return Err(Error::Model("a picture of another size".into()));
        }
        let picture = NdTensor::from_data([1, 3, side, side], picture);
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.cores)));
        let outputs = self
            .model
            .run(vec![(self.input, picture.into())], &self.outputs, Some(options))
            .map_err(|error| Error::Model(error.to_string()))?;
        let numbers = outputs.into_iter().map(|value| {
            let tensor: Tensor<f32> = value.try_into().map_err(|_| Error::Model("not numbers".into()))?;
            Ok(tensor.to_vec())
        });
        let numbers: Vec<_> = numbers.collect::<Result<_, Error>>()?;
        numbers.try_into().map_err(|_| Error::Model("another number of outputs".into()))
    }
}
