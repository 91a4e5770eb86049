//! Pages of the roster.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::select::{Search, matching, rows, today};
use crate::{
    entity::{
        Reach, Scope, person,
        roster_entry::{self, Column},
    },
    platform::{
        App,
        auth::{Caller, Permission},
        files::Disposition,
        types::Masked,
        web::{Error, Page, Paging, Result},
    },
    registry::{
        people::rules::age_on,
        policies::{self, Policy},
        presence::undo_until,
    },
    site::roster::{
        dto::{RawRow, RosterRow},
        rules,
    },
};

/// How a caller sees rows.
pub struct Viewer {
    pub sees_names: bool,
    manages: Reach,
}

impl Viewer {
    pub fn of(caller: &Caller) -> Self {
        Self { sees_names: caller.may(Permission::ViewPeople), manages: caller.reach(Permission::ManageRoster) }
    }

    /// Whether a row is the caller's to change. Who manages rosters does so for projects and regions, so the row says
    /// enough; the call itself asks the database.
    fn manages(&self, row: &RawRow) -> bool {
        let within =
            self.manages.covers_region(&row.region_code) || self.manages.0.contains(&Scope::Project(row.project_id));
        within && row.cancelled_at.is_none()
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Entry(Column),
    Person(person::Column),
}

/// One page and how many there are.
pub async fn page(
    app: &App,
    viewer: &Viewer,
    reach: &Reach,
    search: &Search,
    paging: &Paging,
) -> Result<Page<RosterRow>> {
    let known = [
        ("entered_on", Sort::Entry(Column::EnteredOn)),
        ("exited_on", Sort::Entry(Column::ExitedOn)),
        ("created_at", Sort::Entry(Column::CreatedAt)),
        ("work_type", Sort::Entry(Column::WorkType)),
        ("card_number", Sort::Entry(Column::CardNumber)),
        ("name", Sort::Person(person::Column::Name)),
        ("age", Sort::Person(person::Column::BornOn)),
    ];
    let (sort, descending) = paging.order(&known, (Sort::Entry(Column::EnteredOn), true))?;
    // The younger somebody is, the later their birth.
    let descending = descending != matches!(sort, Sort::Person(person::Column::BornOn));
    let order = if descending { Order::Desc } else { Order::Asc };
    let db = app.db.reader();
    let total = super::total(db, reach, search).await?;
    let select = match sort {
        Sort::Entry(column) => {
            // The page is found first and joined after: nobody wants all the entries before it joined.
            let here = in_order(matching(reach, search).select_only().column(Column::Id), column, &order, paging);
            let found =
                rows(&Reach::everything(), &Search::default()).filter(Column::Id.in_subquery(here.into_query()));
            found.order_by(column, order.clone()).order_by(Column::Id, order)
        }
        Sort::Person(column) => in_order(rows(reach, search), column, &order, paging),
    };
    let raw = select.into_model::<RawRow>().all(db).await?;
    Ok(paging.page_of(shown(app, viewer, raw).await?, total))
}

fn in_order(
    select: Select<roster_entry::Entity>,
    column: impl ColumnTrait,
    order: &Order,
    paging: &Paging,
) -> Select<roster_entry::Entity> {
    let select = select.order_by(column, order.clone()).order_by(Column::Id, order.clone());
    select.offset(paging.offset()).limit(paging.page_size)
}

/// One entry of a reach.
pub async fn one(app: &App, viewer: &Viewer, reach: &Reach, id: Uuid) -> Result<RosterRow> {
    let select = rows(reach, &Search::default()).filter(Column::Id.eq(id));
    let raw = select.into_model::<RawRow>().one(app.db.reader()).await?.ok_or(Error::NotFound)?;
    shown(app, viewer, vec![raw]).await?.pop().ok_or(Error::NotFound)
}

async fn shown(app: &App, viewer: &Viewer, raw: Vec<RawRow>) -> Result<Vec<RosterRow>> {
    let mut policies: HashMap<String, Policy> = HashMap::new();
    for row in &raw {
        if !policies.contains_key(&row.region_code) {
            policies.insert(row.region_code.clone(), policies::for_region(app, &row.region_code).await?);
        }
    }
    let (today, default) = (today(), Policy::default());
    let shape = |row: RawRow| {
        let policy = policies.get(&row.region_code).unwrap_or(&default);
        let photo_url = row.photo_file_id.map(|id| app.files.links.path(id, Disposition::Inline));
        let may_manage = viewer.manages(&row);
        shape(row, policy, today, photo_url, viewer.sees_names, may_manage)
    };
    Ok(raw.into_iter().map(shape).collect())
}

fn shape(
    row: RawRow,
    policy: &Policy,
    today: NaiveDate,
    photo_url: Option<String>,
    sees_names: bool,
    may_manage: bool,
) -> RosterRow {
    let undo = undo_until(row.exit_recorded_at, policy.exit_undo_days).filter(|_| may_manage);
    let lacks = rules::lacks(row.kind, row.work_type.is_some(), row.bank_card.is_some(), policy);
    RosterRow {
        id: row.id,
        project_id: row.project_id,
        project_name: row.project_name,
        region_code: row.region_code,
        person_id: row.person_id,
        person_number: row.person_number,
        name: if sees_names { row.name } else { Masked::name(&row.name).into() },
        overage: rules::is_overage(&row.sex, row.born_on, row.exited_on.unwrap_or(today), policy),
        sex: row.sex,
        age: age_on(row.born_on, today),
        ethnic: row.ethnic,
        id_number: row.id_number,
        phone: row.phone.as_deref().map(Masked::phone),
        photo_url: photo_url.filter(|_| sees_names),
        bank_name: row.bank_name,
        bank_card: row.bank_card,
        unit_id: row.unit_id,
        unit_kind: row.unit_kind,
        company_name: row.company_name,
        crew_id: row.crew_id,
        crew_name: row.crew_name,
        crew_kind: row.crew_kind,
        kind: row.kind,
        work_type: row.work_type,
        post: row.post,
        settlement: row.settlement,
        unit_price_fen: row.unit_price_fen,
        settlement_unit: row.settlement_unit,
        card_number: row.card_number,
        entered_on: row.entered_on,
        exited_on: row.exited_on,
        exit_reason: row.exit_reason,
        undo_until: undo,
        incomplete: if row.exited_on.is_some() { Vec::new() } else { lacks },
        may_manage,
        upload_state: row.upload_state,
        created_at: row.created_at,
        revision: row.revision,
    }
}
