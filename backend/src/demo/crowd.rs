//! Two hundred people who do not exist, on the rosters of the demo's projects.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, TimeDelta};
use sea_orm::{ActiveValue::Set, EntityTrait, TryIntoModel};
use uuid::Uuid;

use super::{
    Demo,
    contracts::{self, Entered},
    district::Site,
    form, now,
};
use crate::{
    entity::{
        company::UploadState,
        crew::CrewKind,
        person::{self, PersonOrigin},
        person_image::ImageSource,
        project,
        roster_entry::{self, EntryKind, Settlement},
    },
    platform::{
        files::{Purpose, service::claim},
        types::{Ethnic, PersonName, Sex, synthetic},
        web::{Error, Result},
    },
    registry::{
        dictionaries::{UnitKind, posts_of},
        faces::service::keep_versions,
        people::service::{NewPerson, Particulars, find_or_create},
    },
};

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高",
    "罗", "梁", "谢", "邓", "欧阳",
];
const GIVEN: &[&str] = &[
    "建国", "建军", "志强", "伟", "国庆", "小军", "大勇", "春生", "水生", "金根", "永福", "海涛", "桂芳", "秀英",
    "玉兰", "文斌", "德胜", "少华", "家豪", "嘉欣", "䶮", "立新", "长河", "明亮", "卫东",
];
const ETHNIC: &[&str] = &["汉族", "汉族", "汉族", "汉族", "汉族", "汉族", "壮族", "苗族", "土家族", "瑶族"];
const BANKS: &[&str] = &["中国建设银行江门分行", "中国农业银行江门分行", "中国工商银行江门分行"];
/// How many people each project has had.
const HEADS: [usize; 3] = [96, 62, 42];
pub const PROJECTS: usize = HEADS.len();
/// Of all projects together.
pub const PEOPLE: usize = HEADS[0] + HEADS[1] + HEADS[2];
/// Every so many workers have no wage card yet (QH10), have left again, or are past the age of a warning.
const INCOMPLETE: usize = 17;
const LEFT: usize = 6;
const ELDERLY: usize = 23;

/// The seeds of a project's people.
pub fn seeds(index: usize) -> Range<usize> {
    let before: usize = HEADS[..index].iter().sum();
    before..before + HEADS[index]
}

pub async fn settle(demo: &Demo<'_>, project: &project::Model, sites: &[Site], index: usize) -> Result<()> {
    let (management, workers): (Vec<&Site>, Vec<&Site>) =
        sites.iter().partition(|site| site.crew.kind == CrewKind::Management);
    let managers = managers(&management);
    let mut entries = Vec::with_capacity(HEADS[index]);
    let mut people = Vec::with_capacity(HEADS[index]);
    for (nth, seed) in seeds(index).enumerate() {
        let photo = *demo.portraits.get(seed).ok_or_else(|| Error::internal("the demo's own data"))?;
        let somebody = Somebody { seed, photo, portrait: demo.cards.get(&seed).copied(), nth };
        let person = somebody.register(demo, project).await?;
        let job = match managers.get(nth) {
            Some((site, post)) => Job { site, post: Some(post), kind: EntryKind::Manager },
            None => match workers.get(nth % workers.len().max(1)) {
                Some(site) => Job { site, post: None, kind: EntryKind::Worker },
                None => continue,
            },
        };
        let entry = somebody.enter(demo, project, &person, &job);
        people.push(Entered { nth, seed, entry: entry.clone().try_into_model()? });
        entries.push(entry);
    }
    roster_entry::Entity::insert_many(entries).exec(demo.tx).await?;
    contracts::sign(demo, &people).await
}

/// The key posts first, then two more of each management crew.
fn managers<'a>(management: &[&'a Site]) -> Vec<(&'a Site, &'static str)> {
    let mut found = Vec::new();
    for site in management {
        let Ok(kind) = UnitKind::parse(&site.unit.kind) else { continue };
        let wanted: &[&str] = match kind {
            UnitKind::GeneralContractor => &["1009", "1018", "1022", "1017", "1016"],
            UnitKind::Supervision => &["1001", "1006"],
            _ => posts_of(kind).get(..1).unwrap_or_default(),
        };
        found.extend(posts_of(kind).iter().filter(|post| wanted.contains(post)).map(|post| (*site, *post)));
    }
    found
}

struct Job<'a> {
    site: &'a Site,
    post: Option<&'static str>,
    kind: EntryKind,
}

struct Somebody {
    /// Of all people of the demo, which.
    seed: usize,
    /// Their picture, stored and not yet claimed.
    photo: Uuid,
    /// The one on their card, if that was photographed.
    portrait: Option<Uuid>,
    /// Of the project's people, which.
    nth: usize,
}

impl Somebody {
    fn pick<T: Copy>(&self, from: &[T], stride: usize) -> Result<T> {
        from.get((self.seed * stride + self.seed / 7) % from.len())
            .copied()
            .ok_or_else(|| Error::internal("the demo's own data"))
    }

    fn born(&self, demo: &Demo<'_>) -> NaiveDate {
        let age = if self.seed % ELDERLY == ELDERLY - 1 { 61 } else { 19 + (self.seed * 7) % 38 };
        let year = demo.today.year() - i32::try_from(age).unwrap_or(30);
        let day = u32::try_from(self.seed).unwrap_or_default();
        NaiveDate::from_ymd_opt(year, day * 5 % 12 + 1, day * 11 % 28 + 1).unwrap_or_default()
    }

    async fn register(&self, demo: &Demo<'_>, project: &project::Model) -> Result<person::Model> {
        let number = self.seed as u64;
        let sex = if self.seed % 9 == 4 { Sex::Female } else { Sex::Male };
        let born = self.born(demo);
        let name = format!("{}{}", self.pick(SURNAMES, 5)?, self.pick(GIVEN, 3)?);
        let ethnic: Ethnic = form(self.pick(ETHNIC, 1)?.into())?;
        let has_card = self.nth % INCOMPLETE != INCOMPLETE - 1;
        let particulars = Particulars {
            address: Some(format!("演示省演示市演示路{}号", self.seed + 1)),
            id_authority: Some("演示市公安局".to_owned()),
            id_valid_from: Some(demo.days_ago(900)),
            id_valid_until: Some(demo.days_ago(900) + TimeDelta::days(3652)),
            phone: Some(synthetic::mobile(1000 + number)),
            bank_name: if has_card { Some(self.pick(BANKS, 1)?.to_owned()) } else { None },
            photo_file_id: Some(self.photo),
            portrait_file_id: self.portrait,
            bank_card: has_card.then(|| synthetic::bank_card(1000 + number)),
            ..Particulars::default()
        };
        let new = NewPerson {
            id_number: synthetic::id_number(1000 + number, born, sex),
            name: PersonName::parse(&name).map_err(Error::internal)?,
            ethnic,
            origin: PersonOrigin::Import,
            origin_project_id: Some(project.id),
            region_code: project.region_code.clone(),
            particulars,
        };
        claim(demo.tx, None, Purpose::Photo, self.photo, "photo").await?;
        if let Some(portrait) = self.portrait {
            claim(demo.tx, None, Purpose::Photo, portrait, "portrait").await?;
        }
        let person = find_or_create(demo.tx, &demo.app.keys, new).await?.0;
        keep_versions(demo.tx, &person, ImageSource::Console, None).await?;
        Ok(person)
    }

    /// Entries of the last month, and a few from before it; some have left since.
    fn enter(
        &self,
        demo: &Demo<'_>,
        project: &project::Model,
        person: &person::Model,
        job: &Job<'_>,
    ) -> roster_entry::ActiveModel {
        let worker = job.kind == EntryKind::Worker;
        let days_ago = match worker {
            true if contracts::is_red(self.nth) => 33,
            true => 3 + (self.nth * 5 % 27) as i64,
            false => 29,
        };
        let entered_on = demo.days_ago(days_ago);
        let leaves = self.nth % LEFT == LEFT - 1 && !contracts::is_red(self.nth);
        let exited_on = (worker && leaves).then(|| entered_on + TimeDelta::days(days_ago / 2));
        let by_piece = self.nth.is_multiple_of(3);
        roster_entry::ActiveModel {
            id: Set(Uuid::now_v7()),
            project_id: Set(project.id),
            person_id: Set(person.id),
            unit_id: Set(job.site.unit.id),
            crew_id: Set(job.site.crew.id),
            kind: Set(job.kind),
            work_type: Set(job.site.crew.work_type.clone()),
            post: Set(job.post.map(str::to_owned)),
            settlement: Set(worker.then_some(if by_piece { Settlement::Piece } else { Settlement::Time })),
            unit_price_fen: Set(worker.then_some(if by_piece { 4_500 } else { 32_000 })),
            settlement_unit: Set(worker.then(|| if by_piece { "平方米" } else { "日" }.to_owned())),
            card_number: Set(Some(format!("{:08}", 10_000_000 + self.seed))),
            entered_on: Set(entered_on),
            exited_on: Set(exited_on),
            exit_reason: Set(exited_on.map(|_| "工序完工".to_owned())),
            exit_recorded_at: Set(exited_on.map(|_| now())),
            upload_state: Set(UploadState::Waiting),
            created_at: Set(now()),
            revision: Set(1),
        }
    }
}
