//! People, and the codes that their phones get for them.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Of, Problem, done, find};
use crate::{people::Person, state::State, world::Purpose};

#[derive(Deserialize)]
pub(crate) struct NewPerson {
    id: String,
    name: String,
    #[serde(default)]
    role: String,
    phone: String,
}

pub(crate) async fn create(state: web::Data<State>, new: web::Json<NewPerson>) -> Answer {
    let NewPerson { id, name, role, phone } = new.into_inner();
    let plain = (1..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !plain || name.is_empty() {
        return Err(Problem::bad("请填写姓名和由字母、数字组成的标识"));
    }
    let mut world = state.world();
    if world.person(&id).is_some() {
        return Err(Problem::bad("已经有这个人"));
    }
    let person = Person::new(&state.settings, &id, &name, &role, &phone);
    world.people.push(person.clone());
    Ok(HttpResponse::Created().json(person))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    snapshot: Option<bool>,
    blocks: Option<bool>,
    risky: Option<bool>,
    phone: Option<String>,
}

pub(crate) async fn change((state, id): Of, change: web::Json<Change>) -> Answer {
    let Change { snapshot, blocks, risky, phone } = change.into_inner();
    let mut world = state.world();
    let person = world.person_mut(&id).ok_or_else(|| Problem::missing("没有这个人"))?;
    person.snapshot = snapshot.unwrap_or(person.snapshot);
    person.blocks = blocks.unwrap_or(person.blocks);
    person.risky = risky.unwrap_or(person.risky);
    if let Some(phone) = phone {
        person.phone = phone;
    }
    Ok(HttpResponse::Ok().json(&*person))
}

fn code(state: &State, id: &str, purpose: Purpose) -> Answer {
    let mut world = state.world();
    find(&world, id)?;
    Ok(HttpResponse::Ok().json(json!({ "code": world.give_code(purpose, id) })))
}

/// `wx.login`
pub(crate) async fn login_code((state, id): Of) -> Answer {
    code(&state, &id, Purpose::Login)
}

/// The phone-number button.
pub(crate) async fn phone_code((state, id): Of) -> Answer {
    code(&state, &id, Purpose::Phone)
}

/// What a web login would come back with.
pub(crate) async fn web_code((state, id): Of) -> Answer {
    code(&state, &id, Purpose::Web { user_info: false })
}

#[derive(Deserialize)]
pub(crate) struct Allowance {
    template_ids: Vec<String>,
    #[serde(default = "one")]
    count: u32,
}

fn one() -> u32 {
    1
}

/// `wx.requestSubscribeMessage`: one tap, one message of each template.
pub(crate) async fn allow((state, id): Of, allowance: web::Json<Allowance>) -> Answer {
    let Allowance { template_ids, count } = allowance.into_inner();
    let mut world = state.world();
    let person = world.person_mut(&id).ok_or_else(|| Problem::missing("没有这个人"))?;
    for template in template_ids {
        *person.allowed.entry(template).or_default() += count;
    }
    done()
}
