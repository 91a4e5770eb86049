//! Whether the face is the card's.

use serde_json::{Value, json};

use super::support::*;

joining_story! {
    async fn somebody_else_s_face_does_not_go_in_and_one_that_is_not_clear_is_marked(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let begun = worker.begun(&site).await;
        let card = worker.card("冼星海", &somebody(), GREY).await;
        worker.put(&begun, "/card", card.clone()).await.ok();
        let said = worker.put_face(&begun, grey_and(0.58)).await.field("face_file_id");
        assert!(said.contains("不像同一个人") && said.contains("项目部"), "{said}");
        let form = json!({ "face_file_id": worker.photo([10, 10, 10]).await, "source": "camera" });
        assert!(worker.put(&begun, "/face", form).await.field("face_file_id").contains("暗"));
        assert_eq!(worker.seen(&begun).await["face"], Value::Null, "nothing was kept");
        let marked = worker.put_face(&begun, grey_and(0.45)).await.ok();
        assert_eq!(marked["face"]["standing"], "look");
        // The same face with another person's card is nobody's face.
        let mut other = card;
        other["portrait_file_id"] = worker.photo([100, 255, 255]).await;
        let dropped = worker.put(&begun, "/card", other).await.ok();
        assert_eq!((&dropped["face"], &dropped["next"]), (&Value::Null, &json!("face")));
    }
}

joining_story! {
    async fn a_card_without_a_portrait_waits_for_somebody_to_look(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let begun = worker.begun(&site).await;
        let mut card = worker.card("冼星海", &somebody(), GREY).await;
        for side in ["portrait_file_id", "id_back_file_id"] {
            card[side] = Value::Null;
        }
        card["temporary_card"] = json!(true);
        let kept = worker.put(&begun, "/card", card).await.ok();
        assert_eq!(kept["steps"]["card"], true, "a temporary card has one side");
        worker.put_face(&begun, GREY).await.ok();
        worker.put(&begun, "/phone", json!({})).await.ok();
        worker.put(&begun, "/work", json!({ "crew_id": site.rebar.id })).await.ok();
        let submitted = worker.submit(&begun).await.ok();
        assert_eq!(submitted["face"]["standing"], Value::Null);
        let found = site.staff.post("/registrations/search", json!({ "tab": "submitted", "face_standing": "look" })).await.ok();
        assert_eq!(found["total"], 1);
        let detail = site.staff.get(&format!("/registrations/{}", begun["id"].as_str().unwrap())).await.ok();
        assert!(detail["remarks"].to_string().contains("核对人脸"), "{detail}");
    }
}

joining_story! {
    async fn cards_are_read_and_faces_checked_for_phones_as_for_clerks(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let card = image::RgbImage::from_pixel(400, 250, image::Rgb(GREY));
        let read = send_picture(&worker.client, "/phone/vision/id-card", None, &jpeg(card)).await.ok();
        let checked = send_picture(&worker.client, "/phone/vision/face", None, &jpeg(face(300, GREY))).await.ok();
        assert_eq!((&read["side"], &checked["accepted"]), (&json!("front"), &json!(true)));
        let begun = worker.begun(&site).await;
        let form = json!({
            "name": read["fields"][0]["value"], "id_number": somebody(), "ethnic": "汉族",
            "id_front_file_id": read["picture"]["id"], "portrait_file_id": read["portrait"]["id"],
            "id_back_file_id": worker.photo(GREY).await,
        });
        worker.put(&begun, "/card", form).await.ok();
        let form = json!({ "face_file_id": checked["photo"]["id"], "source": "camera" });
        assert_eq!(worker.put(&begun, "/face", form).await.ok()["face"]["standing"], "pass");
        for path in ["/phone/vision/id-card", "/phone/vision/face"] {
            send_picture(&app.nobody(), path, None, b"x").await.refused(401);
            send_picture(&worker.client, path, None, b"x").await.field("file");
        }
        let mut last = 200;
        for _ in 0..20 {
            last = send_picture(&worker.client, "/phone/vision/face", None, &jpeg(face(300, GREY))).await.status;
        }
        assert_eq!(last, 429, "nobody's hands tremble that much");
    }
}

story! {
    async fn without_networks_everything_is_typed_and_somebody_looks(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let submitted = worker.submitted(&site, "冼星海", &somebody()).await;
        assert_eq!((&submitted["state"], &submitted["face"]["standing"]), (&json!("submitted"), &Value::Null));
        assert_eq!(approve(&site.staff, &[&submitted]).await.ok()["done"], 1);
    }
}
