//! Builds, runs and stops the platform. `Application::build(config)` → `run_until_stopped(token)`.

use std::{net::SocketAddr, sync::Arc};

use actix_web::{
    HttpServer,
    middleware::{Compress, from_fn},
    web,
};
use tokio_util::sync::CancellationToken;
use utoipa_actix_web::AppExt;
use wechat_stand_in::StandIn;

use crate::{
    channels::{gateway::Gateway, terminal::simulator, wechat},
    platform::{
        App, StartError,
        config::Config,
        jobs, telemetry,
        tls::{self, Certificate},
        vision,
        web::{headers, openapi},
        wechat::{WeChat, stand_in},
    },
    routes,
    site::live,
};

/// Which parts this process plays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    pub web: bool,
    pub jobs: bool,
    pub gateway: bool,
    /// A simulated terminal at this process's own gateway, for the demo.
    pub simulator: bool,
}

/// A platform ready to run: connected, migrated, listening.
pub struct Application {
    pub app: App,
    parts: Parts,
    /// Only with the web server.
    listener: Option<std::net::TcpListener>,
    /// For whoever watches a process without it.
    watch: Option<std::net::TcpListener>,
    gateway: Option<Gateway>,
    /// Plays WeChat's part in demo mode, for as long as this runs.
    stand_in: Option<StandIn>,
}

impl Application {
    pub async fn build(config: Config, parts: Parts) -> Result<Self, StartError> {
        let mut app = App::connect(config).await?;
        if parts.web || parts.jobs {
            app.eyes = vision::open(&app.config.vision).await;
        }
        app.db.migrate().await.map_err(StartError::new)?;
        let listener = if parts.web { Some(bind(app.config.server.listen)?) } else { None };
        let watch = if parts.web { None } else { telemetry::watch::bind(&app)? };
        let gateway = if parts.gateway { Some(Gateway::bind(&app.config.gateway)?) } else { None };
        let stand_in = match &listener {
            Some(listener) => play_wechat(&mut app, listener).await?,
            None => None,
        };
        Ok(Self { app, parts, listener, watch, gateway, stand_in })
    }

    pub fn address(&self) -> Result<SocketAddr, StartError> {
        let listener = self.listener.as_ref().ok_or_else(|| StartError::new("this process has no web server"))?;
        listener.local_addr().map_err(StartError::new)
    }

    /// None when this process does not serve terminals.
    pub fn gateway(&self) -> Option<&Gateway> {
        self.gateway.as_ref()
    }

    /// Serves until `stop` is cancelled, then lets what has begun finish.
    pub async fn run_until_stopped(self, stop: CancellationToken) -> Result<(), StartError> {
        let Self { app, parts, listener, watch, gateway, stand_in } = self;
        let web = async {
            match (listener, watch) {
                (Some(listener), _) => serve(app.clone(), listener, stop.clone()).await,
                (None, Some(watch)) => telemetry::watch::serve(app.clone(), watch, stop.clone()).await,
                (None, None) => Ok(()),
            }
        };
        let worker = async {
            if parts.jobs {
                jobs::run(app.clone(), routes::jobs(), stop.clone()).await;
            }
        };
        let terminals = async {
            let Some(gateway) = gateway else { return Ok(None) };
            let address = gateway.address()?;
            let simulated = async {
                if parts.simulator {
                    simulator::run(address, stop.clone()).await;
                }
            };
            tokio::join!(gateway.run(app.clone(), stop.clone()), simulated).0.map(Some)
        };
        let (web, (), threads) = tokio::join!(web, worker, terminals);
        drop(stand_in);
        let closed = app.db.close().await.map_err(StartError::new);
        drop(threads?);
        web.and(closed)
    }
}

async fn play_wechat(app: &mut App, listener: &std::net::TcpListener) -> Result<Option<StandIn>, StartError> {
    if !stand_in::is_in_use(&app.config) {
        return Ok(None);
    }
    let address = listener.local_addr().map_err(StartError::new)?;
    let started = stand_in::start(&app.config, address).await.map_err(StartError::new)?;
    app.wechat = Some(WeChat::at_stand_in(app, &started.url()).map_err(StartError::new)?);
    Ok(Some(started))
}

fn bind(listen: SocketAddr) -> Result<std::net::TcpListener, StartError> {
    std::net::TcpListener::bind(listen)
        .map_err(|error| StartError::new(format!("cannot listen on {listen} (server.listen): {error}")))
}

async fn serve(app: App, listener: std::net::TcpListener, stop: CancellationToken) -> Result<(), StartError> {
    // A platform without its menu is better than none.
    if let Err(error) = wechat::at_start(&app).await {
        tracing::warn!(%error, "the official account's menu is not brought up to date");
    }
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, public_url = %app.config.server.public_url, "listening");
    }
    let config = &app.config.server;
    let certificate = Certificate::open("server", &config.tls_certificate, &config.tls_key).map_err(StartError::new)?;
    let server = http_server(app, listener, certificate.clone(), live::Streams::until(stop.clone()))?;
    let handle = server.handle();
    let stopping = async {
        let renewing = async {
            match certificate {
                Some(certificate) => certificate.watch().await,
                None => std::future::pending().await,
            }
        };
        stop.run_until_cancelled(renewing).await;
        handle.stop(true).await;
    };
    tokio::join!(server, stopping).0.map_err(StartError::new)
}

fn http_server(
    app: App,
    listener: std::net::TcpListener,
    certificate: Option<Arc<Certificate>>,
    streams: live::Streams,
) -> Result<actix_web::dev::Server, StartError> {
    let (config, client_ca) = (app.config.server.clone(), app.config.auth.client_ca.clone());
    let (data, streams) = (web::Data::new(app), web::Data::new(streams));
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(data.clone())
            .app_data(streams.clone())
            .into_utoipa_app()
            .openapi(openapi::base())
            .configure(routes::api)
            .into_app()
            .configure(routes::pages)
            .wrap(Compress::default())
            .wrap(from_fn(telemetry::observe))
            .wrap(from_fn(headers::secure))
    })
    .on_connect(tls::note_client)
    .disable_signals()
    .shutdown_timeout(config.drain_seconds);
    let server = if config.workers > 0 { server.workers(config.workers) } else { server };
    let server = match certificate {
        Some(certificate) if client_ca.as_os_str().is_empty() => {
            server.listen_rustls_0_23(listener, tls::server_config(certificate))
        }
        Some(certificate) => {
            let roots = tls::client_roots(&client_ca).map_err(StartError::new)?;
            let asking = tls::asking_server_config(certificate, roots).map_err(StartError::new)?;
            server.listen_rustls_0_23(listener, asking)
        }
        None => server.listen(listener),
    };
    Ok(server.map_err(StartError::new)?.run())
}
