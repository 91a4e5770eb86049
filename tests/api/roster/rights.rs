//! A job asks again what whoever wanted it may do.

use mingce::{
    entity::{account, job::JobState, role_grant},
    platform::{
        audit::Author,
        jobs::{Job, Ownership, enqueue, wake},
    },
    site::roster::{ExportRoster, ImportEntries},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::{
    import::{line, sheet},
    support::{Site, TestApp, number_of_row, upload},
};

/// The job in the name of an account, once it has ended: its state and what was said.
async fn ended(app: &TestApp, job: impl Job, account: Uuid, project: Uuid) -> (JobState, Option<String>) {
    let owner = Ownership::of(account).for_project(project);
    let id = enqueue(app.app.db.writer(), job, owner).await.unwrap();
    wake(&app.app).await;
    loop {
        let row = mingce::entity::job::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap();
        if matches!(row.state, JobState::Done | JobState::Failed) {
            return (row.state, row.last_error);
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

fn export(project: Uuid) -> ExportRoster {
    ExportRoster { project_id: Some(project), filter: Default::default(), id_number_hash: None, unmask: false }
}

story! {
    async fn who_has_lost_a_role_gets_nothing_from_jobs_that_are_still_waiting(app: &TestApp) {
        let site = Site::new(app).await;
        let wang = site.worker(app, "王建国").await;
        let account: Uuid = site.staff.get("/session").await.ok()["account"]["id"].as_str().unwrap().parse().unwrap();
        let file_id = upload(&site.staff, sheet(&[line("王建国", &number_of_row(&wang), "钢筋一班")])).await;
        let author = Author {
            account_id: Some(account),
            name: "测试账号".to_owned(),
            ip: "127.0.0.1".to_owned(),
            request_id: "1".to_owned(),
        };
        let import = || ImportEntries { file_id, dry_run: false, confirm_warnings: false, author: author.clone() };
        let project = site.project.id;
        assert_eq!(ended(app, export(project), account, project).await, (JobState::Done, None));

        let db = app.app.db.writer();
        role_grant::Entity::delete_many().filter(role_grant::Column::AccountId.eq(account)).exec(db).await.unwrap();
        for (state, told) in [ended(app, export(project), account, project).await, ended(app, import(), account, project).await] {
            assert_eq!(state, JobState::Failed);
            assert!(told.as_deref().is_some_and(|told| told.contains("没有这项权限")), "{told:?}");
        }
        assert_eq!(mingce::entity::roster_entry::Entity::find().count(db).await.unwrap(), 0);
    }
}

story! {
    async fn a_disabled_account_s_jobs_do_nothing(app: &TestApp) {
        let site = Site::new(app).await;
        let account: Uuid = site.staff.get("/session").await.ok()["account"]["id"].as_str().unwrap().parse().unwrap();
        let row = account::ActiveModel { id: Set(account), disabled: Set(true), ..Default::default() };
        row.update(app.app.db.writer()).await.unwrap();
        let (state, told) = ended(app, export(site.project.id), account, site.project.id).await;
        assert_eq!(state, JobState::Failed, "{told:?}");
    }
}
