//! The workbook clerks download, fill in and send back; and the one they get with the rows that failed.

use super::SheetError;
use super::columns::{Column, Kind};
use super::row::Row;
use super::value::Value;
use super::write::{fitting, is_formula_like};
use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign, FormatBorder, Formula,
    Note, Workbook, Worksheet,
};

pub(super) const INSTRUCTIONS: &str = "填写说明";
pub(super) const REASON: &str = "原因";
const CHOICES: &str = "选项";
/// Rows that get drop-downs and checks.
const PREPARED_ROWS: u32 = 20_000;

/// An empty template: the sheet to fill in, 填写说明 with every column and an example, and hidden lists behind the
/// drop-downs. The examples stand apart from the sheet to fill in, because there they come back as people.
pub fn template(title: &str, columns: &[Column]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = workbook(title, columns)?;
    Ok(workbook.save_to_buffer()?)
}

/// The template again, holding the rows that could not be taken, each with its reason in a last column 原因. It can
/// be corrected and uploaded as it is.
pub fn failed_rows<'a>(
    title: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = (&'a Row, &'a str)>,
) -> Result<Vec<u8>, SheetError> {
    let mut workbook = workbook(title, columns)?;
    let sheet = workbook.worksheet_from_index(0)?;
    let reason_place = columns.len() as u16;
    let wrapped = Format::new().set_text_wrap().set_font_color(Color::RGB(0x00B0_3A2E));
    sheet.set_column_width(reason_place, 60)?;
    sheet.write_string_with_format(0, reason_place, REASON, &header_format(false))?;
    for (number, (row, reason)) in (1..).zip(rows) {
        for (place, column) in (0..).zip(columns) {
            let known = row.columns.iter().position(|c| c.key == column.key).and_then(|at| row.values.get(at));
            write_value(sheet, number, place, known.unwrap_or(&Value::Blank))?;
        }
        sheet.write_string_with_format(number, reason_place, fitting(reason), &wrapped)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_value(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Result<(), SheetError> {
    match value {
        Value::Blank => {}
        Value::Number(number) => drop(sheet.write_number(row, column, *number)?),
        Value::Date(date) => {
            sheet.write_with_format(row, column, date, &date_format())?;
        }
        Value::Text(_) | Value::Wrong { .. } => {
            let text = value.shown();
            let format = if is_formula_like(&text) { text_format().set_quote_prefix() } else { text_format() };
            sheet.write_string_with_format(row, column, fitting(&text), &format)?;
        }
    }
    Ok(())
}

fn workbook(title: &str, columns: &[Column]) -> Result<Workbook, SheetError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(title, 1))?.set_freeze_panes(1, 0)?.set_row_height(0, 24)?;
    for (place, column) in (0..).zip(columns) {
        prepare_column(sheet, place, column)?;
    }
    write_instructions(workbook.add_worksheet(), columns)?;
    write_choices(workbook.add_worksheet(), columns)?;
    Ok(workbook)
}

fn prepare_column(sheet: &mut Worksheet, place: u16, column: &Column) -> Result<(), SheetError> {
    let format = match column.kind {
        Kind::Text => text_format(),
        Kind::Date => date_format(),
        Kind::Number => Format::new(),
    };
    sheet.set_column_width(place, column.width)?.set_column_format(place, &format)?;
    let star = if column.required { " *" } else { "" };
    sheet.write_string_with_format(0, place, format!("{}{star}", column.title), &header_format(column.required))?;
    let note = remark(column);
    if !note.is_empty() {
        let lines = note.chars().count() as u32 / 16 + note.lines().count() as u32;
        let note = Note::new(note).add_author_prefix(false).set_width(220).set_height(20 + lines * 18);
        sheet.insert_note(0, place, &note)?;
    }
    if let Some(check) = validation(place, column)? {
        sheet.add_data_validation(1, place, PREPARED_ROWS, place, &check)?;
    }
    Ok(())
}

/// What Excel itself lets in. Pasting goes around it, so the reader checks again.
fn validation(place: u16, column: &Column) -> Result<Option<DataValidation>, SheetError> {
    let check = DataValidation::new().set_error_style(DataValidationErrorStyle::Stop);
    let (check, message) = if !column.choices.is_empty() {
        let letter = rust_xlsxwriter::column_number_to_name(place);
        let list = format!("'{CHOICES}'!${letter}$1:${letter}${}", column.choices.len());
        (check.allow_list_formula(Formula::new(list)), "请从下拉列表中选择")
    } else {
        match (column.kind, NaiveDate::from_ymd_opt(1900, 1, 1).zip(NaiveDate::from_ymd_opt(2100, 12, 31))) {
            (Kind::Date, Some((first, last))) => {
                (check.allow_date(DataValidationRule::Between(&first, &last)), "请填写日期，例如 2026-01-05")
            }
            (Kind::Number, _) => (check.allow_decimal_number(DataValidationRule::Between(-1e15, 1e15)), "请填写数字"),
            _ => return Ok(None),
        }
    };
    Ok(Some(check.set_error_title("填写有误")?.set_error_message(message)?))
}

fn write_instructions(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), SheetError> {
    sheet.set_name(INSTRUCTIONS)?.set_freeze_panes(1, 0)?;
    let header = header_format(false);
    let wrapped = text_format().set_text_wrap().set_align(FormatAlign::Top);
    for (place, (title, width)) in (0..).zip([("列名", 18.0), ("是否必填", 10.0), ("填写要求", 60.0), ("示例", 28.0)])
    {
        sheet.set_column_width(place, width)?.write_string_with_format(0, place, title, &header)?;
    }
    for (row, column) in (1..).zip(columns) {
        let required = if column.required { "必填" } else { "选填" };
        for (place, text) in (0..).zip([&*column.title, required, &remark(column), &column.example]) {
            sheet.write_string_with_format(row, place, text, &wrapped)?;
        }
    }
    let hints =
        ["第一行是表头，请不要修改；从第二行开始填写，每行一条。", "带 * 的列必填。示例只供参考，不要填在表里。"];
    for (row, hint) in (columns.len() as u32 + 2..).zip(hints) {
        sheet.write_string(row, 0, hint)?;
    }
    Ok(())
}

fn write_choices(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), SheetError> {
    sheet.set_name(CHOICES)?.set_hidden(true);
    for (place, column) in (0..).zip(columns) {
        for (row, choice) in (0..).zip(&column.choices) {
            sheet.write_string(row, place, fitting(choice))?;
        }
    }
    Ok(())
}

/// The note, and what follows from the column's declaration.
fn remark(column: &Column) -> String {
    let kind = match column.kind {
        _ if !column.choices.is_empty() => "从下拉列表中选择。",
        Kind::Date => "日期，例如 2026-01-05。",
        Kind::Number => "数字。",
        Kind::Text => "",
    };
    [&column.note, kind].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

pub(super) fn header_format(required: bool) -> Format {
    let ink = if required { Color::RGB(0x00B0_3A2E) } else { Color::RGB(0x001F_2D3D) };
    Format::new()
        .set_bold()
        .set_font_color(ink)
        .set_background_color(Color::RGB(0x00E8_EEF5))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00C5_D0DC))
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        // The column below may be text; the header is, so that "-" and "=" in titles stay what they are.
        .set_num_format("@")
}

fn text_format() -> Format {
    Format::new().set_num_format("@")
}

fn date_format() -> Format {
    Format::new().set_num_format("yyyy-mm-dd")
}

/// A title as Excel takes it for the nth sheet: 31 characters, none of `[]:*?/\`.
pub(super) fn sheet_name(title: &str, nth: usize) -> String {
    let end = if nth > 1 { format!(" ({nth})") } else { String::new() };
    let allowed = title.chars().filter(|c| !c.is_control() && !"[]:*?/\\'".contains(*c));
    let mut room = 31 - end.len();
    let name: String =
        allowed.take_while(|c| room.checked_sub(c.len_utf16()).map(|left| room = left).is_some()).collect();
    let name = name.trim();
    format!("{}{end}", if name.is_empty() { "数据" } else { name })
}
