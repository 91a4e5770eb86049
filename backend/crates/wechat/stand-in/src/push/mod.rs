//! The postman: takes a push to its callback, tries three times, and shows the answer in the chat.

pub(crate) mod write;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use tokio::{sync::mpsc::UnboundedReceiver, task::JoinSet};
use wechat::push::{
    Cipher,
    signature::sign,
    xml::{Element, cdata},
};

use crate::{
    settings::{Callback, Which},
    state::State,
    world::{Article, Shown, Side, Thread, random_name},
};

const TRIES: u32 = 3;
const BROKEN: &str = "该公众号提供的服务出现故障，请稍后再试";

/// One message or event, as plain XML.
pub(crate) struct Parcel {
    pub which: Which,
    pub person: String,
    pub about: String,
    pub xml: String,
}

/// Knobs: how pushes go wrong, until it is set back.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Twist {
    /// Sent so many times more, whatever was answered.
    pub duplicates: u32,
    /// Signed so long ago.
    pub age_seconds: u64,
    pub bad_signature: bool,
    /// Sealed for somebody else, with the right key.
    pub other_appid: bool,
    /// Not sealed, although there is a key.
    pub unsealed: bool,
}

/// What became of one try.
#[derive(Clone, Serialize)]
pub(crate) struct Attempt {
    pub id: u64,
    pub at: u64,
    pub about: String,
    pub number: u32,
    pub status: Option<u16>,
    pub outcome: Outcome,
    pub milliseconds: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// `success`, or nothing.
    Taken,
    /// Something to show.
    Replied,
    /// An answer that WeChat does not understand.
    Refused,
    Timeout,
    Unreachable,
}

/// Runs until it is dropped; what is under way ends with it.
pub(crate) async fn run(state: Arc<State>, mut parcels: UnboundedReceiver<Parcel>) {
    let mut under_way = JoinSet::new();
    loop {
        tokio::select! {
            parcel = parcels.recv() => match parcel {
                Some(parcel) => drop(under_way.spawn(deliver(state.clone(), parcel))),
                None => return,
            },
            Some(_) = under_way.join_next() => {}
        }
    }
}

/// What the settings page does before it takes an address: asks for a word back.
pub(crate) async fn verify(state: &State, callback: &Callback) -> bool {
    let (now, nonce, word) = (state.world().now().to_string(), random_name(), random_name());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("signature", &sign(&[&callback.token, &now, &nonce]));
    query.append_pair("timestamp", &now).append_pair("nonce", &nonce).append_pair("echostr", &word);
    let answer = state.http.get(with_query(&callback.url, &query.finish())).send().await;
    match answer {
        Ok(answer) if answer.status().is_success() => answer.text().await.is_ok_and(|body| body == word),
        _ => false,
    }
}

fn with_query(url: &str, query: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}{query}")
}

async fn deliver(state: Arc<State>, parcel: Parcel) {
    let (callback, twist, now) = {
        let world = state.world();
        (world.callbacks.get(&parcel.which).cloned(), world.twist, world.now())
    };
    let Some(callback) = callback else { return };
    let letter = Letter::write(&state, &callback, &parcel, twist, now);
    for _ in 0..twist.duplicates {
        drop(attempt(&state, &parcel, &letter, 0).await);
    }
    let patience = Duration::from_millis(state.settings.push_milliseconds);
    for number in 1..=TRIES {
        let started = Instant::now();
        match attempt(&state, &parcel, &letter, number).await {
            Some(Answer::Nothing) => return,
            Some(Answer::Show(shown)) => {
                return state.world().say(&parcel.person, Thread::Account, Side::Account, shown);
            }
            // The next try comes when this one would have timed out.
            None if number < TRIES => tokio::time::sleep(patience.saturating_sub(started.elapsed())).await,
            None => {}
        }
    }
    let notice = Shown::Text { text: BROKEN.to_owned() };
    state.world().say(&parcel.person, Thread::Account, Side::Notice, notice);
}

/// What goes over the wire: the same for every try.
struct Letter {
    url: String,
    body: String,
    callback: Callback,
    cipher: Option<Cipher>,
}

enum Answer {
    Nothing,
    Show(Shown),
}

impl Letter {
    fn write(state: &State, callback: &Callback, parcel: &Parcel, twist: Twist, now: u64) -> Self {
        let appid = &state.settings.app(parcel.which).id;
        let timestamp = now.saturating_sub(twist.age_seconds).to_string();
        let nonce = rand::random::<u32>().to_string();
        let token = if twist.bad_signature { "somebody else's" } else { &callback.token };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("signature", &sign(&[token, &timestamp, &nonce]));
        query.append_pair("timestamp", &timestamp).append_pair("nonce", &nonce);
        if let Some(person) = state.world().person(&parcel.person) {
            query.append_pair("openid", person.openid(parcel.which));
        }
        let key = callback.aes_key.as_deref().filter(|_| !twist.unsealed);
        let cipher = key.and_then(|key| Cipher::new(key, appid.as_str()).ok());
        let mut body = parcel.xml.clone();
        if let (Some(key), Some(cipher)) = (key, &cipher) {
            let other = twist.other_appid.then(|| Cipher::new(key, "wx00000000000000ff").ok()).flatten();
            let sealed = other.as_ref().unwrap_or(cipher).seal(&parcel.xml);
            query.append_pair("encrypt_type", "aes");
            query.append_pair("msg_signature", &sign(&[token, &timestamp, &nonce, &sealed]));
            let to = cdata(&write::original_id(appid));
            body = format!("<xml><ToUserName>{to}</ToUserName><Encrypt>{}</Encrypt></xml>", cdata(&sealed));
        }
        let url = with_query(&callback.url, &query.finish());
        Self { url, body, callback: callback.clone(), cipher }
    }

    /// What the platform's answer means; nothing if it means nothing.
    fn understand(&self, body: &str) -> Option<Answer> {
        if body.is_empty() || body == "success" {
            return Some(Answer::Nothing);
        }
        let mut xml = Element::parse(body.as_bytes()).ok()?;
        if let Some(cipher) = &self.cipher {
            let sealed = xml.get("Encrypt")?;
            let words = [&self.callback.token, xml.get("TimeStamp")?, xml.get("Nonce")?, sealed];
            if xml.get("MsgSignature")? != sign(&words) {
                return None;
            }
            xml = Element::parse(cipher.open(sealed).ok()?.as_bytes()).ok()?;
        }
        shown(&xml).map(Answer::Show)
    }
}

/// Number 0 is a duplicate that nobody asked for.
async fn attempt(state: &State, parcel: &Parcel, letter: &Letter, number: u32) -> Option<Answer> {
    let started = Instant::now();
    let request = state.http.post(&letter.url).header("Content-Type", "text/xml").body(letter.body.clone());
    let (mut status, mut answer) = (None, None);
    let outcome = match request.send().await {
        Err(error) if error.is_timeout() => Outcome::Timeout,
        Err(_) => Outcome::Unreachable,
        Ok(response) => {
            status = Some(response.status().as_u16());
            let good = response.status().is_success();
            let body = response.text().await.unwrap_or_default();
            answer = if good { letter.understand(&body) } else { None };
            match answer {
                None => Outcome::Refused,
                Some(Answer::Nothing) => Outcome::Taken,
                Some(Answer::Show(_)) => Outcome::Replied,
            }
        }
    };
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut world = state.world();
    let (id, at, about) = (world.next_id(), world.now(), parcel.about.clone());
    world.keep_attempt(Attempt { id, at, about, number, status, outcome, milliseconds });
    answer
}

fn shown(xml: &Element) -> Option<Shown> {
    let text = |of: &Element, name| of.get(name).unwrap_or_default().to_owned();
    Some(match xml.get("MsgType")? {
        "text" => Shown::Text { text: text(xml, "Content") },
        "image" => Shown::Image { media_id: text(xml.child("Image")?, "MediaId") },
        "news" => Shown::News {
            articles: xml
                .child("Articles")?
                .each("item")
                .map(|item| Article {
                    title: text(item, "Title"),
                    description: text(item, "Description"),
                    picture_url: text(item, "PicUrl"),
                    url: text(item, "Url"),
                })
                .collect(),
        },
        _ => return None,
    })
}
