//! `2016.05.04-2036.05.04` or `2016.05.04-长期`.

use super::{Date, Judged};
use crate::ocr::Line;

/// From and until. Cards are good for five, ten or twenty years, to the day: what does not come out so was misread.
pub fn validity(line: &Line, temporary: bool) -> [Judged; 2] {
    let text = line.text();
    let (digits, weakest): (String, f32) = line
        .letters
        .iter()
        .filter(|letter| letter.value.is_ascii_digit())
        .fold((String::new(), 1.0f32), |(text, weakest), letter| {
            (text + letter.value.encode_utf8(&mut [0; 4]), weakest.min(letter.confidence))
        });
    let for_ever = text.contains('长') || text.contains('期');
    let from = digits.get(..8).and_then(Date::of_digits);
    let until = digits.get(8..16).and_then(Date::of_digits).filter(|_| digits.len() == 16);
    let value = |date: Option<Date>| date.map(Date::iso).unwrap_or_default();
    if for_ever && digits.len() <= 9 {
        // Nothing checks the date but the network itself.
        let sure = digits.len() == 8 && weakest > 0.8;
        return [
            Judged::new(value(from), weakest, sure),
            Judged::new("长期", weakest, text.contains("长期") && from.is_some()),
        ];
    }
    let checked = from.zip(until).is_some_and(|(from, until)| {
        let good = if temporary { until > from && until.year - from.year <= 1 } else { is_usual(from, until) };
        good && !for_ever
    });
    let sure = checked && weakest > if temporary { 0.7 } else { 0.25 };
    let confidence = if checked { weakest } else { weakest.min(0.5) };
    [Judged::new(value(from), confidence, sure), Judged::new(value(until), confidence, sure)]
}

fn is_usual(from: Date, until: Date) -> bool {
    let same_day = (from.month, from.day) == (until.month, until.day);
    // Of a leap day nothing is left in most years.
    let leap = (from.month, from.day) == (2, 29) && [(2, 28), (3, 1)].contains(&(until.month, until.day));
    until.year > from.year && [5, 10, 20].contains(&(until.year - from.year)) && (same_day || leap)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [(String, bool); 2] {
        validity(&Line::from(text), false).map(|judged| (judged.value, judged.sure))
    }

    #[test]
    fn twenty_years_to_the_day_are_sure() {
        assert_eq!(read("2016.05.04-2036.05.04"), [("2016-05-04".into(), true), ("2036-05-04".into(), true)]);
        assert_eq!(read("20160504-20360504"), [("2016-05-04".into(), true), ("2036-05-04".into(), true)]);
    }

    #[test]
    fn a_day_off_is_not() {
        assert!(read("2016.05.04-2036.05.01").iter().all(|(_, sure)| !sure));
        assert!(read("2016.05.04-2033.05.04").iter().all(|(_, sure)| !sure));
    }

    #[test]
    fn for_ever() {
        assert_eq!(read("2016.05.04-长期"), [("2016-05-04".into(), true), ("长期".into(), true)]);
    }

    #[test]
    fn what_is_missing_is_empty_and_marked() {
        assert_eq!(read("2016.05"), [(String::new(), false), (String::new(), false)]);
    }

    #[test]
    fn a_temporary_card_is_good_for_months() {
        let [from, until] = validity(&Line::from("2026.01.05-2026.04.05"), true);
        assert!(from.sure && until.sure && until.value == "2026-04-05");
    }
}
