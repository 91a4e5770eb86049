//! Forms that fill themselves.

use std::sync::Arc;

use mingce::{entity::stored_file, platform::files::service::read_terminal};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::support::*;
use crate::api::{people::support::new_person, support::Kind};

async fn is_claimed(app: &TestApp, file: &Value) -> bool {
    let id = file["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    stored_file::Entity::find_by_id(id).one(app.app.db.writer()).await.unwrap().unwrap().claimed
}

/// Wider than high.
fn card(colour: [u8; 3]) -> Vec<u8> {
    jpeg(image::RgbImage::from_pixel(400, 250, image::Rgb(colour)))
}

story! {
    async fn without_networks_the_platform_says_so_and_everything_is_typed(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        let none = json!({ "available": false, "card_model": null, "face_model": null });
        assert_eq!(regulator.get("/vision").await.ok(), none);
        for path in ["/vision/id-card", "/vision/face"] {
            let answer = send_picture(&regulator, path, None, &card(GREY)).await;
            assert!(!answer.headers.contains_key("retry-after"), "waiting does not help");
            let refused = answer.refused(503);
            assert_eq!(refused["code"], "vision_unavailable");
            assert!(refused["message"].as_str().unwrap().contains("手动填写"));
        }
        let mut form = new_person(&somebody(), "王建国");
        form["photo_file_id"] = uploaded(&regulator, GREY).await;
        let person = regulator.post("/people", form).await.ok();
        all_compared(app).await;
        let images = regulator.get(&format!("/people/{}/images", person["id"].as_str().unwrap())).await.ok();
        assert_eq!((&images[0]["checked_at"], &images[0]["issues"]), (&Value::Null, &Value::Null));
        let ready = reqwest::get(format!("http://{}/readyz", app.address)).await.unwrap();
        assert_eq!(ready.status(), 200);
    }
}

seeing_story! {
    async fn a_photographed_card_fills_the_form_and_goes_with_the_registration(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        assert_eq!(regulator.get("/vision").await.ok(), json!({ "available": true, "card_model": "labels@1", "face_model": "colours@1" }));
        let read = send_picture(&regulator, "/vision/id-card", None, &card(GREY)).await.ok();
        assert_eq!((&read["side"], &read["temporary"], &read["model"]), (&json!("front"), &json!(false), &json!("labels@1")));
        let name = &read["fields"][0];
        assert_eq!((&name["name"], &name["value"], &name["sure"]), (&json!("name"), &json!("冼星海"), &json!(false)));
        assert_eq!(name["lookalikes"], json!(["冼星海", "洗星海"]));
        assert!(name["cut"].as_str().unwrap().starts_with("data:image/jpeg;base64,"));
        assert_eq!(read["fields"][1]["cut"], Value::Null);
        assert_eq!(read["warnings"][0]["code"], "card_photocopy");
        assert!(!is_claimed(app, &read["picture"]).await && !is_claimed(app, &read["portrait"]).await);

        let mut form = new_person(&somebody(), "冼星海");
        form["id_front_file_id"] = read["picture"]["id"].clone();
        form["portrait_file_id"] = read["portrait"]["id"].clone();
        let person = regulator.post("/people", &form).await.ok();
        assert!(is_claimed(app, &read["picture"]).await && is_claimed(app, &read["portrait"]).await);
        assert_eq!(person["has_id_front"], true);
        let images = regulator.get(&format!("/people/{}/images", person["id"].as_str().unwrap())).await.ok();
        let (front, portrait) = (&images[0], &images[1]);
        assert_eq!((&front["kind"], &front["version"], &front["url"]), (&json!("card_front"), &json!(1), &Value::Null));
        assert_eq!((&portrait["kind"], &portrait["source"]), (&json!("portrait"), &json!("console")));
        let link = portrait["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
        assert_eq!(app.nobody().get(&link).await.headers["content-type"], "image/jpeg");

        // What somebody else has had read is nobody else's to register with.
        form["id_number"] = json!(somebody());
        let other = send_picture(&app.regulator("440703").await, "/vision/id-card", None, &card(GREY)).await.ok();
        form["id_front_file_id"] = other["picture"]["id"].clone();
        form["portrait_file_id"] = Value::Null;
        assert!(regulator.post("/people", &form).await.field("id_front_file_id").contains("重新上传"));
    }
}

seeing_story! {
    async fn what_is_no_picture_or_no_card_is_refused_at_the_field(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        for path in ["/vision/id-card", "/vision/face"] {
            let said = send_picture(&regulator, path, None, b"%PDF-1.7").await.field("file");
            assert_eq!(said, "这不是图片文件，请选择 JPEG、PNG 或 WebP 图片");
            send_picture(&regulator, path, Some("photo"), &card(GREY)).await.refused(400);
            regulator.post(path, json!({})).await.refused(400);
            send_picture(&app.nobody(), path, None, &card(GREY)).await.refused(401);
            let vendor = app.vendor_account(&app.vendor("440703").await).await;
            send_picture(&vendor, path, None, &card(GREY)).await.refused(403);
        }
        let before = stored_file::Entity::find().all(app.app.db.reader()).await.unwrap().len();
        let said = send_picture(&regulator, "/vision/id-card", None, &jpeg(face(300, GREY))).await.field("file");
        assert!(said.contains("这像是银行卡"), "{said}");
        let after = stored_file::Entity::find().all(app.app.db.reader()).await.unwrap().len();
        assert_eq!(before, after, "nothing of it is kept");
        app.nobody().get("/vision").await.refused(401);
    }
}

seeing_story! {
    async fn a_face_is_accepted_as_terminals_take_it_or_refused_with_the_reason(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        let good = send_picture(&regulator, "/vision/face", None, &jpeg(face(900, GREY))).await.ok();
        assert_eq!((&good["accepted"], &good["issues"], &good["model"]), (&json!(true), &json!([]), &json!("colours@1")));
        assert_eq!(good["at"], json!({ "left": 10.0, "top": 20.0, "width": 30.0, "height": 40.0 }));
        let id = good["photo"]["id"].as_str().unwrap().parse().unwrap();
        let terminals = read_terminal(&app.app, id).await.unwrap();
        let picture = image::load_from_memory(&terminals).unwrap();
        assert_eq!((picture.width(), picture.height()), (480, 640));

        let mut form = new_person(&somebody(), "王建国");
        form["photo_file_id"] = good["photo"]["id"].clone();
        assert!(regulator.post("/people", form).await.ok()["photo_url"].is_string());

        let dark = send_picture(&regulator, "/vision/face", None, &jpeg(face(300, [10, 10, 10]))).await.ok();
        assert_eq!((&dark["accepted"], &dark["photo"]), (&json!(false), &Value::Null));
        assert_eq!(dark["issues"], json!([{ "code": "too_dark", "message": "光线太暗，请到明亮处拍摄" }]));
    }
}

seeing_story! {
    async fn nobody_has_pictures_read_without_end(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        for _ in 0..30 {
            send_picture(&regulator, "/vision/id-card", None, b"x").await.refused(422);
        }
        send_picture(&regulator, "/vision/face", None, b"x").await.refused(429);
        send_picture(&app.regulator("440703").await, "/vision/face", None, b"x").await.refused(422);
    }
}

#[actix_web::test]
async fn who_finds_everybody_busy_is_told_when_to_come_back() {
    let app = TestApp::start_seeing(Kind::Sqlite, Arc::new(Busy::default())).await;
    let regulator = app.regulator("440703").await;
    let busy = send_picture(&regulator, "/vision/id-card", None, &card(GREY)).await;
    assert_eq!(busy.headers["retry-after"], "7");
    assert_eq!(busy.refused(503)["code"], "vision_busy");
    let expired = send_picture(&regulator, "/vision/face", None, &card(GREY)).await;
    assert!(expired.headers.contains_key("retry-after"));
    assert_eq!(expired.refused(503)["message"], "识别人数较多，请稍后再试");
    app.stop().await;
}
