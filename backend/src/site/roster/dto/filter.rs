//! Which entries a list, a count or an export is about.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::roster_entry::EntryKind,
    platform::types::{Day, IdNumber, RegionCode, Text, blank_as_none, yes_or_no},
    registry::{
        dictionaries::{Post, UnitKind, WorkType},
        presence::Presence,
    },
};

/// Whether a worker lacks something before attendance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Completeness {
    Complete,
    /// 待完善
    Incomplete,
}

/// What the province knows of an entry; `not_uploaded` is everything it does not have yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UploadFilter {
    Waiting,
    Uploaded,
    Failed,
    NotUploaded,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
// Page and order stand in the same address, so what is not known here is not refused.
#[serde(default)]
pub struct RosterFilter {
    pub presence: Option<Presence>,
    pub kind: Option<EntryKind>,
    pub unit_id: Option<Uuid>,
    pub unit_kind: Option<UnitKind>,
    /// Part of the company's name.
    #[serde(deserialize_with = "blank_as_none")]
    pub company: Option<Text<1, 100>>,
    pub crew_id: Option<Uuid>,
    pub work_type: Option<WorkType>,
    pub post: Option<Post>,
    /// The beginning of the person's name.
    #[serde(deserialize_with = "blank_as_none")]
    pub name: Option<Text<1, 50>>,
    #[serde(deserialize_with = "blank_as_none")]
    pub card_number: Option<Text<1, 32>>,
    pub completeness: Option<Completeness>,
    #[serde(deserialize_with = "yes_or_no")]
    pub has_photo: Option<bool>,
    #[serde(deserialize_with = "blank_as_none")]
    pub upload_state: Option<UploadFilter>,
    pub entered_from: Option<Day>,
    pub entered_to: Option<Day>,
    pub exited_from: Option<Day>,
    pub exited_to: Option<Day>,
    pub project_id: Option<Uuid>,
    /// Part of the project's name.
    #[serde(deserialize_with = "blank_as_none")]
    pub project: Option<Text<1, 100>>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
    /// The whole number. Only in a body: it does not belong into an address, and not into a job's row either.
    #[serde(skip_serializing, deserialize_with = "blank_as_none")]
    #[param(ignore)]
    pub id_number: Option<IdNumber>,
}
