use actix_web::{
    HttpResponse, get,
    http::header::{self, ContentEncoding},
    web::Data,
};

use super::{stream::Live, streams::Streams, topic};
use crate::platform::{
    App,
    auth::{ProjectScope, roles::ViewDevices},
    web::Result,
};

/// What happens on the site, as server-sent events: `punch` for those who may see attendance, `device` and `alert`;
/// `reload` says that some were lost.
#[utoipa::path(
    tag = "live",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, content_type = "text/event-stream", body = String))
)]
#[get("/projects/{project_id}/live")]
pub async fn live(scope: ProjectScope<ViewDevices>, streams: Data<Streams>, app: Data<App>) -> Result<HttpResponse> {
    let seat = streams.into_inner().open(scope.actor.account.id)?;
    let events = app.cache.subscribe(&topic(scope.project.id)).await?;
    let app = App::clone(&app);
    let stream = Live::open(app, scope.actor.0, scope.project.id, events, seat).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        // Compression would hold events back until it has enough of them, and so would a proxy's buffer.
        .insert_header(ContentEncoding::Identity)
        .insert_header((header::HeaderName::from_static("x-accel-buffering"), "no"))
        .streaming(stream))
}
