//! What the cell reader does not tell about a sheet: hidden rows and columns, merged cells.

use super::guard::Archive;
use super::tags::{attribute, each_tag};
use quick_xml::events::BytesStart;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// Rows and columns count from zero here.
#[derive(Default)]
pub(super) struct Layout {
    pub hidden_rows: HashSet<u32>,
    pub hidden_columns: Vec<(u32, u32)>,
    /// Areas of at least two rows: first row, last row, leftmost column.
    pub tall_merges: Vec<(u32, u32, u32)>,
}

/// More merges than a hand makes are left alone.
const MOST_MERGES: usize = 20_000;
const MOST_HIDDEN: usize = 100_000;

/// The layout of the nth sheet of the workbook. What cannot be read is taken as absent: the cells decide.
pub(super) fn of_sheet(archive: &mut Archive<'_>, nth: usize) -> Layout {
    let mut layout = Layout::default();
    if let Some(path) = sheet_path(archive, nth) {
        each_tag(archive, &path, |tag| {
            layout.note(tag);
            ControlFlow::Continue(())
        });
    }
    layout
}

impl Layout {
    fn note(&mut self, tag: &BytesStart<'_>) -> Option<()> {
        match tag.local_name().as_ref() {
            "row" if is_hidden(tag) && self.hidden_rows.len() < MOST_HIDDEN => {
                let row: u32 = attribute(tag, "r")?.parse().ok()?;
                self.hidden_rows.insert(row.checked_sub(1)?);
            }
            "col" if is_hidden(tag) => {
                let column = |name| attribute(tag, name)?.parse::<u32>().ok()?.checked_sub(1);
                self.hidden_columns.push((column("min")?, column("max")?));
            }
            "mergeCell" if self.tall_merges.len() < MOST_MERGES => {
                let area = attribute(tag, "ref")?;
                let (from, to) = area.split_once(':')?;
                let ((first, column), (last, _)) = (position(from)?, position(to)?);
                if last > first {
                    self.tall_merges.push((first, last, column));
                }
            }
            _ => {}
        }
        Some(())
    }

    pub fn is_column_hidden(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// Sheets are named in the workbook and found by its relationships.
fn sheet_path(archive: &mut Archive<'_>, nth: usize) -> Option<String> {
    let mut targets = HashMap::new();
    each_tag(archive, "xl/_rels/workbook.xml.rels", |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            targets.insert(id, target);
        }
        ControlFlow::Continue(())
    });
    let mut sheets = Vec::new();
    each_tag(archive, "xl/workbook.xml", |tag| {
        if tag.local_name().as_ref() == "sheet" {
            sheets.push(attribute(tag, "id"));
        }
        ControlFlow::Continue(())
    });
    let target = targets.get(sheets.get(nth)?.as_ref()?)?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true")
}

/// `B3` as row and column.
fn position(cell: &str) -> Option<(u32, u32)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = cell.split_at(digits);
    let column = letters.bytes().try_fold(0u32, |column, letter| {
        let place = letter.to_ascii_uppercase().checked_sub(b'A').filter(|place| *place < 26)?;
        column.checked_mul(26)?.checked_add(u32::from(place) + 1)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_read_as_excel_counts() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("AA10"), Some((9, 26)));
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "1", "A", "A0", "AAAAAAAAAAAA1", "é1"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }
}
