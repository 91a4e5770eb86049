//! A picture to a card.

use image::RgbImage;

use super::{
    Card, Side, Warning,
    labels::Other,
    layout,
    look::is_photocopy,
    outline::outlines,
    place::look,
    screen::is_screen,
    search::{Searched, search},
    side::{Reader, SideRead},
};
use crate::{
    Error, Quad,
    ocr::{Eyes, Gray, Projection, Pyramid},
};

/// A card less wide than this, in pixels, is hard to read.
const LEAST_WIDTH: f32 = 380.0;

pub fn read(eyes: &dyn Eyes, picture: &RgbImage) -> Result<Card, Error> {
    let pyramid = Pyramid::of(Gray::of(picture));
    let reader = Reader { eyes, picture, pyramid: &pyramid };
    let mut sides = by_outline(&reader)?;
    let mut searched = Searched::default();
    if sides.iter().all(|side| !side.proven) || has_room(&sides, &pyramid) {
        let known: Vec<Quad> = sides.iter().filter(|side| side.proven).map(|side| side.placement.corners()).collect();
        searched = search(eyes, &pyramid, &known)?;
        by_labels(&reader, &mut sides, &mut searched)?;
    }
    assemble(&reader, sides, &searched)
}

/// What lies inside outlines that look like a card's.
fn by_outline(reader: &Reader) -> Result<Vec<SideRead>, Error> {
    let mut sides: Vec<SideRead> = Vec::new();
    for outline in outlines(reader.picture).iter().take(3) {
        if sides.iter().any(|side| side.proven && overlap(&side.placement.corners(), outline)) {
            continue;
        }
        // A second attempt is only worth it where there may be a second card.
        if let Some(side) = within(reader, outline)? {
            sides.push(side);
        }
    }
    sides.sort_by_key(|side| !side.proven);
    Ok(sides)
}

fn within(reader: &Reader, outline: &Quad) -> Result<Option<SideRead>, Error> {
    let Some(to_picture) = Projection::onto(layout::WIDTH, layout::HEIGHT, *outline) else { return Ok(None) };
    let mut best: Option<SideRead> = None;
    for placement in look(reader.eyes, reader.pyramid, &to_picture)?.into_iter().take(2) {
        let side = reader.side(placement)?;
        if side.proven {
            return Ok(Some(side));
        }
        best = best.or(Some(side));
    }
    Ok(best)
}

/// Adds what the labels show and the outlines did not; what was read but not proven gives way to it.
fn by_labels(reader: &Reader, sides: &mut Vec<SideRead>, searched: &mut Searched) -> Result<(), Error> {
    if searched.other == Some(Other::DrivingLicence) {
        // It has a number and labels of its own. Beside an ID card another card does no harm.
        sides.retain(|side| side.proven);
        return Ok(());
    }
    for placement in std::mem::take(&mut searched.placements) {
        let known = |side: &SideRead| side.proven && overlap(&side.placement.corners(), &placement.corners());
        if sides.iter().any(known) {
            continue;
        }
        let side = reader.side(placement)?;
        sides.retain(|other| other.proven);
        sides.push(side);
    }
    Ok(())
}

/// Whether another card as large could be in the picture too.
fn has_room(sides: &[SideRead], picture: &Pyramid) -> bool {
    let [side] = sides else { return false };
    let bounds = side.placement.bounds();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let beside = bounds.left.max(width - bounds.right());
    let below = bounds.top.max(height - bounds.bottom());
    beside > 0.95 * bounds.width || below > 0.95 * bounds.height
}

fn overlap(a: &Quad, b: &Quad) -> bool {
    let ([al, at, ar, ab], [bl, bt, br, bb]) = (layout::bounds(a), layout::bounds(b));
    let (width, height) = (ar.min(br) - al.max(bl), ab.min(bb) - at.max(bt));
    let smaller = ((ar - al) * (ab - at)).min((br - bl) * (bb - bt));
    width > 0.0 && height > 0.0 && width * height > 0.3 * smaller
}

fn assemble(reader: &Reader, sides: Vec<SideRead>, searched: &Searched) -> Result<Card, Error> {
    let mut warnings = Vec::new();
    let mut chosen: Vec<SideRead> = Vec::new();
    for side in sides {
        let portrait = side.placement.layout.has_portrait();
        if chosen.iter().any(|other| other.placement.layout.has_portrait() == portrait) {
            if side.proven {
                warnings.push(Warning::TwoCards);
            }
            continue;
        }
        // Beside a side that is proven, one that is not is a mistake; so is one on which nothing was read.
        if side.proven || (chosen.is_empty() && !side.fields.is_empty()) {
            chosen.push(side);
        }
    }
    if chosen.is_empty() {
        warnings.push(match searched.other {
            Some(Other::BankCard) => Warning::BankCard,
            Some(Other::DrivingLicence) => Warning::DrivingLicence,
            None => Warning::NoCard,
        });
        return Ok(Card { side: Side::Neither, temporary: false, fields: vec![], portrait: None, warnings });
    }
    for side in &chosen {
        warn(reader, side, &mut warnings);
    }
    let front = chosen.iter().find(|side| side.placement.layout.has_portrait());
    let portrait = front.map(|side| reader.portrait(&side.placement)).transpose()?.flatten();
    let back = chosen.iter().any(|side| !side.placement.layout.has_portrait());
    let side = match (front.is_some(), back) {
        (true, true) => Side::Both,
        (true, false) => Side::Front,
        _ => Side::Back,
    };
    let temporary = chosen.iter().any(|side| side.placement.layout.is_temporary());
    warnings.sort_by_key(|warning| *warning as u8);
    warnings.dedup();
    let fields = chosen.into_iter().flat_map(|side| side.fields).collect();
    Ok(Card { side, temporary, fields, portrait, warnings })
}

fn warn(reader: &Reader, side: &SideRead, warnings: &mut Vec<Warning>) {
    let corners = side.placement.corners();
    let (width, height) = (reader.picture.width() as f32, reader.picture.height() as f32);
    let slack = 0.04 * corners.0[0].distance(corners.0[1]);
    let outside = |x: f32, y: f32| x < -slack || y < -slack || x > width + slack || y > height + slack;
    if corners.0.iter().any(|corner| outside(corner.x, corner.y)) {
        warnings.push(Warning::CutOff);
    }
    if corners.0[0].distance(corners.0[1]) < LEAST_WIDTH {
        warnings.push(Warning::Small);
    }
    if is_photocopy(reader.picture, &side.placement) {
        warnings.push(Warning::Photocopy);
    }
    if is_screen(reader.pyramid.finest(), &side.placement) {
        warnings.push(Warning::Screen);
    }
    if side.placement.layout.is_temporary() {
        warnings.push(Warning::Temporary);
    }
    if side.fields.iter().any(|field| field.value.is_empty()) {
        warnings.push(Warning::Incomplete);
    }
    let bad = |field: &super::Field| field.name == super::FieldName::IdNumber && !field.sure && !field.value.is_empty();
    if side.fields.iter().any(bad) {
        warnings.push(Warning::BadIdNumber);
    }
}
