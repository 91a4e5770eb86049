//! Who issued a card: a police office.

use super::Judged;
use crate::{
    card::words::known_regions,
    ocr::{Letter, Line},
};

pub fn authority(line: &Line) -> Judged {
    let is_text = |value: char| !value.is_whitespace() && !value.is_ascii_punctuation();
    let mut letters: Vec<Letter> = line.letters.iter().filter(|letter| is_text(letter.value)).cloned().collect();
    // The label may still be there.
    let label = letters.windows(2).rposition(|pair| pair[0].value == '机' && pair[1].value == '关');
    letters.drain(..label.map_or(0, |at| at + 2));
    letters.iter_mut().filter(|letter| letter.value == '具').for_each(|letter| letter.value = '县');
    let regions = known_regions(&mut letters);
    let text: String = letters.iter().map(|letter| letter.value).collect();
    let (text, mended) = mended(text);
    let weakest = letters.iter().map(|letter| letter.confidence).fold(1.0, f32::min);
    let usual = text.ends_with('局') && text.contains("公安") && text.chars().count() >= 5;
    let least = if regions.levels > 0 { 0.8 } else { 0.9 };
    let sure = usual && !mended && !regions.mended && weakest > least;
    Judged::new(text, if usual { weakest } else { weakest.min(0.5) }, sure)
}

/// It is always an office: what stands there instead is one that was misread, or cut off.
fn mended(text: String) -> (String, bool) {
    if text.ends_with('局') || !text.contains("公安") {
        return (text, false);
    }
    let stem = match text.char_indices().last() {
        Some((at, _)) if text[..at].ends_with('分') || text[..at].ends_with("公安") => &text[..at],
        _ => text.as_str(),
    };
    let whole = stem.ends_with('分') || stem.ends_with("公安");
    (if whole { format!("{stem}局") } else { text }, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_police_office_is_sure_and_half_of_one_is_not() {
        assert_eq!(authority(&Line::from("贵阳市公安局 南明分局")).value, "贵阳市公安局南明分局");
        assert!(authority(&Line::from("贵阳市公安局南明分局")).sure);
        for part in ["贵阳市公安局南明分", "贵阳市公安局南明分员"] {
            let judged = authority(&Line::from(part));
            assert_eq!((judged.value.as_str(), judged.sure), ("贵阳市公安局南明分局", false));
        }
        assert_eq!(authority(&Line::from("签发机关遵义市公安局")).value, "遵义市公安局");
    }
}
