//! What people send instead of a straight photo of their card, read with the networks themselves.

use std::sync::{Arc, OnceLock};

use image::{Rgb, RgbImage, RgbaImage, imageops};
use synthetic_cards::{Card as Made, Fonts, Hardness, Photo, Scene, others, photograph};
use vision::{Card, FieldName, Picture, Side, Warning, card::CardReader};

use crate::support::{files, jpeg, picture};

/// Even seeds: the others are for figures that are reported.
const SEEDS: [u64; 2] = [4, 8];

fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::from_system().unwrap())
}

fn read(bytes: &[u8]) -> Card {
    static READER: OnceLock<Arc<CardReader>> = OnceLock::new();
    let reader = READER.get_or_init(|| Arc::new(CardReader::load(files()).unwrap()));
    reader.read(&Picture::read(bytes).unwrap()).unwrap()
}

/// A card, both its sides, and what the photos of them say.
struct Sample {
    card: Made,
    front: RgbaImage,
    back: RgbaImage,
}

impl Sample {
    fn of(seed: u64) -> Self {
        let card = Made::from_seed(seed);
        Self { front: card.front(fonts()), back: card.back(fonts()), card }
    }

    fn number_of(&self, read: &Card) -> bool {
        let number = read.fields.iter().find(|field| field.name == FieldName::IdNumber);
        number.is_some_and(|number| number.sure && number.value == self.card.person.id_number)
    }

    /// Nothing may be both wrong and unmarked, however bad the picture is.
    #[track_caller]
    fn assert_nothing_is_wrong_unnoticed(&self, read: &Card) {
        let truth = serde_json::to_value(self.card.person.fields()).unwrap();
        for field in read.fields.iter().filter(|field| field.sure) {
            let name = serde_json::to_value(field.name).unwrap();
            assert_eq!(truth[name.as_str().unwrap()], field.value.as_str(), "{name}");
        }
    }
}

#[test]
fn both_sides_of_a_card_are_read() {
    for seed in SEEDS {
        let sample = Sample::of(seed);
        let front = read(&photograph(&sample.front, seed, Hardness::Mild).jpeg);
        assert_eq!(front.side, Side::Front);
        assert!(sample.number_of(&front) && front.portrait.is_some());
        sample.assert_nothing_is_wrong_unnoticed(&front);
        let back = read(&photograph(&sample.back, seed, Hardness::Mild).jpeg);
        assert_eq!((back.side, back.fields.len()), (Side::Back, 3));
        sample.assert_nothing_is_wrong_unnoticed(&back);
        let both = read(&Scene::of(&[&sample.front, &sample.back]).photograph(seed, Hardness::Mild).jpeg);
        assert_eq!((both.side, both.fields.len()), (Side::Both, 9));
        assert!(sample.number_of(&both));
    }
}

#[test]
fn jpegs_of_other_kinds_are_read_as_well() {
    let sample = Sample::of(4);
    let Photo { jpeg: bytes, .. } = photograph(&sample.front, 4, Hardness::Mild);
    let pixels = Picture::read(&bytes).unwrap().pixels;
    let (width, height) = (pixels.width() as u16, pixels.height() as u16);
    let mut progressive = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut progressive, 90);
    encoder.set_progressive(true);
    encoder.encode(pixels.as_raw(), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    let inks: Vec<u8> = pixels.pixels().flat_map(|Rgb([r, g, b])| [255 - r, 255 - g, 255 - b, 0]).collect();
    let mut cmyk = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut cmyk, 90);
    encoder.encode(&inks, width, height, jpeg_encoder::ColorType::Cmyk).unwrap();
    for bytes in [progressive, cmyk] {
        assert!(sample.number_of(&read(&bytes)));
    }
}

#[test]
fn a_bank_card_and_a_driving_licence_are_refused_by_name() {
    for seed in SEEDS {
        let bank = read(&photograph(&others::bank_card(fonts(), seed), seed, Hardness::Mild).jpeg);
        assert_eq!((bank.side, bank.fields.len(), bank.warnings), (Side::Neither, 0, vec![Warning::BankCard]));
        let licence = read(&photograph(&others::driving_licence(fonts(), seed), seed, Hardness::Mild).jpeg);
        assert_eq!(
            (licence.side, licence.fields.len(), licence.warnings),
            (Side::Neither, 0, vec![Warning::DrivingLicence])
        );
    }
}

#[test]
fn of_half_a_card_nothing_is_made_up() {
    for seed in SEEDS {
        let sample = Sample::of(seed);
        let half = read(&Scene::of(&[&sample.front]).half().photograph(seed, Hardness::Mild).jpeg);
        let told = [Warning::CutOff, Warning::NoCard];
        assert!(half.warnings.iter().any(|warning| told.contains(warning)), "{:?}", half.warnings);
        sample.assert_nothing_is_wrong_unnoticed(&half);
    }
}

#[test]
fn a_photocopy_is_read_and_said_to_be_one() {
    for seed in SEEDS {
        let sample = Sample::of(seed);
        let copy = read(&Scene::of(&[&sample.front, &sample.back]).photocopy(seed, Hardness::Mild).jpeg);
        assert!(copy.warnings.contains(&Warning::Photocopy), "{:?}", copy.warnings);
        assert!(sample.number_of(&copy));
        let card = read(&photograph(&sample.front, seed, Hardness::Mild).jpeg);
        assert!(!card.warnings.contains(&Warning::Photocopy));
    }
}

/// Where the camera no longer saw the screen's lights one photo does not tell; what is read of it has to be right or marked
/// all the same.
#[test]
fn of_a_picture_of_a_screen_nothing_is_made_up() {
    for seed in SEEDS {
        let sample = Sample::of(seed);
        let screen = read(&Scene::of(&[&sample.front]).on_screen(seed, Hardness::Mild).jpeg);
        sample.assert_nothing_is_wrong_unnoticed(&screen);
    }
}

#[test]
fn a_screen_whose_lights_can_be_seen_is_said_to_be_one_and_a_card_never() {
    for seed in [0, 2, 6, 12] {
        let sample = Sample::of(seed);
        let screen = read(&Scene::of(&[&sample.front]).on_screen(seed, Hardness::Mild).jpeg);
        assert!(screen.warnings.contains(&Warning::Screen), "{seed}: {:?}", screen.warnings);
        for side in [&sample.front, &sample.back] {
            let card = read(&photograph(side, seed, Hardness::of_seed(seed)).jpeg);
            assert!(!card.warnings.contains(&Warning::Screen), "{seed}");
        }
    }
}

#[test]
fn of_two_cards_one_is_read_and_that_is_said() {
    let (one, other) = (Sample::of(4), Sample::of(8));
    let two = read(&Scene::of(&[&one.front, &other.front]).photograph(4, Hardness::Mild).jpeg);
    assert_eq!(two.side, Side::Front);
    assert!(two.warnings.contains(&Warning::TwoCards), "{:?}", two.warnings);
    assert!(one.number_of(&two) || other.number_of(&two));
}

/// Two eyes and a mouth, as a child draws them; a head of fur.
fn drawing() -> RgbImage {
    let inside = |x: u32, y: u32, at: (f32, f32), radius: f32| (x as f32 - at.0).hypot(y as f32 - at.1) < radius;
    RgbImage::from_fn(900, 700, |x, y| {
        let eye = inside(x, y, (370.0, 300.0), 22.0) || inside(x, y, (530.0, 300.0), 22.0);
        let mouth = inside(x, y, (450.0, 420.0), 90.0) && !inside(x, y, (450.0, 395.0), 90.0);
        let line = inside(x, y, (450.0, 350.0), 210.0) && !inside(x, y, (450.0, 350.0), 202.0);
        if eye || mouth || line { Rgb([30, 30, 30]) } else { Rgb([250, 248, 240]) }
    })
}

#[test]
fn faces_animals_drawings_and_pages_are_no_cards() {
    let empty = RgbImage::from_pixel(1200, 900, Rgb([120, 90, 60]));
    let page = imageops::resize(&picture("page.png"), 1152, 573, imageops::FilterType::Triangle);
    for shown in [picture("astronaut.png"), picture("chelsea.png"), picture("coffee.png"), page, drawing(), empty] {
        let shown = imageops::resize(&shown, shown.width() * 2, shown.height() * 2, imageops::FilterType::Triangle);
        let card = read(&jpeg(&shown, 85));
        assert_eq!((card.side, card.fields.len(), card.warnings), (Side::Neither, 0, vec![Warning::NoCard]));
    }
}
