//! 【批量人员进场】

use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx};
use mingce::{
    entity::{job, person, roster_entry},
    platform::types::{IdNumber, Sex, synthetic},
    registry::presence::Touched,
};
use rust_xlsxwriter::{Formula, Workbook};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use super::support::{Site, TestApp, ago, days_ago, ended, file_of, number_of, number_of_row, upload};
use crate::api::attendance::{announcements::CARD, support::Ear};

const TITLES: [&str; 9] =
    ["姓名", "身份证号码", "民族", "手机号码", "班组", "工种", "进场日期", "考勤卡号", "工资卡号"];

pub type Line = [String; 9];

pub fn line(name: &str, number: &IdNumber, crew: &str) -> Line {
    [name, number.expose(), "汉族", "13812345678", crew, "", &ago(5), "", ""].map(str::to_owned)
}

pub fn with(mut line: Line, title: &str, value: &str) -> Line {
    line[TITLES.iter().position(|known| *known == title).unwrap()] = value.to_owned();
    line
}

pub fn sheet(lines: &[Line]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(TITLES) {
        sheet.write_string(0, column, title).unwrap();
    }
    for (row, line) in (1..).zip(lines) {
        for (column, cell) in (0..).zip(line) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

impl Site {
    pub async fn import(&self, bytes: Vec<u8>, change: Value) -> Value {
        let mut form = json!({ "file_id": upload(&self.staff, bytes).await });
        form.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let queued = self.staff.post(&self.path("entries/import"), form).await;
        assert_eq!(queued.status, 201, "{}", queued.json);
        ended(&self.staff, &queued.json).await
    }
}

async fn counts(app: &TestApp) -> (u64, u64) {
    let db = app.app.db.writer();
    (person::Entity::find().count(db).await.unwrap(), roster_entry::Entity::find().count(db).await.unwrap())
}

fn message(job: &Value, row: usize) -> &str {
    job["result"]["rows"][row]["message"].as_str().unwrap_or_else(|| panic!("no message in row {row}: {job}"))
}

story! {
    async fn the_template_knows_this_projects_crews_and_comes_back_filled(app: &TestApp) {
        let site = Site::new(app).await;
        let answer = site.staff.get(&site.path("entries/template")).await;
        assert_eq!(answer.status, 200);
        assert!(answer.headers["content-disposition"].to_str().unwrap().contains("filename*=UTF-8''"));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes)).unwrap();
        let choices = book.worksheet_range("选项").unwrap();
        let listed = |text: &str| choices.used_cells().any(|(_, _, cell)| *cell == Data::String(text.to_owned()));
        assert!(listed("钢筋一班") && listed("监理管理班组") && listed("总监理工程师") && listed("钢筋工"));
        let empty = app.project("440703").await;
        let staff = app.project_staff(&empty).await;
        staff.get(&format!("/projects/{}/entries/template", empty.id)).await.refused(409);
    }
}

story! {
    async fn a_sheet_is_tried_then_taken_and_taken_twice_enters_nobody_twice(app: &TestApp) {
        let site = Site::new(app).await;
        let known = site.worker(app, "王建国").await;
        let lines: Vec<Line> = std::iter::once(line("王建国", &number_of_row(&known), "钢筋一班"))
            .chain((0..449).map(|n| {
                let number = synthetic::id_number(n, "1990-02-03".parse().unwrap(), Sex::Male);
                with(line("张三丰", &number, "钢筋一班"), "考勤卡号", &format!("C{n}"))
            }))
            .collect();
        let tried = site.import(sheet(&lines), json!({"dry_run": true})).await;
        assert_eq!((&tried["result"]["enterable"], &tried["result"]["entered"]), (&json!(450), &json!(0)), "{tried}");
        assert_eq!(counts(app).await, (1, 0));

        let taken = site.import(sheet(&lines), json!({})).await;
        assert_eq!((&taken["result"]["entered"], &taken["result"]["failed"]), (&json!(450), &json!(0)));
        assert_eq!(counts(app).await, (450, 450));
        let first = site.staff.post(&site.path("roster/search"), json!({"id_number": number_of_row(&known).expose()})).await.ok();
        assert_eq!((&first["items"][0]["phone"], &first["items"][0]["work_type"]), (&json!("138****5678"), &json!("020")));

        let again = site.import(sheet(&lines), json!({})).await;
        assert_eq!((&again["result"]["already"], &again["result"]["entered"], &again["file"]), (&json!(450), &json!(0), &Value::Null));
        assert_eq!(counts(app).await, (450, 450));
    }
}

story! {
    async fn who_is_imported_may_punch_at_once(app: &TestApp) {
        let site = Site::new(app).await;
        let known = site.worker(app, "王建国").await;
        let mut ear = Ear::of(app).await;
        let line = with(line("王建国", &number_of_row(&known), "钢筋一班"), "工资卡号", CARD);
        assert_eq!(site.import(sheet(&[line]), json!({})).await["result"]["entered"], json!(1));
        ear.hears(Touched::Project(site.project.id)).await;
        ear.hears(Touched::Person(known.id)).await;
    }
}

story! {
    async fn a_killed_import_goes_on_where_it_was(app: &TestApp) {
        let site = Site::new(app).await;
        let lines: Vec<Line> = (0..5).map(|n| line("张三丰", &synthetic::id_number(n, "1990-02-03".parse().unwrap(), Sex::Male), "钢筋一班")).collect();
        let done = site.import(sheet(&lines), json!({})).await;
        let id: uuid::Uuid = done["id"].as_str().unwrap().parse().unwrap();
        job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value("queued"))
            .col_expr(job::Column::Result, Expr::cust("NULL"))
            .filter(job::Column::Id.eq(id))
            .exec(app.app.db.writer()).await.unwrap();
        mingce::platform::jobs::wake(&app.app).await;
        let rerun = ended(&site.staff, &done).await;
        assert_eq!((&rerun["result"]["entered"], &rerun["result"]["already"]), (&json!(5), &json!(0)), "{rerun}");
        assert_eq!(counts(app).await, (5, 5));
    }
}

story! {
    async fn the_same_sheet_twice_at_once_enters_nobody_twice(app: &TestApp) {
        let site = Site::new(app).await;
        let born = "1990-02-03".parse().unwrap();
        let lines: Vec<Line> =
            (0..60).map(|n| line("张三丰", &synthetic::id_number(n, born, Sex::Male), "钢筋一班")).collect();
        let (one, two) = tokio::join!(site.import(sheet(&lines), json!({})), site.import(sheet(&lines), json!({})));
        assert_eq!((&one["state"], &two["state"]), (&json!("done"), &json!("done")), "{one} {two}");
        assert_eq!(counts(app).await, (60, 60));
    }
}

story! {
    async fn every_row_says_what_is_wrong_with_it(app: &TestApp) {
        let site = Site::new(app).await;
        let good = number_of("1990-01-01", Sex::Male);
        let known = site.worker(app, "王建国").await;
        let busy = site.worker(app, "李强").await;
        site.entered(&site.cooks, &busy, json!({"people": [{"person_id": busy.id, "card_number": "K1"}]})).await;
        let tomorrow = (days_ago(0) + chrono::Days::new(1)).to_string();
        let fresh = || number_of("1991-01-01", Sex::Female);
        let lines = [
            line("赵小明", &good, "钢筋一班"),
            line("赵小明", &good, "钢筋一班"),
            with(line("赵小明", &good, "钢筋一班"), "身份证号码", "110101199001011234"),
            with(line("赵小明", &good, "钢筋一班"), "身份证号码", "110101900101123"),
            line("王建军", &number_of_row(&known), "钢筋一班"),
            line("李强", &number_of_row(&busy), "钢筋一班"),
            line("钱一", &fresh(), "木工班"),
            with(line("钱二", &fresh(), "钢筋一班"), "进场日期", "2026-02-30"),
            with(line("钱三", &fresh(), "钢筋一班"), "进场日期", &tomorrow),
            with(line("钱四", &fresh(), "钢筋一班"), "考勤卡号", "K1"),
            with(line("钱五", &fresh(), "钢筋一班"), "民族", ""),
            with(line("钱六", &fresh(), "钢筋一班"), "工资卡号", "4111111111111112"),
            line("小孩", &number_of("2015-01-01", Sex::Male), "钢筋一班"),
            line("总监", &fresh(), "监理管理班组"),
            line("老赵", &number_of("1958-01-01", Sex::Male), "钢筋一班"),
            with(line("=1+1", &fresh(), "钢筋一班"), "手机号码", "12345"),
        ];
        let job = site.import(sheet(&lines), json!({})).await;
        let result = &job["result"];
        assert_eq!((&result["entered"], &result["failed"], &result["to_confirm"]), (&json!(1), &json!(14), &json!(1)), "{job}");
        let expected = [
            (1, "与第 2 行重复"), (2, "校验"), (3, "15 位"), (4, "姓名"), (5, "后勤班"), (6, "应为"), (7, "进场日期"),
            (8, "晚于今天"), (9, "考勤卡号已发给"), (10, "民族"), (11, "工资卡号"), (12, "未满 16"), (13, "岗位"), (14, "提醒年龄"),
            (15, "手机号码"),
        ];
        for (row, words) in expected {
            assert!(message(&job, row).contains(words), "row {row}: {}", message(&job, row));
        }
        assert_eq!(result["rows"][0]["row"], json!(2));
        let text = job.to_string();
        assert!(!text.contains(good.expose()) && !text.contains("110101199001011234"));

        // The rows that were left over come back as a sheet that can be sent again.
        let left = file_of(app, &job).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(left.clone())).unwrap();
        assert_eq!(book.worksheet_range_at(0).unwrap().unwrap().rows().count(), 16);
        let again = site.import(left, json!({"confirm_warnings": true})).await;
        assert_eq!((&again["result"]["entered"], &again["result"]["failed"]), (&json!(1), &json!(13)), "{again}");
    }
}

story! {
    async fn hostile_workbooks_are_refused_in_words(app: &TestApp) {
        let site = Site::new(app).await;
        let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
        bomb.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..80 {
            bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let bomb = bomb.finish().unwrap().into_inner();
        let cases = [
            (bomb, "解压后过大"),
            (b"PK\x03\x04 and nothing more".to_vec(), "损坏"),
            (sheet(&[]), "没有填写"),
            (Workbook::new().save_to_buffer().unwrap(), "表头"),
        ];
        for (bytes, words) in cases {
            let job = site.import(bytes, json!({})).await;
            assert!(job["state"] == "failed" && job["error"].as_str().unwrap().contains(words), "{job}");
        }
        let formula = {
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            for (column, title) in (0..).zip(TITLES) {
                sheet.write_string(0, column, title).unwrap();
            }
            let number = number_of("1990-01-01", Sex::Male);
            for (column, cell) in (0..).zip(&line("张三", &number, "钢筋一班")) {
                if !cell.is_empty() {
                    sheet.write_string(1, column, cell).unwrap();
                }
            }
            sheet.write_formula(1, 0, Formula::new("=HYPERLINK(\"http://x\")").set_result("张三丰")).unwrap();
            sheet.set_row_hidden(1).unwrap();
            book.save_to_buffer().unwrap()
        };
        let job = site.import(formula, json!({})).await;
        assert_eq!(job["result"]["rows"][0]["name"], json!("张三丰"), "the value Excel saved, never the formula: {job}");
        assert!(job["result"]["notices"][0].as_str().unwrap().contains("隐藏"));
        let other = Site::new(app).await;
        let theirs = upload(&site.staff, sheet(&[])).await;
        other.staff.post(&other.path("entries/import"), json!({"file_id": theirs})).await.field("file_id");
    }
}
