//! What stands on an ID card. (The reader itself is being written; these are the types it answers with.)

use serde::Serialize;

use crate::{Error, LoadError, ModelFiles, Picture, Quad, Rect};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// With the portrait.
    Front,
    /// With the national emblem.
    Back,
    Both,
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
    pub confidence: f32,
    /// False: somebody has to check it.
    pub sure: bool,
    /// In the upright picture.
    pub at: Quad,
    /// A small JPEG of the place, for fields that are not sure.
    pub cut: Option<Vec<u8>>,
    /// For names: characters that look like those read, to choose from.
    pub lookalikes: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Portrait {
    pub jpeg: Vec<u8>,
    pub at: Rect,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Warning {}

/// Reads cards; shared by the pool's threads.
pub struct CardReader;

impl CardReader {
    pub fn load(_files: &ModelFiles) -> Result<Self, LoadError> {
        Ok(Self)
    }

    pub fn read(&self, _picture: &Picture) -> Result<Card, Error> {
        Err(Error::Model("the card reader is not here yet".into()))
    }
}
