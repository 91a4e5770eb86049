//! Logging in to the console by a code on its screen (QH2, GY1).

use mingce::entity::{crew::CrewKind, login_ticket, personal_account, role_grant, roster_entry};
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::support::{WeChat, text};
use crate::api::support::{Answer, Client, TestApp, days_ago};

/// A login page with its code.
struct Screen {
    ticket: Value,
    cookie: String,
}

impl TestApp {
    async fn screen(&self, way: &str) -> Screen {
        let nobody = self.nobody();
        let request = nobody
            .request(Method::POST, "/login-tickets")
            .header("user-agent", "Mozilla/5.0 (Windows NT 10.0) Chrome/126");
        let answer = nobody.send(request.json(&json!({ "way": way }))).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Screen { ticket: answer.ok(), cookie }
    }

    async fn watch(&self, screen: &Screen, seen: &str) -> Answer {
        self.watch_with(screen, seen, &screen.cookie).await
    }

    async fn watch_with(&self, screen: &Screen, seen: &str, cookie: &str) -> Answer {
        let path = format!("/login-tickets/{}?seen={seen}", text(&screen.ticket["id"]));
        let nobody = self.nobody();
        nobody.send(nobody.request(Method::GET, &path).header("cookie", cookie)).await
    }

    async fn code_of(&self, screen: &Screen) -> String {
        let id: uuid::Uuid = text(&screen.ticket["id"]).parse().unwrap();
        login_ticket::Entity::find_by_id(id).one(self.app.db.writer()).await.unwrap().unwrap().code
    }
}

fn question(code: &str) -> String {
    format!("/phone/login-tickets/{code}")
}

/// What the phone opens after it has scanned: the page's address has the code in it.
fn scene_of(found: &Value) -> String {
    text(&found["url"]).split("scene=").nth(1).unwrap().to_owned()
}

async fn bound(app: &TestApp, wechat: &WeChat, person: &str, login: &str) -> Client {
    app.settled_account(login).await;
    let phone = app.phone(wechat, person).await;
    let body = json!({ "login": login, "password": crate::api::session::PASSWORD });
    phone.post("/phone/account", body).await.ok();
    phone
}

wechat_story! {
    async fn a_code_of_the_mini_program_is_scanned_confirmed_and_the_screen_is_logged_in(app: &TestApp, wechat: &WeChat) {
        let phone = bound(app, wechat, "zhou", "dl01").await;
        let screen = app.screen("mini_program").await;
        assert!(text(&screen.ticket["picture"]).starts_with("data:image/jpeg;base64,"));
        assert_eq!(app.watch(&screen, "").await.ok()["state"], "waiting");

        let found = wechat.scan_picture("zhou", &text(&screen.ticket["picture"])).await;
        assert_eq!(found["kind"], "mini_program");
        let code = scene_of(&found);
        // The screen waits meanwhile, and hears of it.
        let question_path = question(&code);
        let (asked, seen) = tokio::join!(phone.get(&question_path), app.watch(&screen, "waiting"));
        let asked = asked.ok();
        assert_eq!(asked["may"], json!(true));
        assert_eq!(asked["who"]["detail"], "账号 dl01");
        assert_eq!(asked["browser"], "Chrome 浏览器 · Windows 电脑");
        assert_eq!(asked["place"], "本机");
        assert_eq!(seen.ok()["state"], "scanned");

        let confirm = format!("{}/confirm", question(&code));
        let (confirmed, entered) = tokio::join!(phone.post(&confirm, json!({})), app.watch(&screen, "scanned"));
        confirmed.ok();
        let standing = &entered.json;
        assert_eq!(standing["state"], "confirmed", "{standing}");
        let csrf_token = text(&standing["session"]["csrf_token"]);
        let cookie = entered.headers.get_all("set-cookie").iter().find_map(|cookie| cookie.to_str().unwrap().strip_prefix("mingce_session=").map(str::to_owned)).unwrap();
        let token = cookie.split(';').next().unwrap();
        let nobody = app.nobody();
        let request = nobody.request(Method::GET, "/session").header("cookie", format!("mingce_session={token}")).header("x-csrf-token", csrf_token);
        assert_eq!(nobody.send(request).await.ok()["account"]["login"], "dl01");

        // Once.
        assert_eq!(app.watch(&screen, "").await.ok()["state"], "expired");
        phone.post(&confirm, json!({})).await.refused(409);
    }
}

wechat_story! {
    async fn a_code_of_the_official_account_leads_to_the_same_question(app: &TestApp, wechat: &WeChat) {
        let phone = bound(app, wechat, "zhou", "dl02").await;
        let screen = app.screen("account").await;
        let found = wechat.scan_picture("zhou", &text(&screen.ticket["picture"])).await;
        assert_eq!(found["kind"], "follow");
        wechat.post("/people/zhou/follow", json!({ "ticket": found["ticket"] })).await;
        let chat = wechat.chat("zhou", 1).await;
        let link = chat.iter().find_map(|item| item["shown"]["articles"][0]["url"].as_str()).unwrap().to_owned();
        let code = app.code_of(&screen).await;
        assert!(link.contains("/wechat/enter?to=pages%2Flogin%2Fconfirm%3Fscene%3D") && link.ends_with(&code), "{link}");

        // Scanning is not confirming.
        assert_eq!(app.watch(&screen, "").await.ok()["state"], "waiting");
        phone.get(&question(&code)).await.ok();
        phone.post(&format!("{}/confirm", question(&code)), json!({})).await.ok();
        assert_eq!(app.watch(&screen, "").await.ok()["session"]["account"]["login"], "dl02");

        // Who follows already is asked by the chat as well.
        let screen = app.screen("account").await;
        assert_eq!(wechat.scan_picture("zhou", &text(&screen.ticket["picture"])).await["kind"], "scanned");
        let chat = wechat.chat("zhou", 2).await;
        assert!(chat.last().unwrap()["shown"]["articles"][0]["url"].as_str().unwrap().ends_with(&app.code_of(&screen).await));
        assert!(phone.get("/phone/session").await.ok()["following"].as_bool().unwrap());
    }
}

wechat_story! {
    async fn a_ticket_is_its_own_browser_s_and_the_first_phone_s(app: &TestApp, wechat: &WeChat) {
        let phone = bound(app, wechat, "zhou", "dl03").await;
        let (screen, other) = (app.screen("mini_program").await, app.screen("mini_program").await);
        app.watch_with(&screen, "", "").await.refused(404);
        app.watch_with(&screen, "", &other.cookie).await.refused(404);
        let code = app.code_of(&screen).await;
        app.nobody().get(&question(&code)).await.refused(401);
        app.regulator("440700").await.get(&question(&code)).await.refused(401);
        phone.get(&question("madeUpCode")).await.refused(404);
        // Not without having been asked.
        phone.get(&question(&code)).await.ok();
        let thief = app.phone(wechat, "li").await;
        assert_eq!(thief.get(&question(&code)).await.refused(409)["code"], "taken");
        thief.post(&format!("{}/confirm", question(&code)), json!({})).await.refused(409);
        thief.post(&format!("{}/refuse", question(&code)), json!({})).await.refused(409);

        phone.post(&format!("{}/refuse", question(&code)), json!({})).await.ok();
        let standing = app.watch(&screen, "scanned").await.ok();
        assert_eq!(standing["state"], "refused");
        assert!(text(&standing["reason"]).contains("不是我"));
        phone.post(&format!("{}/confirm", question(&code)), json!({})).await.refused(409);
    }
}

wechat_story! {
    async fn a_ticket_ends_after_two_minutes(app: &TestApp, wechat: &WeChat) {
        let phone = bound(app, wechat, "zhou", "dl04").await;
        let screen = app.screen("mini_program").await;
        let id: uuid::Uuid = text(&screen.ticket["id"]).parse().unwrap();
        let past = chrono::Utc::now() - chrono::TimeDelta::seconds(1);
        let row = login_ticket::ActiveModel { id: Set(id), expires_at: Set(past), ..Default::default() };
        let code = row.update(app.app.db.writer()).await.unwrap().code;
        assert_eq!(phone.get(&question(&code)).await.refused(409)["code"], "expired");
        phone.post(&format!("{}/confirm", question(&code)), json!({})).await.refused(409);
        assert_eq!(app.watch(&screen, "waiting").await.ok()["state"], "expired");
    }
}

wechat_story! {
    async fn who_has_neither_account_nor_post_is_told_why_not(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "wang").await;
        let screen = app.screen("mini_program").await;
        let code = app.code_of(&screen).await;
        let asked = phone.get(&question(&code)).await.ok();
        assert_eq!(asked["may"], json!(false));
        assert!(text(&asked["reason"]).contains("绑定账号"));
        let standing = app.watch(&screen, "waiting").await.ok();
        assert_eq!((standing["state"].as_str(), &standing["reason"]), (Some("refused"), &asked["reason"]));
        phone.post(&format!("{}/confirm", question(&code)), json!({})).await;
        assert_eq!(app.watch(&screen, "").await.ok()["state"], "refused");
    }
}

story! {
    async fn a_project_manager_has_an_account_of_their_own_as_long_as_the_post(app: &TestApp) {
        let (site, elsewhere) = (app.project("440703").await, app.project("440703").await);
        app.busy_site(&site).await;
        let manager = mingce::entity::person::Entity::find()
            .filter(mingce::entity::person::Column::Name.eq("王建国"))
            .one(app.app.db.writer()).await.unwrap().unwrap();
        let (phone, user) = app.phone_row(|row| row.person_id = Set(Some(manager.id))).await;
        let enter = async || {
            let ticket = ticket_row(app).await;
            let asked = phone.get(&question(&ticket.code)).await.ok();
            let confirmed = phone.post(&format!("{}/confirm", question(&ticket.code)), json!({})).await;
            (asked, confirmed)
        };
        let (asked, confirmed) = enter().await;
        assert_eq!(asked["who"], json!({ "name": "王建国", "detail": site.name }));
        confirmed.ok();
        // The same account from the phone, for this site and no other.
        phone.get(&format!("/projects/{}", site.id)).await.ok();
        phone.get(&format!("/projects/{}", elsewhere.id)).await.refused(404);
        let account_id = personal_account::Entity::find().one(app.app.db.writer()).await.unwrap().unwrap().account_id;

        // Another site as well: the next login knows.
        let company = app.company("440700", "江门市第二建设有限公司").await;
        let unit = app.unit_row(&elsewhere, &company, "009").await;
        let crew = app.crew_row(&unit, CrewKind::Management, "总承包单位管理班组").await;
        app.entry_row(&crew, &manager, Some("1009"), days_ago(1)).await;
        enter().await.1.ok();
        phone.get(&format!("/projects/{}", elsewhere.id)).await.ok();
        let grants = role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(account_id));
        assert_eq!(grants.count(app.app.db.writer()).await.unwrap(), 2);

        // And when they have left, they are told so.
        let gone = roster_entry::ActiveModel { exited_on: Set(Some(days_ago(0))), ..Default::default() };
        roster_entry::Entity::update_many().set(gone).filter(roster_entry::Column::PersonId.eq(manager.id)).exec(app.app.db.writer()).await.unwrap();
        let (asked, _) = enter().await;
        assert!(text(&asked["reason"]).contains("任职"));
        assert_eq!(user.person_id, Some(manager.id));
    }
}

story! {
    async fn a_worker_s_post_and_a_labour_company_s_manager_are_no_posts_of_the_project(app: &TestApp) {
        let site = app.project("440703").await;
        let company = app.company("440700", "江门市劳务有限公司").await;
        let unit = app.unit_row(&site, &company, "003").await;
        let crew = app.crew_row(&unit, CrewKind::Management, "劳务分包管理班组").await;
        let person = app.person_row("陈志强").await;
        app.entry_row(&crew, &person, Some("1009"), days_ago(3)).await;
        let (phone, _) = app.phone_row(|row| row.person_id = Set(Some(person.id))).await;
        let ticket = ticket_row(app).await;
        let asked = phone.get(&question(&ticket.code)).await.ok();
        assert_eq!(asked["may"], json!(false), "{asked}");
    }
}

/// A ticket without a picture, which needs no WeChat.
async fn ticket_row(app: &TestApp) -> login_ticket::Model {
    let now = chrono::Utc::now();
    let row = login_ticket::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        code: Set(uuid::Uuid::now_v7().simple().to_string()[8..].to_owned()),
        secret_hash: Set("-".to_owned()),
        way: Set(mingce::entity::phone_identity::PhoneApp::MiniProgram),
        state: Set(login_ticket::TicketState::Waiting),
        ip: Set("203.0.113.9".to_owned()),
        user_agent: Set(String::new()),
        phone_user_id: Set(None),
        account_id: Set(None),
        reason: Set(None),
        created_at: Set(now),
        expires_at: Set(now + chrono::TimeDelta::minutes(2)),
    };
    row.insert(app.app.db.writer()).await.unwrap()
}
