//! A card laid straight: which side it is, where everything of it is in the picture, and where its lines are.

use super::layout::{HEIGHT, Layout, Row, WIDTH, Zone, bounds, matches, turn};
use crate::{
    Error, Quad, Rect,
    ocr::{Eyes, Found, Projection, Pyramid, Sheet},
};

/// Pixels of a sheet for one unit of a card.
const SCALE: f32 = 0.6;
const SHEET: (usize, usize) = (640, 416);

/// A side of a card in a picture.
#[derive(Debug, Clone)]
pub struct Placement {
    pub layout: Layout,
    /// From the card's measure.
    pub to_picture: Projection,
    /// In the card's measure, each from its left end.
    pub lines: Vec<Quad>,
}

impl Placement {
    /// Of the whole card.
    pub fn corners(&self) -> Quad {
        self.to_picture.quad(super::layout::upright(0.0, 0.0, WIDTH, HEIGHT))
    }

    pub fn bounds(&self) -> Rect {
        let [left, top, right, bottom] = bounds(&self.corners());
        Rect { left, top, width: right - left, height: bottom - top }
    }

    /// The lines of a row, from the top; each without the label before it.
    pub fn rows(&self, row: Row) -> Vec<Quad> {
        let Some(zone) = self.layout.row(row) else { return vec![] };
        let found = rows(&zone, &self.lines);
        match row {
            Row::Address => found,
            // A single character is easily overlooked; where it must be is known.
            _ if found.is_empty() => vec![self.guess(row, &zone)],
            _ => found.into_iter().take(1).collect(),
        }
    }

    /// Where a value must be when no line was found: as high as the lines of its row, or in the middle of its zone.
    fn guess(&self, row: Row, zone: &Zone) -> Quad {
        let wide = Zone { left: 0.0, ..*zone };
        let beside = rows(&wide, &self.lines).first().map(bounds);
        let (top, bottom) = match beside {
            Some([_, top, _, bottom]) if bottom - top < 80.0 => (top, bottom),
            _ => ((zone.top + zone.bottom) / 2.0 - 28.0, (zone.top + zone.bottom) / 2.0 + 28.0),
        };
        let width = match row {
            Row::Sex => 70.0,
            Row::Nation => 110.0,
            Row::Name => 200.0,
            _ => zone.right - zone.left,
        };
        Zone { top, bottom, left: zone.left, right: zone.left + width }.quad()
    }
}

/// Straightens a card that is where `to_picture` says, give or take, and says which sides it can be, likeliest first.
pub fn look(eyes: &dyn Eyes, picture: &Pyramid, to_picture: &Projection) -> Result<Vec<Placement>, Error> {
    let (left, top) = ((SHEET.0 as f32 / SCALE - WIDTH) / 2.0, (SHEET.1 as f32 / SCALE - HEIGHT) / 2.0);
    let to_card = Projection::scale(1.0 / SCALE).then(Projection::moved(-left, -top));
    let sheet_to_picture = to_card.then(*to_picture);
    let pixels = picture.project(&sheet_to_picture, SHEET.0, SHEET.1);
    let found = eyes.find(&Sheet { pixels, to_picture: sheet_to_picture })?;
    let straight: Vec<Found> =
        found.into_iter().map(|line| Found { at: level(to_card.quad(line.at)), ..line }).filter(is_wide).collect();
    let half_turn = Projection::half_turn(WIDTH, HEIGHT);
    let placement = |candidate: super::layout::Match| Placement {
        layout: candidate.layout,
        to_picture: if candidate.upside_down { half_turn.then(*to_picture) } else { *to_picture },
        lines: straight.iter().map(|line| if candidate.upside_down { turn(line.at) } else { line.at }).collect(),
    };
    Ok(matches(&straight).into_iter().map(placement).collect())
}

/// From the corner at the upper left. Of a single character either edge may be the longer.
fn level(Quad(corners): Quad) -> Quad {
    let slope = |start: usize| {
        let (a, b) = (corners[start], corners[(start + 1) % 4]);
        (b.x - a.x) / a.distance(b).max(1e-3)
    };
    let start = (0..4).max_by(|a, b| slope(*a).total_cmp(&slope(*b))).unwrap_or(0);
    Quad(std::array::from_fn(|i| corners[(start + i) % 4]))
}

fn is_wide(line: &Found) -> bool {
    let [a, b, _, d] = line.at.0;
    a.distance(b) > 0.6 * a.distance(d)
}

/// The lines inside a zone, those beside one another joined, those below one another apart, cut off at the zone's left.
fn rows(zone: &Zone, lines: &[Quad]) -> Vec<Quad> {
    let inside = |line: &&Quad| {
        let [left, top, right, bottom] = bounds(line);
        let middle = (top + bottom) / 2.0;
        (zone.top..zone.bottom).contains(&middle) && right > zone.left + 14.0 && left < zone.right - 8.0
    };
    let mut sorted: Vec<&Quad> = lines.iter().filter(inside).collect();
    let middle = |quad: &Quad| quad.0.iter().map(|point| point.y).sum::<f32>() / 4.0;
    let height = |quad: &Quad| (quad.0[3].y - quad.0[0].y + quad.0[2].y - quad.0[1].y) / 2.0;
    sorted.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut groups: Vec<Vec<&Quad>> = Vec::new();
    for line in sorted {
        let same = |group: &&mut Vec<&Quad>| {
            group.iter().any(|other| (middle(line) - middle(other)).abs() < 0.5 * height(line).min(height(other)))
        };
        match groups.last_mut().filter(same) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups.into_iter().filter_map(|group| joined(&group, zone)).collect()
}

/// From the left end of the leftmost to the right end of the rightmost, within the zone.
fn joined(group: &[&Quad], zone: &Zone) -> Option<Quad> {
    let first = group.iter().min_by(|a, b| a.0[0].x.total_cmp(&b.0[0].x))?;
    let last = group.iter().max_by(|a, b| a.0[1].x.total_cmp(&b.0[1].x))?;
    let whole = Quad([first.0[0], last.0[1], last.0[2], first.0[3]]);
    let (left, right) = (whole.0[0].x.min(whole.0[3].x), whole.0[1].x.max(whole.0[2].x));
    let place = |x: f32| ((x - left) / (right - left).max(1.0)).clamp(0.0, 1.0);
    Some(crate::ocr::part(whole, place(zone.left), place(zone.right + 40.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::layout::upright;

    fn placement(lines: &[[f32; 4]]) -> Placement {
        let lines = lines.iter().map(|[l, t, r, b]| upright(*l, *t, *r, *b)).collect();
        Placement { layout: Layout::Front, to_picture: Projection::SAME, lines }
    }

    #[test]
    fn a_label_is_cut_off() {
        let card = placement(&[[66.0, 72.0, 300.0, 120.0]]);
        let [left, _, right, _] = bounds(&card.rows(Row::Name)[0]);
        assert!((left - 163.0).abs() < 1.0 && (right - 300.0).abs() < 1.0);
    }

    #[test]
    fn an_address_has_its_lines_in_order_and_parts_of_one_joined() {
        let card = placement(&[
            [172.0, 340.0, 420.0, 380.0],
            [172.0, 290.0, 400.0, 332.0],
            [410.0, 292.0, 590.0, 334.0],
            [66.0, 290.0, 150.0, 330.0],
        ]);
        let rows = card.rows(Row::Address);
        assert_eq!(rows.len(), 2);
        assert!((bounds(&rows[0])[2] - 590.0).abs() < 1.0 && (bounds(&rows[1])[2] - 420.0).abs() < 1.0);
    }

    #[test]
    fn what_was_overlooked_is_beside_its_label() {
        let card = placement(&[[66.0, 152.0, 150.0, 188.0], [290.0, 152.0, 360.0, 188.0]]);
        let [left, top, ..] = bounds(&card.rows(Row::Nation)[0]);
        assert!((left - 370.0).abs() < 1.0 && (top - 152.0).abs() < 1.0);
    }
}
