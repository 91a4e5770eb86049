//! 【批量人员进场】 of five thousand people whom nobody knows yet, from the upload to the last result.

use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use reqwest::Client;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use crate::people::{Person, Site};
use crate::program::{self, Program};
use crate::table::{Figure, Limit};
use crate::world::Caller;
use crate::{Ground, Result};

const ROWS: usize = 5_000;
const TITLES: [&str; 6] = ["姓名", "身份证号码", "民族", "手机号码", "班组", "进场日期"];

/// `unknown` is the number of the first made-up person who is not on the platform.
pub async fn measure(
    ground: &Ground<'_>,
    program: &Program,
    http: &Client,
    (site, staff): (&Site, &Caller),
    unknown: usize,
) -> Result<Figure> {
    eprintln!("{}: import", ground.on);
    let sheet = sheet(unknown)?;
    let from = Instant::now();
    let file = upload(program, http, staff, sheet).await?;
    let path = format!("{}/api/v1/projects/{}/entries/import", program.url, site.project);
    let request = http.post(path).header("cookie", &staff.cookie).header("x-csrf-token", &staff.csrf_token);
    let form = json!({ "file_id": file["id"], "confirm_warnings": true });
    let queued: Value = request.json(&form).send().await?.error_for_status()?.json().await?;
    let ended = program::until_done(program, http, staff, &queued, |_| Ok(())).await?;
    if ended["result"]["entered"] != ROWS {
        return Err(format!("the import ended as {ended}").into());
    }
    let took = from.elapsed();
    Ok(Figure {
        what: format!("import of {ROWS} new people"),
        on: ground.on,
        ours: seconds(took),
        peer: "–".to_owned(),
        value: took.as_secs_f64(),
        limit: Limit::AtMost(30.0, " s"),
    })
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s, {:.0} rows/s", took.as_secs_f64(), ROWS as f64 / took.as_secs_f64())
}

fn sheet(unknown: usize) -> Result<Vec<u8>> {
    let entered_on = (Utc::now() - TimeDelta::days(3)).format("%Y-%m-%d").to_string();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(TITLES) {
        sheet.write_string(0, column, title)?;
    }
    for (row, n) in (1..).zip(unknown..unknown + ROWS) {
        let person = Person::numbered(n);
        let cells = [person.name.as_str(), person.id_number.expose(), "汉族", "13812345678", "钢筋班", &entered_on];
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

async fn upload(program: &Program, http: &Client, staff: &Caller, sheet: Vec<u8>) -> Result<Value> {
    let head = "--limit\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nsheet\r\n--limit\r\n\
                content-disposition: form-data; name=\"file\"; filename=\"people.xlsx\"\r\n\r\n";
    let body = [head.as_bytes(), &sheet, b"\r\n--limit--\r\n"].concat();
    let request = http
        .post(format!("{}/api/v1/files", program.url))
        .header("cookie", &staff.cookie)
        .header("x-csrf-token", &staff.csrf_token)
        .header("content-type", "multipart/form-data; boundary=limit");
    Ok(request.body(body).send().await?.error_for_status()?.json().await?)
}
