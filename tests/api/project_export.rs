//! 【项目库】【导出】: what the list shows, as a workbook.

use std::{io::Cursor, time::Duration};

use calamine::{Data, Reader, Xlsx};
use mingce::entity::project;
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::{Value, json};

use super::support::{Client, TestApp};

/// The job once it has ended.
async fn ended(client: &Client, job: &Value) -> Value {
    let path = format!("/jobs/{}", job["id"].as_str().unwrap());
    loop {
        let shown = client.get(&path).await.ok();
        if ["done", "failed"].contains(&shown["state"].as_str().unwrap()) {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn rows(app: &TestApp, job: &Value) -> Vec<Vec<Data>> {
    let link = job["file"]["download_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
    let bytes = app.nobody().get(link).await.bytes;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheet_range_at(0).unwrap().unwrap().rows().map(<[Data]>::to_vec).collect()
}

story! {
    async fn an_export_holds_what_the_list_shows_and_formulas_stay_text(app: &TestApp) {
        let (here, _there) = (app.project("440703").await, app.project("510800").await);
        app.busy_site(&here).await;
        let name = "=HYPERLINK(\"http://x\")";
        project::Entity::update_many().col_expr(project::Column::Name, Expr::value(name)).exec(app.app.db.writer()).await.unwrap();
        let regulator = app.regulator("440700").await;
        let filters = json!({"status": "003", "qualified": "false", "region_code": "440700", "vendor_id": "", "sort": "-name"});
        let job = regulator.post("/projects/export", filters).await;
        assert_eq!(job.status, 201, "{}", job.json);
        let done = ended(&regulator, &job.json).await;
        assert_eq!(done["state"], "done", "{done}");
        let rows = rows(app, &done).await;
        assert_eq!(rows.len(), 2, "the head and one project of the region");
        assert_eq!(rows[1][1], Data::String(name.to_owned()));
        assert_eq!((&rows[1][4], &rows[1][5]), (&Data::String("房屋建筑工程".to_owned()), &Data::String("在建".to_owned())));
        assert_eq!((&rows[1][9], &rows[1][10]), (&Data::Float(3.0), &Data::String("不合格".to_owned())));
        let other = app.regulator("510800").await;
        other.get(&format!("/jobs/{}", job.json["id"].as_str().unwrap())).await.refused(404);
        app.nobody().post("/projects/export", json!({})).await.refused(401);
        let nothing = regulator.post("/projects/export", json!({"search": "没有这个"})).await.ok();
        assert_eq!(ended(&regulator, &nothing).await["state"], "done");
    }
}
