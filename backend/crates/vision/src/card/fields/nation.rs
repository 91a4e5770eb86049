//! One of the nations there are.

use super::Judged;
use crate::{card::words::NATIONS, ocr::Line};

/// The nation whose characters the line most likely shows.
pub fn nation(line: &Line) -> Judged {
    let mut letters: Vec<_> =
        line.letters.iter().filter(|letter| !letter.value.is_ascii() && letter.value != '族').collect();
    // A single character is easily overlooked.
    if letters.is_empty() {
        letters.extend(line.faint.iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence)));
    }
    let mut scored: Vec<(&str, f32)> = NATIONS
        .iter()
        .map(|nation| {
            let wanted: Vec<char> = nation.chars().collect();
            // The label before it may still be there.
            let Some(start) = letters.len().checked_sub(wanted.len()) else { return (*nation, 0.0) };
            let chance = |at: usize, character: char| {
                let letter = letters[start + at];
                if letter.value == character {
                    return letter.confidence;
                }
                letter.others.iter().find(|(other, _)| *other == character).map_or(0.0, |(_, chance)| *chance)
            };
            (*nation, wanted.iter().enumerate().map(|(at, c)| chance(at, *c)).product::<f32>())
        })
        .collect();
    // 鄂温克 ends as nothing else does, but 土 also ends a line that is 水土.
    scored.sort_by(|a, b| (b.1, b.0.len()).partial_cmp(&(a.1, a.0.len())).unwrap_or(std::cmp::Ordering::Equal));
    let (best, score) = scored[0];
    let rest: f32 = scored[1..].iter().map(|(_, score)| score).sum();
    if score < 0.002 {
        return partial(&letters.iter().map(|letter| letter.value).collect::<String>());
    }
    let confidence = score / (score + rest);
    let whole = letters.len() == best.chars().count();
    Judged::new(best, confidence.min(score.max(0.5)), whole && confidence > 0.9 && score > 0.35)
}

/// Of a longer name a part is enough to know which is meant, though not to be sure.
fn partial(text: &str) -> Judged {
    let shared = |nation: &&str| nation.chars().filter(|character| text.contains(*character)).count();
    let best = NATIONS.iter().filter(|nation| nation.chars().count() > 1).max_by_key(|nation| shared(nation));
    match best.filter(|nation| shared(nation) > 0) {
        Some(nation) => Judged::new(*nation, 0.3, false),
        None => Judged::new(text, 0.1, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::Letter;

    #[test]
    fn exact_names_are_sure() {
        for text in ["汉", "维吾尔", "柯尔克孜"] {
            let judged = nation(&Line::from(text));
            assert_eq!((judged.value.as_str(), judged.sure), (text, true));
        }
    }

    #[test]
    fn a_neighbour_is_put_right_from_what_else_it_could_be() {
        let letter = Letter { value: '苖', confidence: 0.6, at: 0.5, others: vec![('苗', 0.38), ('茁', 0.01)] };
        let judged = nation(&Line { letters: vec![letter], ..Line::default() });
        assert_eq!((judged.value.as_str(), judged.sure), ("苗", true));
    }

    #[test]
    fn one_that_was_only_seen_faintly_is_marked() {
        let faint = vec![Letter { value: '藏', confidence: 0.2, at: 0.5, others: vec![] }];
        let judged = nation(&Line { letters: vec![], faint });
        assert_eq!((judged.value.as_str(), judged.sure), ("藏", false));
    }

    #[test]
    fn a_part_is_completed_and_marked() {
        let judged = nation(&Line::from("维吾"));
        assert_eq!((judged.value.as_str(), judged.sure), ("维吾尔", false));
    }
}
