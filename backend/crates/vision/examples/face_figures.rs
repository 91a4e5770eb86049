//! How long a face takes, and a search: `cargo run --release -p vision --example face_figures [picture]`.
//!
//! One thread. Without a picture, only the search is measured.

use std::{hint::black_box, sync::Arc, time::Instant};

use image::{RgbImage, imageops};
use vision::{
    Embedding, Gallery, ModelFiles, Picture,
    face::{FaceChecker, Loaded, Networks},
    models,
    picture::FACE,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    search();
    let Some(path) = std::env::args().nth(1) else { return Ok(()) };
    let portrait = image::open(path)?.into_rgb8();
    let dir = std::env::var_os("MINGCE_MODELS").map_or_else(models::default_dir, Into::into);
    let started = Instant::now();
    let cores = Arc::new(rten::ThreadPool::with_num_threads(1));
    let checker = FaceChecker::load(&ModelFiles::find(&dir)?, &cores)?;
    println!("load {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
    let networks = Loaded::load(&ModelFiles::find(&dir)?, &cores)?;
    print("finding", 31, || networks.detect(vec![0.1; 3 * 256 * 256]).map(drop));
    print("mesh", 31, || networks.mesh(vec![0.1; 3 * 192 * 192]).map(drop));
    print("numbers", 31, || networks.embed(vec![0.1; 3 * 150 * 150]).map(drop));
    for (name, width, height, times) in [("640x480", 640, 480, 101), ("12 MP", 4000, 3000, 31)] {
        let bytes = photo(&portrait, width, height)?;
        let report = checker.check(&Picture::read_within(&bytes, &FACE)?)?;
        println!("{name}, {} bytes: {:?} {:?}", bytes.len(), report.issues, report.measures);
        print(&format!("  decoded whole ({name})"), times, || Picture::read(&bytes).map(drop));
        print(&format!("  decoded for a face ({name})"), times, || Picture::read_within(&bytes, &FACE).map(drop));
        let picture = Picture::read_within(&bytes, &FACE)?;
        print(&format!("  numbers alone ({name})"), times, || checker.embed(&picture).map(drop));
        print(&format!("  check and embed, from the picture ({name})"), times, || checker.check(&picture).map(drop));
        print(&format!("  check and embed, from bytes ({name})"), times, || {
            checker.check(&Picture::read_within(&bytes, &FACE)?).map(drop)
        });
    }
    Ok(())
}

/// The portrait in a wider picture, with the grain a camera gives it.
fn photo(portrait: &RgbImage, width: u32, height: u32) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut photo = RgbImage::from_pixel(width, height, image::Rgb([150, 155, 160]));
    let side = height * 15 / 16;
    let portrait = imageops::resize(portrait, side, side, imageops::FilterType::Triangle);
    imageops::overlay(&mut photo, &portrait, i64::from(width - side) / 2, i64::from(height - side));
    let mut state = 1u32;
    photo.iter_mut().for_each(|value| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *value = value.saturating_add((state >> 29) as u8);
    });
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    encoder.encode(photo.as_raw(), width as u16, height as u16, jpeg_encoder::ColorType::Rgb)?;
    Ok(bytes)
}

/// Of the whole process, so that what other programs do meanwhile counts less: milliseconds.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}

fn print<E: std::fmt::Debug>(name: &str, times: usize, mut work: impl FnMut() -> Result<(), E>) {
    let before = processor_time();
    let mut took: Vec<_> = (0..times)
        .map(|_| {
            let started = Instant::now();
            black_box(work()).ok();
            started.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    let processor = (processor_time() - before) / times as f64;
    let (p50, p95, best) = (took[times / 2], took[times * 95 / 100], took[0]);
    println!("{name}: p50 {p50:.1} ms, p95 {p95:.1} ms, best {best:.1} ms; processor {processor:.1} ms");
}

/// A million faces as far apart as strangers' are: 0.75 on average, twenty directions saying most.
fn search() {
    let mut state = 7u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    let spread: [f32; 128] = std::array::from_fn(|index| 0.30 / (1.0 + index as f32 * 29.0 % 128.0 / 40.0));
    let mut face = || Embedding::new(std::array::from_fn(|index| next() * spread[index]));
    let mut gallery = Gallery::default();
    let started = Instant::now();
    for key in 0..1_000_000u128 {
        gallery.push(key, &face());
    }
    println!("a million faces pushed in {:.2} s", started.elapsed().as_secs_f64());
    let faces: Vec<_> = (0..101).map(|_| face()).collect();
    let apart: f32 = faces.iter().map(|other| vision::distance(&faces[0], other)).sum::<f32>() / 100.0;
    println!("strangers are {apart:.2} apart on average");
    for limit in [0.4, 0.5, f32::INFINITY] {
        let mut faces = faces.iter();
        print(&format!("search in a million, best five within {limit}"), 101, || {
            faces.next().map(|face| drop(black_box(gallery.nearest(face, 5, limit)))).ok_or(())
        });
    }
}
