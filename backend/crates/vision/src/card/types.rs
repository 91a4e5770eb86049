//! What the reader answers with.

use serde::Serialize;

use super::Warning;
use crate::{Quad, Rect};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// With the portrait.
    Front,
    /// With the national emblem.
    Back,
    Both,
    /// There is no card; a warning says so.
    Neither,
}

#[derive(Debug, Clone, Serialize)]
pub struct Card {
    pub side: Side,
    pub temporary: bool,
    pub fields: Vec<Field>,
    pub portrait: Option<Portrait>,
    pub warnings: Vec<Warning>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    Name,
    Sex,
    Nation,
    /// `1990-03-07`
    Birth,
    Address,
    IdNumber,
    Authority,
    ValidFrom,
    /// A date, or 长期.
    ValidUntil,
}

#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub name: FieldName,
    pub value: String,
    /// Of the least certain character, from 0 to 1.
    pub confidence: f32,
    /// False: somebody has to check it.
    pub sure: bool,
    /// In the upright picture.
    pub at: Quad,
    /// A small JPEG of the place, for fields that are not sure.
    #[serde(skip)]
    pub cut: Option<Vec<u8>>,
    /// For names: whole names that look like the one that was read, to choose from.
    pub lookalikes: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Portrait {
    #[serde(skip)]
    pub jpeg: Vec<u8>,
    pub at: Rect,
}
