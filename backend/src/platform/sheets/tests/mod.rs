//! Whole workbooks, written and read back.
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

mod hostile;
mod reading;
mod writing;

use super::*;
use crate::platform::types::Problem;
use rust_xlsxwriter::{Workbook, Worksheet};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn columns() -> Vec<Column> {
    vec![
        Column::text("name", "姓名").required().example("王建国"),
        Column::text("id_number", "身份证号码").required().note("18 位").width(22.0),
        Column::text("crew", "班组"),
        Column::date("entry_date", "进场日期"),
        Column::number("price", "单价"),
        Column::text("kind", "人员类型").choices(["建筑工人", "管理人员"]),
    ]
}

/// A workbook somebody made by hand.
fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

fn with_header(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    workbook(|sheet| {
        sheet.write_row(0, 0, ["姓名", "身份证号码", "班组", "进场日期", "单价", "人员类型"]).unwrap();
        fill(sheet);
    })
}

/// A workbook forged part by part; the sheet's XML is the caller's.
fn forged(sheet: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let links = format!(
        r#"<Relationships><Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let root = format!(
        r#"<Relationships><Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{MAIN}">{sheet}</worksheet>"#);
    let parts = [
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    zipped(parts.iter().chain(more))
}

fn zipped<'a>(parts: impl IntoIterator<Item = &'a (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cells(row: u32, texts: &[(&str, &str)]) -> String {
    let cell =
        |(column, text): &(&str, &str)| format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    format!(r#"<row r="{row}">{}</row>"#, texts.iter().map(cell).collect::<String>())
}

fn read_all(bytes: &[u8]) -> Sheet {
    match read(bytes, &columns(), &Limits::default()) {
        Ok(sheet) => sheet,
        Err(problem) => panic!("{problem}"),
    }
}

fn refusal(bytes: &[u8]) -> String {
    refusal_within(bytes, &Limits::default())
}

fn refusal_within(bytes: &[u8], limits: &Limits) -> String {
    read(bytes, &columns(), limits).err().map(|problem: Problem| problem.to_string()).unwrap_or_default()
}
