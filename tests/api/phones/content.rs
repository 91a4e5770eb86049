//! What somebody writes on a phone is shown to others: WeChat is asked, and its silence keeps nobody from speaking.

use mingce::entity::phone_user;
use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;

use crate::{
    api::contracts::support::{Site, ago, upload_as},
    platform::pictures::jpeg,
};

wechat_story! {
    async fn what_wechat_finds_risky_is_refused_at_its_field(app: &TestApp, wechat: &WeChat) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 9).await;
        let mine = app.phone(wechat, "wang").await;
        let user = app.phone_users().await.remove(0);
        let linked = phone_user::ActiveModel { id: Set(user.id), person_id: Set(Some(entry.person_id)), ..Default::default() };
        linked.update(app.app.db.writer()).await.unwrap();
        let picture = upload_as(&mine, "/phone/files", "photo", "打卡机.jpg", &jpeg(60, 40)).await.ok();
        let send = async |day: u64, said: &str| {
            let form = json!({ "entry_id": entry.id, "day": ago(day), "said": said, "file_id": picture["id"] });
            mine.post("/phone/me/objections", form).await
        };
        assert!(send(2, "漏打卡了，违规测试").await.field("said").contains("微信不允许"));
        let risky = json!([{ "path": "/wxa/img_sec_check", "times": 1, "kind": "errcode", "code": 87014, "message": "risky content" }]);
        wechat.send(Method::PUT, "/faults", risky).await;
        assert!(send(2, "漏打卡了").await.field("file_id").contains("换一张"));

        let silent = ["/wxa/img_sec_check", "/wxa/msg_sec_check"]
            .map(|path| json!({ "path": path, "times": 1, "kind": "html" }));
        wechat.send(Method::PUT, "/faults", json!(silent)).await;
        send(2, "漏打卡了，违规测试").await.ok();
    }
}
