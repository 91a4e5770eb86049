//! The networks as the configuration has them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use ::vision::{LoadError, ModelFiles, ModelId, Options, Vision, models::ModelFile};

use super::Eyes;
use crate::platform::config::{ModelConfig, VisionConfig};

/// What `vision.models` can name.
pub const MODELS: &[&str] =
    &["text_detector", "text_recognizer", "text_turner", "face_detector", "face_mesh", "face_embedder"];

/// Where the networks are kept.
pub fn folder(config: &VisionConfig) -> PathBuf {
    if !config.folder.as_os_str().is_empty() {
        return config.folder.clone();
    }
    ::vision::models::default_dir()
}

/// Loads them, which takes a moment. A platform without is a platform all the same.
pub async fn open(config: &VisionConfig) -> Option<Arc<dyn Eyes>> {
    let (folder, config) = (folder(config), config.clone());
    let loading = tokio::task::spawn_blocking({
        let folder = folder.clone();
        move || load(&folder, &config)
    });
    match loading.await {
        Ok(Ok(vision)) => {
            let models = vision.models();
            tracing::info!(card = %models.card, face = %models.face, "cards are read and faces checked");
            Some(Arc::new(vision))
        }
        Ok(Err(LoadError::Missing(_))) => {
            let folder = folder.display();
            tracing::info!(%folder, "cards are not read and faces not checked: `mingce models fetch` gets what it takes");
            None
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "cards are not read and faces not checked");
            None
        }
        Err(error) => {
            tracing::error!(%error, "cards are not read and faces not checked: loading the networks failed");
            None
        }
    }
}

fn load(folder: &Path, config: &VisionConfig) -> Result<Vision, LoadError> {
    let mut files = ModelFiles::find(folder)?;
    for (name, other) in &config.models {
        if let Some(file) = place(&mut files, name) {
            let ModelConfig { path, id, version } = other.clone();
            *file = ModelFile { path, model: ModelId { id, version } };
        }
    }
    let deadline = Duration::from_secs(config.deadline_seconds);
    Vision::load(&files, Options { threads: config.threads, queue: config.queue, deadline })
}

fn place<'a>(files: &'a mut ModelFiles, name: &str) -> Option<&'a mut ModelFile> {
    match name {
        "text_detector" => Some(&mut files.text_detector),
        "text_recognizer" => Some(&mut files.text_recognizer),
        "text_turner" => Some(&mut files.text_turner),
        "face_detector" => Some(&mut files.face_detector),
        "face_mesh" => Some(&mut files.face_mesh),
        "face_embedder" => Some(&mut files.face_embedder),
        _ => None,
    }
}
