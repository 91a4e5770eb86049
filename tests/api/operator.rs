//! A real installation: nobody has an account until an operator makes the first one.

use mingce::entity::{audit, session};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::api::support::{Kind, TestApp, program};

const OWN_PASSWORD: &str = "Bridge-7qpW-steel";

impl TestApp {
    /// `mingce account …` beside the running platform; gives what it printed.
    fn operator(&self, arguments: &[&str]) -> (bool, String) {
        let environment = program::environment(&self.app.config);
        program::run(self.folder(), &environment, &[&["account"], arguments].concat())
    }

    async fn first_login(&self, login: &str, printed: &str) -> Value {
        let password = printed.lines().find_map(|line| line.strip_prefix("first password  ")).unwrap();
        let (client, session) = self.logged_in(login, password).await;
        assert_eq!(session["must_change_password"], json!(true));
        let change = json!({ "current_password": password, "new_password": OWN_PASSWORD });
        client.post("/session/password", change).await.ok();
        client.get("/session").await.ok()
    }
}

async fn begins_with_one_command(kind: Kind) {
    let app = TestApp::start_with(kind, |config| config.demo = false).await;
    let (made, printed) = app.operator(&["create", "--admin", "Fangjian"]);
    assert!(made, "{printed}");
    let session = app.first_login("fangjian", &printed).await;
    assert_eq!((&session["account"]["kind"], &session["grants"][0]["role"]), (&json!("admin"), &json!("admin")));
    assert!(session["permissions"].as_array().unwrap().contains(&json!("manage_accounts")));

    let (made, printed) = app.operator(&["create", "--region", "440703", "pj-jianguan"]);
    assert!(made, "{printed}");
    let session = app.first_login("pj-jianguan", &printed).await;
    assert_eq!(session["account"]["name"], json!("广东省江门市蓬江区监管"));
    assert_eq!(session["grants"][0]["scope_id"], json!("440703"));

    let (admin, _) = app.logged_in("fangjian", OWN_PASSWORD).await;
    let noted = admin.get("/audit?action=account.create").await.ok();
    assert_eq!((&noted["total"], &noted["items"][0]["actor_name"]), (&json!(2), &json!("平台运维（命令行）")));
    app.stop().await;
}

#[actix_web::test]
async fn an_installation_begins_with_one_command_on_sqlite() {
    begins_with_one_command(Kind::Sqlite).await;
}

#[actix_web::test]
async fn an_installation_begins_with_one_command_on_postgres() {
    begins_with_one_command(Kind::Postgres).await;
}

#[actix_web::test]
async fn a_lost_password_is_replaced_and_what_cannot_be_is_said() {
    let app = TestApp::start_with(Kind::Sqlite, |config| config.demo = false).await;
    for arguments in [
        &["create", "root-01"][..],
        &["create", "--admin", "--region", "440700", "root-01"],
        &["create", "--region", "990000", "root-01"],
        &["create", "--admin", "管理员"],
        &["reset", "root-01"],
    ] {
        let (made, printed) = app.operator(arguments);
        assert!(!made && !printed.contains("first password"), "{arguments:?}: {printed}");
    }
    let (_, printed) = app.operator(&["create", "--admin", "root-01"]);
    app.first_login("root-01", &printed).await;
    let (again, printed) = app.operator(&["create", "--admin", "root-01"]);
    assert!(!again && printed.contains("该账号名已被使用"), "{printed}");

    let (reset, printed) = app.operator(&["reset", "root-01"]);
    assert!(reset, "{printed}");
    assert_eq!(session::Entity::find().count(app.app.db.reader()).await.unwrap(), 0, "logged out everywhere");
    app.try_login("root-01", OWN_PASSWORD).await.field("password");
    app.logged_in("root-01", printed.lines().nth(1).unwrap().strip_prefix("first password  ").unwrap()).await;
    let noted = audit::Entity::find().filter(audit::Column::Action.eq("account.reissue"));
    assert_eq!(noted.count(app.app.db.reader()).await.unwrap(), 1);
    app.stop().await;
}
