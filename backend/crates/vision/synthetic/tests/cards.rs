//! What makes the cards fit to measure with.
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::ZlibDecoder;
use synthetic_cards::{Card, Fonts, GLYPHS_FONT, Hardness, Person, Scene, draw_glyphs, others, photograph};

fn people() -> impl Iterator<Item = Person> {
    (0..4000).map(Person::from_seed)
}

#[test]
fn a_seed_is_always_the_same_person() {
    let person = Person::from_seed(7);
    assert_eq!(person, Person::from_seed(7));
    assert_ne!(person, Person::from_seed(8));
    // Written down, so that figures of different days are about the same cards.
    assert_eq!(
        format!("{} {} {}", person.name, person.id_number, person.validity()),
        "叶宝轩 411625200404049980 2023.01.05-2033.01.05"
    );
}

#[test]
fn numbers_are_consistent_and_nobodys() {
    for person in people() {
        let number = person.id_number;
        assert_eq!(number.len(), 18);
        assert_eq!(number[6..14], person.birth.iso().replace('-', ""));
        let sequence: u32 = number[14..17].parse().unwrap();
        assert!((996..=999).contains(&sequence));
        assert_eq!(sequence.is_multiple_of(2), person.female);
        // GB 11643: weighted by powers of two, the whole leaves 1 when it is divided by 11.
        let value = |c: char| c.to_digit(10).unwrap_or(10);
        let sum: u32 = number.chars().rev().zip(0..).map(|(c, at)| value(c) * (1 << at)).sum();
        assert_eq!(sum % 11, 1, "{number}");
    }
}

#[test]
fn there_is_some_of_everything() {
    let share = |wanted: fn(&Person) -> bool| people().filter(wanted).count() as f32 / 4000.0;
    assert!(share(|person| person.id_number.ends_with('X')) > 0.05);
    assert!(share(|person| person.valid_until.is_none()) > 0.1);
    assert!(share(|person| person.name.contains('·')) > 0.03);
    assert!(share(|person| person.nation != "汉") > 0.15);
    assert!(share(|person| person.name.chars().count() == 2) > 0.1);
    assert!(share(|person| person.address.chars().count() > 22) > 0.15);
    assert!(people().map(|person| person.id_number).collect::<HashSet<_>>().len() > 3900);
}

#[test]
fn a_temporary_card_is_good_for_three_months() {
    let person = Person::temporary(5);
    let (from, until) = (person.valid_from, person.valid_until.unwrap());
    assert_eq!((until.year * 12 + until.month) - (from.year * 12 + from.month), 3);
}

#[test]
fn a_photograph_is_repeatable_and_has_the_whole_card_in_it() {
    let fonts = Fonts::from_system().unwrap();
    for seed in 0..6 {
        let side = Card::from_seed(seed).back(&fonts);
        let photo = photograph(&side, seed, Hardness::of_seed(seed));
        assert_eq!(photo.jpeg, photograph(&side, seed, Hardness::of_seed(seed)).jpeg);
        let (width, height) = (photo.size.0 as f32, photo.size.1 as f32);
        assert!((0.3e6..13e6).contains(&(width * height)), "{:?}", photo.size);
        assert!(photo.corners[0].iter().all(|&(x, y)| (0.0..width).contains(&x) && (0.0..height).contains(&y)));
    }
}

#[test]
fn every_scene_is_a_picture() {
    let fonts = Fonts::from_system().unwrap();
    let card = Card::temporary(3);
    let (front, back) = (card.front(&fonts), card.back(&fonts));
    let both = Scene::of(&[&front, &back]);
    let one = Scene::of(&[&front]);
    let photos = [
        both.photograph(1, Hardness::Mild),
        both.photocopy(2, Hardness::Mild),
        one.on_screen(3, Hardness::Mild),
        one.clone().half().photograph(4, Hardness::Mild),
        photograph(&others::bank_card(&fonts, 5), 5, Hardness::Mild),
        photograph(&others::driving_licence(&fonts, 6), 6, Hardness::Mild),
    ];
    assert_eq!(photos[0].corners.len(), 2);
    for photo in photos {
        let picture = image::load_from_memory(&photo.jpeg).unwrap();
        let sides = (picture.width().min(picture.height()), picture.width().max(picture.height()));
        assert_eq!(sides, (photo.size.0.min(photo.size.1), photo.size.0.max(photo.size.1)));
    }
}

#[test]
fn the_shapes_the_reader_holds_are_those_that_are_drawn() {
    let glyphs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/ocr/glyphs");
    let list = fs::read_to_string(glyphs.join("characters.txt")).unwrap();
    let mut held = Vec::new();
    ZlibDecoder::new(&fs::read(glyphs.join("shapes.bin")).unwrap()[..]).read_to_end(&mut held).unwrap();
    assert!(held == draw_glyphs(Path::new(GLYPHS_FONT), &list).unwrap(), "`draw-glyphs` makes them anew");
}
