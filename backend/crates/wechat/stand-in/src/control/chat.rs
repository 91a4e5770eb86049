//! The account's chat: reading, writing, and its menu.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Of, Problem, done, find};
use crate::{
    people::Person,
    push::write::{self, Value as Field},
    servers::page_url,
    settings::Which,
    state::State,
    world::{ChatItem, Shown, Side, Thread, World},
};

#[derive(Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    after: u64,
}

pub(crate) async fn items((state, id): Of, after: web::Query<After>) -> Answer {
    let world = state.world();
    let person = find(&world, &id)?;
    let all = world.chats.get(person.id.as_str()).map(Vec::as_slice).unwrap_or_default();
    let items: Vec<&ChatItem> = all.iter().filter(|item| item.id > after.after).collect();
    Ok(HttpResponse::Ok().json(json!({ "items": items, "following": person.following })))
}

/// Whoever writes to the account, or uses its menu, follows it.
fn follower(world: &World, id: &str) -> Result<Person, Problem> {
    let person = find(world, id)?;
    if person.following { Ok(person) } else { Err(Problem::bad("还没有关注公众号")) }
}

#[derive(Deserialize)]
pub(crate) struct Words {
    text: String,
}

pub(crate) async fn say((state, id): Of, words: web::Json<Words>) -> Answer {
    let text = words.into_inner().text;
    let mut world = state.world();
    let person = follower(&world, &id)?;
    if text.trim().is_empty() {
        return Err(Problem::bad("请输入内容"));
    }
    let parcel = write::text(&state.settings, &mut world, &person, &text);
    world.say(&id, Thread::Account, Side::Me, Shown::Text { text });
    state.post(parcel);
    done()
}

#[derive(Deserialize)]
pub(crate) struct Tapped {
    /// Which entry, and which below it.
    path: Vec<usize>,
    /// What the camera saw, for entries that scan.
    scanned: Option<String>,
}

/// What the phone does next: open an address, or nothing.
pub(crate) async fn menu((state, id): Of, tapped: web::Json<Tapped>) -> Answer {
    let Tapped { path, scanned } = tapped.into_inner();
    let world = state.world();
    let person = follower(&world, &id)?;
    let button = find_button(&world, &path).ok_or_else(|| Problem::missing("菜单里没有这一项"))?;
    Ok(HttpResponse::Ok().json(tap(&state, &world, &person, button, scanned.as_deref())))
}

fn find_button<'a>(world: &'a World, path: &[usize]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let entry = world.menu.as_ref()?["button"].get(first)?;
    rest.first().map_or(Some(entry), |second| entry["sub_button"].get(second))
}

fn tap(state: &State, world: &World, person: &Person, button: &Value, scanned: Option<&str>) -> Value {
    let text = |name: &str| button[name].as_str().unwrap_or_default();
    let event = |name, key| state.post(write::keyed(&state.settings, world, person, name, key, None));
    match text("type") {
        "view" => {
            event("VIEW", text("url"));
            json!({ "open": text("url") })
        }
        "miniprogram" => {
            let path = text("pagepath");
            event("view_miniprogram", path);
            let (page, query) = path.split_once('?').unwrap_or((path, ""));
            let ours = text("appid") == state.settings.mini_program.id;
            if !ours {
                return json!({ "open": text("url") });
            }
            json!({ "open": page_url(&state.settings, page, query), "title": state.settings.mini_program.name })
        }
        kind @ ("scancode_push" | "scancode_waitmsg") => match scanned {
            Some(content) => {
                state.post(write::scanned(&state.settings, world, person, kind, text("key"), content));
                json!({ "scanned": content, "waits": kind == "scancode_waitmsg" })
            }
            None => json!({ "scan": true }),
        },
        "click" => {
            event("CLICK", text("key"));
            json!({})
        }
        kind => {
            event(kind, text("key"));
            json!({})
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Position {
    latitude: f64,
    longitude: f64,
}

/// Where somebody is when they open the chat.
pub(crate) async fn location((state, id): Of, position: web::Json<Position>) -> Answer {
    let Position { latitude, longitude } = position.into_inner();
    let world = state.world();
    let person = follower(&world, &id)?;
    let fields = vec![
        ("Latitude", Field::Raw(latitude.to_string())),
        ("Longitude", Field::Raw(longitude.to_string())),
        ("Precision", Field::Raw("30.0".to_owned())),
    ];
    state.post(write::event(&state.settings, &world, Which::Account, &person, "LOCATION", fields));
    done()
}
