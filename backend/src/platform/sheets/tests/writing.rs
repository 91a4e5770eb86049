use super::*;
use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use std::{collections::HashSet, path::PathBuf};

fn export(rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut writer = SheetWriter::create("花名册", &columns()).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

#[test]
fn what_looks_like_a_formula_stays_text() {
    let bytes = export(&[vec!["=1+1".into(), "+cmd|' /C calc'!A0".into(), "-1".into(), "@SUM(A1)".into()]]);
    let mut book = open(&bytes);
    assert!(book.worksheet_formula("花名册").unwrap().is_empty());
    let range = book.worksheet_range("花名册").unwrap();
    assert_eq!(range.get_value((1, 0)), Some(&Data::String("=1+1".to_owned())));
    assert_eq!(range.get_value((1, 1)), Some(&Data::String("+cmd|' /C calc'!A0".to_owned())));
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let styles = std::io::read_to_string(archive.by_name("xl/styles.xml").unwrap()).unwrap();
    assert!(styles.contains("quotePrefix=\"1\""), "so that editing the cell does not run it either");
}

#[test]
fn a_long_export_goes_on_on_another_sheet() {
    let mut writer = SheetWriter::create("考勤/明细", &columns()).unwrap();
    writer.rows_per_sheet = 4;
    for number in 0..7 {
        writer.row(&[Cell::Text(format!("第{number}个").into())]).unwrap();
    }
    let bytes = writer.finish().unwrap();
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["考勤明细", "考勤明细 (2)", "考勤明细 (3)"]);
    let third = book.worksheet_range("考勤明细 (3)").unwrap();
    assert_eq!(third.get_value((0, 0)), Some(&Data::String("姓名".to_owned())));
    assert_eq!(third.get_value((1, 0)), Some(&Data::String("第6个".to_owned())));
}

#[test]
fn an_empty_export_and_impossible_values_are_still_a_workbook() {
    assert_eq!(read_all(&export(&[])).rows.len(), 0);
    let long = "𠮷".repeat(40_000);
    let bytes = export(&[vec![long.as_str().into(), Cell::Blank, Cell::Blank, Cell::Blank, f64::NAN.into()]]);
    let sheet = read_all(&bytes);
    assert_eq!(sheet.rows[0].shown("name").chars().count(), 16_383);
    assert_eq!(sheet.rows[0].shown("price"), "");
}

#[test]
fn times_are_shown_as_times() {
    let time = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap().and_hms_opt(7, 58, 30).unwrap();
    let bytes = export(&[vec![Cell::Blank, Cell::Blank, Cell::Blank, Cell::Time(time)]]);
    let range = open(&bytes).worksheet_range("花名册").unwrap();
    let Some(Data::DateTime(cell)) = range.get_value((1, 3)) else { panic!("not a time") };
    assert_eq!(cell.to_ymd_hms_milli(), (2026, 1, 5, 7, 58, 30, 0));
}

#[test]
fn the_template_is_read_back_empty_with_its_aids() {
    let bytes = template("人员进场", &columns()).unwrap();
    let sheet = read_all(&bytes);
    assert_eq!((sheet.name.as_str(), sheet.rows.len()), ("人员进场", 0));
    assert!(sheet.notices.is_empty(), "{:?}", sheet.notices);
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let first = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(first.contains("type=\"list\"") && first.contains("'选项'!$F$1:$F$2"), "{first}");
    assert!(first.contains("type=\"date\"") && first.contains("state=\"frozen\""), "{first}");
    let notes = std::io::read_to_string(archive.by_name("xl/comments1.xml").unwrap()).unwrap();
    assert!(notes.contains("18 位"));
    let book = open(&bytes);
    let names: Vec<_> = book.sheets_metadata().iter().map(|s| (s.name.as_str(), s.visible)).collect();
    use calamine::SheetVisible::{Hidden, Visible};
    assert_eq!(names, [("人员进场", Visible), ("填写说明", Visible), ("选项", Hidden)]);
}

#[test]
fn the_failed_rows_come_back_as_they_were_with_their_reason() {
    let bytes = with_header(|sheet| {
        sheet.write_row(1, 0, ["王强", "123", "=HYPERLINK(\"x\")", "昨天", "很多", "建筑工人"]).unwrap();
        sheet.write_row(2, 0, ["李四", "456", "", "2026/1/5", "350.5", ""]).unwrap();
    });
    let first = read_all(&bytes);
    let reasons = ["身份证号码：应为 18 位", "=1+1"];
    let failed = failed_rows("失败", &columns(), first.rows.iter().zip(reasons)).unwrap();
    let range = open(&failed).worksheet_range("失败").unwrap();
    assert_eq!(range.get_value((0, 6)), Some(&Data::String("原因".to_owned())));
    assert_eq!(range.get_value((2, 6)), Some(&Data::String("=1+1".to_owned())));
    let again = read_all(&failed);
    for (one, other) in first.rows.iter().zip(&again.rows) {
        for column in columns() {
            assert_eq!(one.shown(column.key), other.shown(column.key), "{}", column.key);
        }
    }
    assert_eq!(again.rows.len(), 2);
    assert!(again.notices.is_empty(), "原因 is nobody's surprise: {:?}", again.notices);
}

fn any_row() -> impl Strategy<Value = (String, String, Option<NaiveDate>, Option<f64>)> {
    let day = (1i64..73_000).prop_map(|days| NaiveDate::from_ymd_opt(1900, 3, 1).unwrap() + TimeDelta::days(days));
    let number = prop_oneof![(-999_999_999i64..999_999_999).prop_map(|cents| cents as f64 / 100.0), -1e9..1e9f64];
    let odd = prop_oneof![
        Just("_x0041_"),
        Just("a_x000D_b"),
        Just("<&>\"'"),
        Just("=1"),
        Just("𠮷·•"),
        Just("]]>"),
        Just("1E+5")
    ];
    let text = prop_oneof!["\\PC{1,30}", "[\\PC\n\t]{1,30}", odd.prop_map(str::to_owned)];
    (text.clone(), text, proptest::option::of(day), proptest::option::of(number))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_written_are_the_rows_read(rows in proptest::collection::vec(any_row(), 1..12)) {
        let written: Vec<Vec<Cell<'_>>> = rows.iter().map(|(name, id, day, number)| {
            vec![name.as_str().into(), id.as_str().into(), Cell::Blank, (*day).into(), (*number).into()]
        }).collect();
        let sheet = read_all(&export(&written));
        let mut read = sheet.rows.iter();
        for (name, id, day, number) in &rows {
            if name.trim().is_empty() && id.trim().is_empty() && day.is_none() && number.is_none() {
                continue;
            }
            let row = read.next().unwrap();
            prop_assert_eq!(row.shown("name"), name.trim());
            prop_assert_eq!(row.shown("id_number"), id.trim());
            let mut fields = row.fields();
            prop_assert_eq!(fields.date("entry_date"), *day);
            prop_assert_eq!(fields.number("price"), *number);
        }
        prop_assert!(read.next().is_none());
    }
}

/// Rows hold people's data: where they wait, nobody can open them, and nothing stays behind when the process is killed.
#[cfg(target_os = "linux")]
#[test]
fn rows_under_way_lie_in_a_file_without_a_name() {
    let in_temporary_folder = || -> HashSet<PathBuf> {
        let open = std::fs::read_dir("/proc/self/fd").unwrap().flatten();
        let paths = open.filter_map(|file| std::fs::read_link(file.path()).ok());
        paths.filter(|path| path.starts_with(std::env::temp_dir())).collect()
    };
    let before = in_temporary_folder();
    let mut writer = SheetWriter::create("花名册", &columns()).unwrap();
    writer.row(&["王建国".into()]).unwrap();
    let waiting: Vec<PathBuf> = in_temporary_folder().difference(&before).cloned().collect();
    assert!(!waiting.is_empty());
    assert!(waiting.iter().all(|path| path.to_string_lossy().ends_with("(deleted)")), "{waiting:?}");
    assert!(!writer.finish().unwrap().is_empty());
}
