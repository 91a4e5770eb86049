//! What can go wrong between us and WeChat.

use std::borrow::Cow;

use crate::codes::{self, Kind};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// `Display` is for the log; [`Error::sentence`] is for the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("{call}: WeChat refused with {code}: {message}")]
    Refused { call: &'static str, code: i64, message: String },
    #[error("{call}: no answer in time")]
    Timeout { call: &'static str },
    #[error("{call}: WeChat cannot be reached: {reason}")]
    Unreachable { call: &'static str, reason: String },
    #[error("{call}: answered with HTTP status {status}")]
    Status { call: &'static str, status: u16 },
    #[error("{call}: the answer is not WeChat's: {reason}")]
    Unreadable { call: &'static str, reason: String },
    #[error("{call}: a virtual account of a snapshot page")]
    Snapshot { call: &'static str },
    /// Caught before it was sent.
    #[error("{field}: {problem}")]
    Invalid { field: Cow<'static, str>, problem: &'static str },
}

impl Error {
    pub(crate) fn invalid(field: impl Into<Cow<'static, str>>, problem: &'static str) -> Self {
        Self::Invalid { field: field.into(), problem }
    }

    pub(crate) fn refused(call: &'static str, code: i64, message: &str) -> Self {
        Self::Refused { call, code, message: scrub(message) }
    }

    pub(crate) fn unreadable(call: &'static str, reason: impl Into<String>) -> Self {
        Self::Unreadable { call, reason: reason.into() }
    }

    pub fn kind(&self) -> Kind {
        match self {
            Self::Refused { code, .. } => codes::meaning(*code).map_or(Kind::Unknown, |meaning| meaning.kind),
            Self::Timeout { .. } | Self::Unreachable { .. } | Self::Status { .. } => Kind::Unreachable,
            Self::Unreadable { .. } => Kind::Unreadable,
            Self::Snapshot { .. } => Kind::Snapshot,
            Self::Invalid { .. } => Kind::Argument,
        }
    }

    /// One sentence for whoever holds the phone or sits at the console.
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Refused { code, .. } => codes::meaning(*code).map_or(codes::UNKNOWN, |meaning| meaning.sentence),
            Self::Timeout { .. } => "微信没有及时响应，请稍后再试。",
            Self::Unreachable { .. } => "暂时无法连接微信服务器，请稍后再试。",
            Self::Status { .. } | Self::Unreadable { .. } => "微信服务暂时异常，请稍后再试。",
            Self::Snapshot { .. } => "当前是快照页，无法确认您的身份，请点击右下角“使用完整服务”后再试。",
            Self::Invalid { .. } => "提交的内容不符合微信的要求，请检查后再试。",
        }
    }

    /// A stable code for the log and for counting: `wechat_code_used`, `wechat_99999`, `wechat_timeout`.
    pub fn log_code(&self) -> String {
        match self {
            Self::Refused { code, .. } => match codes::meaning(*code) {
                Some(meaning) => format!("wechat_{}", meaning.name),
                None => format!("wechat_{code}"),
            },
            Self::Timeout { .. } => "wechat_timeout".to_owned(),
            Self::Unreachable { .. } => "wechat_unreachable".to_owned(),
            Self::Status { .. } => "wechat_status".to_owned(),
            Self::Unreadable { .. } => "wechat_unreadable".to_owned(),
            Self::Snapshot { .. } => "wechat_snapshot".to_owned(),
            Self::Invalid { .. } => "wechat_invalid".to_owned(),
        }
    }

    /// WeChat's own number, if it gave one.
    pub fn code(&self) -> Option<i64> {
        if let Self::Refused { code, .. } = self { Some(*code) } else { None }
    }

    /// Worth another try later, by a job for example.
    pub fn passes(&self) -> bool {
        matches!(self.kind(), Kind::Busy | Kind::TooOften | Kind::TokenStale | Kind::Unreachable | Kind::Unreadable)
    }
}

/// WeChat's own words, short, and without anything that could be a token, a secret or an openid.
fn scrub(message: &str) -> String {
    const LONGEST: usize = 200;
    const LONGEST_WORD: usize = 27;
    let word_ends = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '=' | '"' | '\'' | ',' | ':' | ';' | '&');
    let mut clean = String::new();
    for piece in message.split_inclusive(word_ends) {
        // `rid`s have 26 characters; openids 28, secrets 32, tokens more.
        let word = piece.trim_end_matches(word_ends);
        clean.push_str(if word.chars().count() > LONGEST_WORD { "…" } else { word });
        clean.extend(piece[word.len()..].chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    clean.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_could_be_secrets_are_taken_out_of_messages() {
        let text = "invalid credential [0123456789abcdef0123456789abcdef] rid: 12345678-12345678-12345678";
        assert_eq!(scrub(text), "invalid credential […] rid: 12345678-12345678-12345678");
        assert_eq!(scrub("a\r\nb\u{7}"), "a  b");
        assert_eq!(scrub(&"字 ".repeat(300)).chars().count(), 200);
    }

    #[test]
    fn every_error_has_a_sentence_and_a_code() {
        let used = Error::refused("code2Session", 40163, "code been used");
        assert_eq!((used.kind(), used.log_code().as_str()), (Kind::CodeUsed, "wechat_code_used"));
        let unknown = Error::refused("code2Session", 99999, "?");
        assert_eq!((unknown.kind(), unknown.log_code().as_str()), (Kind::Unknown, "wechat_99999"));
        assert_eq!(unknown.sentence(), codes::UNKNOWN);
        assert!(!used.passes() && Error::Timeout { call: "x" }.passes());
    }
}
