//! One suite against a local folder and a real S3 server.

use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::TryStreamExt;
use mingce::platform::{
    config::{Config, FilesConfig, FilesKind, Secret},
    files::{Files, FilesError},
};
use uuid::Uuid;

use crate::servers::{free_address, new_bucket, s3_endpoint};

fn local() -> FilesConfig {
    let path = std::env::temp_dir().join(format!("mingce-files-{}", Uuid::now_v7()));
    FilesConfig { kind: FilesKind::Local, path, ..Config::demo().unwrap().files }
}

fn s3(endpoint: String, bucket: String) -> FilesConfig {
    FilesConfig {
        kind: FilesKind::S3,
        s3_endpoint: endpoint,
        s3_bucket: bucket,
        s3_access_key: "key".to_owned(),
        s3_secret_key: Secret::new("secret"),
        ..local()
    }
}

fn open(config: &FilesConfig) -> Files {
    Files::open(config, 20 * 1024 * 1024, [7; 32]).unwrap()
}

#[tokio::test]
async fn files_in_a_folder_keep_their_promises() {
    let config = local();
    keep_their_promises(&open(&config)).await;
    std::fs::remove_dir_all(&config.path).unwrap();
    assert!(open(&config).ping().await.is_ok(), "the folder is made at the start");
    std::fs::remove_dir_all(&config.path).unwrap();
}

#[tokio::test]
async fn files_on_s3_keep_their_promises() {
    let endpoint = s3_endpoint();
    let bucket = new_bucket(&endpoint);
    keep_their_promises(&open(&s3(endpoint, bucket))).await;
}

async fn keep_their_promises(files: &Files) {
    files.ping().await.unwrap();
    let key = "2026/11/0192.jpg";
    assert!(!files.exists(key).await.unwrap());
    assert!(matches!(files.get(key).await, Err(FilesError::NotFound)));
    assert!(matches!(files.read(key).await, Err(FilesError::NotFound)));

    let large: Bytes = (0..5_000_000_u32).map(|n| n.to_le_bytes()[n as usize % 3]).collect();
    files.put(key, large.clone()).await.unwrap();
    assert!(files.exists(key).await.unwrap());
    let object = files.get(key).await.unwrap();
    assert_eq!(object.size, 5_000_000);
    let pieces: Vec<Bytes> = object.stream.try_collect().await.unwrap();
    assert!(pieces.len() > 1, "read piece by piece");
    assert_eq!(pieces.concat(), large);

    files.put(key, Bytes::from_static(b"second")).await.unwrap();
    assert_eq!(files.read(key).await.unwrap(), "second");
    files.put("2026/11/empty", Bytes::new()).await.unwrap();
    assert_eq!(files.read("2026/11/empty").await.unwrap(), "");

    files.delete(key).await.unwrap();
    files.delete(key).await.unwrap();
    assert!(!files.exists(key).await.unwrap());
    assert!(files.put("../outside", Bytes::new()).await.is_err());
}

#[tokio::test]
async fn a_missing_folder_or_bucket_or_server_is_noticed() {
    let config = local();
    let files = open(&config);
    std::fs::remove_dir_all(&config.path).unwrap();
    assert!(files.ping().await.is_err());

    assert!(open(&s3(s3_endpoint(), "no-such-bucket".to_owned())).ping().await.is_err());

    let asked = Instant::now();
    assert!(open(&s3(format!("http://{}", free_address()), "bucket".to_owned())).ping().await.is_err());
    assert!(asked.elapsed() < Duration::from_secs(5), "took {:?}", asked.elapsed());
}
