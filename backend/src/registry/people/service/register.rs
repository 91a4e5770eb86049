//! Somebody new, entered by hand.

use sea_orm::ConnectionTrait;

use super::{NewPerson, Particulars, files, find_or_create, note};
use crate::{
    entity::{
        company,
        person::{Model, PersonOrigin},
        person_image::ImageSource,
        project,
    },
    platform::{
        App,
        auth::Caller,
        types::{RegionCode, Text, clock},
        web::{Error, Result},
    },
    registry::{
        faces::service as versions,
        people::{dto::NewPersonForm, employment},
    },
};

/// Who brings somebody in.
#[derive(Clone, Debug)]
pub enum Home {
    Project(Box<project::Model>),
    Company(Box<company::Model>),
    Region(RegionCode),
}

impl Home {
    fn region_code(&self) -> String {
        match self {
            Self::Project(project) => project.region_code.clone(),
            Self::Company(company) => company.region_code.clone(),
            Self::Region(code) => code.as_str().to_owned(),
        }
    }
}

pub async fn register(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    home: Home,
    form: NewPersonForm,
) -> Result<Model> {
    let new = new_person(&home, form);
    files::claim_all(tx, caller.account.id, &new.particulars).await?;
    let (person, created) = find_or_create(tx, &app.keys, new).await?;
    if !created {
        return Err(already_known());
    }
    let entry = match &home {
        Home::Project(project) => note::created(&person).project(project),
        Home::Company(company) => note::created(&person).company(company.id),
        Home::Region(_) => note::created(&person),
    };
    entry.write(tx, caller).await?;
    versions::keep_versions(tx, &person, ImageSource::Console, Some(caller.account.id)).await?;
    match home {
        Home::Company(company) => employment::service::join(tx, caller, &company, &person, clock::china_today()).await,
        Home::Project(_) | Home::Region(_) => Ok(person),
    }
}

pub fn already_known() -> Error {
    Error::field("id_number", "该身份证号的人员已在人员库中，无需重复登记")
}

fn new_person(home: &Home, form: NewPersonForm) -> NewPerson {
    let NewPersonForm {
        id_number,
        name,
        ethnic,
        project_id: _,
        company_id: _,
        region_code: _,
        address,
        id_authority,
        id_valid_from,
        id_valid_until,
        phone,
        education,
        political,
        marital,
        bank_name,
        bank_card,
        photo_file_id,
        id_front_file_id,
        id_back_file_id,
        portrait_file_id,
    } = form;
    let particulars = Particulars {
        address: address.map(Text::into_string),
        id_authority: id_authority.map(Text::into_string),
        id_valid_from,
        id_valid_until,
        phone,
        education,
        political,
        marital,
        bank_name: bank_name.map(Text::into_string),
        bank_card,
        photo_file_id,
        id_front_file_id,
        id_back_file_id,
        portrait_file_id,
    };
    let origin_project_id = if let Home::Project(project) = home { Some(project.id) } else { None };
    let region_code = home.region_code();
    NewPerson { id_number, name, ethnic, origin: PersonOrigin::Console, origin_project_id, region_code, particulars }
}
