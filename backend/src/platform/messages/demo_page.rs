//! `/demo/mail` and `/demo/sms`: what the demo's own mail server and text messages' gateway have kept. Outside demo mode
//! there are no such pages.

use std::fmt::Write as _;

use actix_web::{HttpResponse, web};

use crate::platform::{
    App,
    types::clock,
    web::{Error, Result},
};

pub fn configure(routes: &mut web::ServiceConfig) {
    routes.route("/demo/mail", web::get().to(show)).route("/demo/sms", web::get().to(show_sms));
}

const HEAD: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>演示消息 · Mingce 名册</title>\
    <style>body{max-width:760px;margin:40px auto;padding:0 20px;font:15px/1.7 system-ui,sans-serif;color:#182420;background:#f4f6f5}\
    article{margin:16px 0;padding:18px 22px;border:1px solid #e3e8e6;border-radius:8px;background:#fff}\
    h2{margin:0;font-size:16px}small{color:#6b7873}pre{margin:10px 0 0;font:inherit;white-space:pre-wrap}</style>";

async fn show(app: web::Data<App>) -> Result<HttpResponse> {
    let mailbox = app.mailbox.as_ref().ok_or(Error::NotFound)?;
    let mut page = format!("{HEAD}<h1>演示邮件</h1><p>演示模式下发出的邮件不会离开本机，都在这里。</p>");
    let messages = mailbox.messages();
    if messages.is_empty() {
        page.push_str("<p>还没有邮件。审核一个项目申报后，结果会寄到这里。</p>");
    }
    for message in messages.iter().rev() {
        let at = clock::to_china(message.received_at).format("%Y-%m-%d %H:%M");
        let (to, subject, text) = (escape(&message.to), escape(&message.subject), escape(&message.text));
        let _ = write!(page, "<article><h2>{subject}</h2><small>收件人 {to} · {at}</small><pre>{text}</pre></article>");
    }
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page))
}

async fn show_sms(app: web::Data<App>) -> Result<HttpResponse> {
    let kept = app.sms.kept().ok_or(Error::NotFound)?;
    let mut page = format!("{HEAD}<h1>演示短信</h1><p>演示模式下发出的短信不会离开本机，都在这里。</p>");
    let messages = kept.messages();
    if messages.is_empty() {
        page.push_str("<p>还没有短信。在手机上获取验证码后，短信会显示在这里。</p>");
    }
    for message in messages {
        let at = clock::to_china(message.received_at).format("%Y-%m-%d %H:%M");
        let (phone, text) = (escape(&message.phone), escape(&message.text));
        let code = escape(&message.code);
        let _ = write!(
            page,
            "<article data-code=\"{code}\"><h2>{phone}</h2><small>{at}</small><pre>{text}</pre></article>"
        );
    }
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
