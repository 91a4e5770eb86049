//! The figures above the lists and on the workbench.

use sea_orm::{ConnectionTrait, PaginatorTrait, QuerySelect, Select};

use super::{list, unsigned::Unsigned};
use crate::{
    entity::{Reach, Scope, roster_entry},
    platform::{
        App,
        cache::{SLOW, kept},
        web::Result,
    },
    site::{
        contracts::dto::{ContractCounts, ContractLevel, ContractSearch, ContractStanding, UnsignedSearch},
        roster::{dto::RosterFilter, query::Search},
    },
};

/// How many of each there are among the people a filter lets through.
pub async fn counts(app: &App, reach: &Reach, people: RosterFilter) -> Result<ContractCounts> {
    // On one project somebody looks at what they have just done; of a region a minute-old figure will do.
    if let [Scope::Project(_)] = reach.0.as_slice() {
        return reckoned(app, reach, people).await;
    }
    if people != RosterFilter::default() {
        return reckoned(app, reach, people).await;
    }
    kept(&app.cache, &format!("contracts:{}", reach.key()), SLOW, reckoned(app, reach, people)).await
}

/// Of everybody within reach.
pub async fn figures(app: &App, reach: &Reach) -> Result<ContractCounts> {
    counts(app, reach, RosterFilter::default()).await
}

async fn reckoned(app: &App, reach: &Reach, people: RosterFilter) -> Result<ContractCounts> {
    let db = app.db.reader();
    let wanted = UnsignedSearch { level: None, people: people.clone() };
    let unsigned = Unsigned::new(app, reach, wanted).await?;
    let of_level = async |level| count(db, unsigned.of_level(level).entries(reach)).await;
    let search = Search::new(app, reach, people).await?;
    let standing = async |standing| {
        let asked = ContractSearch { standing, ..ContractSearch::default() };
        count(db, list::entries(reach, &search, &asked)).await
    };
    Ok(ContractCounts {
        unsigned: count(db, unsigned.entries(reach)).await?,
        yellow: of_level(ContractLevel::Yellow).await?,
        orange: of_level(ContractLevel::Orange).await?,
        red: of_level(ContractLevel::Red).await?,
        active: standing(ContractStanding::Active).await?,
        expired: standing(ContractStanding::Expired).await?,
        terminated: standing(ContractStanding::Terminated).await?,
    })
}

pub(super) async fn count(db: &impl ConnectionTrait, select: Select<roster_entry::Entity>) -> Result<u64> {
    Ok(select.select_only().column(roster_entry::Column::Id).count(db).await?)
}
