//! A region's rules, inherited downwards.

use mingce::registry::policies::for_region;
use reqwest::Method;
use serde_json::{Value, json};

fn rule<'a>(rules: &'a Value, key: &str) -> &'a Value {
    rules.as_array().unwrap().iter().find(|rule| rule["key"] == json!(key)).unwrap()
}

story! {
    async fn a_city_s_rule_holds_in_its_counties_until_one_says_otherwise(app: &TestApp) {
        let city = app.regulator("440700").await;
        city.put("/policies/440700/exit_undo_days", &json!(0), json!({ "value": 3 })).await.ok();
        let county = city.get("/policies?region=440703").await.ok();
        assert_eq!(rule(&county, "exit_undo_days")["value"], json!(3));
        assert_eq!(rule(&county, "exit_undo_days")["own"], json!(false));

        city.put("/policies/440703/exit_undo_days", &json!(0), json!({ "value": 10 })).await.ok();
        assert_eq!(for_region(&app.app, "440703").await.unwrap().exit_undo_days, 10);
        assert_eq!(for_region(&app.app, "440704").await.unwrap().exit_undo_days, 3);
        city.delete_at("/policies/440703/exit_undo_days", &json!(1)).await.ok();
        assert_eq!(for_region(&app.app, "440703").await.unwrap().exit_undo_days, 3);
    }
}

story! {
    async fn of_two_regulators_who_change_a_rule_at_once_the_second_hears_of_the_first(app: &TestApp) {
        let (one, other) = (app.regulator("440700").await, app.regulator("440700").await);
        let path = "/policies/440700/exit_undo_days";
        let days = async || rule(&one.get("/policies?region=440700").await.ok(), "exit_undo_days").clone();
        assert_eq!(days().await["revision"], json!(0));
        one.put(path, &json!(0), json!({ "value": 3 })).await.ok();
        other.put(path, &json!(0), json!({ "value": 5 })).await.refused(412);
        assert_eq!((&days().await["value"], &days().await["revision"]), (&json!(3), &json!(1)));
        other.put(path, &json!(1), json!({ "value": 5 })).await.ok();
        one.delete_at(path, &json!(1)).await.refused(412);
        assert_eq!((&days().await["value"], &days().await["revision"]), (&json!(5), &json!(2)));
        one.delete_at(path, &json!(2)).await.ok();
        assert_eq!((&days().await["own"], &days().await["revision"]), (&json!(false), &json!(0)));
        one.send(one.request(Method::PUT, path).json(&json!({ "value": 3 }))).await.refused(428);
        one.delete(path).await.refused(428);

        // At the very same moment one of them is first.
        let nothing_said = json!(0);
        let (a, b) = tokio::join!(
            one.put(path, &nothing_said, json!({ "value": 1 })),
            other.put(path, &nothing_said, json!({ "value": 2 })),
        );
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 412]);
    }
}

story! {
    async fn a_regulator_rules_its_own_region_only(app: &TestApp) {
        let county = app.regulator("440703").await;
        let body = json!({ "value": 3 });
        county.put("/policies/440700/exit_undo_days", &json!(0), &body).await.refused(404);
        county.put("/policies/440704/exit_undo_days", &json!(0), &body).await.refused(404);
        county.put("/policies/440703/no_such_rule", &json!(0), &body).await.refused(404);
        app.nobody().put("/policies/440703/exit_undo_days", &json!(0), &body).await.refused(401);
        let project = app.project("440703").await;
        app.project_staff(&project).await.put("/policies/440703/exit_undo_days", &json!(0), &body).await.refused(403);
    }
}

story! {
    async fn an_impossible_value_is_refused_at_the_field(app: &TestApp) {
        let city = app.regulator("440700").await;
        for bad in [json!(-1), json!(91), json!("7"), json!(null)] {
            let answer = city.put("/policies/440700/exit_undo_days", &json!(0), json!({ "value": bad })).await;
            assert!(answer.field("value").contains("0 到 90"));
        }
        city.get("/policies?region=999999").await.field("region");
    }
}

story! {
    async fn regions_are_open_to_everybody(app: &TestApp) {
        let provinces = app.nobody().get("/regions").await.ok();
        assert_eq!(provinces.as_array().unwrap().len(), 34);
        let jiangmen = app.nobody().get("/regions?parent=440700").await.ok();
        assert!(jiangmen.as_array().unwrap().iter().any(|region| region["code"] == json!("440703") && region["leaf"] == json!(true)));
        app.nobody().get("/regions?code=123456").await.refused(404);
    }
}
