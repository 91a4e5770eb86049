//! An account on a phone (GY1): bound by its password, one phone at most, and the whole API with it.

use mingce::{
    entity::{account, phone_identity, phone_user},
    platform::{
        auth::accounts::{FirstPassword, reissue},
        phone::identities::{Seen, meet},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::api::{session::PASSWORD, support::TestApp};

impl TestApp {
    /// A regulator whose first password has been changed.
    pub async fn settled_account(&self, login: &str) -> account::Model {
        self.issued(login).await;
        let found = account::Entity::find().filter(account::Column::Login.eq(login));
        let account = found.one(self.app.db.writer()).await.unwrap().unwrap();
        let row = account::ActiveModel { id: Set(account.id), must_change_password: Set(false), ..Default::default() };
        row.update(self.app.db.writer()).await.unwrap()
    }
}

wechat_story! {
    async fn an_account_is_bound_by_its_password_and_then_used_from_the_phone(app: &TestApp, wechat: &WeChat) {
        app.settled_account("gy01").await;
        let phone = app.phone(wechat, "zhao").await;
        assert_eq!(phone.get("/projects?region=440700").await.refused(403)["code"], "no_account");

        let with = |password: &str| json!({ "login": "GY01", "password": password });
        phone.post("/phone/account", with("wrong")).await.field("password");
        phone.post("/phone/account", with("")).await.field("password");
        app.nobody().post("/phone/account", with(PASSWORD)).await.refused(401);
        let seen = phone.post("/phone/account", with(PASSWORD)).await.ok();
        assert_eq!(seen["user"]["account"]["login"], "gy01");

        // The whole API, without a CSRF token: nothing but the phone has this one.
        phone.get("/projects").await.ok();
        assert_eq!(phone.get("/session").await.ok()["account"]["login"], "gy01");

        // Another phone of the same app cannot have it too.
        let other = app.phone(wechat, "chen").await;
        assert!(other.post("/phone/account", with(PASSWORD)).await.field("login").contains("另一个微信"));

        let seen = phone.delete("/phone/account").await.ok();
        assert_eq!(seen["user"]["account"], json!(null));
        phone.get("/projects").await.refused(403);
        other.post("/phone/account", with(PASSWORD)).await.ok();
    }
}

story! {
    async fn a_first_password_is_changed_at_the_console_before_a_phone_gets_the_account(app: &TestApp) {
        app.issued("gy02").await;
        let (phone, _) = app.phone_row(|_| {}).await;
        let refused = phone.post("/phone/account", json!({ "login": "gy02", "password": PASSWORD })).await;
        assert!(refused.field("login").contains("电脑"));
    }
}

story! {
    async fn an_account_that_is_handed_on_leaves_the_phone(app: &TestApp) {
        let account = app.settled_account("gy03").await;
        let (phone, user) = app.phone_row(|row| row.account_id = Set(Some(account.id))).await;
        phone.get("/projects").await.ok();
        let first = FirstPassword::known("Crane-55xq-tower").await.unwrap();
        reissue(app.app.db.writer(), account, first).await.unwrap();
        phone.get("/projects").await.refused(401);
        let user = phone_user::Entity::find_by_id(user.id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!(user.account_id, None);
    }
}

story! {
    async fn a_disabled_account_opens_nothing_on_a_phone(app: &TestApp) {
        let account = app.settled_account("gy04").await;
        let (phone, _) = app.phone_row(|row| row.account_id = Set(Some(account.id))).await;
        let row = account::ActiveModel { id: Set(account.id), disabled: Set(true), ..Default::default() };
        row.update(app.app.db.writer()).await.unwrap();
        assert_eq!(phone.get("/projects").await.refused(403)["code"], "account_disabled");
    }
}

story! {
    async fn both_apps_of_one_person_meet_by_the_unionid(app: &TestApp) {
        let seen = |app, openid, unionid| Seen { app, openid, unionid };
        use phone_identity::PhoneApp::{Account, MiniProgram};
        let (_, mini) = meet(&app.app, seen(MiniProgram, "o-mini", Some("u-1"))).await.unwrap();
        let (_, other) = meet(&app.app, seen(Account, "o-account", None)).await.unwrap();
        assert_ne!(mini.id, other.id);
        let (_, both) = meet(&app.app, seen(Account, "o-account", Some("u-1"))).await.unwrap();
        assert_eq!(both.id, mini.id);
        let (_, again) = meet(&app.app, seen(MiniProgram, "o-mini", None)).await.unwrap();
        assert_eq!(again.id, mini.id);
    }
}

story! {
    async fn both_apps_of_one_person_meet_by_the_account_they_bind(app: &TestApp) {
        use mingce::platform::{phone::session, web::Client as From};
        use phone_identity::PhoneApp::{Account, MiniProgram};
        app.settled_account("gy05").await;
        let mut phones = Vec::new();
        for (app_of, openid) in [(MiniProgram, "o-1"), (Account, "o-2")] {
            let (identity, user) = meet(&app.app, Seen { app: app_of, openid, unionid: None }).await.unwrap();
            let from = From { ip: [127, 0, 0, 1].into(), user_agent: "test".to_owned() };
            let (_, token) = session::open(app.app.db.writer(), user.id, Some(identity.id), &from).await.unwrap();
            phones.push(app.with_bearer(&token));
        }
        let body = json!({ "login": "gy05", "password": PASSWORD });
        let first = phones[0].post("/phone/account", &body).await.ok();
        let second = phones[1].post("/phone/account", &body).await.ok();
        assert_eq!(first["user"]["id"], second["user"]["id"]);
        assert_eq!(phones[1].get("/session").await.ok()["account"]["login"], "gy05");
        phones[0].get("/session").await.ok();
    }
}

story! {
    async fn a_person_is_linked_by_name_id_number_and_the_number_on_record(app: &TestApp) {
        use mingce::entity::person;
        let person = app.person_row("王建国").await;
        let sealed = person.id_number_sealed.clone();
        let id_number = app.app.keys.open("person.id_number", &sealed).unwrap();
        let row = person::ActiveModel { id: Set(person.id), phone: Set(Some("13800000021".to_owned())), ..Default::default() };
        row.update(app.app.db.writer()).await.unwrap();
        let form = |name: &str| json!({ "name": name, "id_number": id_number });

        let (unproved, _) = app.phone_row(|_| {}).await;
        assert_eq!(unproved.post("/phone/person", form("王建国")).await.refused(409)["code"], "no_number");
        let (stranger, _) = app.phone_row(|row| row.phone = Set(Some("13800000022".to_owned()))).await;
        let refused = stranger.post("/phone/person", form("王建国")).await.field("id_number");
        let (owner, _) = app.phone_row(|row| row.phone = Set(Some("13800000021".to_owned()))).await;
        assert_eq!(owner.post("/phone/person", form("王建军")).await.field("id_number"), refused, "nothing is told apart");
        let seen = owner.post("/phone/person", form("王建国")).await.ok();
        assert_eq!(seen["user"]["person"]["name"], "王建国");
        assert!(seen["user"]["person"]["id_number"].as_str().unwrap().contains('*'));
        app.nobody().post("/phone/person", form("王建国")).await.refused(401);
    }
}
