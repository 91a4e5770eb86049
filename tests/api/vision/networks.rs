//! Once with the networks themselves. They and the portrait of an astronaut (public domain, as scikit-image has it) are
//! got through the machine's package managers where they are not there yet.

use std::{fs, io::Read, path::PathBuf, process::Command};

use image::{
    DynamicImage, Rgb, RgbImage,
    imageops::{self, FilterType},
};
use serde_json::{Value, json};

use super::support::*;
use crate::api::{
    people::support::new_person,
    support::{Kind, program},
};

const ASTRONAUT: &str = "skimage/data/astronaut.png";
const REQUIREMENT: &str = "scikit-image==0.26.0";

fn models() -> PathBuf {
    let folder = vision::models::default_dir();
    vision::models::fetch(&folder, &mut |step| println!("{step}")).unwrap();
    folder
}

fn astronaut() -> DynamicImage {
    let folder = vision::models::default_dir().join("test-pictures");
    let path = folder.join("astronaut.png");
    if !path.is_file() {
        let download = folder.join(format!("download-{}", std::process::id()));
        fs::create_dir_all(&download).unwrap();
        let arguments = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", REQUIREMENT];
        let done = Command::new("python3").args(arguments).current_dir(&download).status().unwrap();
        assert!(done.success(), "{REQUIREMENT} could not be got");
        let wheel = fs::read_dir(&download).unwrap().next().unwrap().unwrap().path();
        let mut bytes = Vec::new();
        let mut wheel = zip::ZipArchive::new(fs::File::open(wheel).unwrap()).unwrap();
        wheel.by_name(ASTRONAUT).unwrap().read_to_end(&mut bytes).unwrap();
        // Whoever reads it at this moment sees all of it or nothing.
        fs::write(download.join("astronaut.png"), bytes).unwrap();
        fs::rename(download.join("astronaut.png"), &path).unwrap();
        fs::remove_dir_all(download).unwrap();
    }
    image::open(path).unwrap()
}

/// As somebody takes a photo of a worker: from near, with room above the head.
fn photo(astronaut: &DynamicImage) -> RgbImage {
    let near = astronaut.resize_exact(1024, 1024, FilterType::CatmullRom);
    let mut photo = RgbImage::from_pixel(1280, 1100, Rgb([150, 155, 160]));
    imageops::overlay(&mut photo, &near.to_rgb8(), 128, 76);
    photo
}

async fn registered(client: &Client, name: &str, photo: &Value) -> Value {
    let mut form = new_person(&somebody(), name);
    form["photo_file_id"] = photo.clone();
    client.post("/people", form).await.ok()
}

#[actix_web::test]
async fn the_same_face_under_two_names_is_noticed_by_the_networks_themselves() {
    let (folder, astronaut) = actix_web::rt::task::spawn_blocking(|| (models(), astronaut())).await.unwrap();
    let app = TestApp::start_with(Kind::Sqlite, |config| {
        config.vision.folder = folder.clone();
        config.vision.threads = 1;
    })
    .await;
    let regulator = app.regulator("440703").await;
    assert_eq!(regulator.get("/vision").await.ok()["available"], true);

    let checked = send_picture(&regulator, "/vision/face", None, &jpeg(photo(&astronaut))).await.ok();
    assert_eq!((&checked["accepted"], &checked["issues"]), (&json!(true), &json!([])), "{checked}");
    registered(&regulator, "王建国", &checked["photo"]["id"]).await;
    // Another day, another light.
    let darker = jpeg(photo(&astronaut.brighten(-25).fliph()));
    let upload = send_picture(&regulator, "/files", Some("photo"), &darker).await.ok();
    registered(&regulator, "李强", &upload["id"]).await;
    all_compared(&app).await;
    let page = regulator.get("/face-comparisons?kind=duplicate").await.ok();
    assert_eq!(page["total"], 1, "{page}");
    assert!(items(&page)[0]["distance"].as_f64().unwrap() < 0.4, "{page}");

    let nobody = jpeg(RgbImage::from_fn(640, 480, |x, y| Rgb([(x / 3) as u8, (y / 2) as u8, 120])));
    let none = send_picture(&regulator, "/vision/face", None, &nobody).await.ok();
    assert_eq!((&none["accepted"], &none["issues"][0]["code"]), (&json!(false), &json!("no_face")));

    let models = folder.display().to_string();
    let (fetched, said) =
        program::run(app.folder(), &program::environment(&app.app.config), &["models", "fetch", "--folder", &models]);
    assert!(fetched && said.contains("there already"), "{said}");
    app.stop().await;
}
