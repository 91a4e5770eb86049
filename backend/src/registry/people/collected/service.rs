//! One person of a batch: their picture first, then everything in one transaction.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use uuid::Uuid;

use super::{
    dto::{CollectedPerson, Verdict},
    keep::{Collector, Kept, keep, store_picture},
};
use crate::{
    entity::{person::PersonOrigin, project},
    platform::{
        App,
        auth::Caller,
        types::Text,
        web::{Error, Result},
    },
    registry::people::{NewPerson, Particulars, lookups, rules},
};

const LARGEST_PHOTO: usize = 500 * 1024;

pub(super) async fn collect(
    app: &App,
    caller: &Caller,
    project: &project::Model,
    person: CollectedPerson,
) -> Result<(Verdict, i64)> {
    rules::check_reading(&person.id_number, person.sex, person.born_on)?;
    lookups::named(app, caller, &person.id_number, &person.name).await?;
    let by = Collector::Account(caller);
    let photo = match &person.photo {
        Some(photo) => Some(store_photo(app, by, photo).await?),
        None => None,
    };
    let Kept { person, created } = keep(app, by, project, new_person(project, person, photo)).await?;
    Ok((if created { Verdict::Created } else { Verdict::Updated }, person.number))
}

async fn store_photo(app: &App, by: Collector<'_>, photo: &str) -> Result<Uuid> {
    // Devices put a data URL's head before it, and line breaks into it.
    let base64 = photo.split_once("base64,").map_or(photo, |(_, data)| data);
    let base64: String = base64.split_ascii_whitespace().collect();
    if base64.len() / 4 * 3 > LARGEST_PHOTO {
        return Err(Error::field("photo", "照片超过 500 KB，请压缩后再上传"));
    }
    let bytes = STANDARD.decode(base64).map_err(|_| Error::field("photo", "照片不是有效的 base64 编码"))?;
    store_picture(app, by, "photo", Bytes::from(bytes)).await
}

fn new_person(project: &project::Model, person: CollectedPerson, photo: Option<Uuid>) -> NewPerson {
    let CollectedPerson {
        id_number,
        name,
        ethnic,
        sex: _,
        born_on: _,
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        phone,
        photo: _,
    } = person;
    NewPerson {
        id_number,
        name,
        ethnic,
        origin: PersonOrigin::Api,
        origin_project_id: Some(project.id),
        region_code: project.region_code.clone(),
        particulars: Particulars {
            address: address.map(Text::into_string),
            id_authority: id_authority.map(Text::into_string),
            id_valid_from,
            id_valid_until,
            phone,
            photo_file_id: photo,
            ..Particulars::default()
        },
    }
}
