//! What the accepted punches of an entry on one day come to. Every statistic reads this.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    pub person_id: Uuid,
    /// The punches themselves; see `site::attendance::marks`.
    #[sea_orm(column_type = "Text")]
    pub marks: String,
    pub first_at: Option<DateTimeUtc>,
    pub last_at: Option<DateTimeUtc>,
    pub minutes: i32,
    /// Punches that count.
    pub count: i32,
    /// In and not out again.
    pub inside: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::roster_entry::Entity",
        from = "Column::EntryId",
        to = "super::roster_entry::Column::Id"
    )]
    RosterEntry,
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
}

impl Related<super::roster_entry::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::RosterEntry.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
