//! Logging in with captcha and password, and what a session is worth.

use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use mingce::{
    entity::{Scope, account::AccountKind, role_grant::Role, session},
    platform::auth::accounts::{FirstPassword, NewAccount, issue},
};
use reqwest::Method;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::api::support::{Answer, Client, TestApp};

pub const PASSWORD: &str = "Tower-9xkL-crane";

impl TestApp {
    /// A regulator's account with a password, as issued: the password must be changed.
    pub async fn issued(&self, login: &str) {
        let new = NewAccount {
            login: login.to_owned(),
            kind: AccountKind::Regulator,
            role: Role::Regulator,
            scope: Scope::Region("4407".to_owned()),
            name: "江门监管".to_owned(),
            phone: None,
            email: None,
            created_by: None,
        };
        let first = FirstPassword::known(PASSWORD).await.unwrap();
        issue(self.app.db.writer(), new, first).await.unwrap();
    }

    /// A captcha as somebody solves it who knows the platform's secret.
    pub async fn solved_captcha(&self) -> (String, String) {
        let challenge = self.nobody().get("/captcha").await.ok();
        let token = challenge["token"].as_str().unwrap().to_owned();
        assert!(challenge["image"].as_str().unwrap().starts_with("data:image/png;base64,"));
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        let (nonce, body) = bytes.split_first_chunk::<12>().unwrap();
        let cipher = Aes256Gcm::new(&self.app.keys.derive("captcha").into());
        let opened: Value = serde_json::from_slice(&cipher.decrypt(&Nonce::from(*nonce), body).unwrap()).unwrap();
        (token, opened["a"].as_str().unwrap().to_owned())
    }

    pub async fn try_login(&self, login: &str, password: &str) -> Answer {
        self.try_login_with(login, password, "").await
    }

    /// From a browser that brings cookies along.
    async fn try_login_with(&self, login: &str, password: &str, cookies: &str) -> Answer {
        let (captcha_token, captcha_answer) = self.solved_captcha().await;
        let body = json!({ "account": login, "password": password, "captcha_token": captcha_token, "captcha_answer": captcha_answer });
        let stranger = self.nobody();
        stranger.send(stranger.request(Method::POST, "/session").header("cookie", cookies).json(&body)).await
    }

    pub async fn logged_in(&self, login: &str, password: &str) -> (Client, Value) {
        let answer = self.try_login(login, password).await;
        let client = self.client_of(&answer);
        (client, answer.ok())
    }
}

story! {
    async fn a_first_password_opens_nothing_until_it_is_changed(app: &TestApp) {
        app.issued("jm01").await;
        let (client, session) = app.logged_in("JM01 ", PASSWORD).await;
        assert_eq!(session["must_change_password"], json!(true));
        assert_eq!(client.get("/policies?region=440700").await.refused(403)["code"], json!("password_change_required"));

        let weak = client.post("/session/password", json!({ "current_password": PASSWORD, "new_password": "jm01-jm01-jm01" })).await;
        assert!(weak.field("new_password").contains("账号名"));
        let wrong = client.post("/session/password", json!({ "current_password": "x", "new_password": "Bridge-7qpW-steel" })).await;
        wrong.field("current_password");
        client.post("/session/password", json!({ "current_password": PASSWORD, "new_password": "Bridge-7qpW-steel" })).await.ok();
        client.get("/policies?region=440700").await.ok();
        app.try_login("jm01", PASSWORD).await.field("password");
        app.try_login("jm01", "Bridge-7qpW-steel").await.ok();
    }
}

story! {
    async fn a_captcha_counts_once_and_only_with_its_letters(app: &TestApp) {
        app.issued("jm02").await;
        let (token, answer) = app.solved_captcha().await;
        let body = |answer: &str| json!({ "account": "jm02", "password": PASSWORD, "captcha_token": token, "captcha_answer": answer });
        app.nobody().post("/session", body("????")).await.field("captcha_answer");
        app.nobody().post("/session", body(&answer)).await.field("captcha_answer");
        app.nobody().post("/session", json!({ "account": "jm02", "password": PASSWORD })).await.field("captcha_token");
    }
}

story! {
    async fn wrong_passwords_lock_out_the_address_and_not_the_owner(app: &TestApp) {
        app.issued("jm03").await;
        for _ in 0..5 {
            app.try_login("jm03", "wrong").await.field("password");
        }
        assert_eq!(app.try_login("jm03", PASSWORD).await.refused(429)["code"], json!("too_many"));
        app.issued("jm04").await;
        app.try_login("jm04", PASSWORD).await.ok();
    }
}

story! {
    async fn a_neighbour_behind_the_same_address_does_not_lock_the_owner_out(app: &TestApp) {
        app.issued("jm08").await;
        let first = app.try_login("jm08", PASSWORD).await;
        let mut cookies = first.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().unwrap().split(';').next());
        let device = cookies.find(|cookie| cookie.starts_with("mingce_device=")).unwrap().to_owned();
        for _ in 0..5 {
            app.try_login("jm08", "wrong").await.field("password");
        }
        app.try_login("jm08", PASSWORD).await.refused(429);
        app.try_login_with("jm08", PASSWORD, &device).await.ok();
        // The owner's own tries are counted too.
        for _ in 0..5 {
            app.try_login_with("jm08", "wrong", &device).await.field("password");
        }
        app.try_login_with("jm08", PASSWORD, &device).await.refused(429);
    }
}

story! {
    async fn unknown_accounts_and_wrong_passwords_sound_the_same(app: &TestApp) {
        app.issued("jm05").await;
        let unknown = app.try_login("nobody", PASSWORD).await.field("password");
        let wrong = app.try_login("jm05", "wrong").await.field("password");
        assert_eq!(unknown, wrong);
    }
}

story! {
    async fn the_wrong_tab_says_which_is_right(app: &TestApp) {
        app.issued("jm06").await;
        let (captcha_token, captcha_answer) = app.solved_captcha().await;
        let body = json!({
            "account": "jm06", "password": PASSWORD, "kind": "company",
            "captcha_token": captcha_token, "captcha_answer": captcha_answer,
        });
        let answer = app.nobody().post("/session", body).await;
        assert!(answer.headers.get("set-cookie").is_none());
        assert!(answer.field("account").contains("监管登录"));
        // It was no login: there is no session, and nothing says there was one.
        assert_eq!(session::Entity::find().count(app.app.db.reader()).await.unwrap(), 0);
        let admin = app.admin().await;
        assert_eq!(admin.get("/audit?action=account.login_failed").await.ok()["items"][0]["reason"], json!("登录入口不正确"));
        assert_eq!(admin.get("/audit?action=account.login").await.ok()["total"], json!(1));
    }
}

story! {
    async fn failed_logins_and_the_lock_out_are_for_the_owner_to_read(app: &TestApp) {
        app.issued("jm09").await;
        let first = app.try_login("jm09", PASSWORD).await;
        let owner = app.client_of(&first);
        let change = json!({ "current_password": PASSWORD, "new_password": "Bridge-7qpW-steel" });
        owner.post("/session/password", change).await.ok();
        for _ in 0..5 {
            app.try_login("jm09", PASSWORD).await.field("password");
        }
        app.try_login("jm09", PASSWORD).await.refused(429);
        app.try_login("Tower-9xkL-typo", "x").await.field("password");
        let noted = owner.get("/audit?action=account.login_failed").await.ok();
        assert_eq!(noted["total"], json!(5), "one for each try that was looked at: {noted}");
        let (last, earlier) = (&noted["items"][0], &noted["items"][1]);
        assert_eq!((&last["actor_name"], &last["reason"], &last["ip"]), (&json!("未登录"), &json!("密码不正确"), &json!("127.0.0.1")));
        assert_eq!((&last["after"], &earlier["after"]), (&json!({ "locked_minutes": 10 }), &Value::Null));
        let everything = app.admin().await.get("/audit").await.ok().to_string();
        assert!(!everything.to_lowercase().contains("typo"), "{everything}");
    }
}

story! {
    async fn a_change_needs_the_csrf_token(app: &TestApp) {
        let admin = app.admin().await;
        assert_eq!(admin.without_csrf().delete("/session").await.refused(403)["code"], json!("csrf"));
        admin.get("/session").await.ok();
        admin.delete("/session").await.ok();
        admin.get("/session").await.refused(401);
    }
}

story! {
    async fn sessions_are_listed_and_can_be_ended_by_their_owner_only(app: &TestApp) {
        app.issued("jm07").await;
        let (first, _) = app.logged_in("jm07", PASSWORD).await;
        let (second, _) = app.logged_in("jm07", PASSWORD).await;
        let listed = first.get("/sessions").await.ok();
        assert_eq!(listed.as_array().unwrap().len(), 2);
        let other = listed.as_array().unwrap().iter().find(|session| session["current"] == json!(false)).unwrap();
        let path = format!("/sessions/{}", other["id"].as_str().unwrap());
        app.admin().await.delete(&path).await.refused(404);
        first.delete(&path).await.ok();
        second.get("/session").await.refused(401);
    }
}

story! {
    async fn a_new_password_logs_browsers_out_and_leaves_programs_at_work(app: &TestApp) {
        app.issued("jm10").await;
        let (first, _) = app.logged_in("jm10", PASSWORD).await;
        let change = json!({ "current_password": PASSWORD, "new_password": "Bridge-7qpW-steel" });
        first.post("/session/password", change).await.ok();
        let token = first.post("/tokens", json!({ "name": "闸机" })).await.ok();
        let program = app.with_bearer(token["token"].as_str().unwrap());
        let (second, session) = app.logged_in("jm10", "Bridge-7qpW-steel").await;
        let change = json!({ "current_password": "Bridge-7qpW-steel", "new_password": "Tunnel-4tzR-stone" });
        second.post("/session/password", change).await.ok();
        first.get("/session").await.refused(401);
        second.get("/policies?region=440700").await.ok();
        program.get("/policies?region=440700").await.ok();

        let account = format!("/accounts/{}", session["account"]["id"].as_str().unwrap());
        let admin = app.admin().await;
        admin.post(&format!("{account}/reissue"), json!({})).await.ok();
        second.get("/session").await.refused(401);
        program.get("/policies?region=440700").await.ok();
        admin.post(&format!("{account}/disable"), json!({ "disabled": true, "reason": "调离" })).await.ok();
        admin.post(&format!("{account}/disable"), json!({ "disabled": false, "reason": "回来了" })).await.ok();
        program.get("/policies?region=440700").await.refused(401);
    }
}

story! {
    async fn a_program_works_with_a_token_until_it_is_revoked(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let issued = regulator.post("/tokens", json!({ "name": "考勤机网关" })).await;
        assert_eq!(issued.status, 201);
        let issued = issued.ok();
        let program = app.with_bearer(issued["token"].as_str().unwrap());
        program.get("/policies?region=440700").await.ok();
        regulator.delete(&format!("/sessions/{}", issued["id"].as_str().unwrap())).await.ok();
        program.get("/policies?region=440700").await.refused(401);
    }
}
