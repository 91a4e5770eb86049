//! What may come in, what is kept of it, and what is refused with which words.

use std::time::{Duration, Instant};

use bytes::Bytes;
use image::{DynamicImage, GenericImageView, ImageFormat, Rgba, RgbaImage};
use mingce::platform::{
    config::Config,
    files::{Accepted, Intake, Kind, Purpose, Refusal},
};
use proptest::prelude::*;

use super::pictures::{encode, jpeg, jpeg_that_claims, jpeg_with_exif, picture, png, png_that_claims, webp, webp_of};

const MEGABYTE: usize = 1024 * 1024;
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

fn intake() -> Intake {
    Intake::new(&Config::demo().unwrap().files, 20 * MEGABYTE)
}

async fn offer(purpose: Purpose, name: &str, bytes: impl Into<Bytes>) -> Result<Accepted, Refusal> {
    intake().accept(purpose, name, bytes.into()).await
}

async fn photo(bytes: Vec<u8>) -> DynamicImage {
    let accepted = offer(Purpose::Photo, "照片.png", bytes).await.unwrap();
    assert_eq!((accepted.kind, accepted.name.as_str()), (Kind::JPEG, "照片.jpg"));
    image::load_from_memory_with_format(&accepted.bytes, ImageFormat::Jpeg).unwrap()
}

async fn refused(bytes: Vec<u8>) -> Refusal {
    offer(Purpose::Photo, "照片.jpg", bytes).await.unwrap_err()
}

fn is_red(picture: &DynamicImage, x: u32, y: u32) -> bool {
    let [red, _, blue, _] = picture.get_pixel(x, y).0;
    red > 150 && blue < 100
}

#[tokio::test]
async fn jpeg_png_and_webp_come_out_as_jpeg() {
    for bytes in [jpeg(60, 40), png(60, 40), webp(60, 40)] {
        let kept = photo(bytes).await;
        assert_eq!(kept.dimensions(), (60, 40));
        assert!(is_red(&kept, 5, 5) && !is_red(&kept, 55, 5));
    }
}

#[tokio::test]
async fn deep_grey_and_transparent_pictures_are_understood() {
    let grey = DynamicImage::from(picture(30, 20).to_luma8());
    assert_eq!(photo(encode(&grey, ImageFormat::Png)).await.dimensions(), (30, 20));
    let deep = DynamicImage::from(picture(30, 20).to_rgba16());
    assert!(is_red(&photo(encode(&deep, ImageFormat::Png)).await, 3, 3));
    let clear = DynamicImage::from(RgbaImage::from_pixel(30, 20, Rgba([0, 0, 0, 0])));
    let [red, green, blue, _] = photo(encode(&clear, ImageFormat::Png)).await.get_pixel(9, 9).0;
    assert!(red > 250 && green > 250 && blue > 250, "what shows through is white");
}

#[tokio::test]
async fn a_photo_taken_sideways_stands_upright_and_has_lost_its_metadata() {
    // 6: the camera was turned; what is left in the file belongs at the top.
    let original = jpeg_with_exif(60, 40, 6);
    let kept = offer(Purpose::Photo, "a.jpg", original).await.unwrap().bytes;
    let upright = image::load_from_memory(&kept).unwrap();
    assert_eq!(upright.dimensions(), (40, 60));
    assert!(is_red(&upright, 20, 5) && !is_red(&upright, 20, 55));
    for secret in ["position-of-the-camera", "name-of-the-photographer", "Exif"] {
        assert!(!contains(&kept, secret.as_bytes()), "{secret} was kept");
    }
    // 3: upside down.
    assert!(is_red(&photo(jpeg_with_exif(60, 40, 3)).await, 55, 5));
}

#[tokio::test]
async fn a_large_photo_is_brought_to_the_longest_edge() {
    assert_eq!(photo(jpeg(5000, 1000)).await.dimensions(), (2560, 512));
    assert_eq!(photo(png(600, 6000)).await.dimensions(), (256, 2560));
}

#[tokio::test]
async fn bombs_are_refused_by_their_header_in_no_time() {
    let mut canvas = vec![0; 10];
    canvas[4] = 15;
    canvas[7] = 15;
    let huge_frame = [&[0x2F], &((16_383_u32 << 14) | 16_383).to_le_bytes()[..], &[0; 20]].concat();
    let bombs = [
        jpeg_that_claims(10_000, 10_000),
        jpeg_that_claims(65_535, 65_535),
        png_that_claims(10_000, 10_000),
        png_that_claims(u32::MAX, u32::MAX),
        webp_of(&[(b"VP8X", &canvas), (b"VP8L", &huge_frame)]),
    ];
    let intake = intake();
    for bomb in bombs {
        let bomb = Bytes::from(bomb);
        let asked = Instant::now();
        for _ in 0..100 {
            let refusal = intake.accept(Purpose::Photo, "a.jpg", bomb.clone()).await.unwrap_err();
            assert_eq!(refusal, Refusal::TooManyPixels { limit_wan: 4000 });
        }
        assert!(asked.elapsed() < Duration::from_millis(50), "took {:?}", asked.elapsed());
    }
}

#[tokio::test]
async fn a_picture_that_lies_about_its_size_is_broken_and_costs_little() {
    let asked = Instant::now();
    assert_eq!(refused(png_that_claims(6000, 6000)).await, Refusal::BrokenPicture);
    assert_eq!(refused(png_that_claims(0, 10)).await, Refusal::BrokenPicture);
    assert_eq!(refused(jpeg_that_claims(10, 0)).await, Refusal::BrokenPicture);
    assert!(asked.elapsed() < Duration::from_secs(5), "took {:?}", asked.elapsed());
}

#[tokio::test]
async fn truncated_files_are_refused() {
    for whole in [jpeg(300, 200), jpeg_with_exif(300, 200, 6), png(300, 200), webp(300, 200)] {
        for part in [20, 60, 100, whole.len() / 2, whole.len() - 20] {
            assert_eq!(refused(whole[..part].to_vec()).await, Refusal::BrokenPicture, "{part} of {}", whole.len());
        }
    }
    let short = jpeg(30, 20);
    assert_eq!(refused(short[..short.len() - 2].to_vec()).await, Refusal::BrokenPicture);
    let cut = PDF[..PDF.len() - 12].to_vec();
    assert_eq!(offer(Purpose::Document, "a.pdf", cut).await.unwrap_err(), Refusal::BrokenPdf);
}

#[tokio::test]
async fn what_only_calls_itself_a_picture_is_refused_in_chinese() {
    let pretenders: [&[u8]; 6] = [
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF;",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
        b"<!doctype html><script>alert(1)</script>",
        b"BM\x46\0\0\0\0\0\0\0",
        b"MZ\x90\0\x03\0\0\0",
        PDF,
    ];
    for bytes in pretenders {
        let refusal = refused(bytes.to_vec()).await;
        assert_eq!(refusal, Refusal::WrongKind { purpose: Purpose::Photo });
        assert_eq!(refusal.to_string(), "文件内容不是图片，只能上传 JPG、PNG 或 WebP 格式的图片");
    }
    let animation = webp_of(&[(b"VP8X", &[2, 0, 0, 0, 15, 0, 0, 15, 0, 0]), (b"ANIM", &[0; 6])]);
    assert_eq!(refused(animation).await, Refusal::BrokenPicture);
    let apple = refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()).await.to_string();
    assert!(apple.contains("HEIC"), "{apple}");
    assert_eq!(refused(vec![]).await, Refusal::Empty);
}

#[tokio::test]
async fn a_second_file_inside_a_picture_does_not_survive() {
    let script = b"<script>alert(1)</script>PK\x03\x04";
    let polyglot = [&jpeg(60, 40)[..], script].concat();
    let kept = offer(Purpose::Photo, "a.html", polyglot).await.unwrap();
    assert!(!contains(&kept.bytes, b"script") && !contains(&kept.bytes, b"PK\x03\x04"));
    assert_eq!(kept.name, "a.jpg");
    // A PDF whose beginning is a page or a picture is none.
    let page = [b"<!doctype html>".as_slice(), PDF].concat();
    assert!(offer(Purpose::Document, "a.pdf", page).await.is_err());
}

#[tokio::test]
async fn a_purpose_says_what_may_come() {
    let pdf = offer(Purpose::Document, "C:\\证明\u{202E}fdp.exe", PDF).await.unwrap();
    assert_eq!((pdf.kind, pdf.name.as_str(), &pdf.bytes[..]), (Kind::Pdf, "证明fdp.pdf", PDF));
    assert_eq!(offer(Purpose::Document, "a", jpeg(9, 9)).await.unwrap().kind, Kind::JPEG);
    let sheet = b"PK\x03\x04sheet".as_slice();
    assert_eq!(offer(Purpose::Sheet, "名单.xls", sheet).await.unwrap().name, "名单.xlsx");
    assert!(offer(Purpose::Document, "a.pdf", sheet).await.is_err());
    assert!(offer(Purpose::Sheet, "a.xlsx", PDF).await.is_err());
}

#[tokio::test]
async fn too_many_bytes_are_refused_with_the_limit() {
    let intake = Intake::new(&Config::demo().unwrap().files, 2 * MEGABYTE);
    let refusal = intake.accept(Purpose::Photo, "a.jpg", vec![0; 3 * MEGABYTE].into()).await.unwrap_err();
    assert_eq!(refusal.to_string(), "文件超过 2 MB，请压缩后再上传");
    let mut reservation = intake.reserve();
    assert_eq!(reservation.grow(2 * MEGABYTE), Ok(()));
    assert_eq!(reservation.grow(1), Err(Refusal::TooLarge { limit_mb: 2 }));
}

#[tokio::test]
async fn uploads_together_stay_within_the_memory_set_aside() {
    let intake = intake();
    let mut open: Vec<_> = (0..12).map(|_| intake.reserve()).collect();
    for reservation in &mut open {
        assert_eq!(reservation.grow(20 * MEGABYTE), Ok(()));
    }
    let mut late = intake.reserve();
    assert_eq!(late.grow(20 * MEGABYTE), Err(Refusal::Busy));
    drop(open);
    assert_eq!(intake.reserve().grow(20 * MEGABYTE), Ok(()));
}

#[tokio::test]
async fn many_large_photos_at_once_all_come_through() {
    let intake = intake();
    let large = Bytes::from(jpeg(4000, 3000));
    let uploads = (0..6).map(|_| intake.accept(Purpose::Photo, "a.jpg", large.clone()));
    for upload in futures_util::future::join_all(uploads).await {
        assert_eq!(upload.unwrap().kind, Kind::JPEG);
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever bytes come, the answer is a refusal or a proper picture.
    #[test]
    fn damaged_pictures_never_do_harm(
        which in 0_usize..4,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = vec![jpeg(40, 30), jpeg_with_exif(40, 30, 8), png(40, 30), webp(40, 30)].swap_remove(which);
        for (index, byte) in damage {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        if let Ok(kept) = runtime.block_on(offer(Purpose::Photo, "a.jpg", bytes)) {
            prop_assert!(image::load_from_memory_with_format(&kept.bytes, ImageFormat::Jpeg).is_ok());
        }
    }
}

#[tokio::test]
async fn a_photo_comes_with_a_rendition_for_terminals_and_nothing_else_does() {
    let large = offer(Purpose::Photo, "照片.jpg", jpeg_with_exif(1600, 1200, 6)).await.unwrap().terminal.unwrap();
    assert!(large.len() <= 50_000, "{} bytes", large.len());
    let large = image::load_from_memory_with_format(&large, ImageFormat::Jpeg).unwrap();
    assert_eq!(large.dimensions(), (480, 640), "upright, and fitted in");
    let small = offer(Purpose::Photo, "照片.png", png(60, 40)).await.unwrap().terminal.unwrap();
    assert_eq!(image::load_from_memory(&small).unwrap().dimensions(), (60, 40), "never enlarged");
    assert!(offer(Purpose::Document, "证明.jpg", jpeg(60, 40)).await.unwrap().terminal.is_none());
    assert!(offer(Purpose::Document, "证明.pdf", PDF).await.unwrap().terminal.is_none());
}
