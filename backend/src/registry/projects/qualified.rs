//! 合格: the project has units, and all its units, crews and serving people are uploaded. One condition, for the
//! filter and for the column.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entity::{company::UploadState, crew, project, roster_entry, unit},
    platform::web::Result,
};

pub fn condition() -> Condition {
    Condition::all().add(Expr::exists(units())).add(not_uploaded().not())
}

fn units() -> SelectStatement {
    let of_project = Expr::col((unit::Entity, unit::Column::ProjectId)).equals((project::Entity, project::Column::Id));
    unit::Entity::find().select_only().column(unit::Column::Id).filter(of_project).into_query()
}

/// Something of the project is not with the province yet.
fn not_uploaded() -> Condition {
    let crews = crew::Entity::find()
        .select_only()
        .column(crew::Column::Id)
        .filter(Expr::col((crew::Entity, crew::Column::ProjectId)).equals((project::Entity, project::Column::Id)));
    let serving = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::Id)
        .filter(
            Expr::col((roster_entry::Entity, roster_entry::Column::ProjectId))
                .equals((project::Entity, project::Column::Id)),
        )
        .filter(roster_entry::Column::ExitedOn.is_null());
    let mut late_units = units();
    late_units.and_where(unit::Column::UploadState.ne(UploadState::Uploaded));
    Condition::any()
        .add(Expr::exists(late_units))
        .add(Expr::exists(crews.filter(crew::Column::UploadState.ne(UploadState::Uploaded)).into_query()))
        .add(Expr::exists(serving.filter(roster_entry::Column::UploadState.ne(UploadState::Uploaded)).into_query()))
}

/// Which of these projects are.
pub async fn among(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
    let select = project::Entity::find()
        .select_only()
        .column(project::Column::Id)
        .filter(project::Column::Id.is_in(ids.iter().copied()))
        .filter(condition());
    Ok(select.into_tuple::<Uuid>().all(db).await?.into_iter().collect())
}
