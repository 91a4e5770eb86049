//! Who is yellow, orange or red, as a condition on entries: each region has days of its own.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SimpleExpr},
};

use crate::{
    entity::{
        Reach, project,
        roster_entry::{Column, EntryKind},
    },
    platform::{App, web::Result},
    registry::policies::{self, Policy},
    site::contracts::{dto::ContractLevel, rules},
};

/// Since when an entry is without a contract.
const SINCE: &str = "COALESCE((SELECT MAX(ended.terminated_on) FROM contract ended \
                     WHERE ended.entry_id = roster_entry.id AND ended.state = 'terminated'), roster_entry.entered_on)";
/// There is none that counts.
const NONE: &str =
    "NOT EXISTS (SELECT 1 FROM contract held WHERE held.entry_id = roster_entry.id AND held.state = 'active')";

pub fn since() -> SimpleExpr {
    Expr::cust(SINCE)
}

pub fn without_contract() -> SimpleExpr {
    Expr::cust(NONE)
}

/// The rules of the regions of a reach, those with the same days together.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    groups: Vec<(Policy, Vec<String>)>,
}

impl Levels {
    pub async fn of(app: &App, reach: &Reach) -> Result<Self> {
        let codes: Vec<String> = project::Entity::find_in(reach)
            .select_only()
            .column(project::Column::RegionCode)
            .distinct()
            .into_tuple()
            .all(app.db.reader())
            .await?;
        let mut groups: Vec<(Policy, Vec<String>)> = Vec::new();
        for code in codes {
            let policy = policies::for_region(app, &code).await?;
            match groups.iter_mut().find(|(known, _)| days(known) == days(&policy)) {
                Some((_, regions)) => regions.push(code),
                None => groups.push((policy, vec![code])),
            }
        }
        Ok(Self { groups })
    }

    /// Workers of a level.
    pub fn condition(&self, level: ContractLevel, today: NaiveDate) -> Condition {
        let workers = Condition::all().add(Column::Kind.eq(EntryKind::Worker));
        let mut any = Condition::any();
        for (policy, regions) in &self.groups {
            let (from, before) = rules::since_of(level, today, policy);
            let mut of_group = Condition::all()
                .add_option(from.map(|from| since().gte(from)))
                .add_option(before.map(|before| since().lt(before)));
            if self.groups.len() > 1 {
                let projects = project::Entity::find()
                    .select_only()
                    .column(project::Column::Id)
                    .filter(project::Column::RegionCode.is_in(regions.iter().map(String::as_str)));
                of_group = of_group.add(Column::ProjectId.in_subquery(projects.into_query()));
            }
            any = any.add(of_group);
        }
        // Without a project there is nobody to be of a level.
        if self.groups.is_empty() { workers.add(Expr::cust("1 = 0")) } else { workers.add(any) }
    }
}

fn days(policy: &Policy) -> (i64, i64, i64) {
    (policy.contract_yellow_days, policy.contract_orange_days, policy.contract_red_days)
}
