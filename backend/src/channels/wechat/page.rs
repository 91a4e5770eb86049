//! The few words of our own that somebody sees in WeChat's browser where no page of the phone can be shown.

use actix_web::{HttpResponse, http::StatusCode};

pub fn say(status: StatusCode, title: &str, words: &str) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", "no-store"))
        .body(format!(
            "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
             <style>body{{max-width:22rem;margin:18vh auto 0;padding:0 1.5rem;font:17px/1.7 system-ui,sans-serif;\
             text-align:center;color:#182420}}h1{{font-size:1.3rem}}p{{color:#5a6761}}</style>\
             <h1>{title}</h1><p>{words}</p></html>"
        ))
}
