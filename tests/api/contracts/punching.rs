//! Red stops punching, and a contract lets it go on.

use mingce::{
    platform::types::clock::china_today,
    site::roster::query::{Admission, RefusalCode},
};
use sea_orm::EntityTrait;
use serde_json::json;

use super::support::{Site, act, ago, days_ago};

story! {
    async fn a_worker_with_a_red_contract_cannot_punch_until_there_is_one(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 30).await;
        let person = mingce::entity::person::Entity::find_by_id(entry.person_id).one(app.app.db.reader()).await.unwrap().unwrap();
        let judged = async || {
            let admission = Admission::read(&app.app, site.project.id).await.unwrap();
            admission.judge(person.number, china_today()).map(|_| ()).map_err(|refused| (refused.code, refused.text.into_owned()))
        };
        let stopped = Err((RefusalCode::NoContract(30), "未签劳动合同超过30天".to_owned()));
        assert_eq!(judged().await, stopped);
        let made = site.sign(&entry, json!({ "starts_on": ago(9), "signed_on": ago(9) })).await.ok();
        assert_eq!(judged().await, Ok(()));
        let reset = act(&site.staff, &site.contract(&made, "/reset"), &made["revision"], json!({ "reason": "传错了人" })).await.ok();
        assert_eq!(judged().await, stopped, "a scan that was taken back proves nothing");
        assert_eq!(reset["state"], "reset");
        let again = site.signed(&entry).await;
        site.terminate(&again, &ago(0)).await.ok();
        assert_eq!(judged().await, Ok(()), "the counting begins anew on the day of the ending");

        let manager = app.person_row("赵监理").await;
        app.entry_row(&site.supervisors, &manager, Some("1001"), days_ago(40)).await;
        let admission = Admission::read(&app.app, site.project.id).await.unwrap();
        assert!(admission.judge(manager.number, china_today()).is_ok(), "only workers are stopped");
    }
}

story! {
    async fn where_the_region_does_not_stop_people_red_is_only_a_warning(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 45).await;
        let person = mingce::entity::person::Entity::find_by_id(entry.person_id).one(app.app.db.reader()).await.unwrap().unwrap();
        app.regulator("440700").await.lay_down("440703", "contract_red_stops", json!(false)).await;
        let admission = Admission::read(&app.app, site.project.id).await.unwrap();
        assert!(admission.judge(person.number, china_today()).is_ok());
        let [row] = &site.unsigned(json!({ "level": "red" })).await[..] else { panic!("one") };
        assert_eq!(row["stopped"], false);
    }
}
