//! Who issued a card: a police office.

use super::Judged;
use crate::ocr::Line;

pub fn authority(line: &Line) -> Judged {
    let is_text = |value: char| !value.is_whitespace() && !value.is_ascii_punctuation();
    let letters: Vec<_> = line.letters.iter().filter(|letter| is_text(letter.value)).collect();
    let text: String = letters.iter().map(|letter| letter.value).collect();
    // The label may still be there.
    let text = text.rsplit("机关").next().unwrap_or_default().to_owned();
    let weakest = letters.iter().map(|letter| letter.confidence).fold(1.0, f32::min);
    let usual = text.ends_with('局') && text.contains("公安") && text.chars().count() >= 5;
    Judged::new(text, if usual { weakest } else { weakest.min(0.5) }, usual && weakest > 0.8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_police_office_is_sure_and_half_of_one_is_not() {
        assert_eq!(authority(&Line::from("贵阳市公安局 南明分局")).value, "贵阳市公安局南明分局");
        assert!(authority(&Line::from("贵阳市公安局南明分局")).sure);
        assert!(!authority(&Line::from("贵阳市公安局南明分")).sure);
        assert_eq!(authority(&Line::from("签发机关遵义市公安局")).value, "遵义市公安局");
    }
}
