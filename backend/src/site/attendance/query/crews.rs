//! The crews of a project with the units they belong to: what figures are grouped by.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, JoinType, QueryOrder, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::Site;
use crate::{
    entity::{
        company,
        crew::{self, CrewKind},
        unit,
    },
    platform::web::Result,
};

#[derive(Clone, Debug, FromQueryResult)]
pub struct CrewOfUnit {
    pub crew_id: Uuid,
    pub crew_name: String,
    pub crew_kind: CrewKind,
    pub unit_id: Uuid,
    pub unit_kind: String,
    pub company_name: String,
}

/// Unit by unit, and in each crew by crew, in the order in which they came.
pub async fn crews(site: &Site<'_>) -> Result<Vec<CrewOfUnit>> {
    Ok(crew::Entity::find_in(&site.reach)
        .select_only()
        .join(JoinType::InnerJoin, crew::Relation::Unit.def())
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .column_as(crew::Column::Id, "crew_id")
        .column_as(crew::Column::Name, "crew_name")
        .column_as(crew::Column::Kind, "crew_kind")
        .column(crew::Column::UnitId)
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(company::Column::Name, "company_name")
        .order_by_asc(unit::Column::EnteredOn)
        .order_by_asc(unit::Column::Id)
        .order_by_asc(crew::Column::Number)
        .into_model::<CrewOfUnit>()
        .all(site.app.db.reader())
        .await?)
}

/// Something for every crew that has it, unit by unit.
pub fn by_unit<T>(crews: &[CrewOfUnit], mut of_crew: HashMap<Uuid, T>) -> Vec<(CrewOfUnit, Vec<(CrewOfUnit, T)>)> {
    let mut units: Vec<(CrewOfUnit, Vec<(CrewOfUnit, T)>)> = Vec::new();
    for crew in crews {
        let Some(of_this) = of_crew.remove(&crew.crew_id) else { continue };
        let same_unit = units.last_mut().filter(|(last, _)| last.unit_id == crew.unit_id);
        match same_unit {
            Some((_, crews)) => crews.push((crew.clone(), of_this)),
            None => units.push((crew.clone(), vec![(crew.clone(), of_this)])),
        }
    }
    units
}
