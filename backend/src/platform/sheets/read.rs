//! Reads an uploaded workbook.

use super::columns::Column;
use super::guard::{self, Archive, Limits};
use super::layout::{self, Layout};
use super::row::Row;
use super::template::{INSTRUCTIONS, REASON};
use super::value::Value;
use crate::platform::types::Problem;
use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx};
use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The rows of the first sheet that has the header.
pub struct Sheet {
    pub name: String,
    /// The rows that hold anything, in their order.
    pub rows: Vec<Row>,
    /// What the clerk should know before going on: hidden rows, columns nobody knows, merged cells.
    pub notices: Vec<String>,
}

/// Above the header people put titles and remarks.
const ROWS_ABOVE_HEADER: usize = 20;

pub(super) fn damaged() -> Problem {
    "文件已损坏，请用 Excel 重新打开并保存后再上传".into()
}

/// Reads what a clerk filled in. Formulas give the value Excel saved with them and are never evaluated.
pub fn read(bytes: &[u8], columns: &[Column], limits: &Limits) -> Result<Sheet, Problem> {
    let mut archive = guard::open(bytes, limits)?;
    // The parser is made for honest files; a forged one may make it panic, which is one more kind of damage.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        read_workbook(&mut workbook, &mut archive, columns, limits)
    }));
    outcome.unwrap_or_else(|_| Err(damaged()))
}

fn read_workbook(
    workbook: &mut Workbook<'_>,
    archive: &mut Archive<'_>,
    columns: &[Column],
    limits: &Limits,
) -> Result<Sheet, Problem> {
    let is_1904 = workbook.has_1904_epoch();
    let sheets = workbook.sheets_metadata().to_vec();
    for (nth, sheet) in sheets.into_iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet || sheet.visible != SheetVisible::Visible || sheet.name == INSTRUCTIONS {
            continue;
        }
        let mut scan = Scan { columns: columns.into(), is_1904, limits, header: None, rows: Vec::new(), above: 0 };
        scan.sheet(workbook, &sheet.name)?;
        if scan.header.is_some() {
            return scan.finish(sheet.name, &layout::of_sheet(archive, nth));
        }
    }
    let titles: Vec<&str> = columns.iter().filter(|c| c.required).map(|c| &*c.title).collect();
    Err(format!("没有找到表头，请使用下载的模板填写；表头应有：{}", titles.join("、")).into())
}

/// Where each column is on the sheet, and what else the header says.
struct Header {
    row: u32,
    places: HashMap<u32, usize>,
    unknown: Vec<String>,
}

struct Scan<'a> {
    columns: Arc<[Column]>,
    is_1904: bool,
    limits: &'a Limits,
    header: Option<Header>,
    rows: Vec<Row>,
    above: usize,
}

impl Scan<'_> {
    fn sheet(&mut self, workbook: &mut Workbook<'_>, name: &str) -> Result<(), Problem> {
        let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| damaged())?;
        let mut row = Vec::new();
        let mut current = 0;
        while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
            let (number, column) = cell.get_position();
            if number != current {
                self.row(current, &row)?;
                row.clear();
                current = number;
                if self.header.is_none() && self.above >= ROWS_ABOVE_HEADER {
                    return Ok(());
                }
            }
            if *cell.get_value() != DataRef::Empty {
                row.push((column, cell.get_value().clone()));
            }
        }
        self.row(current, &row)
    }

    fn row(&mut self, number: u32, cells: &[(u32, DataRef<'_>)]) -> Result<(), Problem> {
        if cells.is_empty() {
            return Ok(());
        }
        let Some(header) = &self.header else {
            self.above += 1;
            self.header = header(number, cells, &self.columns)?;
            return Ok(());
        };
        let mut values = vec![Value::Blank; self.columns.len()];
        for (column, data) in cells {
            if let Some(place) = header.places.get(column) {
                values[*place] = Value::read(data, &self.columns[*place], self.is_1904);
            }
        }
        if values.iter().all(Value::is_blank) {
            return Ok(());
        }
        if self.rows.len() >= self.limits.rows {
            return Err(format!("最多 {} 行，请分成几个文件上传", self.limits.rows).into());
        }
        self.rows.push(Row { number: number + 1, hidden: false, columns: self.columns.clone(), values });
        Ok(())
    }

    fn finish(mut self, name: String, layout: &Layout) -> Result<Sheet, Problem> {
        let Some(header) = self.header.take() else { return Err(damaged()) };
        self.rows.sort_by_key(|row| row.number);
        let mut notices = Vec::new();
        let filled = self.fill_merged(&header, layout)?;
        if filled > 0 {
            notices.push(format!("{filled} 个合并单元格已按合并区域最上面的内容补齐，请核对"));
        }
        for row in &mut self.rows {
            row.hidden = layout.hidden_rows.contains(&(row.number - 1));
        }
        let hidden = self.rows.iter().filter(|row| row.hidden).count();
        if hidden > 0 {
            notices.push(format!("有 {hidden} 行是隐藏的或被筛选掉的，也会一起处理"));
        }
        let mut hidden: Vec<_> = header.places.iter().filter(|(column, _)| layout.is_column_hidden(**column)).collect();
        hidden.sort();
        for (_, place) in hidden {
            notices.push(format!("列“{}”是隐藏的，其中的内容也会读取", self.columns[*place].title));
        }
        if !header.unknown.is_empty() {
            notices.push(format!("这些列不在模板中，已忽略：{}", header.unknown.join("、")));
        }
        Ok(Sheet { name, rows: self.rows, notices })
    }

    /// Repeats the top cell of a merged area downwards, into rows that hold something else: a crew's name beside
    /// its people. Wide areas fill their leftmost column only, for a name is not also an ID number.
    fn fill_merged(&mut self, header: &Header, layout: &Layout) -> Result<usize, Problem> {
        let mut filled = 0;
        // Areas cannot overlap in an honest file, so together they cover no more cells than there are.
        let mut left = self.rows.len() * (self.columns.len() + 1);
        for (first, last, column) in &layout.tall_merges {
            let Some(place) = header.places.get(column).copied().filter(|_| *first > header.row) else { continue };
            let from = self.rows.partition_point(|row| row.number - 1 < *first);
            let to = self.rows.partition_point(|row| row.number - 1 <= *last);
            left = left.checked_sub(to - from).ok_or_else(damaged)?;
            let Some((top, below)) = self.rows[from..to].split_first_mut() else { continue };
            if top.number - 1 != *first || top.values[place].is_blank() {
                continue;
            }
            for row in below.iter_mut().filter(|row| row.values[place].is_blank()) {
                row.values[place] = top.values[place].clone();
                filled += 1;
            }
        }
        Ok(filled)
    }
}

/// Is this row the header? It is when it names at least two of the columns; then it must name all required ones.
fn header(row: u32, cells: &[(u32, DataRef<'_>)], columns: &[Column]) -> Result<Option<Header>, Problem> {
    let mut places = HashMap::new();
    let mut unknown = Vec::new();
    let mut twice = None;
    for (column, data) in cells {
        let title = Data::from(data.clone()).to_string();
        match columns.iter().position(|column| column.is_titled(&title)) {
            Some(place) if places.values().any(|known| *known == place) => twice = twice.or(Some(place)),
            Some(place) => drop(places.insert(*column, place)),
            None if title.trim().is_empty() || title.trim() == REASON => {}
            None => unknown.push(title.trim().chars().take(20).collect()),
        }
    }
    if places.len() < columns.len().min(2) {
        return Ok(None);
    }
    if let Some(place) = twice {
        return Err(format!("表头中“{}”出现了两次，请删除多余的一列", columns[place].title).into());
    }
    let missing = columns.iter().enumerate().filter(|(place, c)| c.required && !places.values().any(|p| p == place));
    let missing: Vec<&str> = missing.map(|(_, column)| &*column.title).collect();
    if !missing.is_empty() {
        return Err(format!("表头缺少列：{}，请使用下载的模板", missing.join("、")).into());
    }
    Ok(Some(Header { row, places, unknown }))
}
