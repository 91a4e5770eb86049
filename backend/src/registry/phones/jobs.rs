//! Who has left a post has left its account's site the next morning, without having to log in.

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::posts;
use crate::{
    entity::{account, personal_account},
    platform::jobs::{Job, JobContext, JobError, Outcome},
};

/// Brings the accounts that go with posts in step with the posts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct KeepPosts {}

impl Job for KeepPosts {
    const KIND: &'static str = "phones.keep_posts";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = &context.app;
        super::purge_tickets(app).await?;
        let all = personal_account::Entity::find().find_also_related(account::Entity).all(app.db.reader()).await?;
        let total = all.len();
        for (done, (personal, account)) in all.into_iter().enumerate() {
            let Some(account) = account else { continue };
            let sites = posts::sites_of(app, personal.person_id).await?.iter().map(|site| site.id).collect();
            let tx = app.db.begin().await?;
            posts::keep_in_step(&tx, &account, sites).await?;
            tx.commit().await?;
            context.progress(done + 1, total, "正在核对任职岗位").await;
        }
        Ok(Outcome::default())
    }
}
