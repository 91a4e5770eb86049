use super::*;
use crate::platform::types::{IdNumber, PersonName};
use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula};

const ID: &str = "11010519491231002X";

#[test]
fn a_filled_in_row_comes_apart_into_values() {
    let bytes = with_header(|sheet| {
        sheet.write_row(1, 0, ["王 强", "11010519491231002x", "木工一班"]).unwrap();
        sheet
            .write_with_format(
                1,
                3,
                &NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(),
                &Format::new().set_num_format("yyyy/m/d"),
            )
            .unwrap();
        sheet.write(1, 4, 350.5).unwrap().write(1, 5, "建筑工人").unwrap();
    });
    let sheet = read_all(&bytes);
    assert_eq!((sheet.rows.len(), sheet.rows[0].number), (1, 2));
    assert!(sheet.notices.is_empty(), "{:?}", sheet.notices);
    let mut fields = sheet.rows[0].fields();
    assert_eq!(fields.get::<PersonName>("name").unwrap().expose(), "王强");
    assert_eq!(fields.get::<IdNumber>("id_number").unwrap().expose(), ID);
    assert_eq!(fields.text("crew").unwrap(), "木工一班");
    assert_eq!(fields.date("entry_date").unwrap().to_string(), "2026-01-05");
    assert_eq!(fields.number("price"), Some(350.5));
    assert_eq!(fields.reason(), None);
}

#[test]
fn everything_wrong_with_a_row_is_told_at_once() {
    let bytes = with_header(|sheet| {
        sheet.write(1, 1, 110_105_194_912_310_020_i64 as f64).unwrap();
        sheet.write_row(1, 3, ["昨天", "很多", "工人"]).unwrap();
    });
    let sheet = read_all(&bytes);
    let mut fields = sheet.rows[0].fields();
    assert!(fields.get::<PersonName>("name").is_none() && fields.get::<IdNumber>("id_number").is_none());
    assert!(fields.date("entry_date").is_none() && fields.integer("price").is_none() && fields.text("kind").is_none());
    assert_eq!(fields.text("crew"), None, "a blank optional cell is no problem");
    fields.refuse("crew", "班组不在场");
    let reason = fields.reason().unwrap();
    let expected = [
        "姓名：不能为空",
        "身份证号码：单元格是数字格式",
        "进场日期：日期不正确",
        "单价：应为数字",
        "人员类型：应为：建筑工人、管理人员",
        "班组：班组不在场",
    ];
    for part in expected {
        assert!(reason.contains(part), "{part} is not in {reason}");
    }
}

#[test]
fn columns_come_in_any_order_below_any_title_on_any_sheet() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "封面").unwrap();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 4, "花名册", &Format::new()).unwrap();
    sheet.write_row(2, 1, ["备注", "身份证 号码*", "姓名（必填）", "原因"]).unwrap();
    sheet.write_row(5, 1, ["x", ID, "王强", "旧的原因"]).unwrap();
    sheet.write_row(9, 1, ["", "  ", "　", ""]).unwrap();
    let sheet = read_all(&book.save_to_buffer().unwrap());
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(
        (sheet.rows[0].number, sheet.rows[0].shown("name").as_str(), sheet.rows[0].shown("id_number").as_str()),
        (6, "王强", ID)
    );
    assert_eq!(sheet.rows[0].shown("crew"), "");
    assert_eq!(sheet.notices, ["这些列不在模板中，已忽略：备注"]);
}

#[test]
fn missing_and_doubled_columns_are_named() {
    let missing = workbook(|sheet| {
        sheet.write_row(0, 0, ["姓名", "班组"]).unwrap();
    });
    assert_eq!(refusal(&missing), "表头缺少列：身份证号码，请使用下载的模板");
    let doubled = workbook(|sheet| {
        sheet.write_row(0, 0, ["姓名", "身份证号码", "姓名*"]).unwrap();
    });
    assert!(refusal(&doubled).contains("“姓名”出现了两次"));
    let nothing = workbook(|_| {});
    assert!(refusal(&nothing).contains("没有找到表头") && refusal(&nothing).contains("姓名、身份证号码"));
}

#[test]
fn merged_cells_repeat_downwards_only_beside_people() {
    let bytes = with_header(|sheet| {
        sheet.merge_range(1, 2, 4, 2, "木工一班", &Format::new()).unwrap();
        for row in [1, 2, 4] {
            sheet.write(row, 0, "王强").unwrap();
        }
        sheet.merge_range(5, 0, 6, 1, "张三", &Format::new()).unwrap();
        sheet.write(6, 2, "钢筋班").unwrap();
    });
    let sheet = read_all(&bytes);
    let crews: Vec<_> = sheet.rows.iter().map(|row| (row.number, row.shown("name"), row.shown("crew"))).collect();
    let expected = [
        (2, "王强", "木工一班"),
        (3, "王强", "木工一班"),
        (5, "王强", "木工一班"),
        (6, "张三", ""),
        (7, "张三", "钢筋班"),
    ];
    assert_eq!(crews, expected.map(|(number, name, crew)| (number, name.to_owned(), crew.to_owned())));
    assert!(sheet.rows.iter().all(|row| row.shown("id_number").is_empty()), "a wide area is not copied sideways");
    assert!(sheet.notices[0].starts_with("3 个合并单元格"), "{:?}", sheet.notices);
}

#[test]
fn hidden_rows_and_columns_are_read_and_said() {
    let bytes = with_header(|sheet| {
        for row in 1..4 {
            sheet.write(row, 0, "王强").unwrap();
        }
        sheet.set_row_hidden(2).unwrap().set_column_hidden(2).unwrap();
    });
    let sheet = read_all(&bytes);
    assert_eq!(sheet.rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [false, true, false]);
    assert!(sheet.notices.iter().any(|notice| notice.contains("有 1 行是隐藏的")), "{:?}", sheet.notices);
    assert!(sheet.notices.iter().any(|notice| notice.contains("列“班组”是隐藏的")), "{:?}", sheet.notices);
}

#[test]
fn hidden_sheets_and_the_instructions_are_passed_over() {
    let mut book = Workbook::new();
    for name in ["填写说明", "第二张"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap().write_row(0, 0, ["姓名", "身份证号码"]).unwrap();
        sheet.write(1, 0, name).unwrap();
    }
    let hidden = book.add_worksheet();
    hidden.set_hidden(true).write_row(0, 0, ["姓名", "身份证号码"]).unwrap();
    assert_eq!(read_all(&book.save_to_buffer().unwrap()).name, "第二张");
}

#[test]
fn formulas_give_the_value_saved_with_them() {
    let bytes = with_header(|sheet| {
        sheet.write(1, 0, Formula::new("=\"王\"&\"强\"").set_result("王强")).unwrap();
        sheet.write(1, 2, Formula::new("=VLOOKUP(1,A:A,2)").set_result("#N/A")).unwrap();
        sheet.write(1, 4, Formula::new("=1+1").set_result("7")).unwrap();
    });
    let sheet = read_all(&bytes);
    assert_eq!(sheet.rows[0].shown("name"), "王强");
    let mut fields = sheet.rows[0].fields();
    assert_eq!(fields.number("price"), Some(7.0), "what Excel saved, not what it should be");
    assert_eq!(fields.text("crew"), None);
    assert!(fields.reason().unwrap().contains("公式出错"));
}

#[test]
fn the_number_of_rows_is_limited() {
    let bytes = with_header(|sheet| {
        for row in 1..=5 {
            sheet.write(row * 100, 0, "王强").unwrap();
        }
    });
    assert_eq!(refusal_within(&bytes, &Limits { rows: 5, ..Limits::default() }), "");
    assert!(refusal_within(&bytes, &Limits { rows: 4, ..Limits::default() }).contains("最多 4 行"));
}
