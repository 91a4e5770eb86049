//! The list of people. It stays quick among a million: a name is found by a range on its index, an ID number by its
//! hash, and neither counting nor paging goes further than 10 000.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Alias, Expr, Func, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entity::{Reach, person, person::Column, roster_entry},
    platform::{
        App,
        crypto::Keyring,
        types::clock,
        web::{Error, Paging, Result},
    },
    registry::people::{
        dto::{PeoplePage, PersonSearch},
        identity::id_number_hash,
        query::rows,
        rules::{beginning_with, born_between},
    },
};

/// Counting stops here.
pub const COUNTED: u64 = 10_000;
/// A reach of no more people than this is gathered first and then looked through; a larger one is walked in order.
const FEW: u64 = 20_000;
const OLDEST: u32 = 150;

pub async fn search(app: &App, reach: &Reach, filter: &PersonSearch, paging: &Paging) -> Result<PeoplePage> {
    if paging.offset() >= COUNTED {
        return Err(Error::field("page", "最多翻到前 10000 条，请用查询条件缩小范围"));
    }
    for (field, age) in [("age_from", filter.age_from), ("age_to", filter.age_to)] {
        if age.is_some_and(|age| age > OLDEST) {
            return Err(Error::field(field, "年龄须在 0 到 150 之间"));
        }
    }
    let db = app.db.reader();
    let known = [("name", Column::Name), ("born_on", Column::BornOn), ("created_at", Column::Id)];
    let by_default = if filter.name.is_some() { (Column::Name, false) } else { (Column::Id, true) };
    let (column, descending) = paging.order(&known, by_default)?;
    let order = if descending { Order::Desc } else { Order::Asc };

    let select = select(db, &app.keys, reach, filter).await?;
    // Of an ID number there is one at most: the page itself says whether.
    let counted = if filter.id_number.is_some() && paging.page == 1 {
        None
    } else {
        Some(count_up_to(db, select.clone().select_only().column(Column::Id).into_query(), COUNTED).await?)
    };
    let page = select
        .order_by(column, order.clone())
        .order_by(Column::Id, order)
        .offset(paging.offset())
        .limit(paging.page_size);
    let items = rows(app, reach, &page.all(db).await?).await?;
    let total = counted.unwrap_or(items.len() as u64);
    Ok(PeoplePage {
        items,
        total: std::cmp::min(total, COUNTED),
        total_capped: total > COUNTED,
        page: paging.page,
        page_size: paging.page_size,
    })
}

async fn select(
    db: &impl ConnectionTrait,
    keys: &Keyring,
    reach: &Reach,
    filter: &PersonSearch,
) -> Result<Select<person::Entity>> {
    let one_at_most = filter.id_number.is_some();
    let select = if !one_at_most && is_few(db, reach).await? {
        person::Entity::find_in_few(reach)
    } else {
        person::Entity::find_in(reach)
    };
    Ok(select.filter(conditions(keys, reach, filter)))
}

async fn is_few(db: &impl ConnectionTrait, reach: &Reach) -> Result<bool> {
    match person::Entity::ids_in(reach) {
        Some(ids) => Ok(count_up_to(db, ids, FEW).await? <= FEW),
        None => Ok(false),
    }
}

/// How many rows, but no further than one more than `most`.
async fn count_up_to(db: &impl ConnectionTrait, mut select: SelectStatement, most: u64) -> Result<u64> {
    let limited = Alias::new("limited");
    let counted = Query::select()
        .expr_as(Func::count(Expr::val(1)), Alias::new("n"))
        .from_subquery(select.limit(most + 1).to_owned(), limited)
        .to_owned();
    let row = db.query_one(&counted).await?;
    let n: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(n.unsigned_abs())
}

fn conditions(keys: &Keyring, reach: &Reach, filter: &PersonSearch) -> Condition {
    let PersonSearch { name, id_number, phone, company_id, project_id, sex, age_from, age_to, on_site } = filter;
    let name = name.as_ref().map(|name| {
        let (from, end) = beginning_with(name.as_str());
        Condition::all().add(Column::Name.gte(from)).add_option(end.map(|end| Column::Name.lt(end)))
    });
    let (earliest, latest) = born_between(*age_from, *age_to, clock::china_today());
    Condition::all()
        .add_option(id_number.as_ref().map(|number| Column::IdNumberHash.eq(id_number_hash(keys, number))))
        .add_option(name)
        .add_option(phone.as_ref().map(|phone| Column::Phone.eq(phone.expose())))
        .add_option(company_id.map(|id| Column::CompanyId.eq(id)))
        .add_option(sex.map(|sex| Column::Sex.eq(sex.as_str())))
        .add_option(earliest.map(|day| Column::BornOn.gte(day)))
        .add_option(latest.map(|day| Column::BornOn.lte(day)))
        .add_option(project_id.map(|id| Column::Id.in_subquery(on_site_of(reach, id))))
        .add_option(on_site.map(|yes| if yes { on_a_site() } else { on_a_site().not() }))
}

/// Of a project that the caller may see: whether somebody is on another is not theirs to find out.
fn on_site_of(reach: &Reach, project_id: Uuid) -> SelectStatement {
    roster_entry::Entity::find_in(reach)
        .select_only()
        .column(roster_entry::Column::PersonId)
        .filter(roster_entry::Column::ProjectId.eq(project_id).and(roster_entry::Column::ExitedOn.is_null()))
        .into_query()
}

fn on_a_site() -> Condition {
    let open = roster_entry::Entity::find()
        .select_only()
        .expr(Expr::val(1))
        .filter(Expr::col((roster_entry::Entity, roster_entry::Column::PersonId)).equals((person::Entity, Column::Id)))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .into_query();
    Condition::all().add(Expr::exists(open))
}
