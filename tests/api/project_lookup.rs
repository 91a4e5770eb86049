//! 【项目查询】 without login, 【项目总览】, and finding a place by its address.

use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::Utc;
use mingce::{entity::project, platform::config::GeocoderKind};
use sea_orm::{EntityTrait, sea_query::Expr};
use serde_json::json;

use super::support::{Kind, TestApp, days_ago};

story! {
    async fn anybody_sees_who_takes_part_and_whether_the_key_posts_are_filled_but_no_person(app: &TestApp) {
        let project = app.project("440703").await;
        app.busy_site(&project).await;
        let name: String = project.name.chars().take(4).collect();
        let found = app.nobody().get(&format!("/public/projects?search={name}")).await;
        let text = String::from_utf8(found.bytes.clone()).unwrap();
        let shown = &found.ok()[0];
        assert_eq!(shown["units"][0]["company_name"], "江门市第一建设有限公司");
        assert_eq!(shown["key_posts"][0], json!({"unit_kind": "009", "post": "1009", "filled": true, "names": ["王*国"]}));
        assert_eq!(shown["key_posts"][1], json!({"unit_kind": "007", "post": "1001", "filled": false, "names": []}));
        for secret in ["王建国", "李强", "99900", &project.id.to_string()] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

story! {
    async fn the_key_posts_are_those_the_projects_region_demands(app: &TestApp) {
        let project = app.project("440703").await;
        app.busy_site(&project).await;
        let city = app.regulator("440700").await;
        city.put("/policies/440703/required_posts", &json!(0), json!({"value": ["1022", "1003"]})).await.ok();
        let name: String = project.name.chars().take(4).collect();
        let shown = app.nobody().get(&format!("/public/projects?search={name}")).await.ok();
        let vacant = |unit_kind: &str, post: &str| json!({"unit_kind": unit_kind, "post": post, "filled": false, "names": []});
        assert_eq!(shown[0]["key_posts"], json!([vacant("009", "1022"), vacant("007", "1003")]));
    }
}

story! {
    async fn a_lookup_needs_four_characters_or_a_whole_code_and_shows_nothing_cancelled(app: &TestApp) {
        let db = app.app.db.writer();
        app.project("440703").await;
        project::Entity::update_many().col_expr(project::Column::Code, Expr::value("JM-77")).exec(db).await.unwrap();
        let find = async |text: &str| app.nobody().get(&format!("/public/projects?search={text}")).await;
        find("滨江花").await.field("search");
        find("").await.field("search");
        assert_eq!(find("JM-77").await.ok().as_array().unwrap().len(), 1);
        for nothing in ["JM-7%25", "%25%25%25%25", "____", "JM-7777"] {
            assert_eq!(find(nothing).await.ok().as_array().unwrap().len(), 0, "{nothing}");
        }
        project::Entity::update_many().col_expr(project::Column::CancelledAt, Expr::value(Utc::now())).exec(db).await.unwrap();
        assert_eq!(find("JM-77").await.ok().as_array().unwrap().len(), 0);
        for _ in 6..20 {
            find("JM-77").await.ok();
        }
        find("JM-77").await.refused(429);
    }
}

story! {
    async fn the_overview_counts_what_is_there_and_names_what_is_missing(app: &TestApp) {
        let project = app.project("440703").await;
        app.busy_site(&project).await;
        let other = app.project("440703").await;
        app.busy_site(&other).await;
        let staff = app.project_staff(&project).await;
        let shown = staff.get(&format!("/projects/{}/overview", project.id)).await.ok();
        assert_eq!((&shown["units"], &shown["crews"]), (&json!(1), &json!(2)));
        assert_eq!(shown["people"], json!({"workers": 2, "managers": 1, "others": 0}));
        let days = shown["days"].as_array().unwrap();
        assert_eq!(days.len(), 30);
        assert_eq!(days[26], json!({"day": days_ago(3), "entered": 2, "exited": 0}));
        assert_eq!(days[29]["day"], json!(days_ago(0)));
        let missing = &shown["missing"];
        assert_eq!((&missing["work_type"], &missing["wage_card"], &missing["photo"]), (&json!(2), &json!(2), &json!(3)));
        assert_eq!((&missing["position"], &missing["not_uploaded"]), (&json!(true), &json!(3)));
        staff.get(&format!("/projects/{}/overview", other.id)).await.refused(404);
    }
}

story! {
    async fn vendors_to_choose_from_are_names_and_nothing_more(app: &TestApp) {
        let vendor = app.vendor("440700").await;
        assert_eq!(app.nobody().get("/public/vendors").await.ok(), json!([{"id": vendor.id, "name": vendor.name}]));
    }
}

story! {
    async fn without_a_geocoder_the_search_says_what_to_do_instead(app: &TestApp) {
        let refusal = app.nobody().get("/geocode?q=江门市").await.refused(409);
        assert!(refusal["message"].as_str().unwrap().contains("拖动标记"));
        app.nobody().get("/geocode?q=江").await.field("q");
    }
}

/// A geocoder that answers once and then fails, so that a second answer must come from the cache.
#[actix_web::test]
async fn an_address_is_asked_once_and_a_broken_geocoder_is_a_503() {
    let asked = web::Data::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = asked.clone();
    let answer = |asked: web::Data<std::sync::atomic::AtomicUsize>| async move {
        if asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            return HttpResponse::InternalServerError().finish();
        }
        HttpResponse::Ok().json(json!([
            {"lat": "22.59", "lon": "113.08", "display_name": "滨江大道, 蓬江区, 江门市"},
            {"lat": "nonsense", "lon": "113.08", "display_name": "?"}
        ]))
    };
    let server = HttpServer::new(move || App::new().app_data(counter.clone()).route("/search", web::get().to(answer)))
        .workers(1)
        .disable_signals()
        .bind("127.0.0.1:0")
        .unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let app = TestApp::start_with(Kind::Sqlite, |config| {
        config.map.geocoder = GeocoderKind::Nominatim;
        config.map.geocoder_url = format!("http://{address}/");
    })
    .await;
    let expected = json!([{"name": "滨江大道, 蓬江区, 江门市", "longitude": 113.08, "latitude": 22.59}]);
    for _ in 0..2 {
        assert_eq!(app.nobody().get("/geocode?q=滨江大道").await.ok(), expected);
    }
    app.nobody().get("/geocode?q=江门大道").await.refused(503);
    app.stop().await;
    handle.stop(false).await;
}
