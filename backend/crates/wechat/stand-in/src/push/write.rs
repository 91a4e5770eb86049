//! The XML of messages and events.

use wechat::push::xml::cdata;

use super::Parcel;
use crate::{
    people::Person,
    settings::{Settings, Which},
    world::World,
};

/// What a field holds: text goes into a section, numbers and inner XML stand as they are.
pub(crate) enum Value<'a> {
    Text(&'a str),
    Raw(String),
}

/// An app's own id in messages.
pub(crate) fn original_id(appid: &str) -> String {
    format!("gh_{}", appid.trim_start_matches("wx"))
}

fn parcel(
    settings: &Settings,
    world: &World,
    which: Which,
    person: &Person,
    kind: &str,
    about: &str,
    fields: &[(&str, Value<'_>)],
) -> Parcel {
    let mut xml = format!(
        "<xml><ToUserName>{}</ToUserName><FromUserName>{}</FromUserName><CreateTime>{}</CreateTime><MsgType>{}</MsgType>",
        cdata(&original_id(&settings.app(which).id)),
        cdata(person.openid(which)),
        world.now(),
        cdata(kind)
    );
    for (name, value) in fields {
        let text = match value {
            Value::Text(text) => cdata(text),
            Value::Raw(raw) => raw.clone(),
        };
        xml.push_str(&format!("<{name}>{text}</{name}>"));
    }
    xml.push_str("</xml>");
    Parcel { which, person: person.id.clone(), about: about.to_owned(), xml }
}

pub(crate) fn event<'a>(
    settings: &Settings,
    world: &World,
    which: Which,
    person: &Person,
    name: &'a str,
    mut fields: Vec<(&'a str, Value<'a>)>,
) -> Parcel {
    fields.insert(0, ("Event", Value::Text(name)));
    parcel(settings, world, which, person, "event", name, &fields)
}

/// An event of the account that has a key, and for scanned codes a ticket.
pub(crate) fn keyed(
    settings: &Settings,
    world: &World,
    person: &Person,
    name: &str,
    key: &str,
    ticket: Option<&str>,
) -> Parcel {
    let mut fields = vec![("EventKey", Value::Text(key))];
    fields.extend(ticket.map(|ticket| ("Ticket", Value::Text(ticket))));
    event(settings, world, Which::Account, person, name, fields)
}

pub(crate) fn text(settings: &Settings, world: &mut World, person: &Person, text: &str) -> Parcel {
    let id = world.next_id().to_string();
    let fields = [("Content", Value::Text(text)), ("MsgId", Value::Raw(id))];
    parcel(settings, world, Which::Account, person, "text", "text", &fields)
}

pub(crate) fn scanned(
    settings: &Settings,
    world: &World,
    person: &Person,
    name: &str,
    key: &str,
    content: &str,
) -> Parcel {
    let info = format!("<ScanType>{}</ScanType><ScanResult>{}</ScanResult>", cdata("qrcode"), cdata(content));
    let fields = vec![("EventKey", Value::Text(key)), ("ScanCodeInfo", Value::Raw(info))];
    event(settings, world, Which::Account, person, name, fields)
}
