//! What people are told on their phones: once, by whichever way reaches them, and what became of it stays on record.

use mingce::{
    entity::phone_message::{self, MessageState},
    platform::{
        jobs,
        phone::{Notice, Recipient, notices::tell},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::support::{WeChat, text};
use crate::api::support::{Client, TestApp};

async fn user_id(phone: &Client) -> Uuid {
    text(&phone.get("/phone/session").await.ok()["user"]["id"]).parse().unwrap()
}

impl TestApp {
    async fn refuse_somebody(&self, to: Recipient, key: &str) {
        let project = self.project("440703").await;
        let notice =
            Notice::RegistrationRefused { project: (&project).into(), reason: "身份证照片不清楚".to_owned() };
        let tx = self.app.db.begin().await.unwrap();
        tell(&tx, to, notice, key).await.unwrap();
        tx.commit().await.unwrap();
        jobs::wake(&self.app).await;
    }

    async fn settled(&self, wechat: &WeChat, key: &str) -> phone_message::Model {
        wechat
            .until(|| async {
                let found = phone_message::Entity::find().filter(phone_message::Column::DedupeKey.eq(key));
                let row = found.one(self.app.db.writer()).await.unwrap().unwrap();
                (row.state != MessageState::Waiting).then_some(row)
            })
            .await
    }
}

wechat_story! {
    async fn a_notice_goes_to_the_mini_program_once(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "wang").await;
        let to = Recipient::User(user_id(&phone).await);
        let settings = app.nobody().get("/phone/settings").await.ok();
        let ids: Vec<_> = settings["templates"].as_array().unwrap().iter().map(|template| template["template_id"].clone()).collect();
        wechat.post("/people/wang/allow", json!({ "template_ids": ids })).await;
        for _ in 0..3 {
            app.refuse_somebody(to, "registration:1:refused:1").await;
        }
        let row = app.settled(wechat, "registration:1:refused:1").await;
        assert_eq!(row.state, MessageState::Sent, "{row:?}");
        assert_eq!(phone_message::Entity::find().count(app.app.db.writer()).await.unwrap(), 1);
        let sent = wechat.get("/sent").await["items"].as_array().unwrap().clone();
        assert_eq!(sent.len(), 1);
        let lines = sent[0]["body"]["data"].clone();
        assert_eq!(lines["phrase2"]["value"], "未通过");
        assert_eq!(lines["thing3"]["value"], "身份证照片不清楚，请点击修改后重新提交");
    }
}

wechat_story! {
    async fn who_gave_no_leave_but_follows_is_told_in_the_chat(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "li").await;
        wechat.post("/people/li/follow", json!({})).await;
        wechat.chat("li", 1).await;
        // The two meet by the unionid at the login through the account; a push says none.
        merge(app).await;
        app.refuse_somebody(Recipient::User(user_id(&phone).await), "k2").await;
        let row = app.settled(wechat, "k2").await;
        assert_eq!((row.state, row.failure.as_deref()), (MessageState::Sent, None));
        assert!(row.receipt.is_some());

        // Who does not want messages is found out afterwards.
        wechat.send(reqwest::Method::PATCH, "/people/li", json!({ "blocks": true })).await;
        app.refuse_somebody(Recipient::User(user_id(&phone).await), "k3").await;
        let row = wechat.until(|| async {
            let found = phone_message::Entity::find().filter(phone_message::Column::DedupeKey.eq("k3"));
            found.one(app.app.db.writer()).await.unwrap().filter(|row| row.state == MessageState::Failed)
        }).await;
        assert_eq!(row.failure.as_deref(), Some("对方拒收公众号消息"));
    }
}

/// Makes all identities one user's.
async fn merge(app: &TestApp) {
    use mingce::entity::{phone_identity, phone_user};
    let with_unionid = phone_user::Entity::find().filter(phone_user::Column::Unionid.is_not_null());
    let user = with_unionid.one(app.app.db.writer()).await.unwrap().unwrap();
    for identity in phone_identity::Entity::find().all(app.app.db.writer()).await.unwrap() {
        let row =
            phone_identity::ActiveModel { id: Set(identity.id), phone_user_id: Set(user.id), ..Default::default() };
        row.update(app.app.db.writer()).await.unwrap();
    }
}

wechat_story! {
    async fn what_was_not_sent_says_why(app: &TestApp, wechat: &WeChat) {
        let phone = app.phone(wechat, "zhao").await;
        app.refuse_somebody(Recipient::User(user_id(&phone).await), "k4").await;
        let row = app.settled(wechat, "k4").await;
        assert_eq!(row.state, MessageState::Failed);
        assert!(row.failure.unwrap().contains("消息"), "the person has given no leave");

        let person = app.person_row("李强").await;
        app.refuse_somebody(Recipient::Person(person.id), "k5").await;
        assert_eq!(app.settled(wechat, "k5").await.state, MessageState::NoPhone);
    }
}

story! {
    async fn messages_are_read_by_whoever_watches_over_the_project(app: &TestApp) {
        let (site, elsewhere) = (app.project("440703").await, app.project("510800").await);
        let (person, tx) = (app.person_row("李强").await, app.app.db.begin().await.unwrap());
        for (project, key) in [(&site, "a"), (&elsewhere, "b")] {
            let notice = Notice::ContractDue { project: project.into(), days: 12 };
            tell(&tx, Recipient::Person(person.id), notice, key).await.unwrap();
        }
        tx.commit().await.unwrap();
        let seen = app.regulator("440700").await.get("/phone-messages?state=no_phone").await.ok();
        assert_eq!(seen["total"], 1);
        let row = &seen["items"][0];
        assert_eq!((row["person_name"].as_str(), row["kind"].as_str()), (Some("李强"), Some("contract_due")));
        assert_eq!(row["note"], "进场12天还未签合同，请尽快签订");
        assert_eq!(app.project_staff(&site).await.get("/phone-messages").await.ok()["total"], 1);
        assert_eq!(app.project_staff(&site).await.get("/phone-messages?state=sent").await.ok()["total"], 0);
        app.vendor_account(&app.vendor("440700").await).await.get("/phone-messages").await.refused(403);
        app.nobody().get("/phone-messages").await.refused(401);
    }
}

story! {
    async fn whoever_was_on_site_and_has_no_punch_is_told_in_the_morning(app: &TestApp) {
        use crate::api::support::days_ago;
        use mingce::{entity::{attendance_day, person}, site::attendance::TellMissing};
        let (site, resting) = (app.project("440703").await, app.project("440703").await);
        app.busy_site(&site).await;
        app.busy_site(&resting).await;
        let db = app.app.db.writer();
        let people = person::Entity::find().filter(person::Column::Name.eq("李强")).all(db).await.unwrap();
        for person in &people {
            app.phone_row(|row| row.person_id = Set(Some(person.id))).await;
        }
        let yesterday = days_ago(1);
        let punched = person::Entity::find().filter(person::Column::Name.eq("王建国")).all(db).await.unwrap();
        for person in punched {
            let entry = app.entry_of(&person).await;
            if entry.project_id != site.id {
                continue;
            }
            let day = attendance_day::ActiveModel {
                project_id: Set(site.id),
                entry_id: Set(entry.id),
                day: Set(yesterday),
                person_id: Set(person.id),
                marks: Set(String::new()),
                first_at: Set(None),
                last_at: Set(None),
                minutes: Set(0),
                count: Set(1),
                inside: Set(false),
            };
            day.insert(db).await.unwrap();
        }
        // Twice: nobody hears of it twice. Who has no phone is not in the list, and a site that rests owes nobody a message.
        for _ in 0..2 {
            app.done(TellMissing::default()).await;
        }
        let told = phone_message::Entity::find().all(db).await.unwrap();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].project_id, Some(site.id));
    }
}
