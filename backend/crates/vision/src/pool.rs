//! Threads of its own, a queue with a limit and a deadline.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;

use crate::{
    Card, Embedding, Error, FaceReport, LoadError, ModelFiles, ModelIds, Picture, card::CardReader, face::FaceChecker,
};

#[derive(Debug, Clone)]
pub struct Options {
    /// Pictures looked at at the same time.
    pub threads: usize,
    /// Pictures that may wait.
    pub queue: usize,
    /// How long a picture may wait.
    pub deadline: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { threads: 2, queue: 32, deadline: Duration::from_secs(10) }
    }
}

/// The front. Cheap to clone; the threads end with the last clone.
#[derive(Clone)]
pub struct Vision {
    inner: Arc<Inner>,
}

struct Inner {
    models: ModelIds,
    cards: CardReader,
    faces: FaceChecker,
}

impl Vision {
    pub fn load(files: &ModelFiles, _options: Options) -> Result<Self, LoadError> {
        let (cards, faces) = (CardReader::load(files)?, FaceChecker::load(files)?);
        Ok(Self { inner: Arc::new(Inner { models: files.ids(), cards, faces }) })
    }

    /// What stored results carry.
    pub fn models(&self) -> &ModelIds {
        &self.inner.models
    }

    pub async fn read_card(&self, bytes: Bytes) -> Result<Card, Error> {
        self.inner.cards.read(&Picture::read(&bytes)?)
    }

    pub async fn check_face(&self, bytes: Bytes) -> Result<FaceReport, Error> {
        self.inner.faces.check(&Picture::read(&bytes)?)
    }

    /// The numbers of the largest face in however small a picture, such as a card's portrait.
    pub async fn embed(&self, bytes: Bytes) -> Result<Option<Embedding>, Error> {
        self.inner.faces.embed(&Picture::read(&bytes)?)
    }
}
