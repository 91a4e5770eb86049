//! The three networks, and the seam that lets everything else be tested without them.

use std::{fs, path::Path, sync::Arc};

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, Tensor, prelude::*};

use super::{Embedding, embedding::LENGTH, engine::Engine};
use crate::{Error, LoadError, ModelFiles, convert::onnx};

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
        let network = |path: &Path, side, outputs: &[&str]| Network::load(path, side, outputs, cores);
        Ok(Self {
            detector: network(
                &files.face_detector.path,
                DETECTOR_SIDE,
                &["scores_fine", "scores_coarse", "boxes_fine", "boxes_coarse"],
            )?,
            mesh: network(&files.face_mesh.path, MESH_SIDE, &["present", "points"])?,
            embedder: network(&files.face_embedder.path, CHIP_SIDE, &["numbers"])?,
        })
    }
}

impl Networks for Loaded {
    fn detect(&self, picture: Vec<f32>) -> Result<Candidates, Error> {
        let [mut scores, more_scores, mut boxes, more_boxes] = self.detector.run(picture)?;
        scores.extend(more_scores);
        boxes.extend(more_boxes);
        Ok(Candidates { scores, boxes })
    }

    fn mesh(&self, picture: Vec<f32>) -> Result<RawMesh, Error> {
        let [present, points] = self.mesh.run(picture)?;
        Ok(RawMesh { present: present.first().copied().unwrap_or_default(), points })
    }

    fn embed(&self, picture: Vec<f32>) -> Result<Embedding, Error> {
        let [numbers] = self.embedder.run(picture)?;
        let numbers: [f32; LENGTH] =
            numbers.try_into().map_err(|_| Error::Model("an embedding of another length".into()))?;
        Ok(Embedding::new(numbers))
    }
}

/// One network, by hand if it is made of what that knows, and by `rten` otherwise.
struct Network {
    runner: Runner,
    side: usize,
    cores: Arc<ThreadPool>,
}

enum Runner {
    Engine(Engine),
    Rten(Box<Rten>),
}

struct Rten {
    model: Model,
    input: NodeId,
    outputs: Vec<NodeId>,
}

/// Two ways of running a network may differ by this share of the largest number.
const ROUNDING: f32 = 1e-5;

impl Network {
    fn load(path: &Path, side: usize, outputs: &[&str], cores: &Arc<ThreadPool>) -> Result<Self, LoadError> {
        let bytes = fs::read(path).map_err(|_| LoadError::Missing(vec![path.into()]))?;
        let broken = |reason: String| LoadError::Broken { path: path.into(), reason };
        let graph = onnx::read(&bytes).map_err(|error| broken(error.to_string()))?.graph;
        let engine = graph.and_then(|graph| Engine::build(&graph, outputs));
        let rten = Rten::load(bytes, outputs).map_err(broken)?;
        // A trial: a file of something else shows at once.
        let trial: Vec<f32> = (0..3 * side * side).map(|at| (at % 251) as f32 / 251.0).collect();
        let expected = rten.run(side, trial.clone(), cores).map_err(|error| broken(error.to_string()))?;
        let engine = engine.filter(|engine| agree(&cores.run(|| engine.run(side, trial)), &expected));
        let runner = engine.map_or_else(|| Runner::Rten(Box::new(rten)), Runner::Engine);
        Ok(Self { runner, side, cores: Arc::clone(cores) })
    }

    fn run<const N: usize>(&self, picture: Vec<f32>) -> Result<[Vec<f32>; N], Error> {
        if picture.len() != 3 * self.side * self.side {
            return Err(Error::Model("a picture of another size".into()));
        }
        let numbers = match &self.runner {
            Runner::Engine(engine) => self.cores.run(|| engine.run(self.side, picture)),
            Runner::Rten(rten) => rten.run(self.side, picture, &self.cores)?,
        };
        numbers.try_into().map_err(|_| Error::Model("another number of outputs".into()))
    }
}

fn agree(ours: &[Vec<f32>], expected: &[Vec<f32>]) -> bool {
    let same = |(ours, expected): (&Vec<f32>, &Vec<f32>)| {
        let largest = expected.iter().fold(f32::MIN_POSITIVE, |largest, value| largest.max(value.abs()));
        let near = |(a, b): (&f32, &f32)| (a - b).abs() <= ROUNDING * largest;
        ours.len() == expected.len() && ours.iter().zip(expected).all(near)
    };
    ours.len() == expected.len() && ours.iter().zip(expected).all(same)
}

impl Rten {
    fn load(bytes: Vec<u8>, outputs: &[&str]) -> Result<Self, String> {
        // Rearranged weights cost a little memory and save a fifth of the time.
        let mut options = ModelOptions::with_all_ops();
        let model = options.prepack_weights(true).load(bytes).map_err(|error| error.to_string())?;
        let input = *model.input_ids().first().ok_or("no input")?;
        let outputs = outputs.iter().map(|name| model.node_id(name).map_err(|error| error.to_string()));
        let outputs = outputs.collect::<Result<_, _>>()?;
        Ok(Self { model, input, outputs })
    }

    fn run(&self, side: usize, picture: Vec<f32>, cores: &Arc<ThreadPool>) -> Result<Vec<Vec<f32>>, Error> {
        let picture = NdTensor::from_data([1, 3, side, side], picture);
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(cores)));
        let outputs = self
            .model
            .run(vec![(self.input, picture.into())], &self.outputs, Some(options))
            .map_err(|error| Error::Model(error.to_string()))?;
        let numbers = outputs.into_iter().map(|value| {
            let tensor: Tensor<f32> = value.try_into().map_err(|_| Error::Model("not numbers".into()))?;
            Ok(tensor.to_vec())
        });
        numbers.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_by_more_than_rounding_does_not_agree() {
        let expected = vec![vec![1.0, -200.0], vec![0.0]];
        assert!(agree(&[vec![1.001, -200.001], vec![0.0]], &expected));
        assert!(!agree(&[vec![1.01, -200.0], vec![0.0]], &expected));
        assert!(!agree(&[vec![1.0, -200.0], vec![0.1]], &expected));
        assert!(!agree(&[vec![1.0, f32::NAN], vec![0.0]], &expected));
        assert!(!agree(&[vec![1.0, -200.0]], &expected));
    }
}
