//! 【项目人员登记绑定审核】.

use serde_json::{Value, json};

use super::support::*;

joining_story! {
    async fn who_is_refused_is_told_why_and_submits_again(app: &TestApp) {
        let site = Site::new(app).await;
        let worker = phone(app).await;
        let submitted = worker.submitted(&site, "冼星海", &somebody()).await;
        refuse(&site.staff, &[&submitted], "x").await.field("reason");
        assert_eq!(refuse(&site.staff, &[&submitted], "班组选错了，请选木工班").await.ok()["done"], 1);
        let refused = worker.seen(&submitted).await;
        assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("班组选错了，请选木工班")));
        assert_eq!(refused["next"], "submit", "nothing is missing, something is wrong");
        assert_eq!(told(app).await[0].0, "registration_refused");
        let counts = site.staff.post("/registrations/counts", json!({})).await.ok();
        assert_eq!(counts, json!({ "to_submit": 0, "submitted": 0, "refused": 1, "approved": 0 }));
        let early = approve(&site.staff, &[&refused]).await.ok();
        assert!(early["refused"][0]["reason"].as_str().unwrap().contains("已退回"), "{early}");
        let corrected = worker.put(&refused, "/work", json!({ "crew_id": site.cooks.id })).await.ok();
        assert_eq!(corrected["state"], "refused", "until it is submitted");
        let again = worker.submit(&refused).await.ok();
        assert_eq!((&again["state"], &again["reason"]), (&json!("submitted"), &Value::Null));
        // Whoever decides has seen what is there now.
        let stale = approve(&site.staff, &[&submitted]).await.ok();
        assert!(stale["refused"][0]["reason"].as_str().unwrap().contains("刷新"), "{stale}");
        assert_eq!(approve(&site.staff, &[&again]).await.ok()["done"], 1);
        let what: Vec<Value> = worker.seen(&submitted).await["history"].as_array().unwrap().iter().map(|line| line["what"].clone()).collect();
        assert_eq!(what, ["begun", "submitted", "refused", "submitted", "approved"]);
    }
}

joining_story! {
    async fn several_are_decided_at_once_and_each_by_itself(app: &TestApp) {
        let site = Site::new(app).await;
        let mut rows = Vec::new();
        for name in ["王建国", "李强", "赵小明"] {
            rows.push(phone(app).await.submitted(&site, name, &somebody()).await);
        }
        // The second one's name is somebody else's on the platform.
        let known = site.worker(app, "李大强").await;
        let hash = mingce::registry::people::identity::id_number_hash(&app.app.keys, &number_of_row(&known));
        let mut taken: mingce::entity::registration::ActiveModel = row_of(app, &rows[1]).await.into();
        taken.id_number_hash = sea_orm::ActiveValue::Set(Some(hash));
        taken.id_number_sealed = sea_orm::ActiveValue::Set(Some(app.app.keys.seal("person.id_number", number_of_row(&known).expose())));
        sea_orm::ActiveModelTrait::update(taken, app.app.db.writer()).await.unwrap();
        let answer = approve(&site.staff, &rows.iter().collect::<Vec<_>>()).await.ok();
        assert_eq!((&answer["done"], &answer["refused"][0]["name"]), (&json!(2), &json!("李强")), "{answer}");
        assert!(answer["refused"][0]["reason"].as_str().unwrap().contains("姓名"), "{answer}");
        assert_eq!(row_of(app, &rows[1]).await.person_id, None, "and nothing of it was written");
        let none = json!({ "items": [] });
        site.staff.post("/registrations/approve", none).await.field("items");
    }
}

joining_story! {
    async fn lists_are_for_who_sees_the_people_and_decisions_for_who_runs_the_roster(app: &TestApp) {
        let site = Site::new(app).await;
        let number = somebody();
        let submitted = phone(app).await.submitted(&site, "冼星海", &number).await;
        let detail = format!("/registrations/{}", submitted["id"].as_str().unwrap());
        let other = Site::of(app, app.project("510800").await).await;
        for stranger in [&other.staff, &app.regulator("510800").await] {
            assert_eq!(stranger.post("/registrations/search", json!({})).await.ok()["total"], 0);
            assert_eq!(stranger.post("/registrations/counts", json!({})).await.ok()["submitted"], 0);
            stranger.get(&detail).await.refused(404);
            approve(stranger, &[&submitted]).await.refused(404);
            refuse(stranger, &[&submitted], "不是本项目的人").await.refused(404);
            stranger.post(&format!("{detail}/unmask"), json!({})).await.refused(404);
            stranger.post(&format!("{detail}/withdraw"), json!({})).await.refused(404);
        }
        let company = mingce::entity::company::Model { id: site.labour.company_id, ..app.company("440703", "x").await };
        let company = app.company_account(&company).await;
        assert_eq!(company.post("/registrations/search", json!({})).await.ok()["items"][0]["may_decide"], false);
        approve(&company, &[&submitted]).await.refused(403);
        company.post(&format!("{detail}/unmask"), json!({})).await.refused(403);
        app.vendor_account(&app.vendor("440700").await).await.post("/registrations/search", json!({})).await.refused(403);
        for path in ["/registrations/search", "/registrations/counts", "/registrations/approve", "/registrations/refuse"] {
            app.nobody().post(path, json!({})).await.refused(401);
        }
        let city = app.regulator("440700").await;
        for (filter, total) in [
            (json!({ "name": "星" }), 1),
            (json!({ "name": "王" }), 0),
            (json!({ "id_number": number }), 1),
            (json!({ "crew_id": site.cooks.id }), 0),
            (json!({ "region_code": "440703", "project": site.project.name }), 1),
            (json!({ "origin": "console" }), 0),
            (json!({ "kind": "worker", "face_standing": "pass" }), 1),
        ] {
            assert_eq!(city.post("/registrations/search", filter.clone()).await.ok()["total"], total, "{filter}");
        }
        city.post("/registrations/search", json!({ "id_number": "1" })).await.field("id_number");
        city.post("/registrations/search?sort=secret", json!({})).await.field("sort");
        let seen = city.get(&detail).await.ok();
        assert!(!seen.to_string().contains(&number), "{seen}");
        assert_eq!(city.post(&format!("{detail}/unmask"), json!({})).await.ok()["id_number"], json!(number));
        assert_eq!(audit_of(app).await.pop().unwrap()["action"], "registration.unmask");
        assert_eq!(approve(&city, &[&seen]).await.ok()["done"], 1);
    }
}

joining_story! {
    async fn somebody_known_comes_back_with_new_pictures_and_a_new_number(app: &TestApp) {
        use mingce::entity::person;
        use sea_orm::EntityTrait;
        let site = Site::new(app).await;
        let known = site.worker(app, "王建国").await;
        let worker = phone(app).await;
        let submitted = worker.submitted(&site, "王建国", number_of_row(&known).expose()).await;
        assert_eq!(approve(&site.staff, &[&submitted]).await.ok()["done"], 1);
        let after = person::Entity::find_by_id(known.id).one(app.app.db.writer()).await.unwrap().unwrap();
        assert_eq!(Some(known.id), row_of(app, &submitted).await.person_id);
        assert!(after.photo_file_id.is_some() && after.phone.is_some() && after.revision == known.revision + 1);
        let edits = audit_of(app).await.into_iter().filter(|entry| entry["action"] == "person.edit").count();
        assert_eq!(edits, 1);
    }
}
