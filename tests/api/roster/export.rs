//! 【导出花名册】

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use mingce::entity::{audit, company, person, stored_file};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::support::{Site, ago, ended, file_of, number_of_row};

fn rows(bytes: Vec<u8>) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    book.worksheet_range_at(0).unwrap().unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

story! {
    async fn a_roster_becomes_a_workbook_with_masks(app: &TestApp) {
        let site = Site::new(app).await;
        let (wang, li) = (site.worker(app, "王建国").await, site.worker(app, "李强").await);
        site.entered(&site.rebar, &wang, json!({"settlement": "time", "unit_price_fen": 30_050})).await;
        let gone = site.entered(&site.rebar, &li, json!({})).await;
        site.exit(&gone, &ago(1)).await.ok();
        let queued = site.staff.post(&site.path("roster/export"), json!({"presence": "on_site", "sort": "-entered_on"})).await;
        assert_eq!(queued.status, 201, "{}", queued.json);
        let job = ended(&site.staff, &queued.json).await;
        assert_eq!((&job["state"], &job["result"]["rows"]), (&json!("done"), &json!(1)), "{job}");
        let rows = rows(file_of(app, &job).await);
        assert_eq!((rows.len(), &rows[1][0], &rows[1][10]), (2, &text("王建国"), &text("钢筋工")));
        assert_eq!((&rows[1][3], &rows[1][12]), (&text(wang.id_number_mask.as_str()), &Data::Float(300.5)));
        app.nobody().get(&format!("/jobs/{}", queued.json["id"].as_str().unwrap())).await.refused(401);
    }
}

story! {
    async fn whole_id_numbers_need_a_reason_and_are_written_down(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        site.entered(&site.rebar, &wang, json!({})).await;
        let path = site.path("roster/export");
        site.staff.post(&path, json!({"unmask": true})).await.field("reason");
        let vendor = app.vendor("440700").await;
        app.vendor_account(&vendor).await.post("/roster/export", json!({"unmask": true, "reason": "想看看"})).await.refused(403);
        let queued = site.staff.post(&path, json!({"unmask": true, "reason": "办理工伤保险"})).await.ok();
        let rows = rows(file_of(app, &ended(&site.staff, &queued).await).await);
        assert_eq!(rows[1][3], text(number_of_row(&wang).expose()));
        let noted = audit::Entity::find().filter(audit::Column::Action.eq("roster.export_unmasked"));
        let noted = noted.one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(noted.reason.as_deref(), Some("办理工伤保险"));
        let file = stored_file::Entity::find().one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(file.purpose, "made_in_clear", "so that it is not kept for long");
    }
}

story! {
    async fn a_company_gets_whole_numbers_of_its_own_people_only(app: &TestApp) {
        let site = Site::new(app).await;
        let (ours, theirs) = (site.worker(app, "王建国").await, site.worker(app, "陈总监").await);
        site.entered(&site.rebar, &ours, json!({})).await;
        site.entered(&site.supervisors, &theirs, json!({"post": "1001"})).await;
        let company = company::Entity::find_by_id(site.labour.company_id).one(app.app.db.reader()).await.unwrap().unwrap();
        let company = app.company_account(&company).await;
        let form = json!({"unmask": true, "reason": "办理工伤保险"});
        for path in [site.path("roster/export"), "/roster/export".to_owned()] {
            let queued = company.post(&path, &form).await.ok();
            let rows = rows(file_of(app, &ended(&company, &queued).await).await);
            let number_of = |name: &str| {
                let row = rows.iter().find(|row| row.contains(&text(name))).unwrap();
                row.iter().find(|cell| cell.to_string().chars().count() == 18).unwrap().to_string()
            };
            assert_eq!(number_of("王建国"), number_of_row(&ours).expose(), "{path}");
            assert_eq!(number_of("陈总监"), theirs.id_number_mask, "{path}");
        }
        let unmask = |person: &person::Model| format!("/people/{}/unmask", person.id);
        let form = json!({"fields": ["id_number"], "reason": "办理工伤保险"});
        assert_eq!(company.post(&unmask(&ours), &form).await.ok()["id_number"], json!(number_of_row(&ours).expose()));
        company.get(&format!("/people/{}", theirs.id)).await.ok();
        company.post(&unmask(&theirs), &form).await.refused(403);

        // Its own people stay its own after its unit has left; those who came later never were.
        let unit = site.path(&format!("units/{}/exit", site.labour.id));
        site.staff.post(&unit, json!({"exited_on": ago(0), "with_crews": true})).await.ok();
        company.post(&unmask(&ours), &form).await.ok();
        company.post(&unmask(&theirs), &form).await.refused(403);
    }
}

story! {
    async fn a_regulator_exports_the_region_and_nothing_else(app: &TestApp) {
        let (here, abroad) = (Site::new(app).await, Site::of(app, app.project("510800").await).await);
        for site in [&here, &abroad] {
            let person = site.worker(app, "王建国").await;
            site.entered(&site.rebar, &person, json!({})).await;
        }
        let city = app.regulator("440700").await;
        let queued = city.post("/roster/export", json!({"name": "王"})).await.ok();
        let rows = rows(file_of(app, &ended(&city, &queued).await).await);
        assert_eq!((rows.len(), &rows[1][0]), (2, &text(&here.project.name)));
    }
}
