//! Photos of one face, the astronaut's, and of none. What is shown here is that the same picture in other conditions
//! stays the same person; how well two persons are told apart cannot be shown with one.

use image::{Rgb, RgbImage, imageops};
use vision::{
    FaceIssue, FaceReport, Picture, distance,
    picture::{FACE, PORTRAIT},
};

use crate::support::{checker, jpeg, photo, picture};

fn check(pixels: &RgbImage) -> FaceReport {
    checker().check(&Picture::new(pixels.clone())).unwrap()
}

#[track_caller]
fn assert_same_person(a: &FaceReport, b: &FaceReport, within: f32) -> f32 {
    let distance = distance(a.embedding.as_ref().unwrap(), b.embedding.as_ref().unwrap());
    assert!(distance <= within, "{distance} apart");
    distance
}

fn brightened(picture: &RgbImage, by: impl Fn(f32) -> f32) -> RgbImage {
    let mut picture = picture.clone();
    picture.iter_mut().for_each(|value| *value = by(f32::from(*value)).clamp(0.0, 255.0) as u8);
    picture
}

#[test]
fn a_good_photo_is_accepted() {
    let report = check(&imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle));
    assert_eq!(report.issues, [], "{:?} {:?}", report.measures, report.pose);
    let at = report.at.unwrap();
    // Her face is around (224, 120) of the original, which lies at (64, 40), twice as large here.
    assert!((at.center().x - 576.0).abs() < 30.0 && (at.center().y - 330.0).abs() < 60.0, "{at:?}");
    assert_eq!(report.measures.faces, 1);
}

#[test]
fn terminals_get_a_portrait_in_both_sizes() {
    let report = check(&imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle));
    for (bytes, most) in [(report.crop.as_ref().unwrap(), 50_000), (report.small.as_ref().unwrap(), 30_000)] {
        assert!(bytes.len() <= most && bytes.len() > most / 2, "{} of {most}", bytes.len());
        let crop = image::load_from_memory(bytes).unwrap().into_rgb8();
        assert_eq!(crop.dimensions(), (480, 640));
        // What a terminal is given is still the same face to us.
        let again = check(&crop);
        assert_eq!(again.issues, [], "{:?} {:?}", again.measures, again.pose);
        assert_same_person(&report, &again, 0.2);
    }
}

#[test]
fn the_same_picture_in_other_conditions_is_the_same_person() {
    let photo = imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle);
    let report = check(&photo);
    let half = imageops::resize(&photo, 640, 480, imageops::FilterType::Triangle);
    let mut darker = brightened(&photo, |value| value * 0.6);
    imageops::flip_horizontal_in_place(&mut darker);
    for (name, other) in [
        ("half", half.clone()),
        ("a third", imageops::resize(&photo, 427, 320, imageops::FilterType::Triangle)),
        ("brighter", brightened(&photo, |value| value * 1.3)),
        ("darker", brightened(&photo, |value| value * 0.5)),
        ("mirrored and darker", darker),
        ("poor JPEG", image::load_from_memory(&jpeg(&half, 20)).unwrap().into_rgb8()),
        ("blurred", imageops::blur(&half, 1.5)),
        ("grey", image::DynamicImage::ImageRgb8(half.clone()).grayscale().into_rgb8()),
        ("leaning by 15 degrees", turned(&photo, 15.0)),
        ("leaning by 30 degrees", turned(&photo, -30.0)),
    ] {
        println!("{name}: {:.3}", assert_same_person(&report, &check(&other), 0.4));
    }
}

/// Around the middle of the face.
fn turned(picture: &RgbImage, degrees: f32) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (576.0, 310.0);
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let (x, y) = (x as f32 - middle_x, y as f32 - middle_y);
        let (x, y) = (cos * x + sin * y + middle_x, cos * y - sin * x + middle_y);
        imageops::interpolate_bilinear(picture, x, y).unwrap_or(Rgb([120; 3]))
    })
}

#[test]
fn the_lean_of_a_head_is_told() {
    let photo = imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle);
    let straight = check(&photo).pose.unwrap();
    for degrees in [-35.0, -20.0, 10.0, 25.0, 40.0] {
        let report = check(&turned(&photo, degrees));
        let lean = report.pose.unwrap().roll - straight.roll;
        assert!((lean - degrees).abs() < 4.0, "{lean} for {degrees}");
        assert_eq!(report.issues.contains(&FaceIssue::TiltedHead), (lean + straight.roll).abs() > 15.0);
    }
}

#[test]
fn what_is_wrong_is_said() {
    let photo = imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle);
    let issues = |picture: &RgbImage| check(picture).issues;
    assert_eq!(issues(&brightened(&photo, |value| value * 0.2)), [FaceIssue::TooDark]);
    assert!(issues(&brightened(&photo, |value| value * 0.4 + 165.0)).contains(&FaceIssue::TooBright));
    assert_eq!(issues(&imageops::blur(&photo, 8.0)), [FaceIssue::Blurred]);
    let small = imageops::resize(&photo, 640, 480, imageops::FilterType::Triangle);
    assert_eq!(issues(&small), [FaceIssue::TooSmall]);
    // Her forehead begins at (64 + 224, 40 + 60) of the small photo.
    assert!(issues(&imageops::crop_imm(&photo, 0, 190, 1280, 700).to_image()).contains(&FaceIssue::CutOffAbove));
    assert!(issues(&imageops::crop_imm(&photo, 0, 0, 1280, 440).to_image()).contains(&FaceIssue::CutOffBelow));
    assert!(issues(&imageops::crop_imm(&photo, 490, 0, 790, 960).to_image()).contains(&FaceIssue::CutOffBeside));
}

#[test]
fn a_photo_that_lies_or_stands_on_its_head_is_called_tilted_and_is_the_same_person() {
    let photo = imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle);
    let upright = check(&photo);
    for (turn, turned) in
        [(90.0, imageops::rotate90(&photo)), (180.0, imageops::rotate180(&photo)), (-90.0, imageops::rotate270(&photo))]
    {
        let report = check(&turned);
        assert!(report.issues.contains(&FaceIssue::TiltedHead), "{turn}: {:?}", report.issues);
        let roll = report.pose.unwrap().roll - upright.pose.unwrap().roll;
        assert!((roll - turn).abs() % 360.0 < 5.0 || (roll - turn).abs() % 360.0 > 355.0, "{roll} for {turn}");
        assert_same_person(&upright, &report, 0.2);
    }
}

#[test]
fn five_faces_are_too_many_and_one_far_behind_is_not() {
    let face = imageops::crop_imm(&picture("astronaut.png"), 120, 0, 210, 280).to_image();
    let mut row = RgbImage::from_pixel(1280, 720, Rgb([140; 3]));
    for place in 0..5 {
        imageops::overlay(&mut row, &face, 30 + 250 * place, 200);
    }
    let report = check(&row);
    assert_eq!(report.measures.faces, 5);
    assert!(report.issues.contains(&FaceIssue::SeveralFaces));

    let mut photo = imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle);
    imageops::overlay(&mut photo, &imageops::resize(&face, 40, 53, imageops::FilterType::Triangle), 1200, 60);
    assert_eq!(check(&photo).issues, []);
}

#[test]
fn what_shows_no_face_has_none() {
    let drawing = RgbImage::from_fn(800, 800, |x, y| {
        let around = |cx: f32, cy: f32| (x as f32 - cx).hypot(y as f32 - cy);
        let line = |distance: f32, radius: f32| (distance - radius).abs() < 4.0;
        let mouth = line(around(400.0, 430.0), 130.0) && y > 480;
        let drawn = line(around(400.0, 400.0), 250.0) || around(310.0, 330.0) < 22.0 || around(490.0, 330.0) < 22.0;
        if drawn || mouth { Rgb([20; 3]) } else { Rgb([250; 3]) }
    });
    let grey = RgbImage::from_pixel(800, 600, Rgb([128; 3]));
    let large = |name| imageops::resize(&picture(name), 900, 600, imageops::FilterType::Triangle);
    for (name, pixels) in [
        ("drawing", drawing),
        ("grey", grey),
        ("cat", large("chelsea.png")),
        ("cup", large("coffee.png")),
        ("page", large("page.png")),
    ] {
        let report = check(&pixels);
        assert_eq!(report.issues, [FaceIssue::NoFace], "{name}: {:?}", report.measures);
        assert!(report.embedding.is_none() && report.crop.is_none());
    }
}

#[test]
fn a_small_tight_portrait_has_numbers_too() {
    let whole = check(&imageops::resize(&photo(), 1280, 960, imageops::FilterType::Triangle));
    // As tight as on a card, and as small.
    let tight = imageops::crop_imm(&picture("astronaut.png"), 165, 35, 120, 150).to_image();
    let tight = Picture::read_within(&jpeg(&tight, 80), &PORTRAIT).unwrap();
    let numbers = checker().embed(&tight).unwrap().unwrap();
    let distance = distance(&numbers, whole.embedding.as_ref().unwrap());
    assert!(distance < 0.4, "{distance}");
}

#[test]
fn a_photo_of_twelve_megapixels_is_the_same_person() {
    let photo = photo();
    let report = check(&imageops::resize(&photo, 1280, 960, imageops::FilterType::Triangle));
    let large = imageops::resize(&photo, 4000, 3000, imageops::FilterType::Triangle);
    let large = checker().check(&Picture::read_within(&jpeg(&large, 90), &FACE).unwrap()).unwrap();
    assert_same_person(&report, &large, 0.2);
    assert!(
        (large.measures.eyes / report.measures.eyes - 3.125).abs() < 0.1,
        "eyes are measured in the photo's pixels"
    );
}
