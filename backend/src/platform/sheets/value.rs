//! One cell, as its column understands it.

use super::columns::{Column, Kind};
use super::dates;
use crate::platform::types::{Problem, folded};
use calamine::DataRef;
use chrono::NaiveDate;

/// What a cell holds. It has no `Debug`: rows are people.
#[derive(Clone, PartialEq)]
pub(super) enum Value {
    Blank,
    Text(String),
    Number(f64),
    Date(NaiveDate),
    /// Not what the column wants; `shown` is what the clerk sees in the cell.
    Wrong {
        shown: String,
        problem: Problem,
    },
}

const DIGITS_LOST: &str = "单元格是数字格式，第 15 位以后的数字已被 Excel 改成 0，请先把该列设为“文本”格式再重新填写";

impl Value {
    pub(super) fn read(data: &DataRef<'_>, column: &Column, is_1904: bool) -> Self {
        let value = match data {
            DataRef::Empty => Ok(Self::Blank),
            DataRef::String(text) => Self::from_text(text, column),
            DataRef::SharedString(text) => Self::from_text(text, column),
            DataRef::DateTimeIso(text) => Self::from_text(text, column),
            DataRef::Int(number) => Self::from_number(*number as f64, column, is_1904),
            DataRef::Float(number) => Self::from_number(*number, column, is_1904),
            DataRef::DateTime(time) if !time.is_duration() => Self::from_serial(time.as_f64(), column, is_1904),
            DataRef::DateTime(time) => Self::from_number(time.as_f64(), column, is_1904),
            DataRef::Bool(truth) => Self::from_text(if *truth { "是" } else { "否" }, column),
            DataRef::DurationIso(text) => Self::from_text(text, column),
            DataRef::Error(_) => Err("单元格中的公式出错，请改为直接填写内容".into()),
        };
        value.unwrap_or_else(|problem| Self::Wrong { shown: shown(data), problem })
    }

    fn from_text(text: &str, column: &Column) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::Blank);
        }
        match column.kind {
            Kind::Date => dates::from_text(text).map(Self::Date),
            Kind::Number => number_in(text).map(Self::Number),
            Kind::Text if is_lost_number(text) => Err(DIGITS_LOST.into()),
            Kind::Text => chosen(text, column).map(Self::Text),
        }
    }

    fn from_number(number: f64, column: &Column, is_1904: bool) -> Result<Self, Problem> {
        match column.kind {
            Kind::Date => dates::from_number(number, is_1904).map(Self::Date),
            Kind::Number if number.is_finite() => Ok(Self::Number(number)),
            Kind::Number => Err("应为数字".into()),
            Kind::Text if number.abs() >= 1e15 => Err(DIGITS_LOST.into()),
            Kind::Text => chosen(&number_text(number), column).map(Self::Text),
        }
    }

    fn from_serial(serial: f64, column: &Column, is_1904: bool) -> Result<Self, Problem> {
        match column.kind {
            Kind::Date => dates::from_serial(serial, is_1904).map(Self::Date),
            Kind::Number => Err("应为数字，现在是日期".into()),
            Kind::Text => chosen(&dates::from_serial(serial, is_1904)?.to_string(), column).map(Self::Text),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// As the clerk sees it, for the value types to parse and for the file of failed rows.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::Date(date) => date.to_string(),
            Self::Wrong { shown, .. } => shown.clone(),
        }
    }
}

/// The column's choice that a text means, spaces and width aside; any text where there are no choices.
fn chosen(text: &str, column: &Column) -> Result<String, Problem> {
    if column.choices.is_empty() {
        return Ok(text.to_owned());
    }
    let plain = |text: &str| folded(text).split_whitespace().collect::<String>();
    let wanted = plain(text);
    let choice = column.choices.iter().find(|choice| plain(choice) == wanted);
    choice.cloned().ok_or_else(|| {
        let some: Vec<&str> = column.choices.iter().take(6).map(String::as_str).collect();
        let more = if column.choices.len() > some.len() { "等，请从下拉列表中选择" } else { "" };
        format!("应为：{}{more}", some.join("、")).into()
    })
}

fn number_in(text: &str) -> Result<f64, Problem> {
    let plain: String = folded(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '￥' | '¥')).collect();
    // Rust would also read "inf" and "nan".
    let digits = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    plain.parse().ok().filter(|number: &f64| digits && number.is_finite()).ok_or_else(|| "应为数字".into())
}

/// `4.40703E+17`: what Excel makes of a long number before it is stored as text.
fn is_lost_number(text: &str) -> bool {
    text.contains("E+") && text.parse::<f64>().is_ok_and(|number| number.abs() >= 1e11)
}

/// Excel keeps fifteen digits: what lies behind them is the computer's noise, not the clerk's typing.
fn number_text(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

fn shown(data: &DataRef<'_>) -> String {
    match data {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::DateTime(time) => {
            dates::from_serial(time.as_f64(), false).map_or_else(|_| number_text(time.as_f64()), |day| day.to_string())
        }
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(data: DataRef<'_>, column: &Column) -> String {
        match Value::read(&data, column, false) {
            Value::Wrong { problem, .. } => format!("!{problem}"),
            value => value.shown(),
        }
    }

    #[test]
    fn numbers_in_text_columns_keep_their_digits_or_say_that_they_lost_them() {
        let column = Column::text("mobile", "手机号码");
        assert_eq!(text(DataRef::Float(13_800_138_000.0), &column), "13800138000");
        assert_eq!(text(DataRef::Float(0.1 + 0.2), &column), "0.3");
        assert!(text(DataRef::Float(110_105_194_912_310_020.0), &column).contains("第 15 位"));
        assert!(text(DataRef::SharedString("1.10105E+17"), &column).contains("第 15 位"));
        assert_eq!(text(DataRef::SharedString("  1E+1 "), &column), "1E+1");
    }

    #[test]
    fn numbers_are_read_with_their_ornaments() {
        let column = Column::number("price", "单价");
        for typed in ["1234.5", "1,234.50", "￥1，234.5", "１２３４．５"] {
            assert_eq!(text(DataRef::SharedString(typed), &column), "1234.5", "{typed}");
        }
        for typed in ["inf", "NaN", "一百", "1e999", "--1"] {
            assert!(text(DataRef::SharedString(typed), &column).contains("应为数字"), "{typed}");
        }
    }

    #[test]
    fn choices_are_exact_but_for_spaces() {
        let column = Column::text("kind", "人员类型").choices(["建筑工人", "管理人员"]);
        assert_eq!(text(DataRef::SharedString(" 建筑 工人"), &column), "建筑工人");
        assert_eq!(text(DataRef::SharedString("工人"), &column), "!应为：建筑工人、管理人员");
    }
}
