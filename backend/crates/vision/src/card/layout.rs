//! Where things stand on a card that is 1000 wide and 630 high, and how a side is told from the lines of text on it.

use crate::{Point, Quad, ocr::Found};

pub const WIDTH: f32 = 1000.0;
pub const HEIGHT: f32 = 630.0;

/// What a side looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    Front,
    Back,
    /// A temporary card has everything on the side with the portrait.
    TemporaryFront,
    TemporaryBack,
}

impl Layout {
    pub const ALL: [Self; 4] = [Self::Front, Self::Back, Self::TemporaryFront, Self::TemporaryBack];

    pub fn has_portrait(self) -> bool {
        matches!(self, Self::Front | Self::TemporaryFront)
    }

    pub fn is_temporary(self) -> bool {
        matches!(self, Self::TemporaryFront | Self::TemporaryBack)
    }

    /// The row a field stands in: from its top to its bottom, and from where on its value may begin.
    pub fn row(self, row: Row) -> Option<Zone> {
        let zone = |top, bottom, left, right| Some(Zone { top, bottom, left, right });
        match (self, row) {
            (Self::Front, Row::Name) => zone(60.0, 132.0, 163.0, 600.0),
            (Self::Front, Row::Sex) => zone(135.0, 202.0, 163.0, 288.0),
            (Self::Front, Row::Nation) => zone(135.0, 202.0, 370.0, 600.0),
            (Self::Front, Row::Birth) => zone(206.0, 270.0, 163.0, 520.0),
            (Self::Front, Row::Address) => zone(282.0, 480.0, 163.0, 606.0),
            (Self::Front, Row::IdNumber) => zone(500.0, 585.0, 318.0, 960.0),
            (Self::Back, Row::Authority) => zone(442.0, 510.0, 388.0, 960.0),
            (Self::Back, Row::Validity) => zone(520.0, 588.0, 388.0, 900.0),
            (Self::TemporaryFront, Row::Name) => zone(44.0, 102.0, 163.0, 620.0),
            (Self::TemporaryFront, Row::Sex) => zone(105.0, 164.0, 163.0, 288.0),
            (Self::TemporaryFront, Row::Nation) => zone(105.0, 164.0, 370.0, 620.0),
            (Self::TemporaryFront, Row::Birth) => zone(167.0, 226.0, 163.0, 520.0),
            (Self::TemporaryFront, Row::Address) => zone(230.0, 380.0, 163.0, 620.0),
            (Self::TemporaryFront, Row::IdNumber) => zone(396.0, 466.0, 318.0, 960.0),
            (Self::TemporaryFront, Row::Authority) => zone(470.0, 530.0, 208.0, 960.0),
            (Self::TemporaryFront, Row::Validity) => zone(532.0, 596.0, 208.0, 960.0),
            _ => None,
        }
    }

    /// A little more than the portrait.
    pub fn portrait(self) -> Option<Quad> {
        match self {
            Self::Front => Some(upright(602.0, 66.0, 940.0, 480.0)),
            Self::TemporaryFront => Some(upright(622.0, 40.0, 940.0, 414.0)),
            Self::Back | Self::TemporaryBack => None,
        }
    }

    fn expected(self) -> &'static [Expected] {
        match self {
            Self::Front => &FRONT,
            Self::Back => &BACK,
            Self::TemporaryFront => &TEMPORARY_FRONT,
            Self::TemporaryBack => &TEMPORARY_BACK,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    Name,
    Sex,
    Nation,
    Birth,
    Address,
    IdNumber,
    Authority,
    Validity,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    pub top: f32,
    pub bottom: f32,
    pub left: f32,
    pub right: f32,
}

impl Zone {
    pub fn quad(&self) -> Quad {
        upright(self.left, self.top, self.right, self.bottom)
    }
}

pub fn upright(left: f32, top: f32, right: f32, bottom: f32) -> Quad {
    Quad([Point::new(left, top), Point::new(right, top), Point::new(right, bottom), Point::new(left, bottom)])
}

/// A line that a side has: the middle of its height, where it may begin and end, and what it proves.
struct Expected {
    middle: (f32, f32),
    left: (f32, f32),
    right: (f32, f32),
    height: (f32, f32),
    weight: f32,
}

const fn line(middle: (f32, f32), left: (f32, f32), right: (f32, f32), height: (f32, f32), weight: f32) -> Expected {
    Expected { middle, left, right, height, weight }
}

const TEXT: (f32, f32) = (22.0, 84.0);

const FRONT: [Expected; 7] = [
    line((540.0, 40.0), (20.0, 390.0), (780.0, 980.0), (30.0, 95.0), 3.0),
    line((540.0, 40.0), (20.0, 110.0), (240.0, 345.0), TEXT, 1.0),
    line((96.0, 36.0), (35.0, 215.0), (130.0, 600.0), TEXT, 1.0),
    line((169.0, 30.0), (35.0, 330.0), (130.0, 560.0), TEXT, 1.0),
    line((238.0, 30.0), (35.0, 310.0), (130.0, 540.0), TEXT, 1.0),
    line((312.0, 34.0), (35.0, 215.0), (130.0, 625.0), TEXT, 1.0),
    line((359.0, 24.0), (140.0, 215.0), (185.0, 625.0), TEXT, 0.5),
];

const BACK: [Expected; 5] = [
    line((552.0, 34.0), (205.0, 430.0), (560.0, 830.0), TEXT, 2.0),
    line((474.0, 34.0), (205.0, 430.0), (480.0, 960.0), TEXT, 2.0),
    line((122.0, 44.0), (280.0, 400.0), (760.0, 960.0), (38.0, 130.0), 1.5),
    line((228.0, 54.0), (270.0, 400.0), (740.0, 960.0), (55.0, 190.0), 1.5),
    line((552.0, 34.0), (205.0, 280.0), (340.0, 400.0), TEXT, 0.5),
];

const TEMPORARY_FRONT: [Expected; 6] = [
    line((430.0, 26.0), (20.0, 390.0), (780.0, 980.0), (30.0, 90.0), 2.0),
    line((500.0, 24.0), (35.0, 250.0), (190.0, 960.0), TEXT, 1.0),
    line((562.0, 24.0), (35.0, 250.0), (190.0, 780.0), TEXT, 1.5),
    line((72.0, 28.0), (35.0, 215.0), (130.0, 610.0), TEXT, 1.0),
    line((134.0, 24.0), (35.0, 330.0), (130.0, 560.0), TEXT, 1.0),
    line((258.0, 24.0), (35.0, 215.0), (130.0, 625.0), TEXT, 1.0),
];

const TEMPORARY_BACK: [Expected; 2] = [
    line((150.0, 40.0), (170.0, 300.0), (740.0, 900.0), (38.0, 130.0), 2.0),
    line((286.0, 50.0), (110.0, 240.0), (780.0, 960.0), (50.0, 180.0), 2.5),
];

/// Which side lines of text are of, and whether the card lies on its head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    pub layout: Layout,
    pub upside_down: bool,
    pub score: f32,
}

/// Less than this may be any piece of paper.
const ENOUGH: f32 = 4.0;

/// Sides that fit lines in the card's own measure, best first.
pub fn matches(lines: &[Found]) -> Vec<Match> {
    let turned: Vec<Quad> = lines.iter().map(|line| turn(line.at)).collect();
    let straight: Vec<Quad> = lines.iter().map(|line| line.at).collect();
    let mut found: Vec<Match> = Layout::ALL
        .into_iter()
        .flat_map(|layout| [(layout, false), (layout, true)])
        .map(|(layout, upside_down)| {
            let lines = if upside_down { &turned } else { &straight };
            Match { layout, upside_down, score: score(layout, lines) }
        })
        .filter(|candidate| candidate.score >= ENOUGH)
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// The card turned by half.
pub fn turn(Quad([a, b, c, d]): Quad) -> Quad {
    Quad([c, d, a, b].map(|point| Point::new(WIDTH - point.x, HEIGHT - point.y)))
}

fn score(layout: Layout, lines: &[Quad]) -> f32 {
    let boxes: Vec<[f32; 4]> = lines.iter().map(bounds).collect();
    let within = |value: f32, (low, high): (f32, f32)| (low..=high).contains(&value);
    let fits = |expected: &Expected, [left, top, right, bottom]: &[f32; 4]| {
        ((top + bottom) / 2.0 - expected.middle.0).abs() <= expected.middle.1
            && within(*left, expected.left)
            && within(*right, expected.right)
            && within(bottom - top, expected.height)
    };
    let found = layout.expected().iter().filter(|expected| boxes.iter().any(|line| fits(expected, line)));
    let found: f32 = found.map(|expected| expected.weight).sum();
    let Some(portrait) = layout.portrait() else { return found };
    // Nobody writes across a portrait.
    let [left, top, right, bottom] = bounds(&portrait);
    let inside = |[l, t, r, b]: &&[f32; 4]| {
        let (x, y) = ((l + r) / 2.0, (t + b) / 2.0);
        (left..right).contains(&x) && (top..bottom).contains(&y) && r - l > 120.0
    };
    found - boxes.iter().filter(inside).count() as f32
}

/// Left, top, right, bottom.
pub fn bounds(Quad(points): &Quad) -> [f32; 4] {
    let fold =
        |pick: fn(&Point) -> f32, choose: fn(f32, f32) -> f32, start| points.iter().map(pick).fold(start, choose);
    [
        fold(|point| point.x, f32::min, f32::MAX),
        fold(|point| point.y, f32::min, f32::MAX),
        fold(|point| point.x, f32::max, f32::MIN),
        fold(|point| point.y, f32::max, f32::MIN),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn found(left: f32, top: f32, right: f32, bottom: f32) -> Found {
        Found { at: upright(left, top, right, bottom), score: 0.9 }
    }

    fn front() -> Vec<Found> {
        vec![
            found(66.0, 72.0, 300.0, 120.0),
            found(66.0, 148.0, 240.0, 190.0),
            found(66.0, 216.0, 500.0, 260.0),
            found(66.0, 290.0, 580.0, 334.0),
            found(172.0, 338.0, 420.0, 380.0),
            found(66.0, 520.0, 300.0, 560.0),
            found(335.0, 515.0, 900.0, 565.0),
        ]
    }

    #[test]
    fn a_front_is_told_from_its_lines() {
        let best = matches(&front())[0];
        assert_eq!((best.layout, best.upside_down), (Layout::Front, false));
    }

    #[test]
    fn so_is_one_on_its_head() {
        let turned: Vec<_> = front().into_iter().map(|line| Found { at: turn(line.at), ..line }).collect();
        let best = matches(&turned)[0];
        assert_eq!((best.layout, best.upside_down), (Layout::Front, true));
    }

    #[test]
    fn and_a_back() {
        let lines = [
            found(330.0, 92.0, 890.0, 152.0),
            found(310.0, 185.0, 890.0, 280.0),
            found(240.0, 455.0, 640.0, 495.0),
            found(240.0, 532.0, 760.0, 572.0),
        ];
        let best = matches(&lines)[0];
        assert_eq!((best.layout, best.upside_down), (Layout::Back, false));
    }

    #[test]
    fn a_page_of_text_is_neither() {
        let lines: Vec<_> =
            (0..12).map(|i| found(40.0, 20.0 + i as f32 * 50.0, 960.0, 50.0 + i as f32 * 50.0)).collect();
        assert_eq!(matches(&lines), []);
    }
}
