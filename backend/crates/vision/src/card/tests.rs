//! The card's logic with eyes that know what is where: no networks.

#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use image::{Rgb, RgbImage};

use super::{Card, CardReader, FieldName, Side, Warning, layout::upright};
use crate::{
    Error, Picture, Point, Quad,
    ocr::{Cell, Eyes, Found, Gray, Letter, Line, Projection, Sheet, Strip},
};

/// A line on a card: its place and what it says.
type Print = ([f32; 4], &'static str);

/// Nobody's: the sequence was kept for people of a hundred years.
const NUMBER: &str = "520102199003079975";

const FRONT: [Print; 9] = [
    ([60.0, 72.0, 146.0, 120.0], "姓名"),
    ([172.0, 72.0, 300.0, 120.0], "王建国"),
    ([60.0, 148.0, 220.0, 190.0], "性别男"),
    ([290.0, 148.0, 430.0, 190.0], "民族汉"),
    ([60.0, 216.0, 500.0, 260.0], "出生1990年3月7日"),
    ([60.0, 290.0, 146.0, 334.0], "住址"),
    ([172.0, 290.0, 580.0, 334.0], "贵州省贵阳市南明区花果园"),
    ([172.0, 338.0, 420.0, 380.0], "大街1号附2号"),
    ([60.0, 520.0, 280.0, 560.0], "公民身份号码"),
];
const NUMBER_AT: [f32; 4] = [336.0, 515.0, 885.0, 565.0];
const BACK: [Print; 6] = [
    ([325.0, 84.0, 857.0, 160.0], "中华人民共和国"),
    ([300.0, 180.0, 890.0, 284.0], "居民身份证"),
    ([245.0, 455.0, 377.0, 493.0], "签发机关"),
    ([400.0, 455.0, 740.0, 493.0], "贵阳市公安局南明分局"),
    ([245.0, 533.0, 377.0, 571.0], "有效期限"),
    ([400.0, 533.0, 760.0, 571.0], "2016.05.04-2036.05.04"),
];
const BANK_CARD: [Print; 2] =
    [([70.0, 60.0, 400.0, 120.0], "海角商业银行"), ([80.0, 340.0, 800.0, 420.0], "9999012345678901")];
const LICENCE: [Print; 3] = [
    ([190.0, 30.0, 820.0, 90.0], "中华人民共和国机动车驾驶证"),
    ([240.0, 140.0, 700.0, 180.0], NUMBER),
    ([60.0, 200.0, 300.0, 240.0], "姓名王建国"),
];

/// Cards in a picture: what they say and how they lie.
#[derive(Default)]
struct World {
    prints: Vec<(Quad, &'static str)>,
    corners: Vec<Quad>,
    grey: bool,
    /// No edge shows where a card ends.
    hidden: bool,
}

impl World {
    fn with(mut self, prints: &[Print], corners: Quad) -> Self {
        let there = Projection::onto(1000.0, 630.0, corners).unwrap();
        let place = |[l, t, r, b]: [f32; 4]| there.quad(upright(l, t, r, b));
        self.prints.extend(prints.iter().map(|(at, text)| (place(*at), *text)));
        self.corners.push(corners);
        self
    }

    fn front(self, corners: Quad) -> Self {
        let mut prints = FRONT.to_vec();
        prints.push((NUMBER_AT, NUMBER));
        self.with(&prints, corners)
    }

    fn picture(&self) -> RgbImage {
        let back: Vec<Projection> = self
            .corners
            .iter()
            .map(|corners| Projection::onto(1000.0, 630.0, *corners).unwrap().inverse().unwrap())
            .collect();
        RgbImage::from_fn(1200, 900, |x, y| {
            let on_card = back
                .iter()
                .map(|back| back.apply(Point::new(x as f32, y as f32)))
                .find(|place| (0.0..1000.0).contains(&place.x) && (0.0..630.0).contains(&place.y));
            let colour = match on_card {
                Some(place) if (620.0..920.0).contains(&place.x) && (80.0..460.0).contains(&place.y) => [190, 140, 110],
                Some(_) => [222, 230, 236],
                None if self.hidden => [222, 230, 236],
                None => [90, 70, 50],
            };
            if self.grey { Rgb([colour[1]; 3]) } else { Rgb(colour) }
        })
    }

    fn read(self) -> Card {
        let picture = Picture { pixels: self.picture(), scale: 1.0 };
        CardReader::with(Box::new(self)).read(&picture).unwrap()
    }
}

fn middle(Quad(corners): Quad) -> Point {
    Point::new(corners.iter().map(|p| p.x).sum::<f32>() / 4.0, corners.iter().map(|p| p.y).sum::<f32>() / 4.0)
}

/// Coordinates within a quad: 0 to 1 both ways.
fn within(quad: Quad, point: Point) -> Option<Point> {
    let place = Projection::onto(1.0, 1.0, quad)?.inverse()?.apply(point);
    ((0.0..1.0).contains(&place.x) && (0.0..1.0).contains(&place.y)).then_some(place)
}

fn same_way(a: Quad, b: Quad) -> bool {
    let way = |quad: Quad| (quad.0[1].x - quad.0[0].x, quad.0[1].y - quad.0[0].y);
    way(a).0 * way(b).0 + way(a).1 * way(b).1 > 0.0
}

impl Eyes for World {
    fn find(&self, sheet: &Sheet) -> Result<Vec<Found>, Error> {
        let back = sheet.to_picture.inverse().unwrap();
        let (width, height) = (sheet.pixels.width as f32, sheet.pixels.height as f32);
        let found = self.prints.iter().map(|(at, _)| back.quad(*at)).filter(|at| {
            let middle = middle(*at);
            (0.0..width).contains(&middle.x) && (0.0..height).contains(&middle.y)
        });
        // As a detector does it: the first edge leads to the right, or down.
        Ok(found
            .map(|at| {
                let (x, y) = (at.0[1].x - at.0[0].x, at.0[1].y - at.0[0].y);
                let leads = if x.abs() >= y.abs() { x > 0.0 } else { y > 0.0 };
                Found { at: if leads { at } else { crate::ocr::upside_down(at) }, score: 0.9 }
            })
            .collect())
    }

    fn read(&self, strips: &[Strip]) -> Result<Vec<Line>, Error> {
        let one = |strip: &Strip| {
            let mut letters = Vec::new();
            for (at, text) in self.prints.iter().filter(|(at, _)| same_way(*at, strip.at)) {
                let count = text.chars().count() as f32;
                let inside = Projection::onto(count, 1.0, *at).unwrap();
                for (index, value) in text.chars().enumerate() {
                    let place = within(strip.at, inside.apply(Point::new(index as f32 + 0.5, 0.5)));
                    if let Some(place) = place.filter(|_| strip.alphabet.contains(value)) {
                        letters.push(Letter { value, confidence: 0.99, at: place.x, others: vec![] });
                    }
                }
            }
            letters.sort_by(|a: &Letter, b| a.at.total_cmp(&b.at));
            Line { letters, ..Line::default() }
        };
        Ok(strips.iter().map(one).collect())
    }

    fn turned(&self, strips: &[Strip]) -> Result<Vec<bool>, Error> {
        let one = |strip: &Strip| {
            let line = self.prints.iter().find(|(at, _)| within(strip.at, middle(*at)).is_some());
            line.is_some_and(|(at, _)| !same_way(*at, strip.at))
        };
        Ok(strips.iter().map(one).collect())
    }

    fn alike(&self, _: &Gray, _: &Cell, _: &[char]) -> Vec<(char, f32)> {
        vec![]
    }
}

/// Lying a little askew.
fn straight() -> Quad {
    Quad([Point::new(200.0, 190.0), Point::new(1010.0, 230.0), Point::new(990.0, 740.0), Point::new(180.0, 690.0)])
}

fn half_turn(Quad([a, b, c, d]): Quad) -> Quad {
    Quad([c, d, a, b])
}

fn value(card: &Card, name: FieldName) -> &str {
    card.fields.iter().find(|field| field.name == name).map_or("", |field| field.value.as_str())
}

fn says_all_of_the_front(card: &Card) {
    let wanted = [
        (FieldName::Name, "王建国"),
        (FieldName::Sex, "男"),
        (FieldName::Nation, "汉"),
        (FieldName::Birth, "1990-03-07"),
        (FieldName::Address, "贵州省贵阳市南明区花果园大街1号附2号"),
        (FieldName::IdNumber, NUMBER),
    ];
    for (name, wanted) in wanted {
        assert_eq!(value(card, name), wanted, "{name:?}");
    }
    assert!(card.fields.iter().all(|field| field.sure), "{:?}", card.fields);
}

#[test]
fn a_front_is_read_inside_its_outline() {
    let card = World::default().front(straight()).read();
    assert_eq!(card.side, Side::Front);
    says_all_of_the_front(&card);
    assert!(card.portrait.is_some_and(|portrait| portrait.jpeg.starts_with(&[0xff, 0xd8])));
    assert_eq!(card.warnings, []);
}

#[test]
fn so_is_one_on_its_head() {
    says_all_of_the_front(&World::default().front(half_turn(straight())).read());
}

#[test]
fn without_an_outline_the_labels_say_how_a_card_lies() {
    for corners in [straight(), half_turn(straight())] {
        let world = World { hidden: true, ..World::default() }.front(corners);
        says_all_of_the_front(&world.read());
    }
}

#[test]
fn a_back_says_who_issued_it_and_until_when() {
    let card = World::default().with(&BACK, straight()).read();
    assert_eq!((card.side, card.temporary), (Side::Back, false));
    assert_eq!(value(&card, FieldName::Authority), "贵阳市公安局南明分局");
    assert_eq!(value(&card, FieldName::ValidFrom), "2016-05-04");
    assert_eq!(value(&card, FieldName::ValidUntil), "2036-05-04");
}

/// The upper and the lower half of the picture.
fn halves() -> [Quad; 2] {
    [upright(300.0, 40.0, 940.0, 430.0), upright(300.0, 470.0, 940.0, 870.0)]
}

#[test]
fn both_sides_are_read_from_one_picture() {
    let [upper, lower] = halves();
    for hidden in [false, true] {
        let card = World { hidden, ..World::default() }.front(upper).with(&BACK, lower).read();
        assert_eq!(card.side, Side::Both, "hidden: {hidden}");
        says_all_of_the_front(&card);
        assert_eq!(value(&card, FieldName::ValidUntil), "2036-05-04");
    }
}

#[test]
fn two_fronts_are_one_too_many() {
    let [upper, lower] = halves();
    let card = World::default().front(upper).front(lower).read();
    assert_eq!(card.side, Side::Front);
    assert!(card.warnings.contains(&Warning::TwoCards));
}

#[test]
fn other_cards_are_refused_by_name() {
    for (prints, warning) in [(&BANK_CARD[..], Warning::BankCard), (&LICENCE[..], Warning::DrivingLicence)] {
        let card = World::default().with(prints, straight()).read();
        assert_eq!((card.side, card.fields.len(), card.warnings), (Side::Neither, 0, vec![warning]));
    }
}

#[test]
fn a_table_is_no_card() {
    let card = World { hidden: true, ..World::default() }.read();
    assert_eq!((card.side, card.warnings), (Side::Neither, vec![Warning::NoCard]));
}

#[test]
fn a_card_half_outside_is_read_as_far_as_it_goes_and_said_to_be_cut_off() {
    let corners = upright(-180.0, 150.0, 780.0, 755.0);
    let prints: Vec<Print> = FRONT.iter().copied().filter(|(at, _)| at[0] > 180.0).collect();
    let card = World { hidden: true, ..World::default() }.with(&prints, corners).read();
    assert_eq!(card.side, Side::Neither, "without labels nothing is guessed");
    let corners = upright(500.0, 150.0, 1460.0, 755.0);
    let card = World { hidden: true, ..World::default() }.front(corners).read();
    assert!(card.warnings.contains(&Warning::CutOff), "{:?}", card.warnings);
}

#[test]
fn a_copy_without_colours_is_said_to_be_one() {
    let card = World { grey: true, ..World::default() }.front(straight()).read();
    assert_eq!(card.warnings, [Warning::Photocopy]);
    says_all_of_the_front(&card);
}
