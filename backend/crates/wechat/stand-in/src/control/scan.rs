//! The camera: what is in a picture, and what WeChat does about it.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Answer, Of, Problem, done, find};
use crate::{people::Person, picture, push::write, servers::page_url, state::State, world::World};

/// What the phone does next.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Found {
    /// A page to open.
    Page {
        url: String,
    },
    /// A page of the mini-program to open.
    MiniProgram {
        page: String,
        scene: String,
        url: String,
    },
    /// The account's own page, with a button to follow it.
    Follow {
        ticket: String,
    },
    /// Somebody who follows already: the chat, and an event.
    Scanned,
    /// A code that has come to its end.
    Expired,
    Text {
        content: String,
    },
}

/// What the codes in a picture say.
pub(crate) async fn decode(picture: web::Bytes) -> Answer {
    let read = web::block(move || picture::read(&picture)).await;
    let found = read.ok().flatten().ok_or_else(|| Problem::bad("这个文件不是图片"))?;
    Ok(HttpResponse::Ok().json(json!({ "found": found })))
}

#[derive(Deserialize)]
pub(crate) struct Scan {
    content: String,
}

pub(crate) async fn scan((state, id): Of, scan: web::Json<Scan>) -> Answer {
    let content = scan.into_inner().content.trim().to_owned();
    let world = state.world();
    let person = find(&world, &id)?;
    let found = match content.rsplit_once("/wechat/code/") {
        Some((_, code)) => mini_program(&state, &world, code),
        None if content.starts_with("http://weixin.qq.com/q/") => parametric(&state, &world, &person, &content),
        None if content.starts_with("http://") || content.starts_with("https://") => Found::Page { url: content },
        None => Found::Text { content },
    };
    Ok(HttpResponse::Ok().json(found))
}

fn mini_program(state: &State, world: &World, code: &str) -> Found {
    let Some(code) = world.mini_codes.get(code) else { return Found::Expired };
    // As the phone does: the page decodes it again.
    let scene: String = form_urlencoded::byte_serialize(code.scene.as_bytes()).collect();
    let url = page_url(&state.settings, &code.page, &format!("scene={scene}"));
    Found::MiniProgram { page: code.page.clone(), scene: code.scene.clone(), url }
}

fn parametric(state: &State, world: &World, person: &Person, content: &str) -> Found {
    let now = world.now();
    let code = world.qr_codes.iter().find(|code| code.url == content);
    let Some(code) = code.filter(|code| code.until.is_none_or(|until| until > now)) else { return Found::Expired };
    if !person.following {
        return Found::Follow { ticket: code.ticket.clone() };
    }
    let event = write::keyed(&state.settings, world, person, "SCAN", &code.scene, Some(&code.ticket));
    state.post(event);
    Found::Scanned
}

#[derive(Default, Deserialize)]
pub(crate) struct Follow {
    /// Of the code that led here.
    ticket: Option<String>,
}

pub(crate) async fn follow((state, id): Of, follow: Option<web::Json<Follow>>) -> Answer {
    let ticket = follow.and_then(|follow| follow.into_inner().ticket);
    let mut world = state.world();
    let person = world.person_mut(&id).ok_or_else(|| Problem::missing("没有这个人"))?;
    if person.following {
        return done();
    }
    person.following = true;
    let person = person.clone();
    let code = world.qr_codes.iter().find(|code| Some(&code.ticket) == ticket.as_ref());
    let key = code.map(|code| format!("qrscene_{}", code.scene)).unwrap_or_default();
    let event = write::keyed(&state.settings, &world, &person, "subscribe", &key, ticket.as_deref());
    state.post(event);
    done()
}

pub(crate) async fn unfollow((state, id): Of) -> Answer {
    let mut world = state.world();
    let person = world.person_mut(&id).ok_or_else(|| Problem::missing("没有这个人"))?;
    if !person.following {
        return done();
    }
    person.following = false;
    let person = person.clone();
    state.post(write::keyed(&state.settings, &world, &person, "unsubscribe", "", None));
    done()
}
