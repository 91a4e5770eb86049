//! Pictures and texts that must not be shown, and ID cards that can be read. What is what is agreed beforehand: there
//! is no judgement here.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Parameters, authorised, body, ok, parameter, token_owner};
use crate::{push::write, refusal::refuse, settings::Which, state::State, world::random_name};

/// A picture with these bytes somewhere in it, or an address with this word, is risky.
const RISKY_PICTURE: &[u8] = b"risky-content";
const RISKY_TEXT: &str = "违规测试";
const REVIEW_TEXT: &str = "复核测试";
const LARGEST: usize = 1024 * 1024;
const WIDEST: u32 = 750;
const HIGHEST: u32 = 1334;
const LARGEST_CARD: usize = 2 * 1024 * 1024;
const SEEN_WITHIN: u64 = 2 * 3600;

/// The one file of a form.
fn file<'a>(request: &HttpRequest, form: &'a [u8], field: &str) -> Option<&'a [u8]> {
    let kind = request.headers().get("content-type")?.to_str().ok()?;
    let (_, boundary) = kind.strip_prefix("multipart/form-data")?.split_once("boundary=")?;
    let end = format!("\r\n--{}", boundary.trim_matches('"'));
    let head = find(form, b"\r\n\r\n")?;
    let named = find(&form[..head], format!("name=\"{field}\"").as_bytes()).is_some();
    let content = &form[head + 4..];
    let length = find(content, end.as_bytes())?;
    named.then_some(&content[..length])
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

pub(crate) async fn image(
    state: web::Data<State>,
    request: HttpRequest,
    query: Parameters,
    bytes: web::Bytes,
) -> Answer {
    authorised(&state, &query, Which::MiniProgram)?;
    let picture = file(&request, &bytes, "media").ok_or_else(|| refuse(41005, "media data missing"))?;
    if picture.len() > LARGEST {
        return Err(refuse(40006, "invalid media size"));
    }
    if find(picture, RISKY_PICTURE).is_some() {
        return Err(refuse(87014, "risky content"));
    }
    let reader = image::ImageReader::new(std::io::Cursor::new(picture)).with_guessed_format();
    let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    match size {
        None => Err(refuse(40004, "invalid media type")),
        Some((width, height)) if width > WIDEST || height > HIGHEST => Err(refuse(40006, "invalid media size")),
        Some(_) => ok(json!({})),
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    content: String,
    #[serde(default)]
    media_url: String,
    #[serde(default)]
    version: u8,
    #[serde(default)]
    scene: u8,
    #[serde(default)]
    openid: String,
}

impl Asked {
    /// Who is meant, if they were in the mini-program lately.
    fn person(&self, state: &State) -> Result<crate::people::Person, crate::refusal::Refusal> {
        if self.version != 2 || !(1..=4).contains(&self.scene) {
            return Err(refuse(40097, "invalid args"));
        }
        let world = state.world();
        let person = world.by_openid(Which::MiniProgram, &self.openid)?;
        let lately = person.seen.is_some_and(|seen| seen + SEEN_WITHIN > world.now());
        if lately { Ok(person.clone()) } else { Err(refuse(61010, "code is expired")) }
    }
}

fn judged(risky: bool, review: bool) -> (&'static str, u32) {
    match (risky, review) {
        (true, _) => ("risky", 20006),
        (false, true) => ("review", 21000),
        (false, false) => ("pass", 100),
    }
}

pub(crate) async fn text(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::MiniProgram)?;
    let asked: Asked = body(&bytes)?;
    asked.person(&state)?;
    if asked.content.is_empty() || asked.content.chars().count() > 2500 {
        return Err(refuse(40097, "invalid args"));
    }
    let (suggest, label) = judged(asked.content.contains(RISKY_TEXT), asked.content.contains(REVIEW_TEXT));
    let result = json!({ "suggest": suggest, "label": label });
    ok(json!({ "result": result, "trace_id": random_name(), "detail": [] }))
}

pub(crate) async fn media(state: web::Data<State>, query: Parameters, bytes: web::Bytes) -> Answer {
    authorised(&state, &query, Which::MiniProgram)?;
    let asked: Asked = body(&bytes)?;
    let person = asked.person(&state)?;
    let trace = random_name();
    let (suggest, label) = judged(asked.media_url.contains("risky-content"), false);
    let result = format!("<suggest><![CDATA[{suggest}]]></suggest><label>{label}</label>");
    let fields = vec![
        ("appid", write::Value::Text(&state.settings.mini_program.id)),
        ("trace_id", write::Value::Text(&trace)),
        ("version", write::Value::Raw("2".to_owned())),
        ("result", write::Value::Raw(result)),
    ];
    let world = state.world();
    state.post(write::event(&state.settings, &world, Which::MiniProgram, &person, "wxa_media_check", fields));
    ok(json!({ "trace_id": trace }))
}

/// A picture says which card it is by one of these words in it; an address by its query.
fn card(picture: &[u8]) -> Option<Value> {
    let says = |word: &str| find(picture, word.as_bytes()).is_some();
    Some(if says("card-front") {
        front("王建国", "汉", "四川省广元市利州区东坝街道示例路1号", "男")
    } else if says("card-rare") {
        front("赵㛃𠅤", "彝", "四川省凉山彝族自治州示例县㵲阳镇2号", "女")
    } else if says("card-long-name") {
        front("阿不都热合曼·买买提", "维吾尔", "新疆维吾尔自治区喀什市示例路3号", "男")
    } else if says("card-back") {
        json!({ "type": "Back", "valid_date": "20070105-20270105" })
    } else if says("card-forever") {
        json!({ "type": "Back", "valid_date": "20190101-长期" })
    } else {
        return None;
    })
}

fn front(name: &str, nationality: &str, addr: &str, gender: &str) -> Value {
    // Area 000000 does not exist, and so nobody has this number.
    json!({
        "type": "Front",
        "name": name,
        "id": "00000019900101001X",
        "addr": addr,
        "gender": gender,
        "nationality": nationality,
    })
}

pub(crate) async fn id_card(
    state: web::Data<State>,
    request: HttpRequest,
    query: Parameters,
    bytes: web::Bytes,
) -> Answer {
    token_owner(&state, &query)?;
    let url = parameter(&query, "img_url");
    let picture = if url.is_empty() { file(&request, &bytes, "img").unwrap_or_default() } else { url.as_bytes() };
    if picture.is_empty() || picture.len() > LARGEST_CARD {
        return Err(refuse(101_000, "invalid image url"));
    }
    let mut fields = card(picture).ok_or_else(|| refuse(101_001, "certificate not found"))?;
    fields["errcode"] = json!(0);
    fields["errmsg"] = json!("ok");
    Ok(HttpResponse::Ok().json(fields))
}
