//! Two people at work on the same entries at the same moment.

use std::time::Duration;

use mingce::entity::roster_entry;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryOrder, Statement};
use serde_json::{Value, json};

use super::support::{Site, TestApp, ago};
use crate::api::support::Kind;

async fn entries(app: &TestApp, site: &Site, count: usize) -> Vec<Value> {
    for _ in 0..count {
        let person = site.worker(app, "王建国").await;
        site.entered(&site.rebar, &person, json!({})).await;
    }
    let rows =
        roster_entry::Entity::find().order_by_asc(roster_entry::Column::Id).all(app.app.db.reader()).await.unwrap();
    rows.into_iter().map(|row| json!(row.id)).collect()
}

async fn lock(tx: &DatabaseTransaction, entry: &Value) {
    let id = entry.as_str().unwrap();
    tx.execute_unprepared(&format!("SELECT 1 FROM roster_entry WHERE id = '{id}' FOR UPDATE")).await.unwrap();
}

async fn until_somebody_waits(app: &TestApp) {
    let sql =
        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..500 {
        let row = app.app.db.reader().query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
        if row.unwrap().try_get::<i64>("", "n").unwrap() > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nobody waits for a lock");
}

#[actix_web::test]
async fn an_exit_that_meets_a_deadlock_is_done_once_more() {
    let app = TestApp::start(Kind::Postgres).await;
    let site = Site::new(&app).await;
    let ids = entries(&app, &site, 2).await;
    // Somebody holds the second entry and then wants the first, which the exit holds while it waits for the second.
    let other = app.app.db.begin().await.unwrap();
    lock(&other, &ids[1]).await;
    let path = site.path("exits");
    let exit = site.staff.post(&path, json!({ "entry_ids": ids, "exited_on": ago(0) }));
    let crossing = async {
        until_somebody_waits(&app).await;
        lock(&other, &ids[0]).await;
        other.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(exit, crossing);
    assert_eq!(answer.ok()["exited"], json!(2));
    app.stop().await;
}

#[actix_web::test]
async fn what_stays_in_the_way_is_a_503_in_words() {
    let app = TestApp::start(Kind::Postgres).await;
    let broken = "CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS \
        $$ BEGIN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END $$; \
        CREATE TRIGGER collide BEFORE UPDATE ON roster_entry FOR EACH ROW EXECUTE FUNCTION collide()";
    let site = Site::new(&app).await;
    let ids = entries(&app, &site, 1).await;
    app.app.db.writer().execute_unprepared(broken).await.unwrap();
    let body =
        site.staff.post(&site.path("exits"), json!({ "entry_ids": ids, "exited_on": ago(0) })).await.refused(503);
    assert_eq!(
        (&body["code"], &body["message"]),
        (&json!("unavailable"), &json!("有其他人正在办理同一批内容，请稍后再试"))
    );
    app.stop().await;
}

story! {
    async fn a_crew_leaves_while_its_people_do_and_nothing_breaks(app: &TestApp) {
        let site = Site::new(app).await;
        let ids = entries(app, &site, 12).await;
        let (crew, exits) = (site.path(&format!("crews/{}/exit", site.rebar.id)), site.path("exits"));
        let (crew, people) = tokio::join!(
            site.staff.post(&crew, json!({ "exited_on": ago(0), "with_people": true })),
            site.staff.post(&exits, json!({ "entry_ids": ids, "exited_on": ago(0) })),
        );
        crew.ok();
        people.ok();
        let left = roster_entry::Entity::find().all(app.app.db.reader()).await.unwrap();
        assert!(left.iter().all(|entry| entry.exited_on.is_some()));
    }
}
