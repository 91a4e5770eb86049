//! Workers without a contract hear of it as soon as they are yellow, orange, red.

use sea_orm::QuerySelect;
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
        jobs::{Job, JobContext, JobError, Outcome},
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
        let projects: Vec<uuid::Uuid> = project::Entity::find_in(&Reach::everything())
            .select_only()
            .column(project::Column::Id)
            .into_tuple()
            .all(app.db.reader())
            .await?;
        let mut due = 0;
        for project in projects {
            due += tell(&app, project).await?;
        }
        Ok(Outcome::result(json!({ "due": due })))
    }
}

async fn tell(app: &App, project: uuid::Uuid) -> Result<usize> {
    let reach = Reach(vec![Scope::Project(project)]);
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
            due += page.items.len();
            paging.page += 1;
        }
    }
    Ok(due)
}
