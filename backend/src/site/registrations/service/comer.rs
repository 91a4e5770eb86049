//! Whether somebody may come onto a project at all: asked as soon as the ID number is known, and again before anything
//! is decided, for much can happen in between.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    entity::{Reach, person, registration::Model},
    platform::{
        types::clock::china_today,
        web::{Error, Result},
    },
    registry::{
        people::rules::{YOUNGEST, age_on},
        policies::Elsewhere,
    },
    site::roster::{query::standings, service::Site},
};

/// The person with a registration's ID number, if they are known.
pub async fn known(db: &impl ConnectionTrait, row: &Model) -> Result<Option<person::Model>> {
    let Some(hash) = &row.id_number_hash else { return Ok(None) };
    Ok(person::Entity::find().filter(person::Column::IdNumberHash.eq(hash)).one(db).await?)
}

/// Why they cannot come, at the field of the ID card. `visible` is what whoever asks may know of other projects.
pub async fn check(
    db: &impl ConnectionTrait,
    site: &Site<'_>,
    row: &Model,
    known: Option<&person::Model>,
    visible: &Reach,
) -> Result<()> {
    if let Some(born_on) = row.born_on {
        let age = age_on(born_on, china_today());
        if age < YOUNGEST {
            return Err(Error::field("id_number", format!("今年 {age} 周岁，未满 {YOUNGEST} 周岁的人员不得进场登记")));
        }
    }
    let Some(known) = known else { return Ok(()) };
    if row.name.as_ref().is_some_and(|name| *name != known.name) {
        let message = "姓名与该身份证号已登记的姓名不一致，请按身份证核对；如身份证上确实如此，请联系项目部更正";
        return Err(Error::field("name", message));
    }
    let standing = standings(db, site.project.id, &[known.id], visible).await?.of(known.id);
    if let Some(crew) = standing.here {
        return Err(Error::field("id_number", format!("已在本项目“{crew}”在场，无需重复登记")));
    }
    if !standing.elsewhere.is_empty() && site.policy.on_site_elsewhere == Elsewhere::Tell {
        let places = standing.elsewhere.join("、");
        return Err(Error::field("id_number", format!("目前还在{places}在场，请先在那里办理退场，再来本项目登记")));
    }
    Ok(())
}
