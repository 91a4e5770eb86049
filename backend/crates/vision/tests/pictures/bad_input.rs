//! What people send that is no photo, or a photo of another kind than most.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use vision::{
    Picture, Unreadable,
    picture::{CARD, FACE, PORTRAIT},
};

use crate::support::{jpeg, png};

/// Four colours, one a corner: what is turned or misread shows.
fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([220, 30, 30]),
        (false, true) => Rgb([30, 200, 40]),
        (true, false) => Rgb([30, 40, 210]),
        (false, false) => Rgb([230, 220, 60]),
    })
}

fn read(bytes: &[u8]) -> Result<Picture, Unreadable> {
    Picture::read(bytes)
}

#[track_caller]
fn assert_same(picture: &Picture, expected: &RgbImage) {
    assert_eq!(picture.pixels.dimensions(), expected.dimensions());
    let (width, height) = expected.dimensions();
    for (x, y) in
        [(width / 4, height / 4), (width * 3 / 4, height / 4), (width / 4, height * 3 / 4), (width - 9, height - 9)]
    {
        let (a, b) = (picture.pixels.get_pixel(x, y).0, expected.get_pixel(x, y).0);
        assert!(a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 16), "{a:?} for {b:?} at {x},{y}");
    }
}

#[test]
fn what_is_no_picture_is_called_so() {
    assert_eq!(read(b"").unwrap_err(), Unreadable::Empty);
    assert_eq!(read(b"<html>").unwrap_err(), Unreadable::NotAPicture);
    assert_eq!(read(&[0; 4096]).unwrap_err(), Unreadable::NotAPicture);
    assert_eq!(read(b"GIF89a\x01\0\x01\0").unwrap_err(), Unreadable::Format("GIF"));
    assert_eq!(read(&vec![0xff; CARD.bytes + 1]).unwrap_err(), Unreadable::TooManyBytes(CARD.bytes + 1));
    // The beginning of each kind, and nothing behind it.
    for start in [&b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\x04\0\0\0WEBP"] {
        assert_eq!(read(start).unwrap_err(), Unreadable::Damaged);
    }
}

#[test]
fn a_heic_photo_says_how_to_switch_the_phone() {
    let refused = read(b"\0\0\0\x24ftypheic\0\0\0\0mif1heic").unwrap_err();
    assert_eq!(refused, Unreadable::Heic);
    assert!(refused.sentence().contains("兼容性最佳"), "{}", refused.sentence());
}

#[test]
fn a_picture_cut_off_anywhere_is_damaged() {
    let picture = corners(800, 600);
    let mut webp = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut webp, ImageFormat::WebP).unwrap();
    for bytes in [jpeg(&picture, 85), png(&picture), webp.into_inner()] {
        assert_same(&read(&bytes).unwrap(), &picture);
        for share in [10, 50, 90] {
            let cut = &bytes[..(bytes.len() * share / 100).max(16)];
            assert_eq!(read(cut).unwrap_err(), Unreadable::Damaged, "{share} % of {:?}", &bytes[..4]);
        }
    }
}

#[test]
fn too_small_and_too_large_are_told_from_the_header() {
    assert_eq!(read(&png(&corners(1, 1))).unwrap_err(), Unreadable::TooSmall { width: 1, height: 1 });
    assert_eq!(read(&jpeg(&corners(500, 500), 85)).unwrap_err(), Unreadable::TooSmall { width: 500, height: 500 });
    assert_eq!(read(&png(&corners(30_000, 20))).unwrap_err(), Unreadable::TooSmall { width: 30_000, height: 20 });
    assert!(Picture::read_within(&png(&corners(100, 100)), &PORTRAIT).is_ok());
    // A hundred megapixels, of which no pixel is made: only the header is there.
    let mut header = jpeg(&corners(640, 480), 85);
    let frame = header.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    header[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    assert_eq!(read(&header).unwrap_err(), Unreadable::TooLarge { width: 10_000, height: 10_000 });
}

/// A PNG whose header says what it likes.
fn png_of(width: u32, height: u32, colour: u8, bits: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        let mut all = kind.to_vec();
        all.extend(data);
        bytes.extend((data.len() as u32).to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(&all);
        bytes.extend(all);
        bytes.extend(crc.sum().to_be_bytes());
    };
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([bits, colour, 0, 0, 0]);
    chunk(b"IHDR", &header);
    chunk(b"IDAT", data);
    chunk(b"IEND", &[]);
    bytes
}

fn zeros(count: usize) -> Vec<u8> {
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![0; 1 << 16];
    for start in (0..count).step_by(block.len()) {
        std::io::Write::write_all(&mut deflate, &block[..block.len().min(count - start)]).unwrap();
    }
    deflate.finish().unwrap()
}

#[test]
fn a_png_bomb_does_not_go_off() {
    // Half a gigabyte of nothing in half a megabyte: refused from its header.
    let bomb = png_of(12_000, 12_000, 2, 8, &zeros(1 << 16));
    assert_eq!(read(&bomb).unwrap_err(), Unreadable::TooLarge { width: 12_000, height: 12_000 });
    // So large that its rows cannot be counted.
    assert_eq!(read(&png_of(u32::MAX >> 1, u32::MAX >> 1, 2, 8, &[])).unwrap_err(), Unreadable::Damaged);
    // 49 megapixels are allowed, but not in sixteen bits and four channels: 392 million bytes.
    let deep = png_of(7_000, 7_000, 6, 16, &zeros(1 << 16));
    assert_eq!(read(&deep).unwrap_err(), Unreadable::TooLarge { width: 7_000, height: 7_000 });
    // Far more data than the picture has room for is simply not read.
    let long = png_of(640, 480, 2, 8, &zeros(640 * 480 * 3 + 480 + (64 << 20)));
    assert!(read(&long).is_ok_and(|picture| picture.pixels.dimensions() == (640, 480)) || read(&long).is_err());
}

fn written(picture: &[u8], kind: ColorType, set: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 95);
    set(&mut encoder);
    encoder.encode(picture, 800, 600, kind).unwrap();
    bytes
}

#[test]
fn jpegs_of_every_kind_are_read_right() {
    let picture = corners(800, 600);
    // Ink is what is lacking to white; black takes what all three have in common.
    let inks: Vec<u8> = picture
        .pixels()
        .flat_map(|pixel| {
            let [r, g, b] = pixel.0.map(u32::from);
            let light = r.max(g).max(b);
            let ink = |value: u32| (255 * (light - value) / light) as u8;
            [ink(r), ink(g), ink(b), (255 - light) as u8]
        })
        .collect();
    let progressive = written(picture.as_raw(), ColorType::Rgb, |encoder| encoder.set_progressive(true));
    assert!(progressive.windows(2).any(|pair| pair == [0xff, 0xc2]));
    assert_same(&read(&progressive).unwrap(), &picture);
    assert_same(&read(&written(&inks, ColorType::Cmyk, |_| ())).unwrap(), &picture);
    assert_same(&read(&written(&inks, ColorType::CmykAsYcck, |_| ())).unwrap(), &picture);
    assert_same(&read(&written(&inks, ColorType::Cmyk, |encoder| encoder.set_progressive(true))).unwrap(), &picture);
    let restarts = written(picture.as_raw(), ColorType::Rgb, |encoder| encoder.set_restart_interval(7));
    assert_same(&read(&restarts).unwrap(), &picture);

    let grey = DynamicImage::ImageRgb8(picture).into_luma8();
    let expected = DynamicImage::ImageLuma8(grey.clone()).into_rgb8();
    assert_same(&read(&written(grey.as_raw(), ColorType::Luma, |_| ())).unwrap(), &expected);
}

#[test]
fn a_picture_is_turned_as_its_camera_was_held() {
    let picture = corners(800, 600);
    for (orientation, first) in [(1, [220, 30, 30]), (3, [230, 220, 60]), (6, [30, 40, 210]), (8, [30, 200, 40])] {
        let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        let bytes = written(picture.as_raw(), ColorType::Rgb, |encoder| encoder.add_exif_metadata(&exif).unwrap());
        let read = read(&bytes).unwrap();
        let upright = if orientation < 5 { (800, 600) } else { (600, 800) };
        assert_eq!(read.pixels.dimensions(), upright);
        let pixel = read.pixels.get_pixel(100, 100).0;
        assert!(pixel.iter().zip(first).all(|(a, b): (&u8, u8)| a.abs_diff(b) < 16), "{orientation}: {pixel:?}");
    }
}

#[test]
fn what_shows_through_is_white() {
    let mut picture = image::RgbaImage::from_pixel(640, 480, image::Rgba([0, 0, 0, 0]));
    picture.put_pixel(5, 5, image::Rgba([10, 20, 30, 255]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let read = read(&bytes.into_inner()).unwrap();
    assert_eq!((read.pixels.get_pixel(0, 0).0, read.pixels.get_pixel(5, 5).0), ([255; 3], [10, 20, 30]));
}

#[test]
fn a_large_photo_of_a_face_is_made_smaller_and_says_so() {
    let picture = corners(4000, 3000);
    let read = Picture::read_within(&jpeg(&picture, 85), &FACE).unwrap();
    assert_eq!((read.pixels.dimensions(), read.scale), ((1333, 1000), 3.0));
    assert_same(&read, &corners(1333, 1000));
}
