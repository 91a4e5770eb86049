//! Subscribe messages and template messages.

use std::collections::BTreeMap;

use actix_web::web;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Parameters, authorised, body, ok};
use crate::{
    push::write,
    refusal::{Refusal, refuse},
    settings::{Settings, Which},
    state::State,
    world::{Sent, Shown, Side, Thread, World},
};

/// WeChat remembers a `client_msg_id` for ten minutes.
const REMEMBERED: u64 = 600;

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    touser: String,
    #[serde(default)]
    template_id: String,
    #[serde(default)]
    page: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    miniprogram: Option<MiniProgramPage>,
    #[serde(default)]
    client_msg_id: Option<String>,
    #[serde(default)]
    data: BTreeMap<String, Field>,
}

#[derive(Deserialize)]
struct MiniProgramPage {
    appid: String,
    pagepath: String,
}

#[derive(Deserialize)]
struct Field {
    value: String,
}

impl Message {
    fn check(&self, settings: &Settings) -> Result<(), Refusal> {
        let known = settings.templates.is_empty() || settings.templates.contains(&self.template_id);
        if self.template_id.is_empty() || !known {
            return Err(refuse(40037, "invalid template_id"));
        }
        for (key, field) in &self.data {
            wechat::message::check(key, &field.value)
                .map_err(|_| refuse(47003, format!("argument invalid! data.{key}.value invalid")))?;
        }
        Ok(())
    }

    /// In the order that the numbers of the keys give, which is the template's.
    fn lines(&self) -> Vec<(String, String)> {
        let number = |key: &str| -> u32 {
            let digits = key.trim_start_matches(|c: char| !c.is_ascii_digit());
            digits.parse().unwrap_or_default()
        };
        let mut lines: Vec<_> = self.data.iter().map(|(key, field)| (key.clone(), field.value.clone())).collect();
        lines.sort_by_key(|(key, _)| number(key));
        lines
    }

    fn show(&self, world: &mut World, person: &str, thread: Thread, url: Option<String>) {
        let shown = Shown::Card { template: self.template_id.clone(), lines: self.lines(), url };
        world.say(person, thread, Side::Account, shown);
    }
}

fn keep(world: &mut World, id: u64, kind: Thread, person: &str, message: &Message, body: Value) {
    let (at, client_msg_id) = (world.now(), message.client_msg_id.clone());
    world.keep_sent(Sent { id, at, kind, person: person.to_owned(), client_msg_id, body });
}

pub(crate) async fn subscribe(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::MiniProgram)?;
    let (message, sent): (Message, Value) = (body(&bytes)?, body(&bytes)?);
    let mut world = state.world();
    let person = world.by_openid(Which::MiniProgram, &message.touser)?.id.clone();
    message.check(&state.settings)?;
    let page = message.page.as_deref().unwrap_or_default();
    if !page.is_empty() && !world.is_published(page) {
        return Err(refuse(41030, "invalid page"));
    }
    let allowed = world.person_mut(&person).and_then(|person| person.allowed.get_mut(&message.template_id));
    match allowed.filter(|count| **count > 0) {
        Some(count) => *count -= 1,
        None => return Err(refuse(43101, "user refuse to accept the msg")),
    }
    let id = world.next_id();
    let (path, parameters) = page.split_once('?').unwrap_or((page, ""));
    let url = (!page.is_empty()).then(|| page_url(&state.settings, path, parameters));
    message.show(&mut world, &person, Thread::Service, url);
    keep(&mut world, id, Thread::Service, &person, &message, sent);
    ok(json!({ "msgid": id }))
}

pub(crate) async fn template(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::Account)?;
    let (message, sent): (Message, Value) = (body(&bytes)?, body(&bytes)?);
    let mut world = state.world();
    let person = world.by_openid(Which::Account, &message.touser)?.clone();
    message.check(&state.settings)?;
    if !person.following {
        return Err(refuse(43004, "require subscribe"));
    }
    if let Some(before) = repeated(&world, &message) {
        return ok(json!({ "msgid": before }));
    }
    let id = world.next_id();
    keep(&mut world, id, Thread::Account, &person.id, &message, sent);
    let status = if person.blocks { "failed:user block" } else { "success" };
    if !person.blocks {
        let mini = message.miniprogram.as_ref().filter(|page| page.appid == state.settings.mini_program.id);
        let url = match mini {
            Some(page) => {
                let (path, parameters) = page.pagepath.split_once('?').unwrap_or((&page.pagepath, ""));
                Some(page_url(&state.settings, path, parameters))
            }
            None => message.url.clone().filter(|url| !url.is_empty()),
        };
        message.show(&mut world, &person.id, Thread::Account, url);
    }
    let fields = vec![("MsgID", write::Value::Raw(id.to_string())), ("Status", write::Value::Text(status))];
    state.post(write::event(&state.settings, &world, Which::Account, &person, "TEMPLATESENDJOBFINISH", fields));
    ok(json!({ "msgid": id }))
}

fn repeated(world: &World, message: &Message) -> Option<u64> {
    let wanted = message.client_msg_id.as_ref()?;
    let recent = world.sent.iter().filter(|sent| sent.at + REMEMBERED > world.now());
    recent.filter(|sent| sent.client_msg_id.as_ref() == Some(wanted)).map(|sent| sent.id).next_back()
}

/// Where a page of the mini-program's H5 build is.
pub(crate) fn page_url(settings: &Settings, page: &str, query: &str) -> String {
    let page = page.trim_start_matches('/');
    settings.page_url.replace("{page}", page).replace("{query}", query).trim_end_matches('?').to_owned()
}
