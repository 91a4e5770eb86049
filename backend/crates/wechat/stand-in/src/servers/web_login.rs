//! What a browser sees of a web login: a redirect, a question, or a page that says what is wrong.

use actix_web::{HttpRequest, HttpResponse, http::header::LOCATION, web};

use super::{Parameters, parameter};
use crate::{
    page::{escape, simple},
    people::Person,
    settings::Which,
    state::State,
    world::Purpose,
};

/// By this the page says who holds the phone.
pub(crate) const COOKIE: &str = "wechat_person";

/// WeChat insists on this order.
const ORDER: [&str; 5] = ["appid", "redirect_uri", "response_type", "scope", "state"];

/// Within WeChat: at once for `snsapi_base`, after a question for `snsapi_userinfo`.
pub(crate) async fn authorize(state: web::Data<State>, request: HttpRequest, query: Parameters) -> HttpResponse {
    let scope = parameter(&query, "scope");
    if let Err(problem) = check(&state, &request, &query, &["snsapi_base", "snsapi_userinfo"]) {
        return simple("无法打开", &format!("<p>{problem}</p>"));
    }
    let Some(person) = who(&state, &request, &query) else { return choose(&state, &request) };
    let asks = scope == "snsapi_userinfo" && parameter(&query, "agreed") != "1";
    if asks {
        let here = escape(&format!("{}&person={}&agreed=1", request.uri(), person.id));
        let name = escape(&state.settings.account.name);
        let words = format!("<p>{name} 申请获取你的昵称和头像</p><p><a class=\"button\" href=\"{here}\">允许</a></p>");
        return simple("微信登录", &words);
    }
    back(&state, &query, &person, scope == "snsapi_userinfo")
}

/// Outside WeChat: somebody picks who scans.
pub(crate) async fn website(state: web::Data<State>, request: HttpRequest, query: Parameters) -> HttpResponse {
    if let Err(problem) = check(&state, &request, &query, &["snsapi_login"]) {
        return simple("无法打开", &format!("<p>{problem}</p>"));
    }
    match named(&state, parameter(&query, "person")) {
        Some(person) => back(&state, &query, &person, true),
        None => choose(&state, &request),
    }
}

fn check(state: &State, request: &HttpRequest, query: &Parameters, scopes: &[&str]) -> Result<(), &'static str> {
    let names: Vec<&str> = request.query_string().split('&').filter_map(|pair| pair.split('=').next()).collect();
    let asked: Vec<&str> = names.into_iter().filter(|name| ORDER.contains(name)).collect();
    if asked != ORDER || parameter(query, "response_type") != "code" {
        return Err("参数错误");
    }
    if state.settings.which(parameter(query, "appid")) != Some(Which::Account) {
        return Err("Appid 参数错误");
    }
    if !scopes.contains(&parameter(query, "scope")) {
        return Err("Scope 参数错误或没有 Scope 权限");
    }
    let hosts = &state.settings.redirect_hosts;
    let host = reqwest::Url::parse(parameter(query, "redirect_uri"))
        .ok()
        .filter(|url| ["http", "https"].contains(&url.scheme()))
        .and_then(|url| url.host_str().map(str::to_owned));
    match host {
        Some(host) if hosts.is_empty() || hosts.contains(&host) => Ok(()),
        _ => Err("redirect_uri 域名与后台配置不一致，错误码：10003"),
    }
}

fn named(state: &State, id: &str) -> Option<Person> {
    state.world().person(id).cloned()
}

fn who(state: &State, request: &HttpRequest, query: &Parameters) -> Option<Person> {
    named(state, parameter(query, "person"))
        .or_else(|| request.cookie(COOKIE).and_then(|cookie| named(state, cookie.value())))
}

/// A browser without a phone: who is it?
fn choose(state: &State, request: &HttpRequest) -> HttpResponse {
    let here = request.uri().to_string();
    let link = |person: &Person| {
        let href = escape(&format!("{here}&person={}", person.id));
        format!("<p><a class=\"button\" href=\"{href}\">{}</a></p>", escape(&person.name))
    };
    let links: String = state.world().people.iter().map(link).collect();
    simple("以谁的微信登录？", &links)
}

fn back(state: &State, query: &Parameters, person: &Person, user_info: bool) -> HttpResponse {
    let code = state.world().give_code(Purpose::Web { user_info }, &person.id);
    let redirect = parameter(query, "redirect_uri");
    let (address, fragment) = redirect.split_once('#').map_or((redirect, None), |(a, f)| (a, Some(f)));
    let separator = if address.contains('?') { '&' } else { '?' };
    let mut target = format!("{address}{separator}code={code}&state={}", parameter(query, "state"));
    if let Some(fragment) = fragment {
        target.push_str(&format!("#{fragment}"));
    }
    HttpResponse::Found().insert_header((LOCATION, target)).finish()
}
