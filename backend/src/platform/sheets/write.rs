//! Streams rows into a workbook, so that an export of any length needs little more memory than its compressed size.

use super::SheetError;
use super::columns::{Column, Kind};
use super::template::{header_format, sheet_name};
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::borrow::Cow;

/// One cell to write. Times are what a Chinese wall clock shows: see `types::clock::to_china`.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Blank,
    Text(Cow<'a, str>),
    Number(f64),
    Date(NaiveDate),
    Time(NaiveDateTime),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Blank, Into::into)
    }
}

/// Rows of one sheet in Excel, its header among them.
const ROWS_PER_SHEET: u32 = 1_048_576;
/// Excel refuses longer texts, counted in UTF-16.
const LONGEST_TEXT: usize = 32_767;

pub struct SheetWriter {
    workbook: Workbook,
    title: String,
    columns: Vec<Column>,
    formats: Formats,
    next_row: u32,
    pub(super) rows_per_sheet: u32,
}

struct Formats {
    text: Format,
    /// For text Excel would take for a formula once somebody edits the cell.
    quoted: Format,
    date: Format,
    time: Format,
}

impl SheetWriter {
    /// A workbook under way. Its rows wait in a file that has no name and goes with the process, however that ends: they
    /// hold people's data.
    pub fn create(title: &str, columns: &[Column]) -> Result<Self, SheetError> {
        let mut workbook = Workbook::new();
        // A sixth larger than the usual level 6, and a fifth faster.
        workbook.set_zip_compression_level(3);
        let formats = Formats {
            text: Format::new().set_num_format("@"),
            quoted: Format::new().set_num_format("@").set_quote_prefix(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        };
        let mut writer = Self {
            workbook,
            title: title.to_owned(),
            columns: columns.to_vec(),
            formats,
            next_row: 0,
            rows_per_sheet: ROWS_PER_SHEET,
        };
        writer.begin_sheet()?;
        Ok(writer)
    }

    /// Writes a row, cells in the order of the columns. Text stays text, whatever it begins with.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<&mut Self, SheetError> {
        if self.next_row >= self.rows_per_sheet {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        let row = self.next_row;
        let last = self.workbook.worksheets().len() - 1;
        let sheet = self.workbook.worksheet_from_index(last)?;
        for ((place, column), cell) in (0..).zip(&self.columns).zip(cells) {
            write_cell(sheet, (row, place), cell, column, &self.formats)?;
        }
        self.next_row += 1;
        Ok(self)
    }

    /// Puts the workbook together.
    pub fn finish(mut self) -> Result<Vec<u8>, SheetError> {
        self.end_sheet()?;
        Ok(self.workbook.save_to_buffer()?)
    }

    fn begin_sheet(&mut self) -> Result<(), SheetError> {
        let name = sheet_name(&self.title, self.workbook.worksheets().len() + 1);
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        let header = header_format(false);
        for (place, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(place, column.width)?;
            match column.kind {
                Kind::Text => drop(sheet.set_column_format(place, &self.formats.text)?),
                Kind::Date => drop(sheet.set_column_format(place, &self.formats.date)?),
                Kind::Number => {}
            }
        }
        for (place, column) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, place, &*column.title, &header)?;
        }
        self.next_row = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), SheetError> {
        let last = self.workbook.worksheets().len() - 1;
        let rows = self.next_row - 1;
        if let (Some(columns), 1..) = (self.columns.len().checked_sub(1), rows) {
            self.workbook.worksheet_from_index(last)?.autofilter(0, 0, rows, columns as u16)?;
        }
        Ok(())
    }
}

/// A cell that has its column's format is written without one: looking a format up takes longer than all the rest.
fn write_cell(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &Cell<'_>,
    column: &Column,
    formats: &Formats,
) -> Result<(), SheetError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            let text = fitting(text);
            match column.kind {
                _ if is_formula_like(text) => sheet.write_string_with_format(row, place, text, &formats.quoted)?,
                Kind::Text => sheet.write_string(row, place, text)?,
                _ => sheet.write_string_with_format(row, place, text, &formats.text)?,
            };
        }
        // Excel has no such numbers.
        Cell::Number(number) if !number.is_finite() => {}
        Cell::Number(number) => drop(sheet.write_number(row, place, *number)?),
        Cell::Date(date) if column.kind == Kind::Date => drop(sheet.write(row, place, date)?),
        Cell::Date(date) => drop(sheet.write_with_format(row, place, date, &formats.date)?),
        Cell::Time(time) => drop(sheet.write_with_format(row, place, time, &formats.time)?),
    }
    Ok(())
}

pub(super) fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// As much of a text as a cell takes.
pub(super) fn fitting(text: &str) -> &str {
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    let mut units = 0;
    let cut = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST_TEXT
    });
    cut.map_or(text, |(at, _)| &text[..at])
}
