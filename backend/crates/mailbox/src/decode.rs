//! What mail does to text that is not ASCII, undone: encoded words in the header (RFC 2047), quoted-printable and
//! base64 in the body (RFC 2045). Text is taken to be UTF-8.

use base64::{
    Engine,
    engine::{GeneralPurpose, general_purpose::NO_PAD},
};

/// `=?utf-8?b?5L2g5aW9?=` → `你好`. A character may be spread over neighbouring words, so these are put together
/// as bytes first.
pub(crate) fn words(value: &str) -> String {
    let mut bytes: Vec<u8> = Vec::new();
    let mut after_word = false;
    let mut rest = value;
    while !rest.is_empty() {
        let blank = rest.len() - rest.trim_start().len();
        if let Some((decoded, tail)) = word(&rest[blank..]) {
            // The blank between two encoded words is not part of the text.
            if !after_word {
                bytes.extend(rest[..blank].bytes());
            }
            bytes.extend(decoded);
            (rest, after_word) = (tail, true);
        } else {
            let end = rest[blank..].find([' ', '\t', '<', '(', '"']).map_or(rest.len(), |at| blank + at.max(1));
            bytes.extend(rest[..end].bytes());
            (rest, after_word) = (&rest[end..], false);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One encoded word at the start, and what follows it.
fn word(text: &str) -> Option<(Vec<u8>, &str)> {
    let (_charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (content, rest) = rest.split_once("?=")?;
    let decoded = match encoding {
        "b" | "B" => base64(content.as_bytes())?,
        "q" | "Q" => quoted(content.replace('_', " ").as_bytes()),
        _ => return None,
    };
    Some((decoded, rest))
}

pub(crate) fn body(encoding: &str, raw: &[u8]) -> String {
    let decoded = match encoding.to_ascii_lowercase().as_str() {
        "base64" => base64(raw).unwrap_or_default(),
        "quoted-printable" => quoted(raw),
        _ => raw.to_vec(),
    };
    String::from_utf8_lossy(&decoded).replace("\r\n", "\n").trim_end().to_owned()
}

fn base64(raw: &[u8]) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, NO_PAD);
    let digits: Vec<u8> = raw.iter().copied().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').collect();
    LENIENT.decode(digits).ok()
}

fn quoted(raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first != b'=' {
            bytes.push(first);
        } else if let Some(after) = tail.strip_prefix(b"\r\n") {
            // A soft line break.
            rest = after;
        } else if let Some(byte) = tail.get(..2).and_then(hexadecimal) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(b'=');
        }
    }
    bytes
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_header_are_put_together() {
        assert_eq!(words("plain subject"), "plain subject");
        assert_eq!(words("=?utf-8?b?5L2g5aW9?="), "你好");
        assert_eq!(words("=?UTF-8?B?5L2g5aW9?= =?utf-8?q?=E4=BD=A0_a?="), "你好你 a");
        // 好 is cut between two words.
        assert_eq!(words("=?utf-8?q?=E5=A5?= =?utf-8?q?=BD?="), "好");
        assert_eq!(words("Re: =?utf-8?b?5L2g5aW9?= end"), "Re: 你好 end");
        assert_eq!(words("=?utf-8?b?5ZCN5YaM?= <no-reply@mingce.example>"), "名册 <no-reply@mingce.example>");
        assert_eq!(words("=?broken"), "=?broken");
        assert_eq!(words("a  b"), "a  b");
        assert_eq!(words("<a@b> \"q\" 名"), "<a@b> \"q\" 名");
    }

    #[test]
    fn bodies_are_decoded() {
        assert_eq!(body("quoted-printable", b"=E4=BD=A0=\r\n=E5=A5=BD a=3Db\r\nnext=\r\n"), "你好 a=b\nnext");
        assert_eq!(body("base64", b"5L2g\r\n5aW9\r\n"), "你好");
        assert_eq!(body("base64", b"YQ==\r\n"), "a");
        assert_eq!(body("8bit", "你好\r\n".as_bytes()), "你好");
        assert_eq!(body("", b"plain\r\n"), "plain");
    }
}
