//! JD10: nobody punches for somebody else.

use mingce::site::attendance::{
    WatchFaces,
    service::{Arrived, record},
};
use serde_json::json;

use super::support::*;
use crate::api::{
    attendance::support::{Gate, Worker},
    people::support::edit,
    support::days_ago,
};

const RED: [u8; 3] = [220, 30, 30];
const BLUE: [u8; 3] = [30, 30, 220];
const GREEN: [u8; 3] = [30, 220, 30];

async fn worker(app: &TestApp, gate: &Gate<'_>, name: &str, colour: [u8; 3]) -> Worker {
    let worker = gate.worker(name).await;
    let staff = &gate.site.staff;
    let now = person_row(app, worker.person.id).await;
    let photo = uploaded(staff, colour).await;
    edit(staff, &now.id.to_string(), now.revision, json!({ "photo_file_id": photo })).await.ok();
    worker
}

async fn punch(app: &TestApp, gate: &Gate<'_>, worker: &Worker, time: &str, colour: [u8; 3]) {
    let punch = gate.punch(worker.person.number, 1, time).await;
    let punch = Arrived { photo: jpeg(face(480, colour)).into(), ..punch };
    record(&app.app, &[punch]).await.unwrap();
}

seeing_story! {
    async fn a_punch_that_shows_somebody_else_of_the_site_waits_to_be_looked_at(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (wang, li) = (worker(app, &gate, "王建国", RED).await, worker(app, &gate, "李强", BLUE).await);
        all_compared(app).await;
        punch(app, &gate, &wang, "07:01:00", RED).await;
        punch(app, &gate, &li, "07:02:00", BLUE).await;
        punch(app, &gate, &wang, "12:00:00", BLUE).await;
        punch(app, &gate, &li, "12:01:00", GREEN).await;
        app.done(WatchFaces { day: Some(days_ago(1)) }).await;
        app.done(WatchFaces { day: Some(days_ago(1)) }).await;
        app.done(WatchFaces { day: Some(days_ago(2)) }).await;

        let staff = &gate.site.staff;
        let page = staff.get("/face-comparisons?state=open").await.ok();
        assert_eq!(page["total"], 1, "a stranger is not somebody else of the site: {page}");
        let row = &items(&page)[0];
        assert_eq!((&row["kind"], &row["verdict"]), (&json!("punch"), &json!("warning")));
        assert_eq!((&row["subject"]["name"], &row["subject"]["kind"]), (&json!("王建国"), &json!("punch")));
        assert_eq!((&row["other"]["name"], &row["other"]["kind"]), (&json!("李强"), &json!("face")));
        let link = row["subject"]["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(app.nobody().get(&link).await.headers["content-type"], "image/jpeg");
        assert_eq!(gate.kept().await.iter().filter(|punch| punch.refusal.is_none()).count(), 4, "punches stay");
        let neighbour = app.project_staff(&app.project("440703").await).await;
        assert_eq!(neighbour.get("/face-comparisons").await.ok()["total"], 0);
        decide(staff, row, 1, json!({ "decision": "same", "reason": "代打卡，已批评教育" })).await.ok();
    }
}
