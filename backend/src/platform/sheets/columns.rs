//! What a sheet is made of, declared once for template, import and export.

use crate::platform::types::folded;
use std::borrow::Cow;

/// What a column holds. Numbers people must not calculate with (ID numbers, telephones) are `Text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Date,
    Number,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub key: &'static str,
    pub title: Cow<'static, str>,
    pub kind: Kind,
    /// In characters of half width.
    pub width: f64,
    pub required: bool,
    /// How to fill it in: a comment on the header and a line of 填写说明.
    pub note: Cow<'static, str>,
    pub example: Cow<'static, str>,
    /// The only texts allowed, as a drop-down; empty for free text.
    pub choices: Vec<String>,
}

impl Column {
    pub fn text(key: &'static str, title: impl Into<Cow<'static, str>>) -> Self {
        Self::new(key, title.into(), Kind::Text)
    }

    pub fn date(key: &'static str, title: impl Into<Cow<'static, str>>) -> Self {
        Self { example: "2026-01-05".into(), ..Self::new(key, title.into(), Kind::Date) }
    }

    pub fn number(key: &'static str, title: impl Into<Cow<'static, str>>) -> Self {
        Self::new(key, title.into(), Kind::Number)
    }

    fn new(key: &'static str, title: Cow<'static, str>, kind: Kind) -> Self {
        // A Chinese character is two wide; two more for the star of a required column and the filter button.
        let width = (title.chars().count() * 2 + 4).max(12) as f64;
        let empty = Cow::Borrowed("");
        Self { key, title, kind, width, required: false, note: empty.clone(), example: empty, choices: Vec::new() }
    }

    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub fn width(self, width: f64) -> Self {
        Self { width, ..self }
    }

    pub fn note(self, note: impl Into<Cow<'static, str>>) -> Self {
        Self { note: note.into(), ..self }
    }

    pub fn example(self, example: impl Into<Cow<'static, str>>) -> Self {
        Self { example: example.into(), ..self }
    }

    pub fn choices<S: Into<String>>(self, choices: impl IntoIterator<Item = S>) -> Self {
        Self { choices: choices.into_iter().map(Into::into).collect(), ..self }
    }

    /// Does a header cell name this column, whatever happened to its spaces and its star?
    pub(super) fn is_titled(&self, header: &str) -> bool {
        plain_title(header) == plain_title(&self.title)
    }
}

/// A header without what people and templates put around it: stars, spaces, line breaks, （必填）.
fn plain_title(header: &str) -> String {
    let plain: String = folded(header).chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    plain.trim_end_matches("(必填)").trim_end_matches("(选填)").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_recognised_in_the_shapes_clerks_give_them() {
        let column = Column::text("id_number", "身份证号码");
        for header in ["身份证号码", "身份证号码 *", "＊身份证\n号码", "身份证号码（必填）", " 身份证　号码"]
        {
            assert!(column.is_titled(header), "{header}");
        }
        assert!(!column.is_titled("身份证"));
    }
}
