//! `/m/`: the phone's pages, for browsers, embedded in the binary.
//!
//! They may be shown inside the phone of the demo's own WeChat and nowhere else, and load its bridge only there.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CONTENT_SECURITY_POLICY, HeaderMap, HeaderValue, LOCATION, X_FRAME_OPTIONS},
    web,
};
use rust_embed::RustEmbed;

use crate::platform::{App, embedded::find};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/miniprogram/dist/build/h5"]
#[allow_missing = true]
struct Dist;

const NOT_BUILT: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>名册</title>\
    <style>body{max-width:22rem;margin:18vh auto 0;padding:0 1.5rem;font:17px/1.7 system-ui,sans-serif;text-align:center}</style>\
    <h1>手机页面还没有构建</h1><p>在源码目录中运行 <code>make run</code>，会一并构建手机页面。</p></html>";

pub fn configure(routes: &mut web::ServiceConfig) {
    routes.route("/m", web::get().to(slash)).route("/m/{path:.*}", web::get().to(serve));
}

async fn slash() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((LOCATION, "/m/")).finish()
}

/// Which page is shown stands behind the `#`: any other path is a file of the build, or a wrong link.
async fn serve(req: HttpRequest, path: web::Path<String>) -> HttpResponse {
    if !path.is_empty() {
        return find::<Dist>(&req, &path).unwrap_or_else(|| HttpResponse::NotFound().finish());
    }
    find::<Dist>(&req, "index.html")
        .unwrap_or_else(|| HttpResponse::Ok().content_type("text/html; charset=utf-8").body(NOT_BUILT))
}

/// Whether a path is shown on phones, with rules of its own for what its pages may load and who may show them.
pub fn is_phones(path: &str) -> bool {
    path == "/m" || path.starts_with("/m/") || path.starts_with("/wechat/")
}

/// What browsers may do with a phone's page. WeChat's own script is the only one from elsewhere.
pub fn add_headers(headers: &mut HeaderMap, app: &App) {
    let stand_in = app.wechat.as_deref().and_then(|wechat| wechat.stand_in_url.as_deref());
    let (beside, framed_by) = (stand_in.unwrap_or_default(), stand_in.unwrap_or("'none'"));
    let policy = format!(
        "default-src 'self'; img-src 'self' data: blob: https:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
         script-src 'self' https://res.wx.qq.com {beside}; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    // Older browsers know only this one, and it cannot name anybody.
    if stand_in.is_some() {
        headers.remove(X_FRAME_OPTIONS);
    }
}
