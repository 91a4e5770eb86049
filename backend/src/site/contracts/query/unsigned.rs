//! 【未签约】: those on site without a contract.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{
    levels::{Levels, since, without_contract},
    list::{Rules, Viewer},
};
use crate::{
    entity::{
        Reach,
        contract::{self, ContractState},
        person,
        roster_entry::{self, Column},
    },
    platform::{
        App,
        types::clock::china_today,
        web::{Page, Paging, Result},
    },
    registry::presence::Presence,
    site::{
        attendance::dto::Somebody,
        contracts::{
            dto::{ContractLevel, RosterTerms, UnsignedRow, UnsignedSearch},
            rules,
        },
        roster::{
            dto::{RawRow, RosterFilter},
            query::{Search, matching, rows},
        },
    },
};

#[derive(FromQueryResult)]
struct Raw {
    #[sea_orm(nested)]
    who: RawRow,
    since: NaiveDate,
}

#[derive(Clone, Copy)]
enum Sort {
    Since,
    Entered,
    Name,
}

/// A search made ready.
#[derive(Clone)]
pub struct Unsigned {
    pub search: Search,
    pub level: Option<ContractLevel>,
    levels: Levels,
}

impl Unsigned {
    pub async fn new(app: &App, reach: &Reach, asked: UnsignedSearch) -> Result<Self> {
        let UnsignedSearch { level, people } = asked;
        let search = Search::new(app, reach, on_site(people)).await?;
        Ok(Self { search, level, levels: Levels::of(app, reach).await? })
    }

    /// For a job, which knows an ID number by its hash only.
    pub async fn prepared(app: &App, reach: &Reach, asked: UnsignedSearch, hash: Option<String>) -> Result<Self> {
        let UnsignedSearch { level, people } = asked;
        let search = Search::prepared(app, reach, on_site(people), hash).await?;
        Ok(Self { search, level, levels: Levels::of(app, reach).await? })
    }

    pub fn of_level(&self, level: ContractLevel) -> Self {
        Self { level: Some(level), ..self.clone() }
    }

    fn narrow(&self, select: Select<roster_entry::Entity>) -> Select<roster_entry::Entity> {
        let today = china_today();
        let select = select.filter(without_contract());
        match self.level {
            Some(level) => select.filter(self.levels.condition(level, today)),
            None => select,
        }
    }

    /// The entries alone, for counting.
    pub fn entries(&self, reach: &Reach) -> Select<roster_entry::Entity> {
        self.narrow(matching(reach, &self.search))
    }
}

fn on_site(people: RosterFilter) -> RosterFilter {
    RosterFilter { presence: Some(Presence::OnSite), ..people }
}

pub async fn page(
    app: &App,
    viewer: &Viewer,
    reach: &Reach,
    wanted: &Unsigned,
    paging: &Paging,
) -> Result<Page<UnsignedRow>> {
    let known = [("since", Sort::Since), ("entered_on", Sort::Entered), ("name", Sort::Name)];
    let (sort, descending) = paging.order(&known, (Sort::Since, false))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let db = app.db.reader();
    let total = super::counts::count(db, wanted.entries(reach)).await?;
    let select = wanted.narrow(rows(reach, &wanted.search)).column_as(since(), "since");
    let select = match sort {
        Sort::Since => select.order_by(since(), order.clone()),
        Sort::Entered => select.order_by(Column::EnteredOn, order.clone()),
        Sort::Name => select.order_by(person::Column::Name, order.clone()),
    };
    let select = select.order_by(Column::Id, order).offset(paging.offset()).limit(paging.page_size);
    let raw = select.into_model::<Raw>().all(db).await?;
    Ok(paging.page_of(shown(app, viewer, raw).await?, total))
}

async fn shown(app: &App, viewer: &Viewer, raw: Vec<Raw>) -> Result<Vec<UnsignedRow>> {
    let of_regions = Rules::of(app, raw.iter().map(|row| row.who.region_code.as_str())).await?;
    let reset = contract::Entity::find()
        .filter(contract::Column::EntryId.is_in(raw.iter().map(|row| row.who.id)))
        .filter(contract::Column::State.eq(ContractState::Reset))
        .all(app.db.reader())
        .await?;
    let mut reset: HashMap<_, _> = reset.into_iter().map(|row| (row.entry_id, row)).collect();
    let today = china_today();
    let shape = |row: Raw| {
        let Raw { who, since } = row;
        let policy = of_regions.policy(&who.region_code);
        let level = rules::must_sign(who.kind).then(|| rules::level(since, today, policy));
        UnsignedRow {
            project_id: who.project_id,
            project_name: who.project_name.clone(),
            region_code: who.region_code.clone(),
            since,
            days: rules::days_without(since, today),
            level,
            stopped: policy.contract_red_stops && level == Some(ContractLevel::Red),
            terms: RosterTerms {
                settlement: who.settlement,
                unit_price_fen: who.unit_price_fen,
                settlement_unit: who.settlement_unit.clone(),
            },
            reset: reset.remove(&who.id).map(|contract| viewer.row(app, &of_regions, who.clone(), contract)),
            may_manage: viewer.manages(&who),
            who: Somebody::of(app, who),
        }
    };
    Ok(raw.into_iter().map(shape).collect())
}
