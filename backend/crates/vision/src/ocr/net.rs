//! The networks themselves, on `rten`.
//!
//! They are run directly rather than through `ocrs::OcrEngine`: that keeps a line's text and drops the probabilities,
//! and without them no field could be marked for checking.

use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, NdTensorView, Tensor, prelude::*};

use super::{
    Eyes, Found, Gray, Line, STRIP_HEIGHT, Sheet, Strip,
    decode::{Characters, decode},
    detect,
    engine::{Engine, Map, Shape, split},
    glyphs::{Cell, Glyphs},
};
use crate::{Error, LoadError, convert::onnx, models::ModelFile};

pub struct Networks {
    detector: Network,
    recognizer: Network,
    turner: Network,
    characters: Characters,
    glyphs: Glyphs,
    /// One thread a picture: the pool of the crate looks at several pictures instead.
    threads: Arc<ThreadPool>,
}

/// One network: what the engine knows of it, and what is left to `rten`.
struct Network {
    engine: Option<Engine>,
    rest: Option<Model>,
}

impl Network {
    fn parse(bytes: Vec<u8>) -> Result<Self, String> {
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let mut model = onnx::read(&bytes).map_err(|error| text(&error))?;
        let graph = model.graph.as_ref().ok_or("no graph")?;
        // A network that was configured may be made of anything.
        let Ok((engine, rest)) = split(graph) else {
            let whole = ModelOptions::with_all_ops().load(bytes).map_err(|error| text(&error))?;
            return Ok(Self { engine: None, rest: Some(whole) });
        };
        let Some(rest) = rest else { return Ok(Self { engine: Some(engine), rest: None }) };
        model.graph = Some(rest);
        let rest = onnx::write(&model).map_err(|error| text(&error))?;
        let rest = ModelOptions::with_all_ops().load(rest).map_err(|error| text(&error))?;
        Ok(Self { engine: Some(engine), rest: Some(rest) })
    }

    fn run(&self, picture: &Gray, threads: &Arc<ThreadPool>) -> Result<Tensor<f32>, Error> {
        let shape = Shape { channels: 1, height: picture.height, width: picture.width };
        // `v / 255 - 0.5`
        let data = picture.pixels.iter().map(|value| f32::from(*value) / 255.0 - 0.5).collect();
        let mut map = Map { shape, data };
        if let Some(engine) = &self.engine {
            map = threads.run(|| engine.run(map));
        }
        let Shape { channels, height, width } = map.shape;
        let tensor = Tensor::from_data(&[1, channels, height, width], map.data);
        let Some(rest) = &self.rest else { return Ok(tensor) };
        let options = RunOptions::default().with_thread_pool(Some(threads.clone()));
        let output =
            rest.run_one(tensor.view().into(), Some(options)).map_err(|error| Error::Model(error.to_string()))?;
        output.try_into().map_err(|_| Error::Model("an output of another kind".into()))
    }
}

impl Networks {
    pub fn load(detector: &ModelFile, recognizer: &ModelFile, turner: &ModelFile) -> Result<Self, LoadError> {
        let read =
            |file: &ModelFile| std::fs::read(&file.path).map_err(|_| LoadError::Missing(vec![file.path.clone()]));
        let broken = |file: &ModelFile, reason: String| LoadError::Broken { path: file.path.clone(), reason };
        let load = |file: &ModelFile| Network::parse(read(file)?).map_err(|reason| broken(file, reason));
        let list = crate::convert::ppocr::characters(&read(recognizer)?)
            .map_err(|error| broken(recognizer, error.to_string()))?;
        let networks = Self {
            detector: load(detector)?,
            recognizer: load(recognizer)?,
            turner: load(turner)?,
            characters: Characters::parse(&list),
            glyphs: Glyphs::load()?,
            threads: Arc::new(ThreadPool::with_num_threads(1)),
        };
        networks.try_out().map_err(|(file, error)| match file {
            0 => broken(detector, error.to_string()),
            1 => broken(recognizer, error.to_string()),
            _ => broken(turner, error.to_string()),
        })?;
        Ok(networks)
    }

    /// A file of something else shows at once. A recogniser whose list of characters is not its own would read nonsense
    /// with confidence.
    fn try_out(&self) -> Result<(), (usize, Error)> {
        let strip = Strip {
            pixels: Gray::filled(64, STRIP_HEIGHT, 127),
            at: Default::default(),
            alphabet: super::Alphabet::Any,
        };
        let sheet = Sheet { pixels: Gray::filled(64, 64, 127), to_picture: super::Projection::SAME };
        self.find(&sheet).map_err(|error| (0, error))?;
        let scores = self.scores(&strip.pixels).map_err(|error| (1, error))?;
        let (classes, characters) = (scores.size(2), self.characters.len());
        if classes != characters + 1 {
            return Err((1, Error::Model(format!("{classes} classes, {characters} characters"))));
        }
        self.turned(&[strip]).map_err(|error| (2, error)).map(|_| ())
    }

    fn scores(&self, strip: &Gray) -> Result<NdTensor<f32, 3>, Error> {
        shaped(self.recognizer.run(strip, &self.threads)?)
    }
}

fn shaped<const N: usize>(tensor: Tensor<f32>) -> Result<NdTensor<f32, N>, Error> {
    tensor.try_into().map_err(|_| Error::Model("an output of another shape".into()))
}

impl Eyes for Networks {
    fn find(&self, sheet: &Sheet) -> Result<Vec<Found>, Error> {
        let map: NdTensor<f32, 4> = shaped(self.detector.run(&sheet.pixels, &self.threads)?)?;
        let map: NdTensorView<f32, 2> = map.slice([0, 0]);
        Ok(detect::lines(map))
    }

    fn read(&self, strips: &[Strip]) -> Result<Vec<Line>, Error> {
        let one = |strip: &Strip| {
            let scores = self.scores(&strip.pixels)?;
            let classes = scores.size(2);
            let allowed = self.characters.allowed(strip.alphabet);
            let values = scores.to_vec();
            Ok(decode(&values, classes, &self.characters, allowed.as_deref()))
        };
        strips.iter().map(one).collect()
    }

    fn turned(&self, strips: &[Strip]) -> Result<Vec<bool>, Error> {
        let one = |strip: &Strip| {
            // The classifier looks at the beginning of a line, padded with the middle grey.
            let mut pixels = Gray::filled(192, STRIP_HEIGHT, 127);
            let width = strip.pixels.width.min(192);
            for y in 0..STRIP_HEIGHT {
                pixels.pixels[y * 192..y * 192 + width].copy_from_slice(&strip.pixels.row(y)[..width]);
            }
            let output: NdTensor<f32, 2> = shaped(self.turner.run(&pixels, &self.threads)?)?;
            Ok(output[[0, 1]] > 0.5)
        };
        strips.iter().map(one).collect()
    }

    fn alike(&self, strip: &Gray, cell: &Cell, asked: &[char]) -> Vec<(char, f32)> {
        self.threads.run(|| self.glyphs.alike(strip, cell, asked))
    }
}
