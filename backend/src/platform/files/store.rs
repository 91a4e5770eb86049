//! Where the bytes are: a local folder or a bucket on S3, behind the same few calls.

use std::{ops::Range, path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
};

use super::{Intake, Links};
use crate::platform::{
    config::{FilesConfig, FilesKind},
    tls,
};

#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("there is no such file")]
    NotFound,
    #[error("the file store failed: {0}")]
    Store(#[source] object_store::Error),
    #[error("the folder for files cannot be used: {0}")]
    Folder(#[from] std::io::Error),
}

/// A file on its way out.
pub struct StoredObject {
    pub size: u64,
    pub stream: BoxStream<'static, Result<Bytes, FilesError>>,
}

/// A file that is there, without what is in it.
#[derive(Clone, Debug)]
pub struct ListedObject {
    pub key: String,
    pub modified_at: DateTime<Utc>,
}

/// A handle to be cloned freely.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
    pub links: Links,
    pub intake: Intake,
}

impl Files {
    /// Opens the store that the configuration names. S3 is not contacted yet: it may come up later.
    pub fn open(config: &FilesConfig, upload_limit: usize, link_key: [u8; 32]) -> Result<Self, FilesError> {
        let (store, folder): (Arc<dyn ObjectStore>, _) = match config.kind {
            FilesKind::Local => {
                std::fs::create_dir_all(&config.path)?;
                let folder = LocalFileSystem::new_with_prefix(&config.path)?.with_fsync(true);
                (Arc::new(folder), Some(config.path.clone()))
            }
            FilesKind::S3 => (Arc::new(s3(config)?), None),
        };
        let links = Links::new(link_key, config.link_seconds);
        Ok(Self { store, folder, links, intake: Intake::new(config, upload_limit) })
    }

    /// Keeps a file; when this returns it is on disk. A reader sees the whole file or none.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), FilesError> {
        self.store.put(&path(key)?, bytes.into()).await?;
        Ok(())
    }

    /// Opens a file for reading piece by piece.
    pub async fn get(&self, key: &str) -> Result<StoredObject, FilesError> {
        let found = self.store.get(&path(key)?).await?;
        Ok(StoredObject { size: found.meta.size, stream: found.into_stream().map_err(FilesError::from).boxed() })
    }

    /// A whole file, for those who need all of it at once.
    pub async fn read(&self, key: &str) -> Result<Bytes, FilesError> {
        Ok(self.store.get(&path(key)?).await?.bytes().await?)
    }

    /// A part of a file, without reading what stands around it.
    pub async fn read_range(&self, key: &str, range: Range<u64>) -> Result<Bytes, FilesError> {
        Ok(self.store.get_range(&path(key)?, range).await?)
    }

    /// Deletes a file; one that is not there is deleted already.
    pub async fn delete(&self, key: &str) -> Result<(), FilesError> {
        match self.store.delete(&path(key)?).await.map_err(FilesError::from) {
            Ok(()) | Err(FilesError::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub async fn exists(&self, key: &str) -> Result<bool, FilesError> {
        match self.store.head(&path(key)?).await.map_err(FilesError::from) {
            Ok(_) => Ok(true),
            Err(FilesError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Everything that is kept, in no order.
    pub fn list(&self) -> BoxStream<'static, Result<ListedObject, FilesError>> {
        let listed = self
            .store
            .list(None)
            .map_ok(|meta| ListedObject { key: meta.location.to_string(), modified_at: meta.last_modified });
        listed.map_err(FilesError::from).boxed()
    }

    /// Whether the store answers, for `/readyz`.
    pub async fn ping(&self) -> Result<(), FilesError> {
        if let Some(folder) = &self.folder {
            tokio::fs::metadata(folder).await?;
            return Ok(());
        }
        // Listing a prefix that is empty by design also notices a bucket that is missing.
        self.store.list_with_delimiter(Some(&path("ping")?)).await?;
        Ok(())
    }
}

fn s3(config: &FilesConfig) -> Result<impl ObjectStore, FilesError> {
    tls::use_ring();
    let options = ClientOptions::new()
        .with_connect_timeout(Duration::from_secs(3))
        .with_timeout(Duration::from_secs(30))
        .with_allow_http(config.s3_endpoint.starts_with("http://"));
    let retry = RetryConfig { max_retries: 2, retry_timeout: Duration::from_secs(10), ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&config.s3_bucket)
        .with_region(&config.s3_region)
        .with_access_key_id(&config.s3_access_key)
        .with_secret_access_key(config.s3_secret_key.expose())
        .with_client_options(options)
        .with_retry(retry);
    if !config.s3_endpoint.is_empty() {
        // Servers of one's own rarely have a name per bucket, so the bucket stands in the path.
        builder = builder.with_endpoint(&config.s3_endpoint).with_virtual_hosted_style_request(false);
    }
    Ok(builder.build()?)
}

fn path(key: &str) -> Result<Path, FilesError> {
    Path::parse(key).map_err(|error| FilesError::Store(error.into()))
}

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::NotFound,
            error => Self::Store(error),
        }
    }
}
