use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::decode;

/// A message as a person would read it.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// The sender and the recipients of the envelope, which is what counts.
    pub envelope_from: String,
    pub envelope_to: Vec<String>,
    /// The user who logged in, if one did.
    pub user: Option<String>,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub received_at: DateTime<Utc>,
    /// The message as it came, header and all.
    #[serde(skip)]
    pub raw: String,
    #[serde(skip)]
    pub(crate) seen: bool,
}

impl Message {
    pub(crate) fn read(envelope_from: String, envelope_to: Vec<String>, user: Option<String>, raw: &[u8]) -> Self {
        let (header, body) = split(raw);
        let header = Header::read(&header);
        let encoding = header.get("content-transfer-encoding");
        Self {
            envelope_from,
            envelope_to,
            user,
            from: decode::words(&header.get("from")),
            to: decode::words(&header.get("to")),
            subject: decode::words(&header.get("subject")),
            text: decode::body(&encoding, body),
            received_at: Utc::now(),
            raw: String::from_utf8_lossy(raw).into_owned(),
            seen: false,
        }
    }

    pub fn is_to(&self, address: &str) -> bool {
        self.envelope_to.iter().any(|to| to.eq_ignore_ascii_case(address))
    }
}

/// Header and body, at the first empty line.
fn split(raw: &[u8]) -> (String, &[u8]) {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n");
    let (header, body) = end.map_or((raw, &[][..]), |end| (&raw[..end], &raw[end + 4..]));
    (String::from_utf8_lossy(header).into_owned(), body)
}

struct Header(Vec<(String, String)>);

impl Header {
    fn read(text: &str) -> Self {
        // A line that begins with a blank continues the one before.
        let unfolded = text.replace("\r\n ", " ").replace("\r\n\t", " ");
        let fields = unfolded.split("\r\n").filter_map(|line| line.split_once(':'));
        Self(fields.map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned())).collect())
    }

    fn get(&self, name: &str) -> String {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}
