//! Which networks there are, which packages carry them, and what is made of them.

use crate::convert::{faces, onnx::ConvertError, ppocr};

/// A library package that ships a network among its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    pub registry: Registry,
    pub name: &'static str,
    pub version: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registry {
    Npm,
    PyPi,
}

/// Of licences that allow every use: Apache-2.0, MIT, MIT.
pub const RAPIDOCR: Package = Package { registry: Registry::PyPi, name: "rapidocr-onnxruntime", version: "1.4.4" };
pub const HUMAN: Package = Package { registry: Registry::Npm, name: "@vladmandic/human", version: "3.3.6" };
pub const FACE_API: Package = Package { registry: Registry::Npm, name: "@vladmandic/face-api", version: "1.7.15" };

/// A file in a package.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Inside the archive.
    pub path: &'static str,
    pub sha256: &'static str,
}

/// What a conversion comes to: an ONNX file.
type Converted = Result<Vec<u8>, ConvertError>;

/// A network this crate runs.
pub struct Network {
    /// What the converted file is called.
    pub file: &'static str,
    pub id: &'static str,
    /// Of the package, and how often the conversion has changed what comes out.
    pub version: &'static str,
    pub package: Package,
    pub sources: &'static [Source],
    pub convert: fn(&[Vec<u8>]) -> Converted,
}

pub const TEXT_DETECTOR: Network = Network {
    file: "text-detector.onnx",
    id: "pp-ocr-v4-det",
    version: "1.4.4+2",
    package: RAPIDOCR,
    sources: &[Source {
        path: "rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx",
        sha256: "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
    }],
    convert: |files| ppocr::detector(first(files)?),
};

pub const TEXT_RECOGNIZER: Network = Network {
    file: "text-recognizer.onnx",
    id: "pp-ocr-v4-rec",
    version: "1.4.4+2",
    package: RAPIDOCR,
    sources: &[Source {
        path: "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx",
        sha256: "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b",
    }],
    convert: |files| ppocr::recognizer(first(files)?),
};

pub const TEXT_TURNER: Network = Network {
    file: "text-turner.onnx",
    id: "pp-ocr-v2-cls",
    version: "1.4.4+2",
    package: RAPIDOCR,
    sources: &[Source {
        path: "rapidocr_onnxruntime/models/ch_ppocr_mobile_v2.0_cls_infer.onnx",
        sha256: "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
    }],
    convert: |files| ppocr::classifier(first(files)?),
};

pub const FACE_DETECTOR: Network = Network {
    file: "face-detector.onnx",
    id: "blazeface",
    version: "3.3.6+1",
    package: HUMAN,
    sources: &[
        Source {
            path: "package/models/blazeface.json",
            sha256: "cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f",
        },
        Source {
            path: "package/models/blazeface.bin",
            sha256: "dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72",
        },
    ],
    convert: |files| both(files, faces::detector),
};

pub const FACE_MESH: Network = Network {
    file: "face-mesh.onnx",
    id: "facemesh",
    version: "3.3.6+1",
    package: HUMAN,
    sources: &[
        Source {
            path: "package/models/facemesh.json",
            sha256: "b60ca26f404724f43bd2b1575761d8265180e1f053cc0731caa68462927309e7",
        },
        Source {
            path: "package/models/facemesh.bin",
            sha256: "3826da640b0a3021161605369ee6af293f75d518040355b960ec71a3390c1c0b",
        },
    ],
    convert: |files| both(files, faces::mesh),
};

pub const FACE_EMBEDDER: Network = Network {
    file: "face-embedder.onnx",
    id: "dlib-resnet-128",
    version: "1.7.15+1",
    package: FACE_API,
    sources: &[
        Source {
            path: "package/model/face_recognition_model-weights_manifest.json",
            sha256: "cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b",
        },
        Source {
            path: "package/model/face_recognition_model.bin",
            sha256: "b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589",
        },
    ],
    convert: |files| both(files, faces::embedder),
};

/// In an order that keeps a package's networks together.
pub const NETWORKS: [Network; 6] =
    [TEXT_DETECTOR, TEXT_RECOGNIZER, TEXT_TURNER, FACE_DETECTOR, FACE_MESH, FACE_EMBEDDER];

fn first(files: &[Vec<u8>]) -> Result<&[u8], ConvertError> {
    files.first().map(Vec::as_slice).ok_or_else(|| ConvertError::Unexpected("no file".into()))
}

/// Layers, and weights.
fn both(files: &[Vec<u8>], convert: fn(&[u8], &[u8]) -> Converted) -> Converted {
    match files {
        [layers, weights] => convert(layers, weights),
        _ => Err(ConvertError::Unexpected("not two files".into())),
    }
}
