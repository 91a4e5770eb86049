//! People who have scanned the code at the gate, as a clerk finds them in the morning: some not done yet, some waiting to
//! be looked at, some sent back, some let in. They are strangers: who waits is on no roster.

use chrono::{Datelike, NaiveDate, TimeDelta};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Demo, district::Site, now, portraits::Brought};
use crate::{
    entity::{
        crew::CrewKind,
        face_comparison::ComparisonVerdict,
        person, project,
        registration::{self, ActiveModel, FaceSource, RegistrationOrigin, RegistrationState},
        registration_event::{self, RegistrationStep},
        roster_entry::{self, EntryKind, Settlement},
    },
    platform::{
        files::{Purpose, service::claim},
        types::{Sex, synthetic},
        web::{Error, Result},
    },
    registry::people::identity::Concealed,
    site::registrations::rules::CONSENT,
};

/// Somebody who came: their name, how old they are, how far their registration is, how far their face is from the card's,
/// and what the project has said.
struct Comer {
    name: &'static str,
    age: i32,
    sex: Sex,
    state: RegistrationState,
    distance: Option<f64>,
    reason: Option<&'static str>,
}

const fn comer(name: &'static str, age: i32, state: RegistrationState, distance: Option<f64>) -> Comer {
    Comer { name, age, sex: Sex::Male, state, distance, reason: None }
}

const fn woman(comer: Comer) -> Comer {
    Comer { sex: Sex::Female, ..comer }
}

const fn because(comer: Comer, reason: &'static str) -> Comer {
    Comer { reason: Some(reason), ..comer }
}

use RegistrationState::{Draft, Refused, Submitted, ToSubmit};

const COMERS_OF: [&[Comer]; 2] = [
    &[
        comer("韦国良", 34, Submitted, Some(0.24)),
        comer("覃志明", 41, Submitted, Some(0.29)),
        woman(comer("蓝秀珍", 38, Submitted, Some(0.33))),
        comer("潘大勇", 61, Submitted, Some(0.31)),
        comer("农海涛", 27, Submitted, Some(0.46)),
        comer("石小军", 22, Submitted, None),
        comer("卢永福", 45, Draft, None),
        comer("莫建军", 31, Draft, Some(0.27)),
        comer("谭春生", 52, ToSubmit, Some(0.22)),
        because(comer("黎水生", 29, Refused, Some(0.44)), "人脸照片不清楚，请在光线充足处摘下帽子重新拍摄"),
        because(comer("邹家豪", 36, Refused, Some(0.26)), "班组选错了，请与班组长确认后重新选择"),
    ],
    &[
        comer("苏文斌", 33, Submitted, Some(0.28)),
        woman(comer("甘玉兰", 44, Submitted, Some(0.35))),
        comer("龙德胜", 26, Draft, None),
    ],
];
/// Of all projects together.
pub const COMERS: usize = COMERS_OF[0].len() + COMERS_OF[1].len();
/// How many of those on the roster came by the code.
const LET_IN: u64 = 6;

pub async fn wait(
    demo: &Demo<'_>,
    project: &project::Model,
    sites: &[Site],
    index: usize,
    brought: &[Brought],
) -> Result<()> {
    let Some(comers) = COMERS_OF.get(index) else { return Ok(()) };
    let before: usize = COMERS_OF[..index].iter().map(|comers| comers.len()).sum();
    let crews: Vec<&Site> = sites.iter().filter(|site| site.crew.kind == CrewKind::Workers).collect();
    for (nth, comer) in comers.iter().enumerate() {
        let site = crews.get(nth % crews.len().max(1)).ok_or_else(|| Error::internal("the demo's own data"))?;
        let brought = brought.get(before + nth).ok_or_else(|| Error::internal("the demo's own data"))?;
        come(demo, project, site, comer, before + nth, *brought).await?;
    }
    let_in(demo, project).await
}

async fn come(
    demo: &Demo<'_>,
    project: &project::Model,
    site: &Site,
    comer: &Comer,
    seed: usize,
    Brought { face, portrait, front, back }: Brought,
) -> Result<()> {
    let born = NaiveDate::from_ymd_opt(demo.today.year() - comer.age, 1, (seed % 20) as u32 + 1).unwrap_or_default();
    let number = Concealed::id_number(&demo.app.keys, &synthetic::id_number(9000 + seed as u64, born, comer.sex));
    let card = Concealed::bank_card(&demo.app.keys, &synthetic::bank_card(9000 + seed as u64));
    // Who has not taken their face yet, has not come further either.
    let faced = comer.distance.is_some() || comer.state == Submitted;
    let chosen = comer.state != Draft;
    let at = now() - TimeDelta::minutes(17 * seed as i64 + 5);
    let (settlement, price, unit) = if seed.is_multiple_of(2) {
        (Settlement::Time, 32_000, "天")
    } else {
        (Settlement::Piece, 4_500, "平方米")
    };
    let row = ActiveModel {
        project_id: Set(project.id),
        origin: Set(if comer.state == ToSubmit { RegistrationOrigin::Console } else { RegistrationOrigin::Phone }),
        state: Set(comer.state),
        consent_version: Set(Some(CONSENT.to_owned())),
        consent_at: Set(Some(at)),
        name: Set(Some(comer.name.to_owned())),
        id_number_sealed: Set(Some(number.sealed)),
        id_number_hash: Set(Some(number.hash)),
        id_number_mask: Set(Some(number.mask)),
        sex: Set(Some(comer.sex.as_str().to_owned())),
        born_on: Set(Some(born)),
        ethnic: Set(Some(if seed.is_multiple_of(3) { "壮族" } else { "汉族" }.to_owned())),
        address: Set(Some(format!("演示省演示市演示路{}号", 900 + seed))),
        id_authority: Set(Some("演示市公安局".to_owned())),
        id_valid_from: Set(Some(demo.days_ago(700))),
        id_valid_until: Set(Some(demo.days_ago(700) + TimeDelta::days(3652))),
        temporary_card: Set(false),
        id_front_file_id: Set(Some(front)),
        id_back_file_id: Set(Some(back)),
        portrait_file_id: Set((comer.distance.is_some()).then_some(portrait)),
        face_file_id: Set(faced.then_some(face)),
        face_source: Set(faced.then_some(FaceSource::Camera)),
        face_distance: Set(comer.distance),
        face_standing: Set(comer.distance.map(standing)),
        face_model: Set(comer.distance.map(|_| "demo@1".to_owned())),
        phone: Set(Some(synthetic::mobile(9000 + seed as u64).expose().to_owned())),
        kind: Set(EntryKind::Worker),
        crew_id: Set(chosen.then_some(site.crew.id)),
        work_type: Set(site.crew.work_type.clone().filter(|_| chosen)),
        settlement: Set(chosen.then_some(settlement)),
        unit_price_fen: Set(chosen.then_some(price)),
        settlement_unit: Set(chosen.then(|| unit.to_owned())),
        bank_name: Set(chosen.then(|| "中国建设银行江门分行".to_owned())),
        bank_card_sealed: Set(chosen.then_some(card.sealed)),
        bank_card_hash: Set(chosen.then_some(card.hash)),
        bank_card_mask: Set(chosen.then_some(card.mask)),
        reason: Set(comer.reason.map(str::to_owned)),
        submitted_at: Set((comer.state == Submitted || comer.state == Refused).then_some(at)),
        decided_at: Set((comer.state == Refused).then_some(at + TimeDelta::minutes(3))),
        decided_by: Set((comer.state == Refused).then_some(demo.caller.account.id)),
        ..blank(at)
    };
    for (file, taken) in [(front, true), (back, true), (face, faced), (portrait, comer.distance.is_some())] {
        if taken {
            claim(demo.tx, None, Purpose::Photo, file, "photo").await?;
        }
    }
    let row = registration::Entity::insert(row).exec_with_returning(demo.tx).await?;
    let mut steps = vec![(RegistrationStep::Begun, 6, None)];
    if row.submitted_at.is_some() {
        steps.push((RegistrationStep::Submitted, 0, None));
    }
    if comer.state == Refused {
        steps.push((RegistrationStep::Refused, -3, comer.reason));
    }
    events(demo, row.id, at, &steps).await
}

fn standing(distance: f64) -> ComparisonVerdict {
    if distance <= 0.40 { ComparisonVerdict::Pass } else { ComparisonVerdict::Look }
}

fn blank(at: chrono::DateTime<chrono::Utc>) -> ActiveModel {
    ActiveModel {
        id: Set(Uuid::now_v7()),
        phone_user_id: Set(None),
        created_at: Set(at - TimeDelta::minutes(6)),
        updated_at: Set(at),
        revision: Set(1),
        ..Default::default()
    }
}

/// Some of those on the roster came by the code, too.
async fn let_in(demo: &Demo<'_>, project: &project::Model) -> Result<()> {
    let entries = roster_entry::Entity::find()
        .filter(roster_entry::Column::ProjectId.eq(project.id))
        .filter(roster_entry::Column::Kind.eq(EntryKind::Worker))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .order_by_desc(roster_entry::Column::EnteredOn)
        .order_by_asc(roster_entry::Column::CardNumber)
        .limit(LET_IN)
        .find_also_related(person::Entity)
        .all(demo.tx)
        .await?;
    for (nth, (entry, person)) in entries.into_iter().enumerate() {
        let Some(person) = person else { continue };
        let at =
            now() - TimeDelta::days((demo.today - entry.entered_on).num_days()) - TimeDelta::minutes(13 * nth as i64);
        let distance = 0.21 + 0.02 * nth as f64;
        let row = ActiveModel {
            project_id: Set(project.id),
            origin: Set(RegistrationOrigin::Phone),
            state: Set(RegistrationState::Approved),
            consent_version: Set(Some(CONSENT.to_owned())),
            consent_at: Set(Some(at)),
            name: Set(Some(person.name)),
            id_number_hash: Set(Some(person.id_number_hash)),
            id_number_mask: Set(Some(person.id_number_mask)),
            sex: Set(Some(person.sex)),
            born_on: Set(Some(person.born_on)),
            ethnic: Set(Some(person.ethnic)),
            temporary_card: Set(false),
            face_source: Set(Some(FaceSource::Camera)),
            face_distance: Set(Some(distance)),
            face_standing: Set(Some(standing(distance))),
            phone: Set(person.phone),
            kind: Set(EntryKind::Worker),
            crew_id: Set(Some(entry.crew_id)),
            work_type: Set(entry.work_type),
            settlement: Set(entry.settlement),
            unit_price_fen: Set(entry.unit_price_fen),
            settlement_unit: Set(entry.settlement_unit),
            submitted_at: Set(Some(at)),
            decided_at: Set(Some(at + TimeDelta::minutes(9))),
            decided_by: Set(Some(demo.caller.account.id)),
            person_id: Set(Some(person.id)),
            entry_id: Set(Some(entry.id)),
            ..blank(at)
        };
        let row = registration::Entity::insert(row).exec_with_returning(demo.tx).await?;
        let steps = [
            (RegistrationStep::Begun, 6, None),
            (RegistrationStep::Submitted, 0, None),
            (RegistrationStep::Approved, -9, None),
        ];
        events(demo, row.id, at, &steps).await?;
    }
    Ok(())
}

/// What happened, so many minutes before it was submitted.
async fn events(
    demo: &Demo<'_>,
    registration_id: Uuid,
    at: chrono::DateTime<chrono::Utc>,
    steps: &[(RegistrationStep, i64, Option<&str>)],
) -> Result<()> {
    let rows = steps.iter().map(|(what, before, reason)| {
        let decided = matches!(what, RegistrationStep::Approved | RegistrationStep::Refused);
        registration_event::ActiveModel {
            id: Set(Uuid::now_v7()),
            registration_id: Set(registration_id),
            at: Set(at - TimeDelta::minutes(*before)),
            what: Set(*what),
            account_id: Set(decided.then_some(demo.caller.account.id)),
            actor_name: Set(if decided { demo.caller.account.name.clone() } else { "手机用户".to_owned() }),
            reason: Set(reason.map(str::to_owned)),
        }
    });
    registration_event::Entity::insert_many(rows).exec(demo.tx).await?;
    Ok(())
}
