//! The cache of networks.

use std::fs;

use vision::{
    LoadError, ModelFiles,
    models::{Progress, fetch},
};

use crate::support::{cache, files};

#[test]
fn what_is_missing_is_named() {
    let dir = std::env::temp_dir().join(format!("vision-nothing-{}", std::process::id()));
    let Err(LoadError::Missing(missing)) = ModelFiles::find(&dir) else { panic!("found in {dir:?}") };
    assert_eq!(missing.len(), 6);
    assert!(missing.contains(&dir.join("face-mesh.onnx")));
    assert!(!dir.exists(), "looking makes nothing");
}

#[test]
fn results_carry_who_made_them() {
    let ids = files().ids();
    assert_eq!(ids.face.to_string(), "dlib-resnet-128@1.7.15+1");
    assert_eq!(ids.card.to_string(), "pp-ocr-v4-rec@1.4.4+2");
}

#[test]
fn what_is_there_is_kept_and_what_was_changed_is_got_again_to_the_byte() {
    files();
    let dir = std::env::temp_dir().join(format!("vision-fetch-{}", std::process::id()));
    fs::create_dir_all(&dir).unwrap();
    for entry in fs::read_dir(cache()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), dir.join(entry.file_name())).unwrap();
        }
    }
    let mut said = Vec::new();
    fetch(&dir, &mut |progress| said.push(progress)).unwrap();
    assert!(said.iter().all(|progress| matches!(progress, Progress::Kept { .. })), "{said:?}");

    let (embedder, index) = (dir.join("face-embedder.onnx"), dir.join("index.json"));
    let before = (fs::read(&embedder).unwrap(), fs::read(&index).unwrap());
    fs::write(&embedder, b"half a fi").unwrap();
    said.clear();
    fetch(&dir, &mut |progress| said.push(progress)).unwrap();
    assert!(said.contains(&Progress::Getting { package: "@vladmandic/face-api@1.7.15".into() }), "{said:?}");
    assert_eq!(said.iter().filter(|progress| matches!(progress, Progress::Kept { .. })).count(), 5);
    assert!(before == (fs::read(&embedder).unwrap(), fs::read(&index).unwrap()), "other bytes than before");
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 7, "something was left behind");
    fs::remove_dir_all(dir).unwrap();
}
