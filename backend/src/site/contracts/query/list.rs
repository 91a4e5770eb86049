//! 【履约中】 and 【已解约】.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, Select,
};
use uuid::Uuid;

use crate::{
    entity::{
        Reach, Scope,
        contract::{self, Column, ContractState},
        contract_page, person, roster_entry, stored_file,
    },
    platform::{
        App,
        auth::{Caller, Permission},
        files::FileView,
        types::clock::china_today,
        web::{Error, Page, Paging, Result},
    },
    registry::policies::{self, Policy},
    site::{
        attendance::dto::Somebody,
        contracts::dto::{ContractFile, ContractRow, ContractSearch, ContractStanding},
        roster::{
            dto::RawRow,
            query::{Search, matching, rows},
        },
    },
};

/// How a caller sees rows.
pub struct Viewer {
    manages: Reach,
}

impl Viewer {
    pub fn of(caller: &Caller) -> Self {
        Self::managing(caller.reach(Permission::ManageContracts))
    }

    pub fn managing(manages: Reach) -> Self {
        Self { manages }
    }

    pub fn manages(&self, row: &RawRow) -> bool {
        let within =
            self.manages.covers_region(&row.region_code) || self.manages.0.contains(&Scope::Project(row.project_id));
        within && row.cancelled_at.is_none()
    }

    pub fn row(&self, app: &App, rules: &Rules, who: RawRow, contract: contract::Model) -> ContractRow {
        let days = rules.policy(&who.region_code).contract_delete_days;
        let until = contract.created_at + TimeDelta::days(days);
        let may_manage = self.manages(&who);
        ContractRow {
            id: contract.id,
            project_id: who.project_id,
            project_name: who.project_name.clone(),
            region_code: who.region_code.clone(),
            state: contract.state,
            term_kind: contract.term_kind,
            starts_on: contract.starts_on,
            ends_on: contract.ends_on,
            expired: is_expired(&contract, china_today()),
            settlement: contract.settlement,
            unit_price_fen: contract.unit_price_fen,
            settlement_unit: contract.settlement_unit,
            signed_on: contract.signed_on,
            has_file: contract.file_id.is_some(),
            pages: contract.pages,
            terminated_on: contract.terminated_on,
            termination_reason: contract.termination_reason,
            delete_until: Some(until).filter(|until| may_manage && *until > Utc::now()),
            may_manage,
            created_at: contract.created_at,
            revision: contract.revision,
            who: Somebody::of(app, who),
        }
    }
}

pub fn is_expired(contract: &contract::Model, today: NaiveDate) -> bool {
    contract.state == ContractState::Active && contract.ends_on.is_some_and(|ends_on| ends_on < today)
}

/// The rules of the regions on a page.
pub struct Rules {
    by_region: HashMap<String, Policy>,
    default: Policy,
}

impl Rules {
    pub async fn of(app: &App, regions: impl Iterator<Item = &str>) -> Result<Self> {
        let mut by_region = HashMap::new();
        for code in regions {
            if !by_region.contains_key(code) {
                by_region.insert(code.to_owned(), policies::for_region(app, code).await?);
            }
        }
        Ok(Self { by_region, default: Policy::default() })
    }

    pub fn policy(&self, region: &str) -> &Policy {
        self.by_region.get(region).unwrap_or(&self.default)
    }
}

#[derive(FromQueryResult)]
struct Raw {
    #[sea_orm(nested)]
    who: RawRow,
    contract_id: Uuid,
}

#[derive(Clone, Copy)]
enum Sort {
    Contract(Column),
    Entered,
    Name,
}

/// The contracts of entries.
fn contracts() -> RelationDef {
    roster_entry::Entity::belongs_to(contract::Entity).from(roster_entry::Column::Id).to(Column::EntryId).into()
}

pub fn condition(asked: &ContractSearch, today: NaiveDate) -> Condition {
    let ContractSearch { standing, term_kind, signed_from, signed_to, people: _ } = asked;
    let active = Column::State.eq(ContractState::Active);
    let standing = match standing {
        ContractStanding::Active => Condition::all().add(active),
        ContractStanding::Expired => Condition::all().add(active).add(Column::EndsOn.lt(today)),
        ContractStanding::Terminated => Condition::all().add(Column::State.eq(ContractState::Terminated)),
        ContractStanding::All => Condition::all(),
    };
    standing
        .add_option(term_kind.map(|kind| Column::TermKind.eq(kind)))
        .add_option(signed_from.map(|day| Column::SignedOn.gte(day.date())))
        .add_option(signed_to.map(|day| Column::SignedOn.lte(day.date())))
}

/// The entries of a search with their contracts beside them, for counting.
pub fn entries(reach: &Reach, search: &Search, asked: &ContractSearch) -> Select<roster_entry::Entity> {
    matching(reach, search).join(JoinType::InnerJoin, contracts()).filter(condition(asked, china_today()))
}

pub async fn page(
    app: &App,
    viewer: &Viewer,
    reach: &Reach,
    (search, asked): (&Search, &ContractSearch),
    paging: &Paging,
) -> Result<Page<ContractRow>> {
    let known = [
        ("signed_on", Sort::Contract(Column::SignedOn)),
        ("starts_on", Sort::Contract(Column::StartsOn)),
        ("ends_on", Sort::Contract(Column::EndsOn)),
        ("terminated_on", Sort::Contract(Column::TerminatedOn)),
        ("created_at", Sort::Contract(Column::CreatedAt)),
        ("entered_on", Sort::Entered),
        ("name", Sort::Name),
    ];
    let (sort, descending) = paging.order(&known, (Sort::Contract(Column::CreatedAt), true))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let db = app.db.reader();
    let total = super::counts::count(db, entries(reach, search, asked)).await?;
    let select = with_contracts(reach, search).filter(condition(asked, china_today()));
    let select = match sort {
        Sort::Contract(column) => select.order_by(column, order.clone()),
        Sort::Entered => select.order_by(roster_entry::Column::EnteredOn, order.clone()),
        Sort::Name => select.order_by(person::Column::Name, order.clone()),
    };
    let select = select.order_by(Column::Id, order).offset(paging.offset()).limit(paging.page_size);
    let raw = select.into_model::<Raw>().all(db).await?;
    Ok(paging.page_of(shown(app, viewer, raw).await?, total))
}

fn with_contracts(reach: &Reach, search: &Search) -> Select<roster_entry::Entity> {
    rows(reach, search).join(JoinType::InnerJoin, contracts()).column_as(Column::Id, "contract_id")
}

/// One contract of a reach.
pub async fn one(app: &App, viewer: &Viewer, reach: &Reach, id: Uuid) -> Result<ContractRow> {
    let select = with_contracts(reach, &Search::default()).filter(Column::Id.eq(id));
    let raw = select.into_model::<Raw>().one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    shown(app, viewer, vec![raw]).await?.pop().ok_or(Error::NotFound)
}

async fn shown(app: &App, viewer: &Viewer, raw: Vec<Raw>) -> Result<Vec<ContractRow>> {
    let rules = Rules::of(app, raw.iter().map(|row| row.who.region_code.as_str())).await?;
    let ids = raw.iter().map(|row| row.contract_id);
    let found = contract::Entity::find().filter(Column::Id.is_in(ids)).all(app.db.reader()).await?;
    let mut found: HashMap<Uuid, contract::Model> = found.into_iter().map(|row| (row.id, row)).collect();
    let shape = |row: Raw| Some(viewer.row(app, &rules, row.who, found.remove(&row.contract_id)?));
    Ok(raw.into_iter().filter_map(shape).collect())
}

/// The scan of a contract: the PDF and the photographs it was made of.
pub async fn scan(app: &App, contract: &contract::Model) -> Result<ContractFile> {
    let db = app.db.reader();
    let none = || Error::conflict("no_file", "这份合同的扫描件已重置，请重新上传");
    let pdf = contract.file_id.ok_or_else(none)?;
    let pdf = stored_file::Entity::find_by_id(pdf).one(db).await?.ok_or_else(none)?;
    let pages: Vec<(contract_page::Model, Option<stored_file::Model>)> = contract_page::Entity::find()
        .filter(contract_page::Column::ContractId.eq(contract.id))
        .order_by_asc(contract_page::Column::Page)
        .join(JoinType::InnerJoin, page_files())
        .select_also(stored_file::Entity)
        .all(db)
        .await?;
    let pages = pages.into_iter().filter_map(|(_, file)| file.map(|file| FileView::of(app, &file)));
    Ok(ContractFile { pdf: FileView::of(app, &pdf), pages: pages.collect() })
}

fn page_files() -> RelationDef {
    contract_page::Entity::belongs_to(stored_file::Entity)
        .from(contract_page::Column::FileId)
        .to(stored_file::Column::Id)
        .into()
}
