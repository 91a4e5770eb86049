//! 【工作台】: figures within reach.

use mingce::entity::crew::CrewKind;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::support::days_ago;

story! {
    async fn a_regulator_sees_the_figures_of_the_region_and_nobody_elses(app: &TestApp) {
        let (busy, quiet) = (app.project("440703").await, app.project("440704").await);
        app.project("510800").await;
        app.busy_site(&busy).await;
        let mut stopped = quiet.into_active_model();
        stopped.status = Set("005".to_owned());
        stopped.update(app.app.db.writer()).await.unwrap();

        let seen = app.regulator("440700").await.get("/workbench").await.ok();
        assert_eq!(seen["projects"]["total"], 2);
        assert_eq!(seen["projects"]["by_status"], json!([{"status": "003", "projects": 1}, {"status": "005", "projects": 1}]));
        assert_eq!(seen["projects"]["qualified"], 0);
        assert_eq!(seen["applications"], json!({"pending": 0, "newest": []}));
        assert_eq!(seen["days"].as_array().unwrap().len(), 30);
        assert_eq!(seen["people"], json!({"workers": 2, "managers": 1, "others": 0}));
        assert_eq!(seen["days"][26]["entered"], 2, "the two who came three days ago");

        let neighbour = app.regulator("440704").await.get("/workbench").await.ok();
        assert_eq!(neighbour["projects"]["total"], 1);
        assert_eq!(neighbour["people"], json!({"workers": 0, "managers": 0, "others": 0}));
        app.nobody().get("/workbench").await.refused(401);
    }
}

story! {
    async fn a_company_sees_its_projects_and_no_applications(app: &TestApp) {
        let company = app.company("440703", "江门市第一建设有限公司").await;
        let project = app.project("440703").await;
        app.project("440703").await;
        app.unit_row(&project, &company, "009").await;
        let seen = app.company_account(&company).await.get("/workbench").await.ok();
        assert_eq!(seen["projects"]["total"], 1);
        assert!(seen["applications"].is_null());
    }
}

story! {
    async fn the_posts_a_region_demands_are_told_with_how_many_fill_them(app: &TestApp) {
        let project = app.project("440703").await;
        let staff = app.project_staff(&project).await;
        let path = format!("/projects/{}/key-posts", project.id);
        let regulator = app.regulator("440700").await;
        regulator.put("/policies/440703/required_posts", &json!(0), json!({"value": ["1009"]})).await;
        assert_eq!(staff.get(&path).await.ok(), json!([{"unit_kind": "009", "post": "1009", "people": 0}]));
        app.busy_site(&project).await;
        let labour = app.company("440703", "江门市鸿远劳务有限公司").await;
        let labour = app.unit_row(&project, &labour, "006").await;
        let crew = app.crew_row(&labour, CrewKind::Management, "劳务分包单位管理班组").await;
        app.entry_row(&crew, &app.person_row("周劳务").await, Some("1009"), days_ago(9)).await;
        let filled = json!([{"unit_kind": "009", "post": "1009", "people": 1}]);
        assert_eq!(staff.get(&path).await.ok(), filled, "a labour company's project manager is not the project's");
        app.nobody().get(&path).await.refused(401);
        app.regulator("510800").await.get(&path).await.refused(404);
    }
}
