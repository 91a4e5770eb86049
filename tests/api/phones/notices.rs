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
        assert_eq!(lines["thing3"]["value"], "身份证照片不清楚，请点击修改后重新…");
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
