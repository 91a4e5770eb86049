//! `/wechat/`: the phone, and the few pages that WeChat itself shows.

use actix_web::{
    HttpResponse,
    http::header::LOCATION,
    web::{self, ServiceConfig},
};

use crate::{picture, state::State};

const FILES: &[(&str, &str, &str)] = &[
    ("/wechat/", "text/html", include_str!("page/index.html")),
    ("/wechat/phone.css", "text/css", include_str!("page/phone.css")),
    ("/wechat/controls.css", "text/css", include_str!("page/controls.css")),
    ("/wechat/main.js", "text/javascript", include_str!("page/main.js")),
    ("/wechat/server.js", "text/javascript", include_str!("page/server.js")),
    ("/wechat/chat.js", "text/javascript", include_str!("page/chat.js")),
    ("/wechat/scanner.js", "text/javascript", include_str!("page/scanner.js")),
    ("/wechat/browser.js", "text/javascript", include_str!("page/browser.js")),
    ("/wechat/knobs.js", "text/javascript", include_str!("page/knobs.js")),
    ("/wechat/bridge.js", "text/javascript", include_str!("page/bridge.js")),
];

pub(crate) fn configure(config: &mut ServiceConfig) {
    for (path, kind, text) in FILES {
        let answer = move || async move {
            HttpResponse::Ok()
                .content_type(format!("{kind}; charset=utf-8"))
                .insert_header(("Cache-Control", "no-cache"))
                .body(*text)
        };
        config.route(path, web::get().to(answer));
    }
    config
        .route("/", web::get().to(home))
        .route("/wechat", web::get().to(home))
        .route("/wechat/code/{id}", web::get().to(code))
        .route("/wechat/face/{id}.svg", web::get().to(face))
        .route("/wechat/qr.svg", web::get().to(drawn));
}

async fn home() -> HttpResponse {
    HttpResponse::Found().insert_header((LOCATION, "/wechat/")).finish()
}

/// Somebody pointed another camera at a mini-program's code.
async fn code() -> HttpResponse {
    simple("这是一个小程序码", "<p>请在<a href=\"/wechat/\">模拟手机</a>的“扫一扫”中打开。</p>")
}

#[derive(serde::Deserialize)]
struct Drawn {
    text: String,
}

async fn drawn(wanted: web::Query<Drawn>) -> HttpResponse {
    match picture::svg(&wanted.text) {
        Some(svg) => HttpResponse::Ok().content_type("image/svg+xml").body(svg),
        None => HttpResponse::BadRequest().finish(),
    }
}

/// The last character of a name on a ground of its own colour.
async fn face(state: web::Data<State>, id: web::Path<String>) -> HttpResponse {
    let world = state.world();
    let Some(at) = world.people.iter().position(|person| person.id == *id) else {
        return HttpResponse::NotFound().finish();
    };
    let letter = world.people[at].name.chars().next_back().unwrap_or('?');
    let hue = (at * 67 + 150) % 360;
    HttpResponse::Ok().content_type("image/svg+xml").body(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" rx=\"10\" \
         fill=\"hsl({hue} 42% 46%)\"/><text x=\"32\" y=\"43\" font-size=\"30\" text-anchor=\"middle\" fill=\"#fff\" \
         font-family=\"sans-serif\">{}</text></svg>",
        escape(&letter.to_string())
    ))
}

/// A page with a heading and some words.
pub(crate) fn simple(title: &str, words: &str) -> HttpResponse {
    let title = escape(title);
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>\
         body{{font:16px/1.6 system-ui,sans-serif;max-width:22rem;margin:15vh auto 0;padding:0 1.5rem;text-align:center;color:#1b1b1b}}\
         .button{{display:block;padding:.6rem;border-radius:.5rem;background:#07c160;color:#fff;text-decoration:none}}\
         </style><h1 style=\"font-size:1.25rem\">{title}</h1>{words}</html>"
    ))
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
