//! The demo district obeys the platform's own rules and is filled once.

use mingce::{
    demo::{DEMO_ACCOUNTS, DEMO_PASSWORD, fill},
    entity::{
        application::{self, ApplicationState},
        crew, person, project, roster_entry, unit,
    },
    platform::types::IdNumber,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use crate::api::support::TestApp;

story! {
    async fn the_demo_district_is_filled_once_and_everybody_can_log_in(app: &TestApp) {
        assert!(fill(&app.app).await.unwrap());
        assert!(!fill(&app.app).await.unwrap());
        let db = app.app.db.reader();
        assert_eq!(project::Entity::find().count(db).await.unwrap(), 3);
        assert_eq!(person::Entity::find().count(db).await.unwrap(), 200);
        assert_eq!(roster_entry::Entity::find().count(db).await.unwrap(), 200);
        let left = roster_entry::Entity::find().filter(roster_entry::Column::ExitedOn.is_not_null()).count(db).await.unwrap();
        assert!((10..60).contains(&left), "{left}");
        for person in person::Entity::find().all(db).await.unwrap() {
            let number = app.app.keys.open("person.id_number", &person.id_number_sealed).unwrap();
            assert_eq!(IdNumber::parse(&number).unwrap().birth_date(), person.born_on);
        }
        let waiting = application::Entity::find().all(db).await.unwrap();
        assert_eq!(waiting.iter().map(|one| one.state).collect::<Vec<_>>(), [ApplicationState::Pending]);
        let (regulator, _) = app.logged_in("pengjiang", DEMO_PASSWORD).await;
        let path = format!("/applications/{}", waiting[0].id);
        assert!(regulator.get(&path).await.ok()["proof"]["download_url"].is_string());
        assert_eq!(regulator.post(&format!("{path}/approve"), json!({})).await.status, 200);
        let (city, _) = app.logged_in("jiangmen", DEMO_PASSWORD).await;
        let counts = city.post("/registrations/counts", json!({})).await.ok();
        assert_eq!(counts, json!({ "to_submit": 4, "submitted": 8, "refused": 2, "approved": 12 }));
        for account in DEMO_ACCOUNTS {
            let session = app.try_login(account.login, DEMO_PASSWORD).await.ok();
            assert_eq!(session["must_change_password"], json!(false));
        }
        entries_fit_their_crews_and_units(app).await;
    }
}

/// Filling takes its time, so one story looks at all of it.
async fn entries_fit_their_crews_and_units(app: &TestApp) {
    let db = app.app.db.reader();
    let crews = crew::Entity::find().all(db).await.unwrap();
    let units = unit::Entity::find().all(db).await.unwrap();
    for entry in roster_entry::Entity::find().all(db).await.unwrap() {
        let crew = crews.iter().find(|crew| crew.id == entry.crew_id).unwrap();
        let unit = units.iter().find(|unit| unit.id == entry.unit_id).unwrap();
        assert_eq!((crew.unit_id, crew.project_id), (unit.id, entry.project_id));
        assert!(entry.entered_on >= crew.entered_on && crew.entered_on >= unit.entered_on);
        assert!(entry.exited_on.is_none_or(|exit| exit >= entry.entered_on));
    }
}

#[actix_web::test]
async fn outside_demo_mode_there_is_no_demo_district() {
    use crate::api::support::Kind;
    let app = TestApp::start_with(Kind::Sqlite, |config| config.demo = false).await;
    assert!(fill(&app.app).await.is_err());
    app.stop().await;
}
