//! Finding somebody among a million, and a page of a roster: over HTTP, beside the same SQL.

use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use serde_json::json;

use crate::load::closed_loop;
use crate::peer::{self, Sent};
use crate::people::Person;
use crate::table::{Figure, Limit};
use crate::world::Caller;
use crate::{Ground, Result};

const CALLERS: usize = 16;
const LENGTH: Duration = Duration::from_secs(10);
/// How many different calls a peer goes round.
const VARIED: usize = 48;

/// A read, as a request by its number.
pub struct Reading<'a> {
    pub what: String,
    pub request: Box<dyn Fn(usize) -> RequestBuilder + 'a>,
}

pub fn readings<'a>(
    http: &'a Client,
    url: &'a str,
    city: &'a Caller,
    staff: &'a Caller,
    place: (uuid::Uuid, usize),
) -> Vec<Reading<'a>> {
    let (project, people) = place;
    let search = move |body: serde_json::Value| {
        let request = http.post(format!("{url}/api/v1/people/search?page_size=20")).json(&body);
        request.header("cookie", &city.cookie).header("x-csrf-token", &city.csrf_token)
    };
    let page = move |n: usize| {
        let path = format!("{url}/api/v1/projects/{project}/roster?page_size=50&page={}", n % 60 + 1);
        http.get(path).header("cookie", &staff.cookie)
    };
    // A prime step visits people far apart.
    let somebody = move |n: usize| Person::numbered(n * 7_919 % people);
    vec![
        Reading {
            what: format!("person by ID number among {people}"),
            request: Box::new(move |n| search(json!({ "id_number": somebody(n).id_number.expose() }))),
        },
        Reading {
            what: format!("people by two characters of the name among {people}"),
            request: Box::new(move |n| search(json!({ "name": somebody(n).name.chars().take(2).collect::<String>() }))),
        },
        Reading { what: "roster page (50 of 3000)".to_owned(), request: Box::new(page) },
    ]
}

/// What the program asks PostgreSQL for each of the first calls.
pub async fn capture(ground: &Ground<'_>, reading: &Reading<'_>) -> Result<Vec<Vec<Sent>>> {
    let path = std::env::var("MINGCE_TEST_POSTGRES_LOG")?;
    ground.set("log_statement = 'all'").await?;
    let mut log = std::fs::File::open(path)?;
    let mut calls = Vec::new();
    for n in 0..VARIED {
        log.seek(SeekFrom::End(0))?;
        succeed((reading.request)(n)).await?;
        let mut written = String::new();
        log.read_to_string(&mut written)?;
        calls.push(peer::reads(&written));
    }
    ground.set("log_statement = 'none'").await?;
    Ok(calls)
}

pub async fn measure(ground: &Ground<'_>, reading: &Reading<'_>, calls: &[Vec<Sent>]) -> Result<Vec<Figure>> {
    let ours = closed_loop(CALLERS, LENGTH, |n| succeed((reading.request)(n))).await?;
    let peer = peer::replay(&ground.url, ground.folder, calls, CALLERS, LENGTH).await?;
    let row = |share: &str, ours: Duration, peer: Duration| Figure {
        what: format!("{}, {share}", reading.what),
        on: ground.on,
        ours: crate::load::milliseconds(ours),
        peer: format!("{} same SQL", crate::load::milliseconds(peer)),
        value: ours.as_secs_f64() / peer.as_secs_f64(),
        limit: Limit::AtMost(3.0, "×"),
    };
    Ok(vec![row("p50", ours.p50, peer.p50), row("p99", ours.p99, peer.p99)])
}

pub async fn succeed(request: RequestBuilder) -> Result<()> {
    let answer = request.send().await?.error_for_status()?;
    answer.bytes().await?;
    Ok(())
}
