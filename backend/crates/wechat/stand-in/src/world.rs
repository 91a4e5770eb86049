//! Everything there is: people, codes, tokens, chats, what was sent.

use std::{
    collections::{HashMap, VecDeque},
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    faults::Fault,
    people::{self, Person},
    push::{Attempt, Twist},
    refusal::{Refusal, refuse},
    settings::{Callback, Settings, Which},
    tokens::Tokens,
};

/// Codes work once and for five minutes.
const CODE_LIFE: u64 = 300;
/// Older items than these are forgotten.
const KEPT: usize = 500;

pub(crate) struct World {
    /// How far the clock was put ahead.
    pub ahead: u64,
    pub people: Vec<Person>,
    pub tokens: Tokens,
    pub codes: HashMap<String, Code>,
    pub web_tokens: Vec<WebToken>,
    pub qr_codes: Vec<QrCode>,
    pub mini_codes: HashMap<String, MiniCode>,
    pub menu: Option<Value>,
    pub published: Vec<String>,
    pub chats: HashMap<String, Vec<ChatItem>>,
    pub sent: VecDeque<Sent>,
    pub faults: Vec<Fault>,
    pub callbacks: HashMap<Which, Callback>,
    pub twist: Twist,
    pub attempts: VecDeque<Attempt>,
    pub ticket: Option<(String, u64)>,
    last_id: u64,
}

/// What a code was given out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Login,
    Phone,
    Web { user_info: bool },
}

pub(crate) struct Code {
    pub purpose: Purpose,
    pub person: String,
    until: u64,
    used: bool,
}

/// A person's own token, from a web login.
pub(crate) struct WebToken {
    pub access: String,
    pub refresh: String,
    pub person: String,
    pub user_info: bool,
    pub until: u64,
}

pub(crate) struct QrCode {
    pub ticket: String,
    pub url: String,
    pub scene: String,
    pub until: Option<u64>,
}

#[derive(Clone, Serialize)]
pub(crate) struct MiniCode {
    pub scene: String,
    pub page: String,
    pub env_version: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    Me,
    Account,
    Notice,
}

/// Where an item is shown: the account's chat, or the service notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Thread {
    Account,
    Service,
}

#[derive(Clone, Serialize)]
pub(crate) struct ChatItem {
    pub id: u64,
    pub at: u64,
    pub thread: Thread,
    pub side: Side,
    pub shown: Shown,
}

#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Shown {
    Text { text: String },
    News { articles: Vec<Article> },
    Card { template: String, lines: Vec<(String, String)>, url: Option<String> },
    Image { media_id: String },
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Article {
    pub title: String,
    pub description: String,
    pub picture_url: String,
    pub url: String,
}

/// A template or subscribe message, as it was asked for.
#[derive(Clone, Serialize)]
pub(crate) struct Sent {
    pub id: u64,
    pub at: u64,
    pub kind: Thread,
    pub person: String,
    pub client_msg_id: Option<String>,
    pub body: Value,
}

impl World {
    pub fn new(settings: &Settings) -> Self {
        Self {
            ahead: 0,
            people: people::made_up(settings),
            tokens: Tokens::default(),
            codes: HashMap::new(),
            web_tokens: Vec::new(),
            qr_codes: Vec::new(),
            mini_codes: HashMap::new(),
            menu: None,
            published: settings.published.clone(),
            chats: HashMap::new(),
            sent: VecDeque::new(),
            faults: Vec::new(),
            callbacks: settings.callbacks.clone(),
            twist: Twist::default(),
            attempts: VecDeque::new(),
            ticket: None,
            last_id: 200_228_331,
        }
    }

    /// Seconds since 1970, by this world's clock.
    pub fn now(&self) -> u64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        real + self.ahead
    }

    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub fn person_mut(&mut self, id: &str) -> Option<&mut Person> {
        self.people.iter_mut().find(|person| person.id == id)
    }

    pub fn by_openid(&self, which: Which, openid: &str) -> Result<&Person, Refusal> {
        let found = self.people.iter().find(|person| person.openid(which) == openid);
        found.ok_or_else(|| refuse(40003, "invalid openid"))
    }

    pub fn give_code(&mut self, purpose: Purpose, person: &str) -> String {
        let code = random_name();
        let until = self.now() + CODE_LIFE;
        self.codes.insert(code.clone(), Code { purpose, person: person.to_owned(), until, used: false });
        code
    }

    /// Uses a code up, if it was given out for this.
    pub fn take_code(&mut self, code: &str, meant: impl Fn(Purpose) -> bool) -> Result<(Person, Purpose), Refusal> {
        let now = self.now();
        let invalid = || refuse(40029, "invalid code");
        let found = self.codes.get_mut(code).filter(|found| meant(found.purpose)).ok_or_else(invalid)?;
        if found.used {
            return Err(refuse(40163, "code been used"));
        }
        if found.until <= now {
            return Err(invalid());
        }
        found.used = true;
        let (purpose, id) = (found.purpose, found.person.clone());
        Ok((self.person(&id).cloned().ok_or_else(invalid)?, purpose))
    }

    pub fn say(&mut self, person: &str, thread: Thread, side: Side, shown: Shown) {
        let item = ChatItem { id: self.next_id(), at: self.now(), thread, side, shown };
        let chat = self.chats.entry(person.to_owned()).or_default();
        chat.push(item);
        if chat.len() > KEPT {
            chat.remove(0);
        }
    }

    pub fn keep_sent(&mut self, sent: Sent) {
        self.sent.push_back(sent);
        if self.sent.len() > KEPT {
            self.sent.pop_front();
        }
    }

    pub fn keep_attempt(&mut self, attempt: Attempt) {
        self.attempts.push_back(attempt);
        if self.attempts.len() > KEPT {
            self.attempts.pop_front();
        }
    }

    pub fn is_published(&self, page: &str) -> bool {
        let path = page.split('?').next().unwrap_or_default();
        self.published.is_empty() || self.published.iter().any(|known| known == path)
    }
}

/// Thirty-two characters, as WeChat's codes and tickets have.
pub(crate) fn random_name() -> String {
    format!("{:032x}", rand::random::<u128>())
}
