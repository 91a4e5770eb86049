//! Everything that changes who may punch is announced, so that no gateway goes on with an old answer.

use mingce::{
    entity::person,
    platform::types::{Sex, synthetic},
    registry::presence::Touched,
};
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::support::{Ear, Site, ago};

pub const CARD: &str = "6222020000000000018";

fn here(site: &Site) -> Touched {
    Touched::Project(site.project.id)
}

story! {
    async fn who_enters_changes_and_leaves(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let mut ear = Ear::of(app).await;
        let entry = site.entered(&site.rebar, &wang, json!({})).await;
        ear.hears(here(&site)).await;

        let edited = site.edit(&entry, json!({"crew_id": site.rebar.id, "entered_on": ago(5)})).await.ok();
        ear.hears(here(&site)).await;
        let with_card = json!({"crew_id": site.rebar.id, "entered_on": ago(5), "bank_card": CARD});
        site.edit(&edited, with_card).await.ok();
        ear.hears(here(&site)).await;
        ear.hears(Touched::Person(wang.id)).await;

        site.exit(&entry, &ago(1)).await.ok();
        ear.hears(here(&site)).await;
        site.undo(&entry).await.ok();
        ear.hears(here(&site)).await;
    }
}

story! {
    async fn who_brings_a_wage_card_may_punch_elsewhere_too(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let mut ear = Ear::of(app).await;
        site.enter(&site.rebar, &wang, json!({"people": [{"person_id": wang.id, "bank_card": CARD}]})).await.ok();
        ear.hears(here(&site)).await;
        ear.hears(Touched::Person(wang.id)).await;
    }
}

story! {
    async fn crews_that_leave_return_and_become_others(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        site.entered(&site.rebar, &wang, json!({})).await;
        let path = site.path(&format!("crews/{}", site.rebar.id));
        let mut ear = Ear::of(app).await;
        site.staff.post(&format!("{path}/exit"), json!({"exited_on": ago(0), "with_people": true})).await.ok();
        ear.hears(here(&site)).await;
        let back = site.staff.post(&format!("{path}/undo-exit"), json!({"reason": "登记错了"})).await.ok();
        ear.hears(here(&site)).await;
        let others = json!({"name": "钢筋一班", "kind": "others", "entered_on": site.rebar.entered_on});
        site.staff.put(&path, &back["revision"], others).await.ok();
        ear.hears(here(&site)).await;
    }
}

story! {
    async fn units_that_leave_and_return(app: &TestApp) {
        let site = Site::new(app).await;
        let path = site.path(&format!("units/{}", site.labour.id));
        let mut ear = Ear::of(app).await;
        site.staff.post(&format!("{path}/exit"), json!({"exited_on": ago(0), "with_crews": true})).await.ok();
        ear.hears(here(&site)).await;
        site.staff.post(&format!("{path}/undo-exit"), json!({"reason": "登记错了"})).await.ok();
        ear.hears(here(&site)).await;
    }
}

story! {
    async fn what_is_known_of_somebody(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let regulator = app.regulator("440703").await;
        let change = async |method: Method, path: &str, revision: &Value, form: Value| {
            let path = format!("/people/{}{path}", wang.id);
            let request = regulator.request(method, &path).header("if-match", format!("\"{revision}\""));
            regulator.send(request.json(&form)).await.ok()
        };
        let mut ear = Ear::of(app).await;
        let edited = change(Method::PATCH, "", &json!(1), json!({"bank_card": CARD})).await;
        ear.hears(Touched::Person(wang.id)).await;
        let number = synthetic::id_number(77, "1988-05-06".parse().unwrap(), Sex::Male);
        let form = json!({"id_number": number.expose(), "reason": "录入错误"});
        change(Method::POST, "/correct-id-number", &edited["revision"], form).await;
        ear.hears(Touched::Person(wang.id)).await;
    }
}

story! {
    async fn who_is_collected_again(app: &TestApp) {
        let site = Site::new(app).await;
        let mut ear = Ear::of(app).await;
        let number = synthetic::id_number(78, "1988-05-06".parse().unwrap(), Sex::Male);
        let people = json!({"people": [{"id_number": number.expose(), "name": "王建国", "ethnic": "汉"}]});
        site.staff.post(&site.path("collected-people"), people).await.ok();
        let collected = person::Entity::find().one(app.app.db.writer()).await.unwrap().unwrap();
        ear.hears(Touched::Person(collected.id)).await;
    }
}

story! {
    async fn a_regions_rules(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let mut ear = Ear::of(app).await;
        regulator.put("/policies/440700/wage_card_required", &json!(0), json!({"value": false})).await.ok();
        ear.hears(Touched::Region("440700".to_owned())).await;
        regulator.delete_at("/policies/440700/wage_card_required", &json!(1)).await.ok();
        ear.hears(Touched::Region("440700".to_owned())).await;
    }
}

story! {
    async fn a_regions_rules_hold_at_once_in_the_counties_below(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let rules = async || mingce::registry::policies::for_region(&app.app, "440703").await.unwrap();
        assert_eq!(rules().await.day_cut_hour, 4);
        regulator.put("/policies/440700/day_cut_hour", &json!(0), json!({"value": 0})).await.ok();
        assert_eq!(rules().await.day_cut_hour, 0);
    }
}

story! {
    async fn a_project_that_is_edited_and_cancelled(app: &TestApp) {
        let site = Site::new(app).await;
        let regulator = app.regulator("440700").await;
        let path = format!("/projects/{}", site.project.id);
        let form = json!({"name": "滨江新城三期工程", "region_code": "440703", "category": "01", "status": "005", "parties": []});
        let mut ear = Ear::of(app).await;
        regulator.put(&path, &json!(1), form).await.ok();
        ear.hears(here(&site)).await;
        let form = json!({"reason": "项目终止", "exit_everyone": true});
        regulator.post(&format!("{path}/cancel"), form).await.ok();
        ear.hears(here(&site)).await;
    }
}
