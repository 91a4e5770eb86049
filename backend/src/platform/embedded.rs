//! Built front ends, embedded in the binary. A build leaves a `.gz` beside every file that shrinks.

use std::borrow::Cow;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
};
use rust_embed::{EmbeddedFile, RustEmbed};

/// A file of a build, by its path.
pub fn find<Dist: RustEmbed>(req: &HttpRequest, path: &str) -> Option<HttpResponse> {
    let accepts_gzip =
        req.headers().get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"));
    let plain = Dist::get(path)?;
    let etag = etag(&plain);
    let mut response = HttpResponse::Ok();
    // Built names carry a hash and never change; the page itself is asked for anew each time.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    response
        .insert_header((CACHE_CONTROL, cache))
        .insert_header((ETAG, etag.clone()))
        .insert_header((VARY, "accept-encoding"));
    if req.headers().get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Some(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
    }
    response.insert_header((CONTENT_TYPE, content_type(path)));
    let packed = if accepts_gzip { Dist::get(&format!("{path}.gz")) } else { None };
    let (bytes, encoding) = packed.map_or((plain.data, "identity"), |file| (file.data, "gzip"));
    response.insert_header((CONTENT_ENCODING, encoding));
    Some(match bytes {
        Cow::Borrowed(bytes) => response.body(bytes),
        Cow::Owned(bytes) => response.body(bytes),
    })
}

fn etag(file: &EmbeddedFile) -> String {
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
