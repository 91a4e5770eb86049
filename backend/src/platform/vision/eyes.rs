use ::vision::{Card, Embedding, Error, FaceReport, ModelIds, Vision};
use async_trait::async_trait;
use bytes::Bytes;

/// Whatever looks at pictures. The networks do; stories about what the platform makes of their answers bring their own.
#[async_trait]
pub trait Eyes: Send + Sync {
    /// What stored results carry.
    fn models(&self) -> &ModelIds;
    async fn read_card(&self, picture: Bytes) -> Result<Card, Error>;
    async fn check_face(&self, picture: Bytes) -> Result<FaceReport, Error>;
    /// The numbers of the largest face in however small a picture.
    async fn embed(&self, picture: Bytes) -> Result<Option<Embedding>, Error>;
}

#[async_trait]
impl Eyes for Vision {
    fn models(&self) -> &ModelIds {
        Vision::models(self)
    }

    async fn read_card(&self, picture: Bytes) -> Result<Card, Error> {
        Vision::read_card(self, picture).await
    }

    async fn check_face(&self, picture: Bytes) -> Result<FaceReport, Error> {
        Vision::check_face(self, picture).await
    }

    async fn embed(&self, picture: Bytes) -> Result<Option<Embedding>, Error> {
        Vision::embed(self, picture).await
    }
}
