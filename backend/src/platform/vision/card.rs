//! What a form is told of a photographed card.

use ::vision::{Card, Field, FieldName, ModelId, Side, Warning};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;

use crate::platform::{
    App,
    files::{FileView, Owner, Purpose, Upload, service},
    web::{Error, Result},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardSide {
    /// With the portrait.
    Front,
    /// With the national emblem.
    Back,
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardFieldName {
    Name,
    Sex,
    Nation,
    Birth,
    Address,
    IdNumber,
    Authority,
    ValidFrom,
    ValidUntil,
}

/// One thing that stands on the card.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardField {
    pub name: CardFieldName,
    /// Days as 2026-11-26; 长期 for a card without an end.
    pub value: String,
    /// From 0 to 1.
    pub confidence: f32,
    /// False: somebody has to compare it with the card.
    pub sure: bool,
    /// The place on the card as a data URL, for what has to be compared.
    pub cut: Option<String>,
    /// For names: whole names that look like the one that was read, to choose from.
    pub lookalikes: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CardWarning {
    pub code: String,
    pub message: String,
}

/// A card as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardReading {
    pub side: CardSide,
    /// 临时居民身份证.
    pub temporary: bool,
    pub fields: Vec<CardField>,
    pub warnings: Vec<CardWarning>,
    /// The picture itself, for `id_front_file_id` or `id_back_file_id`.
    pub picture: FileView,
    /// The portrait cut out of it, for `portrait_file_id`.
    pub portrait: Option<FileView>,
    pub model: String,
}

/// Keeps what a registration may refer to, not yet claimed.
pub async fn keep(
    app: &App,
    owner: Owner,
    name: String,
    picture: Bytes,
    card: Card,
    model: &ModelId,
) -> Result<CardReading> {
    let Card { side, temporary, fields, portrait, warnings } = card;
    let Some(side) = CardSide::of(side) else {
        let warning = warnings.first().copied().unwrap_or(Warning::NoCard);
        return Err(Error::field("file", warning.sentence()));
    };
    let upload = Upload { purpose: Purpose::Photo, name, bytes: picture };
    let picture = service::store(app, owner, upload).await?;
    let portrait = match portrait {
        Some(portrait) => Some(service::store_cut(app, owner, "证件照", portrait.jpeg.into()).await?),
        None => None,
    };
    Ok(CardReading {
        side,
        temporary,
        fields: fields.into_iter().map(CardField::from).collect(),
        warnings: warnings.into_iter().map(CardWarning::from).collect(),
        picture: FileView::of(app, &picture),
        portrait: portrait.map(|file| FileView::of(app, &file)),
        model: model.to_string(),
    })
}

impl CardSide {
    /// Nothing where there is no card.
    fn of(side: Side) -> Option<Self> {
        match side {
            Side::Front => Some(Self::Front),
            Side::Back => Some(Self::Back),
            Side::Both => Some(Self::Both),
            Side::Neither => None,
        }
    }
}

impl From<FieldName> for CardFieldName {
    fn from(name: FieldName) -> Self {
        match name {
            FieldName::Name => Self::Name,
            FieldName::Sex => Self::Sex,
            FieldName::Nation => Self::Nation,
            FieldName::Birth => Self::Birth,
            FieldName::Address => Self::Address,
            FieldName::IdNumber => Self::IdNumber,
            FieldName::Authority => Self::Authority,
            FieldName::ValidFrom => Self::ValidFrom,
            FieldName::ValidUntil => Self::ValidUntil,
        }
    }
}

impl From<Field> for CardField {
    fn from(field: Field) -> Self {
        let Field { name, value, confidence, sure, at: _, cut, lookalikes } = field;
        let cut = cut.map(|jpeg| format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg)));
        Self { name: name.into(), value, confidence, sure, cut, lookalikes }
    }
}

impl From<Warning> for CardWarning {
    fn from(warning: Warning) -> Self {
        Self { code: warning.code().to_owned(), message: warning.sentence().to_owned() }
    }
}
