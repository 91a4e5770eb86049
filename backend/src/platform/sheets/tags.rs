//! The tags of a part's XML, one after another.

use super::guard::Archive;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

/// Shows every opening tag of a part, until the visitor has seen enough or the XML ends or breaks.
pub(super) fn each_tag(
    archive: &mut Archive<'_>,
    path: &str,
    mut visit: impl FnMut(&BytesStart<'_>) -> ControlFlow<()>,
) {
    let Ok(part) = archive.by_name(path) else { return };
    let part: Box<dyn Read + '_> = Box::new(part);
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(part));
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                if visit(&tag).is_break() {
                    return;
                }
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The values of an attribute by its name without prefix: `r:id` is `id`.
pub(super) fn attributes(tag: &BytesStart<'_>, name: &str) -> Vec<String> {
    let mut attributes = tag.attributes();
    let named = attributes.with_checks(false).flatten().filter(|a| a.key.local_name().as_ref() == name);
    named.map(|a| a.value.into_owned()).collect()
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    attributes(tag, name).into_iter().next()
}
