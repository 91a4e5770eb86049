//! The converted networks against the originals, which run as their packages run them: in JavaScript.

use std::{fs, path::Path, path::PathBuf, process::Command};

use vision::face::{Loaded, Networks};

use crate::support::{cache, files};

/// Numbers between 0 and 1 that look like noise, the same every time.
fn noise(count: usize) -> Vec<f32> {
    let mut state = 1u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// A package unpacked, got once.
fn unpacked(name: &str, version: &str) -> PathBuf {
    let dir = cache().join("originals").join(format!("{}-{version}", name.replace('/', "-")));
    if !dir.join("package/package.json").exists() {
        fs::create_dir_all(&dir).unwrap();
        let package = format!("{name}@{version}");
        let done = Command::new("npm").args(["pack", "--silent", &package]).current_dir(&dir).output().unwrap();
        assert!(done.status.success(), "{package} could not be got");
        let archive = String::from_utf8(done.stdout).unwrap();
        let archive = dir.join(archive.trim().lines().last().unwrap());
        let unzipped = flate2::read::GzDecoder::new(fs::File::open(&archive).unwrap());
        tar::Archive::new(unzipped).unpack(&dir).unwrap();
        fs::remove_file(archive).unwrap();
    }
    dir.join("package")
}

fn write(dir: &Path, name: &str, numbers: &[f32]) {
    fs::write(dir.join(name), numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>()).unwrap();
}

fn read(dir: &Path, name: &str) -> Vec<f32> {
    let bytes = fs::read(dir.join(name)).unwrap();
    bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

/// The largest difference, as a share of the range of the original's output.
#[track_caller]
fn assert_agree(name: &str, ours: &[f32], original: &[f32]) {
    assert_eq!(ours.len(), original.len(), "{name}");
    let range = original.iter().copied().fold(f32::MIN, f32::max) - original.iter().copied().fold(f32::MAX, f32::min);
    let range = if original.len() == 1 { 1.0 } else { range };
    let apart = ours.iter().zip(original).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    println!("{name}: {:.2e} of the range {range}", apart / range);
    assert!(apart <= 1e-5 * range, "{name}: {apart} apart in a range of {range}");
}

#[test]
fn the_converted_networks_say_what_the_originals_say() {
    let dir = std::env::temp_dir().join(format!("vision-originals-{}", std::process::id()));
    fs::create_dir_all(&dir).unwrap();
    let (detector, mesh, chip) = (noise(3 * 256 * 256), noise(3 * 192 * 192), noise(3 * 150 * 150));
    let detector: Vec<_> = detector.iter().map(|value| value * 2.0 - 1.0).collect();
    let chip: Vec<_> = chip.iter().map(|value| value * 255.0).collect();
    for (name, numbers) in [("input-256", &detector), ("input-192", &mesh), ("input-150", &chip)] {
        write(&dir, name, numbers);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/originals.mjs");
    let packages = [unpacked("@vladmandic/human", "3.3.6"), unpacked("@vladmandic/face-api", "1.7.15")];
    let done = Command::new("node").arg(script).arg(&dir).args(packages).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let cores = std::sync::Arc::new(rten::ThreadPool::with_num_threads(1));
    let networks = Loaded::load(files(), &cores).unwrap();
    let found = networks.detect(detector).unwrap();
    let (scores, boxes) = (&found.scores, &found.boxes);
    assert_agree("scores_fine", &scores[..512], &read(&dir, "scores_fine"));
    assert_agree("scores_coarse", &scores[512..], &read(&dir, "scores_coarse"));
    assert_agree("boxes_fine", &boxes[..512 * 16], &read(&dir, "boxes_fine"));
    assert_agree("boxes_coarse", &boxes[512 * 16..], &read(&dir, "boxes_coarse"));

    let found = networks.mesh(mesh).unwrap();
    assert_agree("present", &[found.present], &read(&dir, "present"));
    assert_agree("points", &found.points, &read(&dir, "points"));

    let mean = [122.782, 117.001, 104.298];
    let chip = chip.iter().enumerate().map(|(index, value)| (value - mean[index / (150 * 150)]) / 255.0).collect();
    assert_agree("numbers", networks.embed(chip).unwrap().values(), &read(&dir, "numbers"));
    fs::remove_dir_all(dir).unwrap();
}
