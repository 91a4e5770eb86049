//! ID cards read and faces checked on the platform's own machine: no picture leaves it.
//!
//! Knows nothing of the app. Bytes of a picture go in; fields with their confidence, or a face with what is wrong with
//! it, come out. The networks are files (see [`models`]); what is made of their output is tested without them.

pub mod card;
pub mod convert;
pub mod face;
pub mod geometry;
pub mod models;
pub mod ocr;
pub mod picture;
pub mod search;

mod error;
mod pool;

pub use card::{Card, Field, FieldName, Portrait, Side, Warning};
pub use error::{Error, LoadError, Unreadable};
pub use face::{Embedding, FaceIssue, FaceReport, Measures, Pose, distance};
pub use geometry::{Point, Quad, Rect};
pub use models::{ModelFiles, ModelId, ModelIds};
pub use picture::Picture;
pub use pool::{Options, Vision};
pub use search::Gallery;
