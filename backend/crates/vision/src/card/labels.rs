//! The words printed on every card, and where: two of them and the number are enough to lay a card straight.

use super::layout::Layout;
use crate::{
    Point,
    ocr::{Line, Projection},
};

/// A word, the middle of its first character and how far apart its characters are.
struct Label {
    text: &'static str,
    at: Point,
    step: f32,
}

const fn label(text: &'static str, x: f32, y: f32, step: f32) -> Label {
    Label { text, at: Point::new(x, y), step }
}

const FRONT: [Label; 6] = [
    label("姓名", 87.0, 96.0, 40.0),
    label("性别", 87.0, 169.0, 40.0),
    label("民族", 307.0, 169.0, 40.0),
    label("出生", 87.0, 238.0, 40.0),
    label("住址", 87.0, 312.0, 40.0),
    label("公民身份号码", 87.0, 540.0, 33.0),
];
const BACK: [Label; 4] = [
    label("中华人民共和国", 363.0, 122.0, 76.0),
    label("居民身份证", 359.0, 232.0, 118.0),
    label("签发机关", 261.0, 474.0, 33.0),
    label("有效期限", 261.0, 552.0, 33.0),
];
const TEMPORARY_FRONT: [Label; 8] = [
    label("姓名", 87.0, 72.0, 40.0),
    label("性别", 87.0, 134.0, 40.0),
    label("民族", 307.0, 134.0, 40.0),
    label("出生", 87.0, 196.0, 40.0),
    label("住址", 87.0, 258.0, 40.0),
    label("公民身份号码", 87.0, 430.0, 33.0),
    label("签发机关", 87.0, 500.0, 32.0),
    label("有效期限", 87.0, 562.0, 32.0),
];
const TEMPORARY_BACK: [Label; 2] =
    [label("中华人民共和国", 261.0, 150.0, 80.0), label("临时居民身份证", 218.0, 286.0, 98.0)];

/// The number's first and last digit: how wide its digits are differs a little from card to card.
const NUMBER: (f32, f32) = (355.0, 866.0);

fn labels(layout: Layout) -> &'static [Label] {
    match layout {
        Layout::Front => &FRONT,
        Layout::Back => &BACK,
        Layout::TemporaryFront => &TEMPORARY_FRONT,
        Layout::TemporaryBack => &TEMPORARY_BACK,
    }
}

/// A line that was read, and where the middle of each of its letters is in the picture.
#[derive(Debug, Clone)]
pub struct Reading {
    pub line: Line,
    pub middles: Vec<Point>,
}

/// Places on the card and in the picture that belong together, of one label.
type Pairs = Vec<(Point, Point)>;

/// How a card of this layout would have to lie for these lines to be where they are, and how many labels say so.
pub fn fit(layout: Layout, readings: &[Reading]) -> Option<(Projection, usize)> {
    by_labels(layout, readings).or_else(|| Some((by_number(layout, readings)?, 1)))
}

/// A number alone says how a card lies when the camera looks straight at it.
fn by_number(layout: Layout, readings: &[Reading]) -> Option<Projection> {
    let ends = number(layout, readings)?;
    let ((card, from), (card_to, to)) = (*ends.first()?, *ends.last()?);
    let length = card_to.x - card.x;
    let up = (Point::new(card.x, card.y - length), Point::new(from.x + to.y - from.y, from.y - (to.x - from.x)));
    Projection::fit_affine(&[(card, from), (card_to, to), up])
}

fn by_labels(layout: Layout, readings: &[Reading]) -> Option<(Projection, usize)> {
    let mut groups: Vec<Pairs> = labels(layout).iter().filter_map(|label| pairs(label, readings)).collect();
    groups.extend(number(layout, readings));
    if groups.len() < 2 || groups.iter().map(Vec::len).sum::<usize>() < 6 {
        return None;
    }
    // The worst label is dropped until all agree.
    while groups.len() >= 2 {
        let all: Pairs = groups.iter().flatten().copied().collect();
        let affine = Projection::fit_affine(&all)?;
        let best = if all.len() >= 9 { bent(&all, &affine) } else { affine };
        let off = |group: &Pairs| group.iter().map(|(card, seen)| off(&best, *card, *seen)).fold(0.0, f32::max);
        let (worst, distance) =
            groups.iter().map(off).enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default();
        if distance < 22.0 {
            return Some((best, groups.len()));
        }
        groups.remove(worst);
    }
    None
}

/// With perspective, unless that leads somewhere else altogether.
fn bent(pairs: &Pairs, affine: &Projection) -> Projection {
    let corner = |map: &Projection, x: f32, y: f32| map.apply(Point::new(x, y));
    let sane = |map: &Projection| {
        let width = corner(affine, 0.0, 315.0).distance(corner(affine, 1000.0, 315.0));
        [(0.0, 0.0), (1000.0, 0.0), (1000.0, 630.0), (0.0, 630.0)]
            .iter()
            .all(|(x, y)| corner(map, *x, *y).distance(corner(affine, *x, *y)) < 0.25 * width)
    };
    Projection::fit(pairs).filter(sane).unwrap_or(*affine)
}

/// In the card's measure.
fn off(map: &Projection, card: Point, seen: Point) -> f32 {
    map.inverse().map_or(f32::MAX, |back| back.apply(seen).distance(card))
}

fn pairs(label: &Label, readings: &[Reading]) -> Option<Pairs> {
    let wanted: Vec<char> = label.text.chars().collect();
    readings.iter().find_map(|reading| {
        let letters: Vec<char> = reading.line.letters.iter().map(|letter| letter.value).collect();
        let start = (0..letters.len()).find(|start| same(&wanted, &letters[*start..]))?;
        let pair = |at: usize| {
            let card = Point::new(label.at.x + label.step * at as f32, label.at.y);
            (card, reading.middles[start + at])
        };
        Some((0..wanted.len()).map(pair).collect())
    })
}

/// One character of a long label may be misread.
fn same(wanted: &[char], letters: &[char]) -> bool {
    let wrong = wanted.iter().zip(letters).filter(|(a, b)| a != b).count();
    letters.len() >= wanted.len() && wrong <= usize::from(wanted.len() >= 4)
}

fn number(layout: Layout, readings: &[Reading]) -> Option<Pairs> {
    let y = match layout {
        Layout::Front => 540.0,
        Layout::TemporaryFront => 430.0,
        Layout::Back | Layout::TemporaryBack => return None,
    };
    readings.iter().find_map(|reading| {
        let digit = |at: &usize| {
            let value = reading.line.letters[*at].value;
            value.is_ascii_digit() || value == 'X'
        };
        let places: Vec<usize> = (0..reading.line.letters.len()).filter(digit).collect();
        if places.len() != 18 || places[17] - places[0] != 17 {
            return None;
        }
        let step = (NUMBER.1 - NUMBER.0) / 17.0;
        let pair = |at: usize| (Point::new(NUMBER.0 + step * at as f32, y), reading.middles[places[at]]);
        Some([0, 6, 12, 17].map(pair).to_vec())
    })
}

/// What other cards say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    BankCard,
    DrivingLicence,
}

pub fn other(readings: &[Reading]) -> Option<Other> {
    let says = |words: &[&str]| {
        readings.iter().any(|reading| {
            let text = reading.line.text().to_lowercase();
            words.iter().any(|word| text.contains(word))
        })
    };
    if says(&["驾驶证", "机动车", "准驾", "驾驶", "driving", "licen"]) {
        return Some(Other::DrivingLicence);
    }
    says(&["银行", "银联", "借记", "信用卡", "储蓄", "debit", "credit", "valid", "visa"]).then_some(Other::BankCard)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;
    use crate::Quad;

    fn reading(text: &str, first: Point, step: f32, there: &Projection) -> Reading {
        let middles = (0..text.chars().count()).map(|at| there.apply(Point::new(first.x + step * at as f32, first.y)));
        Reading { line: Line::from(text), middles: middles.collect() }
    }

    fn there() -> Projection {
        let corners = Quad([
            Point::new(700.0, 80.0),
            Point::new(760.0, 900.0),
            Point::new(180.0, 820.0),
            Point::new(200.0, 160.0),
        ]);
        Projection::onto(1000.0, 630.0, corners).unwrap()
    }

    fn readings() -> Vec<Reading> {
        let there = there();
        vec![
            reading("姓名", Point::new(87.0, 96.0), 40.0, &there),
            reading("住址", Point::new(87.0, 312.0), 40.0, &there),
            reading("公民身份号码", Point::new(87.0, 540.0), 33.0, &there),
            reading("520102199003079978", Point::new(355.0, 540.0), 30.06, &there),
        ]
    }

    #[test]
    fn a_turned_and_tilted_card_is_laid_straight() {
        let (map, labels) = fit(Layout::Front, &readings()).unwrap();
        assert_eq!(labels, 4);
        let (found, wanted) = (map.apply(Point::new(300.0, 300.0)), there().apply(Point::new(300.0, 300.0)));
        assert!(found.distance(wanted) < 8.0, "{found:?} {wanted:?}");
    }

    #[test]
    fn a_label_that_is_elsewhere_is_not_believed() {
        let mut readings = readings();
        readings.push(reading("出生", Point::new(700.0, 20.0), 40.0, &there()));
        let (_, labels) = fit(Layout::Front, &readings).unwrap();
        assert_eq!(labels, 4);
    }

    #[test]
    fn a_number_alone_is_enough_for_a_card_seen_from_above() {
        let corners =
            Quad([Point::new(0.0, 1000.0), Point::new(0.0, 0.0), Point::new(630.0, 0.0), Point::new(630.0, 1000.0)]);
        let there = Projection::onto(1000.0, 630.0, corners).unwrap();
        let number = reading("520102199003079978", Point::new(355.0, 540.0), 30.06, &there);
        let (map, _) = fit(Layout::Front, &[number]).unwrap();
        assert!(map.apply(Point::new(90.0, 96.0)).distance(there.apply(Point::new(90.0, 96.0))) < 1.0);
    }

    #[test]
    fn other_cards_are_told_by_their_words() {
        let says = |text: &str| other(&[reading(text, Point::new(0.0, 0.0), 10.0, &Projection::SAME)]);
        assert_eq!(says("海角商业银行"), Some(Other::BankCard));
        assert_eq!(says("中华人民共和国机动车驾驶证"), Some(Other::DrivingLicence));
        assert_eq!(says("520102199003079978"), None);
    }
}
