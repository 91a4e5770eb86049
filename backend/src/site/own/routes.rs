use actix_web::{get, post, web::Data};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::NaiveDate;
use qrcode::{EcLevel, QrCode, render::svg};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    dto::{
        OwnCode, OwnContract, OwnDay, OwnLook, OwnMonth, OwnMonthFilter, OwnPlace, OwnProject, WithdrawalForm,
        Withdrawn,
    },
    looks, projects as stays,
};
use crate::{
    entity::{Reach, attendance_day, contract, person, project, punch_objection},
    platform::{
        App,
        phone::{PhoneUser, content},
        types::{Day, Text, clock::china_today},
        web::{Created, Error, Json, Path, Query, Result},
    },
    registry::faces,
    site::{
        attendance::{
            dto::PunchOfDay,
            query::{Site, entry_day},
        },
        contracts::{self, query::Viewer},
        objections::{
            dto::{ObjectionForm, OwnObjection},
            query as objected, service,
        },
    },
};

/// Whom the phone is linked to.
async fn me(app: &App, phone: &PhoneUser) -> Result<person::Model> {
    let unknown = || Error::conflict("no_person", "请先完成实名登记，或绑定本人的人员信息");
    let id = phone.user.person_id.ok_or_else(unknown)?;
    person::Entity::find_by_id(id).one(app.db.reader()).await?.ok_or_else(unknown)
}

/// My projects: those I am on first.
#[utoipa::path(tag = "own", responses((status = 200, body = Vec<OwnProject>)))]
#[get("/phone/me/projects")]
pub async fn projects(phone: PhoneUser, app: Data<App>) -> Result<Json<Vec<OwnProject>>> {
    let me = me(&app, &phone).await?;
    stays::of(&app, &me).await.map(Json)
}

/// My attendance of a month on one project, with what I objected to in it.
#[utoipa::path(tag = "own", params(OwnMonthFilter), responses((status = 200, body = OwnMonth)))]
#[get("/phone/me/attendance")]
pub async fn attendance(phone: PhoneUser, filter: Query<OwnMonthFilter>, app: Data<App>) -> Result<Json<OwnMonth>> {
    let me = me(&app, &phone).await?;
    let OwnMonthFilter { entry_id, month } = filter.0;
    let entry = stays::entry(&app, me.id, entry_id).await?;
    let days = attendance_day::Entity::find()
        .filter(attendance_day::Column::ProjectId.eq(entry.project_id))
        .filter(attendance_day::Column::EntryId.eq(entry.id))
        .filter(attendance_day::Column::Day.between(month.first(), month.last()))
        .filter(attendance_day::Column::Count.gt(0))
        .order_by_asc(attendance_day::Column::Day)
        .all(app.db.reader())
        .await?;
    let of_month = Condition::all()
        .add(punch_objection::Column::EntryId.eq(entry.id))
        .add(punch_objection::Column::Day.between(month.first(), month.last()));
    Ok(Json(OwnMonth {
        entry_id,
        month,
        entered_on: entry.entered_on,
        exited_on: entry.exited_on,
        present_days: days.len(),
        minutes: days.iter().map(|day| i64::from(day.minutes)).sum(),
        days: days.into_iter().map(shown).collect(),
        objections: objected::of_person(&app, me.id, of_month).await?,
    }))
}

fn shown(day: attendance_day::Model) -> OwnDay {
    OwnDay {
        day: day.day,
        first_in: day.first_at,
        last_out: day.last_at,
        minutes: day.minutes,
        punches: day.count,
        inside: day.inside,
    }
}

/// My punches of a day, refused ones with their reason among them, with the photos the gate took.
#[utoipa::path(tag = "own", params(("entry_id" = Uuid, Path), ("day" = NaiveDate, Path)), responses((status = 200, body = Vec<PunchOfDay>)))]
#[get("/phone/me/attendance/{entry_id}/{day}")]
pub async fn of_day(phone: PhoneUser, path: Path<(Uuid, Day)>, app: Data<App>) -> Result<Json<Vec<PunchOfDay>>> {
    let me = me(&app, &phone).await?;
    let (entry_id, day): (Uuid, NaiveDate) = (path.0.0, path.0.1.date());
    let entry = stays::entry(&app, me.id, entry_id).await?;
    let project = project_of(&app, entry.project_id).await?;
    entry_day(&Site::of(&app, &project).await?, entry.id, day).await.map(Json)
}

async fn project_of(app: &App, id: Uuid) -> Result<project::Model> {
    project::Entity::find_by_id(id).one(app.db.reader()).await?.ok_or(Error::NotFound)
}

/// I object: a punch of this day is missing or wrong.
#[utoipa::path(tag = "own", responses((status = 201, body = OwnObjection)))]
#[post("/phone/me/objections")]
pub async fn object(phone: PhoneUser, app: Data<App>, form: Json<ObjectionForm>) -> Result<Created<OwnObjection>> {
    let me = me(&app, &phone).await?;
    let entry = match stays::entry(&app, me.id, form.0.entry_id).await {
        Err(Error::NotFound) => return Err(Error::field("entry_id", "这不是您的进场记录")),
        found => found?,
    };
    service::check_day(&entry, form.0.day.date(), china_today())?;
    content::check_text(&app, &phone, "said", form.0.said.as_str()).await?;
    if let Some(file_id) = form.0.file_id {
        content::check_picture(&app, &phone, "file_id", file_id).await?;
    }
    let id = app.db.transaction(async |tx| service::object(tx, &phone, &entry, &form.0).await).await?;
    let only = Condition::all().add(punch_objection::Column::Id.eq(id));
    objected::of_person(&app, me.id, only).await?.pop().map(Created).ok_or(Error::NotFound)
}

/// What I objected to, and the answers.
#[utoipa::path(tag = "own", responses((status = 200, body = Vec<OwnObjection>)))]
#[get("/phone/me/objections")]
pub async fn objections(phone: PhoneUser, app: Data<App>) -> Result<Json<Vec<OwnObjection>>> {
    let me = me(&app, &phone).await?;
    objected::of_person(&app, me.id, Condition::all()).await.map(Json)
}

/// My contracts, with their scans.
#[utoipa::path(tag = "own", responses((status = 200, body = Vec<OwnContract>)))]
#[get("/phone/me/contracts")]
pub async fn own_contracts(phone: PhoneUser, app: Data<App>) -> Result<Json<Vec<OwnContract>>> {
    let me = me(&app, &phone).await?;
    let viewer = Viewer::managing(Reach::default());
    let rows = contracts::query::of_person(&app, &viewer, &Reach::everything(), me.id).await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let contract = contract::Entity::find_by_id(row.id).one(app.db.reader()).await?;
        let scan = match contract.filter(|contract| contract.file_id.is_some()) {
            Some(contract) => Some(contracts::query::scan(&app, &contract).await?),
            None => None,
        };
        let (pdf, pages) = scan.map_or((None, Vec::new()), |scan| (Some(scan.pdf), scan.pages));
        shown.push(OwnContract {
            id: row.id,
            entry_id: row.who.entry_id,
            project: OwnPlace { id: row.project_id, name: row.project_name },
            state: row.state,
            expired: row.expired,
            term_kind: row.term_kind,
            term_kind_name: contracts::term_label(row.term_kind).to_owned(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            settlement: row.settlement,
            unit_price_fen: row.unit_price_fen,
            settlement_unit: row.settlement_unit,
            signed_on: row.signed_on,
            terminated_on: row.terminated_on,
            termination_reason: row.termination_reason,
            pdf,
            pages,
        });
    }
    Ok(Json(shown))
}

/// Who looked at my data in full, the last first.
#[utoipa::path(tag = "own", responses((status = 200, body = Vec<OwnLook>)))]
#[get("/phone/me/looks")]
pub async fn who_looked(phone: PhoneUser, app: Data<App>) -> Result<Json<Vec<OwnLook>>> {
    let me = me(&app, &phone).await?;
    looks::of(&app, me.id).await.map(Json)
}

/// I take back that my face may be kept. On a site it is needed at the gate, so that it goes after the exit.
#[utoipa::path(tag = "own", responses((status = 200, body = Withdrawn)))]
#[post("/phone/me/consent/withdraw")]
pub async fn withdraw(phone: PhoneUser, app: Data<App>, form: Json<WithdrawalForm>) -> Result<Json<Withdrawn>> {
    let me = me(&app, &phone).await?;
    let deleted = faces::service::withdraw(&app, &me, Text::into_string(form.0.reason), &phone.author()).await?;
    let message = if deleted {
        "已撤回。您的人脸照片、证件照片和人脸特征已经删除；再次进场须重新采集。"
    } else {
        "已撤回。您还在项目上，人脸要用于刷脸进出；办理退场后，系统在次日凌晨删除您的人脸照片、证件照片和人脸特征。"
    };
    Ok(Json(Withdrawn { deleted, message: message.to_owned() }))
}

/// My code for the gate.
#[utoipa::path(tag = "own", responses((status = 200, body = OwnCode)))]
#[get("/phone/me/code")]
pub async fn code(phone: PhoneUser, app: Data<App>) -> Result<Json<OwnCode>> {
    let me = me(&app, &phone).await?;
    let code = QrCode::with_error_correction_level(me.number.to_string(), EcLevel::M).map_err(Error::internal)?;
    let svg = code.render::<svg::Color>().min_dimensions(320, 320).build();
    let picture = format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg));
    Ok(Json(OwnCode { number: me.number, name: me.name, picture }))
}
