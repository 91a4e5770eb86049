//! Which networks there are.

use std::path::Path;

use super::{ModelFile, ModelFiles, ModelId};
use crate::LoadError;

pub fn find(dir: &Path) -> Result<ModelFiles, LoadError> {
    let file = |name: &str, id: &str, version: &str| ModelFile {
        path: dir.join(name),
        model: ModelId { id: id.into(), version: version.into() },
    };
    let files = ModelFiles {
        text_detector: file("text-detector.onnx", "pp-ocr-v4-det", "1"),
        text_recognizer: file("text-recognizer.onnx", "pp-ocr-v4-rec", "1"),
        text_turner: file("text-turner.onnx", "pp-ocr-v2-cls", "1"),
        face_detector: file("face-detector.onnx", "blazeface", "1"),
        face_mesh: file("face-mesh.onnx", "facemesh", "1"),
        face_embedder: file("face-embedder.onnx", "dlib-resnet", "1"),
    };
    let all = [
        &files.text_detector,
        &files.text_recognizer,
        &files.text_turner,
        &files.face_detector,
        &files.face_mesh,
        &files.face_embedder,
    ];
    let missing: Vec<_> = all.iter().filter(|file| !file.path.is_file()).map(|file| file.path.clone()).collect();
    if missing.is_empty() { Ok(files) } else { Err(LoadError::Missing(missing)) }
}
