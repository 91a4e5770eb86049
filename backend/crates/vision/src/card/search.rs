//! The long way: all text in the picture is found and read until labels say how the card lies.

use super::{
    labels::{self, Other, Reading},
    layout::{Layout, bounds},
    place::{Placement, look},
};
use crate::{
    Error, Point, Quad,
    ocr::{Alphabet, Eyes, Found, Line, Projection, Pyramid, Sheet, strip, upside_down},
};

/// The longer side of the sheet in which text is first looked for.
const SIZE: f32 = 960.0;
/// The same when a card is known and it is only asked whether there is another.
const SMALL_SIZE: f32 = 640.0;
/// Lines beyond it belong to a newspaper.
const MOST_LINES: usize = 36;
/// Lines read before it is tried whether they are enough.
const AT_ONCE: usize = 6;

#[derive(Debug, Default)]
pub struct Searched {
    pub placements: Vec<Placement>,
    pub other: Option<Other>,
}

/// Looks in the whole picture, and once more at a larger size when text is small. What lies on cards that are known
/// already is left alone.
pub fn search(eyes: &dyn Eyes, picture: &Pyramid, known: &[Quad]) -> Result<Searched, Error> {
    let whole = [0.0, 0.0, picture.width() as f32, picture.height() as f32];
    let size = if known.is_empty() { SIZE } else { SMALL_SIZE };
    let lines = find(eyes, picture, whole, size)?;
    let searched = among(eyes, picture, &lines, known)?;
    let found = !searched.placements.is_empty() || searched.other.is_some();
    if found || lines.is_empty() || !known.is_empty() {
        return Ok(searched);
    }
    let Some(closer) = closer(&lines, whole) else { return Ok(searched) };
    let lines = find(eyes, picture, closer, SIZE)?;
    among(eyes, picture, &lines, known)
}

/// Where all the text is, with room around, if that is much less than the picture.
fn closer(lines: &[Quad], [_, _, width, height]: [f32; 4]) -> Option<[f32; 4]> {
    let all: Vec<[f32; 4]> = lines.iter().map(bounds).collect();
    let edge = |at: usize, choose: fn(f32, f32) -> f32| all.iter().map(|line| line[at]).reduce(choose);
    let (left, top) = (edge(0, f32::min)?, edge(1, f32::min)?);
    let (right, bottom) = (edge(2, f32::max)?, edge(3, f32::max)?);
    let room = 0.25 * (right - left).max(bottom - top);
    let area = [(left - room).max(0.0), (top - room).max(0.0), (right + room).min(width), (bottom + room).min(height)];
    let share = (area[2] - area[0]) * (area[3] - area[1]) / (width * height);
    (share < 0.7 && width.max(height) > SIZE * 0.8).then_some(area)
}

/// Lines within a part of the picture, in its pixels.
fn find(
    eyes: &dyn Eyes,
    picture: &Pyramid,
    [left, top, right, bottom]: [f32; 4],
    size: f32,
) -> Result<Vec<Quad>, Error> {
    let (width, height) = (right - left, bottom - top);
    let scale = (size / width.max(height)).min(1.5);
    let side = |length: f32| ((length * scale / 32.0).round().max(2.0)) * 32.0;
    let (w, h) = (side(width), side(height));
    let corners = super::layout::upright(left, top, right, bottom);
    let Some(to_picture) = Projection::onto(w, h, corners) else { return Ok(vec![]) };
    let pixels = picture.project(&to_picture, w as usize, h as usize);
    let found: Vec<Found> = eyes.find(&Sheet { pixels, to_picture })?;
    Ok(found.into_iter().map(|line| to_picture.quad(line.at)).collect())
}

fn among(eyes: &dyn Eyes, picture: &Pyramid, lines: &[Quad], known: &[Quad]) -> Result<Searched, Error> {
    let elsewhere = |line: &Quad, cards: &[Quad]| !cards.iter().any(|card| contains(card, middle(line)));
    let lines: Vec<Quad> = lines.iter().copied().filter(|line| elsewhere(line, known)).collect();
    let mut waiting = directed(eyes, picture, &lines)?;
    let mut searched = Searched::default();
    let mut readings: Vec<(Reading, Quad)> = Vec::new();
    while !waiting.is_empty() {
        let some: Vec<Quad> = waiting.drain(..AT_ONCE.min(waiting.len())).collect();
        let strips: Vec<_> = some.iter().map(|line| strip(picture, *line, Alphabet::Any)).collect();
        let read = eyes.read(&strips)?;
        readings.extend(read.into_iter().zip(some).map(|(line, at)| (reading(line, at), at)));
        let so_far: Vec<Reading> = readings.iter().map(|(reading, _)| reading.clone()).collect();
        searched.other = searched.other.or(labels::other(&so_far));
        if searched.other == Some(Other::DrivingLicence) {
            return Ok(searched);
        }
        let found = placements(eyes, picture, &so_far)?;
        let corners: Vec<Quad> = found.iter().map(Placement::corners).collect();
        // There may be another card beside.
        waiting.retain(|line| elsewhere(line, &corners));
        readings.retain(|(_, at)| elsewhere(at, &corners));
        searched.placements.extend(found);
    }
    Ok(searched)
}

fn middle(line: &Quad) -> Point {
    let sum = |pick: fn(&Point) -> f32| line.0.iter().map(pick).sum::<f32>() / 4.0;
    Point::new(sum(|point| point.x), sum(|point| point.y))
}

fn contains(card: &Quad, point: Point) -> bool {
    let back = Projection::onto(1.0, 1.0, *card).and_then(|there| there.inverse());
    let place = back.map(|back| back.apply(point));
    place.is_some_and(|place| (-0.03..1.03).contains(&place.x) && (-0.03..1.03).contains(&place.y))
}

/// All lines from their beginning to their end, the nearest to the middle of them all first.
fn directed(eyes: &dyn Eyes, picture: &Pyramid, lines: &[Quad]) -> Result<Vec<Quad>, Error> {
    let length = |line: &Quad| line.0[0].distance(line.0[1]);
    let mut lines = lines.to_vec();
    lines.sort_by(|a, b| length(b).total_cmp(&length(a)));
    lines.truncate(MOST_LINES);
    let Some(longest) = lines.first().copied() else { return Ok(lines) };
    let way = |line: &Quad| Point::new(line.0[1].x - line.0[0].x, line.0[1].y - line.0[0].y);
    let along = |line: &Quad| way(line).x * way(&longest).x + way(line).y * way(&longest).y;
    let aligned = |line: Quad| if along(&line) < 0.0 { upside_down(line) } else { line };
    let mut lines: Vec<Quad> = lines.into_iter().map(aligned).collect();
    let strips: Vec<_> = lines.iter().take(5).map(|line| strip(picture, *line, Alphabet::Any)).collect();
    let turned = eyes.turned(&strips)?;
    if 2 * turned.iter().filter(|turned| **turned).count() > turned.len() {
        lines.iter_mut().for_each(|line| *line = upside_down(*line));
    }
    Ok(lines)
}

fn reading(line: Line, at: Quad) -> Reading {
    let [a, b, c, d] = at.0;
    let middle = |t: f32| {
        let (x, y) = ((a.x + d.x) / 2.0, (a.y + d.y) / 2.0);
        Point::new(x + ((b.x + c.x) / 2.0 - x) * t, y + ((b.y + c.y) / 2.0 - y) * t)
    };
    Reading { middles: line.letters.iter().map(|letter| middle(letter.at)).collect(), line }
}

/// Cards the labels agree on, each looked at again once it lies straight.
fn placements(eyes: &dyn Eyes, picture: &Pyramid, readings: &[Reading]) -> Result<Vec<Placement>, Error> {
    let mut fitted: Vec<_> =
        Layout::ALL.into_iter().filter_map(|layout| Some((layout, labels::fit(layout, readings)?))).collect();
    fitted.sort_by_key(|(_, (_, labels))| std::cmp::Reverse(*labels));
    let mut found: Vec<Placement> = Vec::new();
    for (layout, (to_picture, _)) in fitted {
        let known = |other: &Placement| other.layout.has_portrait() == layout.has_portrait();
        if found.iter().any(known) {
            continue;
        }
        // The sheet may show the same layout lying the other way; the labels know better.
        let seen = look(eyes, picture, &to_picture)?;
        found.extend(
            seen.into_iter().find(|placement| placement.layout == layout && placement.to_picture == to_picture),
        );
    }
    Ok(found)
}
