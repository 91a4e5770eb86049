//! What somebody did, other than writing.

use super::xml::Element;
use crate::{
    Secret,
    mini_program::{Risk, Suggestion},
};

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Somebody follows the account now, by a code of ours if there is a scene.
    Subscribe {
        scene: Option<String>,
    },
    Unsubscribe,
    /// Somebody who follows already scanned a code of ours.
    Scan {
        scene: String,
    },
    Click {
        key: String,
    },
    View {
        url: String,
    },
    OpenMiniProgram {
        path: String,
    },
    /// By a menu entry; with `waits` the person is told that an answer is coming.
    ScanCode {
        key: String,
        kind: String,
        result: Secret,
        waits: bool,
    },
    /// Where somebody is, who allowed the account to know.
    Location {
        latitude: f64,
        longitude: f64,
        precision: f64,
    },
    /// What became of a template message, by the id that sending it gave.
    TemplateSent {
        message_id: i64,
        status: String,
    },
    /// What somebody answered when asked whether they want messages, changed in the settings, or got.
    SubscribeMessage {
        event: String,
        results: Vec<SubscribeResult>,
    },
    MediaChecked {
        trace_id: String,
        risk: Risk,
    },
    Other {
        event: String,
    },
}

/// One template of a [`Event::SubscribeMessage`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscribeResult {
    pub template_id: String,
    /// `accept`, `reject`, …; for a message that was sent, its error code.
    pub status: String,
}

const QR_PREFIX: &str = "qrscene_";

impl Event {
    pub(crate) fn read(xml: &Element) -> Option<Self> {
        let text = |name| xml.get(name).unwrap_or_default().to_owned();
        let number = |name| xml.get(name).and_then(|text| text.trim().parse::<f64>().ok());
        Some(match xml.get("Event")? {
            "subscribe" => {
                let key = xml.get("EventKey").and_then(|key| key.strip_prefix(QR_PREFIX));
                Self::Subscribe { scene: key.map(str::to_owned) }
            }
            "unsubscribe" => Self::Unsubscribe,
            "SCAN" => Self::Scan { scene: text("EventKey") },
            "CLICK" => Self::Click { key: text("EventKey") },
            "VIEW" => Self::View { url: text("EventKey") },
            "view_miniprogram" => Self::OpenMiniProgram { path: text("EventKey") },
            name @ ("scancode_push" | "scancode_waitmsg") => {
                let info = xml.child("ScanCodeInfo");
                let of = |name| info.and_then(|info| info.get(name)).unwrap_or_default().to_owned();
                let waits = name == "scancode_waitmsg";
                Self::ScanCode { key: text("EventKey"), kind: of("ScanType"), result: of("ScanResult").into(), waits }
            }
            "LOCATION" => Self::Location {
                latitude: number("Latitude")?,
                longitude: number("Longitude")?,
                precision: number("Precision")?,
            },
            "TEMPLATESENDJOBFINISH" => {
                Self::TemplateSent { message_id: xml.get("MsgID")?.trim().parse().ok()?, status: text("Status") }
            }
            name if name.starts_with("subscribe_msg_") => {
                Self::SubscribeMessage { event: name.to_owned(), results: results(xml) }
            }
            "wxa_media_check" => Self::MediaChecked { trace_id: text("trace_id"), risk: risk(xml)? },
            other => Self::Other { event: other.to_owned() },
        })
    }
}

/// Every `List` wherever it stands: directly, or in an element named after the event.
fn results(xml: &Element) -> Vec<SubscribeResult> {
    let wrapped = xml.children.iter().flat_map(|child| child.each("List"));
    let result = |list: &Element| {
        let status = list.get("SubscribeStatusString").or_else(|| list.get("ErrorCode")).unwrap_or_default();
        Some(SubscribeResult { template_id: list.get("TemplateId")?.to_owned(), status: status.to_owned() })
    };
    xml.each("List").chain(wrapped).filter_map(result).collect()
}

fn risk(xml: &Element) -> Option<Risk> {
    let result = xml.child("result")?;
    let suggestion = match result.get("suggest")? {
        "pass" => Suggestion::Pass,
        "review" => Suggestion::Review,
        // A word we do not know is not a permission.
        _ => Suggestion::Risky,
    };
    let label = result.get("label").and_then(|label| label.trim().parse().ok()).unwrap_or_default();
    Some(Risk { suggestion, label })
}
