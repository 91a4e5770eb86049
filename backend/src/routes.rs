//! The map: every scope on one screen, grouped by who calls it.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    http::header::ContentType,
    middleware::from_fn,
    web::{self, Bytes},
};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::{AppExt, scope, service_config::ServiceConfig};

use crate::{
    channels::wechat,
    oversight::{alerts, vendors, workbench},
    platform::{
        audit, auth, console, files, jobs, messages, phone, settings, telemetry, upkeep, vision,
        web::{Error, deadline, idempotency, openapi, rate},
    },
    registry::{
        applications, companies, crews, dictionaries, faces, geocode, people, phones, policies, projects, regions,
        units,
    },
    site::{attendance, contracts, devices, live, objections, own, registrations, roster},
};

/// Programs and the console: JSON under /api/v1.
pub fn api(routes: &mut ServiceConfig) {
    routes.service(
        scope("/api/v1")
            .wrap(from_fn(idempotency::once))
            .wrap(from_fn(rate::brake_strangers))
            .wrap(from_fn(deadline::answer_in_time))
            // who is calling
            .configure(auth::configure)
            .configure(phone::configure)
            // uploads, and signed links to them
            .configure(files::configure)
            .configure(audit::configure)
            .configure(jobs::configure)
            .configure(settings::configure)
            // cards read and faces checked
            .configure(vision::configure)
            // who and where
            .configure(dictionaries::configure)
            .configure(regions::configure)
            .configure(policies::configure)
            .configure(companies::configure)
            .configure(units::configure)
            .configure(crews::configure)
            .configure(people::configure)
            .configure(phones::configure)
            .configure(faces::configure)
            .configure(applications::configure)
            .configure(projects::configure)
            .configure(geocode::configure)
            // what happens on site
            .configure(roster::configure)
            .configure(registrations::configure)
            .configure(devices::configure)
            .configure(attendance::configure)
            .configure(contracts::configure)
            .configure(objections::configure)
            .configure(own::configure)
            .configure(live::configure)
            // who watches
            .configure(vendors::configure)
            .configure(workbench::configure)
            .configure(alerts::configure)
            // what all of this is
            .route("/openapi.json", web::get().to(show_document))
            // nothing else is here
            .default_service(web::to(|| async { Err::<HttpResponse, _>(Error::NotFound) })),
    );
}

/// Browsers and watchers: the console, health and metrics.
pub fn pages(routes: &mut web::ServiceConfig) {
    routes
        .configure(telemetry::configure)
        .configure(messages::configure_demo)
        .configure(wechat::configure)
        .configure(phone::configure_pages)
        .configure(console::configure);
}

/// The API document: collected from the handlers themselves.
pub fn document() -> OpenApi {
    let (_, collected) =
        actix_web::App::new().into_utoipa_app().openapi(openapi::base()).configure(api).split_for_parts();
    openapi::complete(collected)
}

/// Made at the first call: the whole application is built for it.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document().to_json().unwrap_or_default().into());

async fn show_document() -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(DOCUMENT.clone())
}

/// What workers can do, and what recurs.
pub fn jobs() -> jobs::Registry {
    jobs::Registry::default()
        .register::<people::jobs::RotateKeys>()
        .recurring(people::jobs::RotateKeys::default(), jobs::Due::Nightly { hour: 2, minute: 40 })
        .register::<faces::CheckImage>()
        .register::<faces::CatchUp>()
        .recurring(faces::CatchUp::default(), jobs::Due::Nightly { hour: 0, minute: 40 })
        .register::<faces::ForgetImages>()
        .recurring(faces::ForgetImages::default(), jobs::Due::Nightly { hour: 4, minute: 10 })
        .register::<upkeep::Upkeep>()
        .register::<files::SweepFiles>()
        .recurring(files::SweepFiles::default(), jobs::Due::Nightly { hour: 3, minute: 40 })
        .register::<companies::ExportCompanies>()
        .register::<people::ExportPeople>()
        .register::<units::ExportUnits>()
        .register::<crews::ExportCrews>()
        .register::<projects::ExportProjects>()
        .register::<messages::SendMail>()
        .register::<phone::notices::SendNotice>()
        .register::<phones::KeepPosts>()
        .register::<wechat::CreateMenu>()
        .recurring(phones::KeepPosts::default(), jobs::Due::Nightly { hour: 3, minute: 25 })
        .register::<alerts::WatchDevices>()
        .recurring(alerts::WatchDevices::default(), jobs::Due::EveryMinutes(5))
        .register::<devices::SendFaces>()
        .recurring(devices::SendFaces::default(), jobs::Due::EveryMinutes(5))
        .register::<roster::ExportRoster>()
        .register::<roster::ImportEntries>()
        .register::<registrations::ForgetRegistrations>()
        .recurring(registrations::ForgetRegistrations::default(), jobs::Due::Nightly { hour: 4, minute: 20 })
        .register::<attendance::ExportDays>()
        .register::<attendance::ExportMonths>()
        .register::<attendance::ExportPunches>()
        .register::<attendance::service::Recompute>()
        .register::<attendance::WatchFaces>()
        .recurring(attendance::WatchFaces::default(), jobs::Due::Nightly { hour: 4, minute: 40 })
        .register::<contracts::ExportContracts>()
        .register::<contracts::ContractsDue>()
        .recurring(contracts::ContractsDue::default(), jobs::Due::Nightly { hour: 8, minute: 0 })
        .register::<attendance::TellMissing>()
        .recurring(attendance::TellMissing::default(), jobs::Due::Nightly { hour: 8, minute: 0 })
        .register::<attendance::photos::PackPhotos>()
        .recurring(attendance::photos::PackPhotos::default(), jobs::Due::Nightly { hour: 1, minute: 20 })
        .register::<attendance::photos::ExpirePhotos>()
        .recurring(attendance::photos::ExpirePhotos::default(), jobs::Due::Nightly { hour: 2, minute: 10 })
        .recurring(upkeep::Upkeep::default(), jobs::Due::Nightly { hour: 3, minute: 10 })
}
