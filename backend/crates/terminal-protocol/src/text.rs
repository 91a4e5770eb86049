//! Text in fields of a fixed width.

/// The longest failure message we send: thirty Chinese characters, two lines on the screens terminals have.
pub const SCREEN: usize = 90;

const ELLIPSIS: &str = "…";

/// The longest beginning of a text that fits `width` bytes and ends with a whole character.
pub fn cut(text: &str, width: usize) -> &str {
    &text[..text.floor_char_boundary(width)]
}

/// A message as a terminal can show it: one line, at most `width` bytes, and visibly cut if it had to be.
pub fn fit(message: &str, width: usize) -> String {
    let line = message.replace(char::is_control, " ");
    let line = line.trim();
    if line.len() <= width {
        return line.to_owned();
    }
    let room = width.saturating_sub(ELLIPSIS.len());
    format!("{}{}", cut(line, room).trim_end(), cut(ELLIPSIS, width))
}

/// The text of a field. It ends at its first zero byte, because terminals written in C leave whatever was there
/// before behind it; blanks at its end are padding too.
fn trim(field: &[u8]) -> &[u8] {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    field[..end].trim_ascii_end()
}

/// Nothing if the field is not UTF-8. Half a character at the end is dropped: a terminal that copies an address of
/// 150 bytes into a field of 140 cuts where it happens to, and the rest is still worth having.
pub(crate) fn utf8(field: &[u8]) -> Option<&str> {
    let field = trim(field);
    match std::str::from_utf8(field) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            let whole = std::str::from_utf8(&field[..error.valid_up_to()]).ok()?;
            Some(whole.trim_ascii_end())
        }
        Err(_) => None,
    }
}

pub(crate) fn ascii(field: &[u8]) -> Option<&str> {
    let field = trim(field);
    field.is_ascii().then(|| std::str::from_utf8(field).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_at_the_end_is_not_part_of_the_text() {
        for field in [&b"abc"[..], b"abc\0\0", b"abc  ", b"abc \0 \0", b"abc\0left over"] {
            assert_eq!(utf8(field), Some("abc"));
            assert_eq!(ascii(field), Some("abc"));
        }
        assert_eq!(utf8(b" a b \0"), Some(" a b"));
        assert_eq!(utf8(b"\0\0\0"), Some(""));
    }

    #[test]
    fn half_a_character_at_the_end_is_dropped_and_elsewhere_an_error() {
        let name = "王建国".as_bytes();
        assert_eq!(utf8(&name[..8]), Some("王建"));
        assert_eq!(utf8(b"a \xe7\x8e\0"), Some("a"));
        assert_eq!(utf8(b"\xe7\x8ea"), None);
        assert_eq!(utf8(b"\xcd\xf5\xbd\xa8"), None, "GBK is not UTF-8");
        assert_eq!(ascii("王".as_bytes()), None);
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("欧阳建国", 10), "欧阳建");
        assert_eq!(cut("欧阳建国", 12), "欧阳建国");
        assert_eq!(cut("𠮷田", 3), "");
        assert_eq!(cut("abc", 100), "abc");
    }

    #[test]
    fn a_message_becomes_one_line_that_fits() {
        assert_eq!(fit(" 今日\n不能考勤 ", 90), "今日 不能考勤");
        assert_eq!(fit("合同未签订，请联系班组长", 30), "合同未签订，请联系…");
        assert_eq!(fit("未进场", 9), "未进场");
        assert_eq!(fit("未进场了", 9), "未进…");
        assert_eq!(fit("未进场", 2), "");
        assert!(fit(&"工".repeat(100), SCREEN).len() <= SCREEN);
    }
}
