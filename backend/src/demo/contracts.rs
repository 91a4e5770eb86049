//! Labour contracts of the demo's people: most have signed, some have not for long enough to be warned about, a few
//! object to a day's punches.

use std::collections::HashMap;

use bytes::Bytes;
use chrono::{NaiveTime, TimeDelta};
use futures_util::{StreamExt, TryStreamExt, stream};
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use super::{Demo, crowd, now};
use crate::{
    entity::{
        contract::{self, ContractState, TermKind},
        contract_page, punch_objection,
        punch_objection::ObjectionState,
        roster_entry::{self, EntryKind},
    },
    platform::{
        App,
        files::{
            Purpose, Upload,
            service::{claim, read_whole, store, store_paper},
        },
        types::clock::from_china,
        web::{Error, Result},
    },
};

const AT_ONCE: usize = 4;
const PAGES: u64 = 2;
/// Of every so many contracts the photographs are there beside the PDF.
const PHOTOGRAPHED: usize = 12;

/// Who is red: on site for longer than the days, and without a contract.
pub fn is_red(nth: usize) -> bool {
    nth % 31 == 15
}

/// Whether somebody has not signed.
fn is_missing(nth: usize) -> bool {
    is_red(nth) || nth % 9 == 4
}

/// The scans, by the seed of whose they are.
#[derive(Default)]
pub struct Papers {
    pdfs: HashMap<usize, Uuid>,
    pages: HashMap<usize, Vec<Uuid>>,
}

/// Draws a contract, and stores a copy of it for everybody who has one. Before the transaction, as all files are.
pub async fn draw(app: &App) -> Result<Papers> {
    let mut photographs = Vec::new();
    for number in 0..PAGES {
        photographs.push(store(app, None, page_upload(number)?).await?);
    }
    let pdf = store_paper(app, None, "劳动合同", &photographs).await?;
    let bytes: Bytes = read_whole(app, pdf.id).await?;
    let people = (0..crowd::PROJECTS).flat_map(|index| crowd::seeds(index).enumerate());
    let signed: Vec<usize> = people.filter(|(nth, _)| !is_missing(*nth)).map(|(_, seed)| seed).collect();
    let copy = |seed: usize| {
        let bytes = bytes.clone();
        async move {
            let upload = Upload { purpose: Purpose::Document, name: "劳动合同.pdf".to_owned(), bytes };
            Ok::<_, Error>((seed, store(app, None, upload).await?.id))
        }
    };
    let pdfs = stream::iter(signed.clone()).map(copy).buffered(AT_ONCE).try_collect().await?;
    let mut pages = HashMap::new();
    for seed in signed.into_iter().step_by(PHOTOGRAPHED) {
        let mut of_contract = Vec::new();
        for number in 0..PAGES {
            of_contract.push(store(app, None, page_upload(number)?).await?.id);
        }
        pages.insert(seed, of_contract);
    }
    Ok(Papers { pdfs, pages })
}

fn page_upload(number: u64) -> Result<Upload> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, 72);
    page(number).write_with_encoder(encoder).map_err(Error::internal)?;
    Ok(Upload { purpose: Purpose::Document, name: format!("第{}页.jpg", number + 1), bytes: jpeg.into() })
}

/// A sheet of paper as it looks from an arm's length: a title, lines, a seal.
fn page(number: u64) -> RgbImage {
    let (width, height) = (496, 702);
    let is_ink = |x: u32, y: u32| -> bool {
        let (column, row) = (x / 9, y / 20);
        let in_glyph = x % 9 < 7 && (6..15).contains(&(y % 20)) && (x * 7 + y * 13 + x * y) % 5 < 3;
        let is_title = number == 0 && (2..4).contains(&row) && (17..38).contains(&column);
        let is_line = (5..32).contains(&row) && (5..50).contains(&column) && column < 50 - (row * 7 + 3) % 19;
        in_glyph && (is_title || is_line && (row % 6 != 4))
    };
    let on_seal = |x: u32, y: u32| -> bool {
        let (dx, dy) = (i64::from(x) - 360, i64::from(y) - 590);
        let distance = dx * dx + dy * dy;
        number + 1 == PAGES && ((52 * 52..57 * 57).contains(&distance) || distance < 14 * 14)
    };
    RgbImage::from_fn(width, height, |x, y| match (on_seal(x, y), is_ink(x, y)) {
        (true, _) => Rgb([206, 62, 52]),
        (false, true) => Rgb([58, 58, 62]),
        (false, false) => Rgb([246, 243, 236]),
    })
}

/// Somebody who has entered: of the project's people, which, and of all people, which.
pub struct Entered {
    pub nth: usize,
    pub seed: usize,
    pub entry: roster_entry::Model,
}

pub async fn sign(demo: &Demo<'_>, people: &[Entered]) -> Result<()> {
    let mut rows = Vec::new();
    let mut pages = Vec::new();
    for Entered { nth, seed, entry } in people {
        let Some(pdf) = demo.papers.pdfs.get(seed) else { continue };
        claim(demo.tx, None, Purpose::Document, *pdf, "file_ids").await?;
        let photographs = demo.papers.pages.get(seed).map(Vec::as_slice).unwrap_or_default();
        let row = row(demo, *nth, entry, *pdf, photographs.len());
        for (page, file_id) in (1..).zip(photographs) {
            claim(demo.tx, None, Purpose::Document, *file_id, "file_ids").await?;
            let contract_id = row.id.clone();
            pages.push(contract_page::ActiveModel { contract_id, page: Set(page), file_id: Set(*file_id) });
        }
        rows.push(row);
    }
    contract::Entity::insert_many(rows).exec_without_returning(demo.tx).await?;
    contract_page::Entity::insert_many(pages).exec_without_returning(demo.tx).await?;
    object(demo, people).await
}

fn row(
    demo: &Demo<'_>,
    nth: usize,
    entry: &roster_entry::Model,
    pdf: Uuid,
    photographs: usize,
) -> contract::ActiveModel {
    // Whoever has left has ended theirs; one who stays has ended it and not signed anew.
    let ended = entry.exited_on.or((nth % 40 == 20).then(|| demo.days_ago(2)));
    let is_fixed = entry.kind != EntryKind::Worker || nth.is_multiple_of(4);
    let signed_at = from_china(entry.entered_on.and_time(NaiveTime::MIN)) + TimeDelta::hours(10);
    contract::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(entry.project_id),
        entry_id: Set(entry.id),
        person_id: Set(entry.person_id),
        state: Set(if ended.is_some() { ContractState::Terminated } else { ContractState::Active }),
        term_kind: Set(if is_fixed { TermKind::Fixed } else { TermKind::Task }),
        starts_on: Set(entry.entered_on),
        // One in many ran out yesterday.
        ends_on: Set(is_fixed.then(|| if nth % 28 == 8 { demo.days_ago(1) } else { demo.days_ago(-330) })),
        settlement: Set(entry.settlement),
        unit_price_fen: Set(entry.unit_price_fen),
        settlement_unit: Set(entry.settlement_unit.clone()),
        signed_on: Set(entry.entered_on),
        file_id: Set(Some(pdf)),
        pages: Set(i32::try_from(photographs).unwrap_or_default()),
        terminated_on: Set(ended),
        termination_reason: Set(ended.map(|_| "工序完工，双方协商解除".to_owned())),
        created_at: Set(signed_at),
        created_by: Set(Some(demo.caller.account.id)),
        updated_at: Set(signed_at),
        revision: Set(1),
    }
}

/// Whether somebody is right, and why.
type Answer = Option<(bool, &'static str)>;

/// Who objects, what was said, how many days ago it was, and the answer.
const OBJECTIONS: &[(usize, &str, i64, Answer)] = &[
    (19, "早上进门时打卡机黑屏，没有打上卡，班组长可以作证", 1, None),
    (26, "晚上加班到九点，出门时忘记打卡", 2, None),
    (33, "当天在二号门进场，记录里没有", 2, Some((true, "情况属实，二号门设备当时离线，将按【考勤补录】办理"))),
    (37, "这天我来上班了", 3, Some((false, "班组长核实当天没有到场，设备记录完整"))),
];

async fn object(demo: &Demo<'_>, people: &[Entered]) -> Result<()> {
    let mut rows = Vec::new();
    for (wanted, said, days, answer) in OBJECTIONS {
        let on_site = |one: &&Entered| one.nth >= *wanted && one.entry.exited_on.is_none();
        let Some(Entered { entry, .. }) = people.iter().find(on_site) else { continue };
        rows.push(punch_objection::ActiveModel {
            id: Set(Uuid::now_v7()),
            project_id: Set(entry.project_id),
            entry_id: Set(entry.id),
            person_id: Set(entry.person_id),
            day: Set(demo.days_ago(*days)),
            said: Set((*said).to_owned()),
            file_id: Set(None),
            state: Set(match answer {
                None => ObjectionState::Open,
                Some((true, _)) => ObjectionState::Accepted,
                Some((false, _)) => ObjectionState::Refused,
            }),
            answer: Set(answer.map(|(_, words)| words.to_owned())),
            answered_by: Set(answer.map(|_| demo.caller.account.id)),
            answered_at: Set(answer.map(|_| now())),
            created_at: Set(now() - TimeDelta::hours(20 * days)),
            revision: Set(1),
        });
    }
    punch_objection::Entity::insert_many(rows).exec_without_returning(demo.tx).await?;
    Ok(())
}
