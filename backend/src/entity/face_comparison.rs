//! Two pictures whose faces were compared, and what became of it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ComparisonKind {
    /// A face with the portrait of the same person's ID card.
    #[sea_orm(string_value = "one_to_one")]
    OneToOne,
    /// The faces of two people who look alike.
    #[sea_orm(string_value = "duplicate")]
    Duplicate,
    /// The photo of a punch with the face of somebody else of the site.
    #[sea_orm(string_value = "punch")]
    Punch,
}

/// What the distance says under the limits of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ComparisonVerdict {
    #[sea_orm(string_value = "pass")]
    Pass,
    /// Somebody has to look.
    #[sea_orm(string_value = "look")]
    Look,
    #[sea_orm(string_value = "fail")]
    Fail,
    /// Of two people: never more than that.
    #[sea_orm(string_value = "warning")]
    Warning,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ComparisonState {
    #[sea_orm(string_value = "open")]
    Open,
    /// By somebody, or by the distance itself.
    #[sea_orm(string_value = "decided")]
    Decided,
    /// One of the pictures was replaced or deleted before anybody looked.
    #[sea_orm(string_value = "outdated")]
    Outdated,
}

/// What somebody saw who looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ComparisonDecision {
    #[sea_orm(string_value = "same")]
    Same,
    #[sea_orm(string_value = "different")]
    Different,
    #[sea_orm(string_value = "unclear")]
    Unclear,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "face_comparison")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: ComparisonKind,
    /// Whose face it is about: of two people, who came later.
    pub person_id: Uuid,
    pub image_id: Uuid,
    /// The same person, or the other of two.
    pub other_person_id: Uuid,
    pub other_image_id: Uuid,
    pub distance: f64,
    /// Whose numbers they are.
    #[sea_orm(column_type = "Text")]
    pub model: String,
    pub limit_pass: f64,
    pub limit_look: f64,
    pub limit_duplicate: f64,
    pub verdict: ComparisonVerdict,
    pub state: ComparisonState,
    pub decision: Option<ComparisonDecision>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// Nobody where the distance decided.
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTimeUtc>,
    /// Whose business it is beside the regulator's; of two people, no project's.
    pub project_id: Option<Uuid>,
    /// Whose regulators see it: those who see both people.
    #[sea_orm(column_type = "Text")]
    pub region_code: String,
    pub created_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
