//! A message of somebody's, read.

use super::{event::Event, inbox::PushError, xml::Element};
use crate::{OpenId, Secret};

#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub from: OpenId,
    /// Our own account, by its original id.
    pub to: String,
    /// Seconds since 1970, by WeChat's clock.
    pub created: u64,
    pub content: Content,
    /// The same for every time that WeChat sends it.
    pub key: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Text(Secret),
    Image {
        url: String,
        media_id: String,
    },
    Voice {
        media_id: String,
    },
    Location {
        latitude: f64,
        longitude: f64,
        label: Secret,
    },
    Event(Event),
    /// Something that nobody here has a use for.
    Other {
        kind: String,
    },
}

impl Message {
    pub(crate) fn read(xml: &Element) -> Result<Self, PushError> {
        let need = |name: &'static str| xml.get(name).ok_or(PushError::Missing(name));
        let number = |name: &'static str| -> Result<f64, PushError> {
            need(name)?.trim().parse().map_err(|_| PushError::Missing(name))
        };
        let text = |name| xml.get(name).unwrap_or_default().to_owned();
        let created = need("CreateTime")?.trim().parse().map_err(|_| PushError::Missing("CreateTime"))?;
        let content = match need("MsgType")? {
            "text" => Content::Text(text("Content").into()),
            "image" => Content::Image { url: text("PicUrl"), media_id: text("MediaId") },
            "voice" => Content::Voice { media_id: text("MediaId") },
            "location" => Content::Location {
                latitude: number("Location_X")?,
                longitude: number("Location_Y")?,
                label: text("Label").into(),
            },
            "event" => Content::Event(Event::read(xml).ok_or(PushError::Missing("Event"))?),
            kind => Content::Other { kind: kind.to_owned() },
        };
        let from = need("FromUserName")?;
        Ok(Self { from: OpenId::new(from), to: need("ToUserName")?.to_owned(), created, content, key: key(xml, from) })
    }
}

/// Messages have an id. Events are known by who and when; two of one second differ in what happened, which WeChat
/// repeats word for word, so that it may count as well.
fn key(xml: &Element, from: &str) -> String {
    let text = |name| xml.get(name).unwrap_or_default();
    match xml.get("MsgId") {
        Some(id) if text("MsgType") != "event" => format!("message:{id}"),
        _ => ["CreateTime", "Event", "EventKey", "MsgID", "trace_id"]
            .iter()
            .fold(format!("event:{from}"), |key, name| format!("{key}:{}", text(name))),
    }
}
