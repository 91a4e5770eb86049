//! Card by card, what was misread and what was marked: for whoever works on the reader.

use crate::report::{Reading, Report, Truth};
use crate::score::{Score, percentile};

pub fn cards(read: &Report, truth: &[Truth]) {
    for card in truth {
        let readings: Vec<&Reading> = card.pictures.values().filter_map(|of| read.of(&of.file)).collect();
        let notes = notes(card, &readings);
        if !notes.is_empty() {
            let said: Vec<String> =
                readings.iter().map(|reading| format!("{:.0} ms {}", reading.cpu_ms, reading.said.join(" "))).collect();
            println!("{:06} {} [{}]", card.seed, card.hardness, said.join("; "));
            notes.iter().for_each(|note| println!("    {note}"));
        }
    }
    let score = Score::of(read, truth);
    println!("{} cards, all right {:.1} %", score.cards, score.percent(score.all_right));
    for (hardness, (right, of)) in &score.by_hardness {
        println!("  {hardness}: {right} of {of}");
    }
    for field in score.right.keys() {
        println!("  {field}: {:.1} %", score.percent_right(field));
    }
    println!("wrong and not marked {} ({:.2} %)", score.unmarked.len(), score.percent_unmarked());
    println!(
        "marked, wrong {}, right {}; wrong but valid {}",
        score.marked, score.marked_in_vain, score.wrong_but_valid
    );
    for (what, times) in [("a picture", &score.cpu_ms), ("both sides", &score.card_cpu_ms)] {
        println!("CPU {what}: p50 {:.0} ms, p95 {:.0} ms", percentile(times, 50), percentile(times, 95));
    }
}

fn notes(card: &Truth, readings: &[&Reading]) -> Vec<String> {
    let note = |(name, value): (&String, &String)| {
        let Some(seen) = readings.iter().find_map(|reading| reading.fields.get(name)) else {
            return Some(format!("{name}: {value} is missing"));
        };
        let verdict = match (seen.value == *value, seen.sure) {
            (true, true) => return None,
            (true, false) => "right, marked",
            (false, false) => "WRONG, marked",
            (false, true) => "WRONG, NOT MARKED",
        };
        Some(format!("{name}: {value} -> {} {verdict} {:.2} {:?}", seen.value, seen.confidence, seen.lookalikes))
    };
    card.fields.iter().filter_map(note).collect()
}
