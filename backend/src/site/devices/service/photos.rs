//! 【重新下发人脸照片】: the newest photos that devices have taken become those of the roster.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{bind::within, push};
use crate::{
    entity::{person, project, roster_entry},
    platform::{
        App,
        auth::Caller,
        jobs,
        web::{Error, Result},
    },
    registry::{
        people::collected,
        presence::{Touched, announce},
    },
    site::devices::dto::{AdoptedPhotos, Adoption, AdoptionResult, PhotoAdoption, PushOrder, Pushed},
};

const MOST: usize = 500;
/// People in one transaction: nobody else waits long for theirs.
const BATCH: usize = 50;

type OnSite = (roster_entry::Model, person::Model);

/// Does it for the chosen people on site, or for all; then the devices are told to fetch them.
pub async fn adopt(
    app: &App,
    caller: &Caller,
    project: &project::Model,
    order: PhotoAdoption,
) -> Result<AdoptedPhotos> {
    let people = on_site(app, project, order).await?;
    let waiting = collected::waiting_photos(app.db.reader(), project.id).await?;
    let mut adopted = HashSet::new();
    let with_photo: Vec<(&person::Model, Uuid)> =
        people.iter().filter_map(|(_, person)| Some((person, *waiting.get(&person.id)?))).collect();
    for batch in with_photo.chunks(BATCH) {
        let tx = app.db.begin().await?;
        let mut done = Vec::with_capacity(batch.len());
        for (person, photo) in batch {
            if collected::adopt_photo(&tx, caller, project, person, *photo).await? {
                done.push(person.id);
            }
        }
        tx.commit().await?;
        jobs::wake(app).await;
        for id in &done {
            announce(app, Touched::Person(*id)).await;
        }
        adopted.extend(done);
    }
    let pushed =
        if adopted.is_empty() { Pushed { devices: 0, online: 0 } } else { push_all(app, caller, project).await? };
    Ok(answer(people, &adopted, pushed))
}

async fn push_all(app: &App, caller: &Caller, project: &project::Model) -> Result<Pushed> {
    let tx = app.db.begin().await?;
    let devices = push::request(&tx, caller, project, PushOrder::default()).await?;
    tx.commit().await?;
    Ok(push::tell(app, &devices).await)
}

async fn on_site(app: &App, project: &project::Model, order: PhotoAdoption) -> Result<Vec<OnSite>> {
    let mut select = roster_entry::Entity::find_in(&within(project)).filter(roster_entry::Column::ExitedOn.is_null());
    let wanted: Option<HashSet<Uuid>> = order.entry_ids.map(|ids| ids.into_iter().collect());
    if let Some(ids) = &wanted {
        if !(1..=MOST).contains(&ids.len()) {
            return Err(Error::field("entry_ids", format!("请选择 1 到 {MOST} 人；不选则为全部在场人员")));
        }
        select = select.filter(roster_entry::Column::Id.is_in(ids.iter().copied()));
    }
    let found =
        select.find_also_related(person::Entity).order_by_asc(person::Column::Number).all(app.db.reader()).await?;
    let found: Vec<OnSite> = found.into_iter().filter_map(|(entry, person)| Some((entry, person?))).collect();
    if wanted.is_some_and(|ids| ids.len() != found.len()) {
        return Err(Error::field("entry_ids", "所选人员中有的已退场或不在本项目，请刷新后重选"));
    }
    Ok(found)
}

fn answer(people: Vec<OnSite>, adopted: &HashSet<Uuid>, pushed: Pushed) -> AdoptedPhotos {
    let mut counts: HashMap<AdoptionResult, usize> = HashMap::new();
    let mut shape = |(entry, person): OnSite| {
        let result = match (adopted.contains(&person.id), person.photo_file_id) {
            (true, _) => AdoptionResult::Adopted,
            (false, Some(_)) => AdoptionResult::Unchanged,
            (false, None) => AdoptionResult::None,
        };
        *counts.entry(result).or_default() += 1;
        Adoption { entry_id: entry.id, number: person.number, name: person.name, result }
    };
    let people: Vec<Adoption> = people.into_iter().map(&mut shape).collect();
    let count = |result| counts.get(&result).copied().unwrap_or_default();
    let (adopted, unchanged) = (count(AdoptionResult::Adopted), count(AdoptionResult::Unchanged));
    AdoptedPhotos { adopted, unchanged, none: count(AdoptionResult::None), people, pushed }
}
