//! Workers without a contract hear of it as soon as they are yellow, orange, red.

use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    dto::{ContractLevel, UnsignedSearch},
    query::{Unsigned, Viewer, unsigned_page},
};
use crate::{
    entity::{Reach, Scope, project},
    platform::{
        App,
        jobs::{self, Job, JobContext, JobError, Outcome},
        phone::{Notice, Recipient, notices::tell},
        web::{Paging, Result},
    },
};

/// Tells them, once for each level they come to, every morning.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ContractsDue {}

impl Job for ContractsDue {
    const KIND: &'static str = "contracts.due";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = context.app;
        let standing = project::Entity::find_in(&Reach::everything()).filter(project::Column::CancelledAt.is_null());
        let mut due = 0;
        for project in standing.all(app.db.reader()).await? {
            due += tell_of(&app, &project).await?;
        }
        jobs::wake(&app).await;
        Ok(Outcome::result(json!({ "due": due })))
    }
}

async fn tell_of(app: &App, project: &project::Model) -> Result<usize> {
    let reach = Reach(vec![Scope::Project(project.id)]);
    let wanted = Unsigned::new(app, &reach, UnsignedSearch::default()).await?;
    let viewer = Viewer::managing(Reach::default());
    let mut due = 0;
    for level in [ContractLevel::Yellow, ContractLevel::Orange, ContractLevel::Red] {
        let mut paging = Paging::from_the_first(None);
        loop {
            let page = unsigned_page(app, &viewer, &reach, &wanted.of_level(level), &paging).await?;
            if page.items.is_empty() {
                break;
            }
            let tx = app.db.begin().await?;
            for row in &page.items {
                let notice = Notice::ContractDue { project: project.into(), days: row.days };
                // Anew after a contract was ended: the day since which there is none is part of the key.
                let key = format!("contract:{}:{}:{}", row.who.entry_id, row.since, level.name());
                tell(&tx, Recipient::Person(row.who.person_id), notice, &key).await?;
            }
            tx.commit().await?;
            due += page.items.len();
            paging.page += 1;
        }
    }
    Ok(due)
}
