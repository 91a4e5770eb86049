//! The table.

use std::collections::BTreeMap;

use synthetic_cards::Special;

use crate::faces::Faces;
use crate::report::{Report, Truth};
use crate::score::{Score, percentile};
use crate::table::{Figure, Limit, render};

const FIELDS: [&str; 9] =
    ["name", "sex", "nation", "birth", "address", "id_number", "authority", "valid_from", "valid_until"];

/// The peer's 64 % and 1,955 ms became 82 % and 500 ms of ours: the most that was hoped for, and so the limit.
pub fn cards(ours: &Report, theirs: &Report, truth: &[Truth], faces: Option<&Faces>) {
    let (we, they) = (Score::of(ours, truth), Score::of(theirs, truth));
    let mut figures = reading(&we, &they);
    figures.extend(cost(ours, theirs, &we, &they));
    figures.extend(faces.into_iter().flat_map(face_figures));
    println!("{}", render(&figures));
    println!("{} cards; of them all right, ours and the peer's:", we.cards);
    for (hardness, (right, of)) in &we.by_hardness {
        println!("  {hardness}: {right} and {} of {of}", they.by_hardness.get(hardness).map_or(0, |(right, _)| *right));
    }
    let of = we.fields();
    println!("fields, of {of}, to be typed: {} and {}", we.marked, they.marked);
    println!("fields marked although right: {} and {}", we.marked_in_vain, they.marked_in_vain);
    for wrong in we.unmarked.iter().take(20) {
        println!("  wrong and not marked: {wrong}");
    }
}

fn reading(we: &Score, they: &Score) -> Vec<Figure> {
    let figure = |what: &str, ours: f64, theirs: f64, limit| Figure {
        what: what.to_owned(),
        on: "cards",
        ours: format!("{ours:.1}%"),
        peer: format!("{theirs:.1}%"),
        value: ours,
        limit,
    };
    let mut figures = vec![
        figure(
            "both sides all right",
            we.percent(we.all_right),
            they.percent(they.all_right),
            Limit::AtLeast(82.0, "%"),
        ),
        figure("wrong and not marked", we.percent_unmarked(), they.percent_unmarked(), Limit::AtMost(1.0, "%")),
    ];
    for field in FIELDS {
        let theirs = they.percent_right(field);
        // The peer is what a field is held to, but for the number: that has a limit of its own.
        let limit = if field == "id_number" { 99.5 } else { theirs };
        figures.push(figure(&format!("{field} right"), we.percent_right(field), theirs, Limit::AtLeast(limit, "%")));
    }
    figures.push(Figure {
        what: "ID numbers wrong but valid".into(),
        on: "cards",
        ours: we.wrong_but_valid.to_string(),
        peer: they.wrong_but_valid.to_string(),
        value: we.wrong_but_valid as f64,
        limit: Limit::AtMost(0.0, ""),
    });
    figures
}

fn cost(ours: &Report, theirs: &Report, we: &Score, they: &Score) -> Vec<Figure> {
    let figure = |what: &str, on, ours: f64, theirs: f64, unit, limit: f64| Figure {
        what: what.to_owned(),
        on,
        ours: format!("{ours:.0}{unit}"),
        peer: if theirs.is_nan() { "-".into() } else { format!("{theirs:.0}{unit} ({:.2}x)", ours / theirs) },
        value: ours,
        limit: Limit::AtMost(limit, unit),
    };
    let (p50, p95) = (percentile(&they.cpu_ms, 50), percentile(&they.cpu_ms, 95));
    let grown = ours.later_mb.last().zip(ours.later_mb.first()).map_or(f64::NAN, |(last, first)| last - first);
    vec![
        figure("CPU p50", "a picture", percentile(&we.cpu_ms, 50), p50, "ms", 500.0),
        figure("CPU p95", "a picture", percentile(&we.cpu_ms, 95), p95, "ms", p95),
        figure(
            "CPU p50",
            "both sides",
            percentile(&we.card_cpu_ms, 50),
            percentile(&they.card_cpu_ms, 50),
            "ms",
            1000.0,
        ),
        figure("loading", "once", ours.load_ms, theirs.load_ms, "ms", theirs.load_ms),
        figure("memory, loaded", "once", ours.loaded_mb, theirs.loaded_mb, "MB", 350.0),
        figure("memory grows, 100th to last", "pictures", grown, f64::NAN, "MB", 20.0),
    ]
}

fn face_figures(faces: &Faces) -> Vec<Figure> {
    let figure = |what: &str, on, value: f64, limit| Figure {
        what: what.to_owned(),
        on,
        ours: format!("{value:.1}ms"),
        peer: "-".into(),
        value,
        limit: Limit::AtMost(limit, "ms"),
    };
    let apart = format!("half {:.2}, {} of {} refused", faces.half, faces.refused, faces.variants);
    vec![
        figure("face: check and numbers, CPU p50", "640x480", faces.small_ms, 90.0),
        figure("face: check and numbers, CPU p50", "12 MP", faces.large_ms, 220.0),
        figure("face: best five of a million, CPU p50", "gallery", faces.search_ms, 15.0),
        Figure {
            what: "face: one portrait's variants apart, at most".into(),
            on: "robustness",
            ours: format!("{:.2} ({apart})", faces.farthest),
            peer: "-".into(),
            value: f64::from(faces.farthest),
            limit: Limit::AtMost(0.4, ""),
        },
    ]
}

/// What became of pictures that are not simply one side of a card.
pub fn special_ones(ours: &Report, truth: &[Truth]) {
    for kind in Special::ALL.map(Special::name) {
        let mut said: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut pictures, mut numbers, mut wrong) = (0, 0, 0);
        for card in truth {
            let Some(reading) = card.pictures.get(kind).and_then(|of| ours.of(&of.file)) else { continue };
            pictures += 1;
            numbers +=
                usize::from(reading.fields.get("id_number").is_some_and(|seen| seen.value == card.fields["id_number"]));
            let unmarked = |(name, seen): &(&String, &crate::report::Seen)| {
                seen.sure && card.fields.get(*name) != Some(&seen.value)
            };
            wrong += reading.fields.iter().filter(unmarked).count();
            reading.said.iter().for_each(|word| *said.entry(word).or_default() += 1);
        }
        println!(
            "{kind}: {pictures} pictures, ID number right in {numbers}, wrong and not marked {wrong}, said {said:?}"
        );
    }
}
