//! A person's name as the ID card prints it.

use super::raw::{half_width, is_invisible};
use super::{Masked, Problem, described_as_string, parsed_from_text, shown_masked};

/// Two to fifty characters: Chinese characters, with · inside minority names, or a foreigner's Latin letters.
///
/// Spaces inside a Chinese name are alignment (王　强) and are dropped, inside a Latin one they are kept single.
/// Every dot people type for · becomes ·, so that one person has one spelling.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

const MIDDLE_DOT: char = '·';
const SHORTEST: usize = 2;
const LONGEST: usize = 50;

impl PersonName {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let typed: String =
            input.chars().map(half_width).filter(|c| !is_invisible(*c) && !is_glyph_selector(*c)).collect();
        let words: Vec<&str> = typed.split_whitespace().collect();
        if words.is_empty() {
            return Err("请填写姓名".into());
        }
        if typed.contains(|c: char| c.is_ascii_digit()) {
            return Err("姓名不能含有数字".into());
        }
        let chinese = typed.chars().any(is_chinese);
        let name = if chinese { chinese_name(&words.concat())? } else { latin_name(&words.join(" "))? };
        let count = name.chars().count();
        if count < SHORTEST {
            return Err("姓名至少 2 个字".into());
        }
        if count > LONGEST {
            return Err(format!("姓名最多 {LONGEST} 个字").into());
        }
        Ok(Self(name))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn masked(&self) -> Masked {
        Masked::name(&self.0)
    }
}

fn chinese_name(typed: &str) -> Result<String, Problem> {
    let name: String = typed.chars().map(|c| if is_middle_dot(c) { MIDDLE_DOT } else { c }).collect();
    if name.chars().any(|c| c.is_alphabetic() && !is_chinese(c)) {
        return Err("姓名不能混用汉字和字母".into());
    }
    if !name.chars().all(|c| is_chinese(c) || c == MIDDLE_DOT) {
        return Err("姓名只能由汉字和间隔号“·”组成".into());
    }
    if name.starts_with(MIDDLE_DOT) || name.ends_with(MIDDLE_DOT) || name.contains("··") {
        return Err("姓名中的间隔号“·”应在两个字之间".into());
    }
    Ok(name)
}

fn latin_name(typed: &str) -> Result<String, Problem> {
    let name: String = typed.chars().map(|c| if matches!(c, '’' | '‘' | '`') { '\'' } else { c }).collect();
    if !name.chars().all(|c| is_latin(c) || matches!(c, ' ' | '-' | '\'' | '.' | ',' | MIDDLE_DOT)) {
        return Err("姓名只能由汉字和间隔号“·”组成，外籍人员可用拉丁字母".into());
    }
    if !name.starts_with(is_latin) || name.chars().filter(|c| is_latin(*c)).count() < SHORTEST {
        return Err("姓名应以字母开头，至少两个字母".into());
    }
    Ok(name)
}

/// The unified ideographs with all extensions, 〇, compatibility ideographs, and the private use area: card
/// readers still deliver GB 18030's rare characters there.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{E000}'..='\u{F8FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}' | '\u{30000}'..='\u{3347F}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (c.is_alphabetic() && matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
}

fn is_middle_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '・' | '･' | '．' | '.' | '∙' | '⋅' | '\u{0387}' | '●' | '。')
}

/// Ideographic variation selectors choose a glyph, not another character.
fn is_glyph_selector(c: char) -> bool {
    matches!(c, '\u{E0100}'..='\u{E01EF}')
}

parsed_from_text!(PersonName);
shown_masked!(PersonName);
described_as_string!(
    PersonName,
    .description(Some("姓名，2 至 50 个字；少数民族姓名用间隔号“·”"))
    .min_length(Some(SHORTEST))
    .max_length(Some(LONGEST))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    fn parsed(typed: &str) -> String {
        PersonName::parse(typed).unwrap().expose().to_owned()
    }

    #[test]
    fn chinese_names_are_brought_to_one_spelling() {
        let cases = [
            ("王建国", "王建国"),
            (" 王　强 ", "王强"),
            ("买买提•吐尔逊", "买买提·吐尔逊"),
            ("买买提．吐尔逊", "买买提·吐尔逊"),
            ("买买提 . 吐尔逊", "买买提·吐尔逊"),
            ("买买提・吐尔逊", "买买提·吐尔逊"),
            ("买买提‧吐尔逊", "买买提·吐尔逊"),
            ("𠮷野", "𠮷野"),
            ("李\u{31350}", "李\u{31350}"),
            ("李〇\u{200B}", "李〇"),
            ("葛\u{E0100}城", "葛城"),
        ];
        for (typed, name) in cases {
            assert_eq!(parsed(typed), name);
        }
    }

    #[test]
    fn foreigners_keep_their_letters() {
        for (typed, name) in [
            ("  John   F. Kennedy", "John F. Kennedy"),
            ("Ｊosé O’Neill-García", "José O'Neill-García"),
            ("Nguyễn Văn An", "Nguyễn Văn An"),
        ] {
            assert_eq!(parsed(typed), name);
        }
    }

    #[test]
    fn what_is_not_a_name_is_refused() {
        let long = "王".repeat(51);
        for typed in [
            "",
            " 　",
            "王",
            "王2",
            "王\u{0007}强",
            "王强😀",
            "😀😀",
            "王A",
            "·王强",
            "王··强",
            "王强-",
            "李（大）",
            "--",
            "J.",
            "=cmd",
            "Иван Петров",
            &long,
        ] {
            assert!(PersonName::parse(typed).is_err(), "{typed}");
        }
        assert!(PersonName::parse(&"王".repeat(50)).is_ok());
    }

    #[test]
    fn it_never_prints_itself() {
        assert_eq!(format!("{:?}", PersonName::parse("王建国").unwrap()), "PersonName(王*国)");
    }
}
