//! People: registered once, masked everywhere, seen within reach.

mod collected;
mod employment;
mod export;
mod keys;
mod records;
mod registering;
pub mod support;

use mingce::platform::types::{Sex, clock, synthetic};
use reqwest::Method;
use serde_json::{Value, json};
use support::*;

story! {
    async fn a_person_is_registered_found_and_never_shown_in_full(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let id_number = somebody();
        let form = json!({
            "id_number": id_number, "name": "王建国", "ethnic": "汉族", "region_code": "440703",
            "phone": "138 0013 8000", "bank_name": "中国建设银行江门分行", "bank_card": "4111 1111 1111 1111",
            "address": "广东省江门市蓬江区某某路 1 号", "education": "02", "id_valid_from": "2020-01-01",
        });
        let person = regulator.post("/people", form).await.ok();
        assert_eq!(person["sex"], "male");
        assert_eq!(person["age"], json!(years_since("1985-03-01")));
        assert_eq!(person["phone"], "138****8000");
        assert_eq!(person["bank_card"], "************1111");
        assert_eq!(person["may_edit"], true);
        let path = format!("/people/{}", person["id"].as_str().unwrap());

        for search in [json!({ "name": "王" }), json!({ "id_number": id_number }), json!({ "phone": "13800138000" })] {
            let page = regulator.post("/people/search", search).await.ok();
            assert_eq!(page["total"], 1, "{page}");
            assert_eq!(page["items"][0]["id"], person["id"]);
            assert_conceals(&page, &id_number);
        }
        let detail = regulator.get(&path).await.ok();
        assert_eq!(detail["address"], "广东省江门市******");
        assert_conceals(&detail, &id_number);
        assert_conceals(&regulator.get(&format!("{path}/history")).await.ok(), &id_number);
        assert_conceals(&json!(audit_of(app).await), &id_number);
        assert_conceals(&json!(row_of(app, &person).await), &id_number);
    }
}

story! {
    async fn of_a_number_typed_in_any_way_there_is_one_person(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let id_number = somebody();
        let wide: String = id_number.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
        regulator.post("/people", new_person(&wide, "王建国")).await.ok();
        let message = regulator.post("/people", new_person(&id_number, "王建国")).await.field("id_number");
        assert!(message.contains("已在人员库中"), "{message}");
        let message = regulator.post("/people", new_person(&id_number, "李大海")).await.field("name");
        assert!(message.contains("王*国"), "{message}");
    }
}

story! {
    async fn wrong_numbers_are_refused_with_a_sentence_of_their_own(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let young = synthetic::id_number(1, clock::china_today() - chrono::Days::new(15 * 365), Sex::Male);
        let cases = [
            ("110105194912310021", "校验"),
            ("110105491231002", "15 位"),
            ("11010519491331002X", "出生日期"),
            (young.expose(), "16 周岁"),
        ];
        for (number, word) in cases {
            let message = regulator.post("/people", new_person(number, "王建国")).await.field("id_number");
            assert!(message.contains(word), "{message}");
            assert!(!message.contains(number));
        }
        let mut card = new_person(&somebody(), "王建国");
        card["bank_card"] = json!("4111111111111112");
        assert!(regulator.post("/people", card).await.field("bank_card").contains("校验"));
        let mut validity = new_person(&somebody(), "王建国");
        validity["id_valid_from"] = json!("2030-01-01");
        validity["id_valid_until"] = json!("2020-01-01");
        regulator.post("/people", validity).await.field("id_valid_until");
    }
}

story! {
    async fn rare_characters_are_kept_and_found_by_their_beginning(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        for name in ["𠮷野", "䶮大海", "买买提·吐尔逊", "李\u{31350}", "王建国"] {
            let person = regulator.post("/people", new_person(&somebody(), name)).await.ok();
            assert_eq!(person["name"], name);
        }
        for (beginning, name) in [("𠮷", "𠮷野"), ("䶮", "䶮大海"), ("买买提·吐", "买买提·吐尔逊"), ("李", "李\u{31350}")] {
            let page = regulator.post("/people/search", json!({ "name": beginning })).await.ok();
            assert_eq!((&page["total"], &page["items"][0]["name"]), (&json!(1), &json!(name)), "{page}");
        }
        assert_eq!(regulator.post("/people/search", json!({ "name": "野" })).await.ok()["total"], 0);
        assert_eq!(regulator.post("/people/search", json!({ "name": "%" })).await.ok()["total"], 0);
    }
}

story! {
    async fn nobody_sees_people_out_of_reach(app: &TestApp) {
        let (here, there) = (app.project("440703").await, app.project("510800").await);
        let (ours, theirs) = (app.project_staff(&here).await, app.project_staff(&there).await);
        let mut form = new_person(&somebody(), "王建国");
        form["region_code"] = Value::Null;
        form["project_id"] = json!(here.id);
        let person = ours.post("/people", form.clone()).await.ok();
        let id = person["id"].as_str().unwrap();

        let other_regulator = app.regulator("510800").await;
        for stranger in [&theirs, &other_regulator] {
            for path in [format!("/people/{id}"), format!("/people/{id}/history")] {
                stranger.get(&path).await.refused(404);
            }
            stranger.post(&format!("/people/{id}/unmask"), json!({ "fields": ["id_number"] })).await.refused(404);
            edit(stranger, id, 1, json!({ "name": "李大海" })).await.refused(404);
            assert_eq!(stranger.post("/people/search", json!({})).await.ok()["total"], 0);
        }
        theirs.post("/people", &form).await.refused(404);
        assert_eq!(app.regulator("440703").await.post("/people/search", json!({})).await.ok()["total"], 1);
        assert_eq!(app.regulator("440704").await.post("/people/search", json!({})).await.ok()["total"], 0);
        assert_eq!(app.admin().await.post("/people/search", json!({})).await.ok()["total"], 1);
        app.vendor_account(&app.vendor("440703").await).await.get(&format!("/people/{id}")).await.refused(403);

        for path in ["/people/search", "/people", "/people/lookup", "/people/0/unmask"] {
            app.nobody().post(path, json!({})).await.refused(401);
        }
        app.nobody().get(&format!("/people/{id}")).await.refused(401);
    }
}

story! {
    async fn of_two_who_edit_at_once_the_second_hears_of_the_first(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        let id = person["id"].as_str().unwrap();
        let edited = edit(&regulator, id, 1, json!({ "phone": "13900139000", "marital": "02" })).await.ok();
        assert_eq!((&edited["phone"], &edited["revision"]), (&json!("139****9000"), &json!(2)));
        edit(&regulator, id, 1, json!({ "phone": "13700137000" })).await.refused(412);
        regulator.send(regulator.request(Method::PATCH, &format!("/people/{id}")).json(&json!({}))).await.refused(428);
        let edited = edit(&regulator, id, 2, json!({ "marital": null })).await.ok();
        assert_eq!((&edited["phone"], &edited["marital"]), (&json!("139****9000"), &Value::Null));
        edit(&regulator, id, 3, json!({ "id_number": somebody() })).await.field("id_number");
    }
}

story! {
    async fn who_looks_at_a_number_is_written_down(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let id_number = somebody();
        let mut form = new_person(&id_number, "王建国");
        form["bank_card"] = json!("4111111111111111");
        let person = regulator.post("/people", form).await.ok();
        let path = format!("/people/{}/unmask", person["id"].as_str().unwrap());
        let shown = regulator.post(&path, json!({ "fields": ["id_number", "bank_card"], "reason": "核对工资卡" })).await.ok();
        assert_eq!(shown["id_number"], json!(id_number));
        assert_eq!(shown["born_on"], "1985-03-01");
        assert_eq!(shown["bank_card"], "4111111111111111");
        assert_eq!(shown["phone"], Value::Null);
        let entry = audit_of(app).await.pop().unwrap();
        assert_eq!(entry["action"], "person.unmask");
        assert_eq!(entry["reason"], "核对工资卡");
        assert_eq!(entry["after"], json!({ "fields": ["id_number", "bank_card"] }));
        assert_conceals(&entry, &id_number);
        regulator.post(&path, json!({ "fields": [] })).await.field("fields");
        regulator.post(&path, json!({ "fields": ["shoe_size"] })).await.refused(422);
    }
}

story! {
    async fn a_project_reads_what_was_done_with_its_people(app: &TestApp) {
        let (site, other) = (site(app, "440703").await, site(app, "440703").await);
        let (staff, regulator) = (app.project_staff(&site.project).await, app.regulator("440700").await);
        let manager = app.project_staff(&site.project).await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        let id = person["id"].as_str().unwrap();
        let stay = site.enter(app, &person).await;
        let unmask = format!("/people/{id}/unmask");
        staff.post(&unmask, json!({ "fields": ["phone"] })).await.ok();
        edit(&staff, id, 1, json!({ "phone": "13900139000" })).await.ok();
        // What the regulator does with somebody on the site concerns the site too.
        edit(&regulator, id, 2, json!({ "phone": "13700137000" })).await.ok();
        let read = async |client: &Client, action: &str| {
            client.get(&format!("/audit?action={action}&subject_id={id}")).await.ok()["total"].clone()
        };
        assert_eq!((read(&manager, "person.unmask").await, read(&manager, "person.edit").await), (json!(1), json!(2)));
        assert_eq!(read(&regulator, "person.").await, json!(4));
        let neighbour = app.project_staff(&other.project).await;
        assert_eq!(read(&neighbour, "person").await, json!(0));

        // Who looks at somebody after they have left, does so for the site they were on.
        site.exit(app, stay).await;
        other.enter(app, &person).await;
        staff.post(&unmask, json!({ "fields": ["phone"], "reason": "补发工资" })).await.ok();
        assert_eq!((read(&manager, "person.unmask").await, read(&neighbour, "person").await), (json!(2), json!(0)));
        neighbour.post(&unmask, json!({ "fields": ["phone"] })).await.ok();
        assert_eq!((read(&manager, "person.unmask").await, read(&neighbour, "person").await), (json!(2), json!(1)));
    }
}

story! {
    async fn who_has_left_a_project_is_seen_there_but_no_longer_changed(app: &TestApp) {
        let site = site(app, "440703").await;
        let staff = app.project_staff(&site.project).await;
        let regulator = app.regulator("440700").await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        let id = person["id"].as_str().unwrap();
        let entry = site.enter(app, &person).await;
        let detail = staff.get(&format!("/people/{id}")).await.ok();
        assert_eq!(detail["on_site"][0]["project_name"], json!(site.project.name));
        assert_eq!((&detail["may_edit"], &detail["unmask_needs_reason"]), (&json!(true), &json!(false)));
        edit(&staff, id, 1, json!({ "phone": "13900139000" })).await.ok();

        site.exit(app, entry).await;
        let detail = staff.get(&format!("/people/{id}")).await.ok();
        assert_eq!((&detail["may_edit"], &detail["on_site"]), (&json!(false), &json!([])));
        edit(&staff, id, 2, json!({ "phone": "13700137000" })).await.refused(403);
        let unmask = format!("/people/{id}/unmask");
        assert!(staff.post(&unmask, json!({ "fields": ["phone"] })).await.field("reason").contains("原因"));
        let shown = staff.post(&unmask, json!({ "fields": ["phone"], "reason": "补发工资" })).await.ok();
        assert_eq!(shown["phone"], "13900139000");
        let history = staff.get(&format!("/people/{id}/history")).await.ok();
        assert_eq!(history["sites"][0]["project_name"], json!(site.project.name));
    }
}

story! {
    async fn where_somebody_is_now_has_no_name_for_those_who_may_not_see_the_project(app: &TestApp) {
        let (here, there) = (site(app, "440703").await, site(app, "510800").await);
        let regulator = app.regulator("440700").await;
        let person = regulator.post("/people", new_person(&somebody(), "王建国")).await.ok();
        there.enter(app, &person).await;
        let page = regulator.post("/people/search", json!({ "on_site": true })).await.ok();
        assert_eq!(page["items"][0]["on_site"][0]["project_name"], Value::Null);
        assert_eq!(page["items"][0]["on_site"][0]["kind"], "worker");
        assert_eq!(regulator.post("/people/search", json!({ "on_site": false })).await.ok()["total"], 0);
        let search = json!({ "project_id": there.project.id });
        assert_eq!(regulator.post("/people/search", search.clone()).await.ok()["total"], 0);
        let theirs = app.regulator("510800").await;
        assert_eq!(theirs.post("/people/search", search).await.ok()["total"], 1);
        here.enter(app, &person).await;
        let search = json!({ "project_id": here.project.id, "sex": "male", "age_from": 16, "age_to": 60, "company_id": null });
        assert_eq!(regulator.post("/people/search", search).await.ok()["total"], 1);
        let search = json!({ "age_from": 16, "age_to": 17 });
        assert_eq!(regulator.post("/people/search", search).await.ok()["total"], 0);
        regulator.post("/people/search", json!({ "age_to": 4_000_000_000u32 })).await.field("age_to");
        regulator.post("/people/search?page=501", json!({})).await.field("page");
    }
}

story! {
    async fn a_look_up_tells_little_of_strangers_and_is_limited(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let company = app.company("510800", "广元建工有限公司").await;
        let stranger = app.company_account(&company).await;
        let id_number = somebody();
        let ask = json!({ "id_number": id_number });
        assert_eq!(stranger.post("/people/lookup", &ask).await.ok()["known"], false);
        regulator.post("/people", new_person(&id_number, "王建国")).await.ok();
        let answer = stranger.post("/people/lookup", &ask).await.ok();
        assert_eq!((&answer["known"], &answer["name"], &answer["person_id"]), (&json!(true), &json!("王*国"), &Value::Null));
        let answer = regulator.post("/people/lookup", &ask).await.ok();
        assert_eq!((&answer["name"], &answer["on_site"]), (&json!("王建国"), &json!(false)));
        let entries = audit_of(app).await;
        assert_eq!(entries.iter().filter(|entry| entry["action"] == "person.lookup").count(), 3);
        assert_conceals(&json!(entries), &id_number);
        stranger.post("/people/lookup", json!({ "id_number": "1" })).await.field("id_number");
        for _ in 2..30 {
            stranger.post("/people/lookup", &ask).await.ok();
        }
        stranger.post("/people/lookup", &ask).await.refused(429);
    }
}

story! {
    async fn every_way_of_being_told_of_a_number_counts_and_is_written_down(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let company = app.company("510800", "广元建工有限公司").await;
        let stranger = app.company_account(&company).await;
        let id_number = somebody();
        regulator.post("/people", new_person(&id_number, "王建国")).await.ok();
        let mut form = new_person(&id_number, "王建国");
        form["region_code"] = Value::Null;
        form["company_id"] = json!(company.id);
        let employees = format!("/companies/{}/employees", company.id);
        let join = |number: &str, name: &str| json!({ "id_number": number, "name": name, "joined_on": "2026-01-01" });
        for _ in 0..10 {
            stranger.post("/people", &form).await.field("id_number");
            stranger.post(&employees, join(&id_number, "李大海")).await.field("name");
            stranger.post(&employees, join(&somebody(), "李大海")).await.field("id_number");
        }
        let noted = audit_of(app).await;
        let noted: Vec<&Value> = noted.iter().filter(|entry| entry["action"] == "person.lookup").collect();
        assert_eq!(noted.len(), 30);
        assert_conceals(&json!(noted), &id_number);
        stranger.post("/people", &form).await.refused(429);
        stranger.post(&employees, join(&id_number, "李大海")).await.refused(429);
        stranger.post("/people/lookup", json!({ "id_number": id_number })).await.refused(429);
        // Who knows number and name is told nothing new.
        assert_eq!(stranger.post(&employees, join(&id_number, "王建国")).await.status, 201);
    }
}

story! {
    async fn only_a_regulator_corrects_an_id_number(app: &TestApp) {
        let site = site(app, "440703").await;
        let (regulator, staff) = (app.regulator("440700").await, app.project_staff(&site.project).await);
        let (wrong, right, taken) = (somebody(), woman_born("1990-06-15"), somebody());
        let person = regulator.post("/people", new_person(&wrong, "王建国")).await.ok();
        regulator.post("/people", new_person(&taken, "李大海")).await.ok();
        site.enter(app, &person).await;
        let path = format!("/people/{}/correct-id-number", person["id"].as_str().unwrap());
        let correct = |client: Client, number: String| {
            let request = client.request(Method::POST, &path).header("if-match", "\"1\"");
            let request = request.json(&json!({ "id_number": number, "reason": "录入错误" }));
            async move { client.send(request).await }
        };
        correct(staff, right.clone()).await.refused(403);
        correct(regulator.clone(), taken).await.field("id_number");
        let corrected = correct(regulator.clone(), right.clone()).await.ok();
        assert_eq!((&corrected["sex"], &corrected["revision"]), (&json!("female"), &json!(2)));
        let found = |number: String| {
            let regulator = regulator.clone();
            async move { regulator.post("/people/search", json!({ "id_number": number })).await.ok()["total"].clone() }
        };
        assert_eq!((found(right.clone()).await, found(wrong.clone()).await), (json!(1), json!(0)));
        let entries = json!(audit_of(app).await);
        assert_conceals(&entries, &right);
        assert_conceals(&entries, &wrong);
    }
}
