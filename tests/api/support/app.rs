use std::{net::SocketAddr, sync::Arc};

use mingce::{
    app::{Application, Parts},
    platform::{
        App,
        config::{Config, FilesKind, Secret, StandInUse},
        telemetry,
        vision::Eyes,
    },
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    Answer, Client,
    client::Login,
    program::{self, Program},
    schema,
};
use crate::servers;

/// Which database a test runs on, and with it which cache and file store: what is in the process and a folder, or
/// Redis and S3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The real application on a free port with a database and a file folder of its own.
pub struct TestApp {
    pub app: App,
    pub address: SocketAddr,
    /// Where terminals connect, in the clear and over TLS, if this one serves them.
    pub gateway: Option<SocketAddr>,
    pub gateway_tls: Option<SocketAddr>,
    server: Server,
    ground: Ground,
}

/// What answers: this process, or the program in one of its own.
enum Server {
    Here { stop: CancellationToken, running: actix_web::rt::task::JoinHandle<()> },
    Program(Program),
}

/// What a platform stands on, to be cleared away afterwards.
struct Ground {
    folder: std::path::PathBuf,
    /// The server's address and the name of the database to drop, on PostgreSQL.
    postgres: Option<(String, String)>,
}

impl TestApp {
    pub async fn start(kind: Kind) -> Self {
        Self::start_with(kind, |_| {}).await
    }

    /// Starts with settings of the test's own.
    pub async fn start_with(kind: Kind, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_parts(kind, Parts { web: true, jobs: true, ..Parts::default() }, change).await
    }

    /// Starts only some of the platform's parts.
    pub async fn start_parts(kind: Kind, parts: Parts, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_as(kind, parts, change, None).await
    }

    /// Starts with something that looks at pictures in the place of the networks.
    pub async fn start_seeing(kind: Kind, eyes: Arc<dyn Eyes>) -> Self {
        Self::start_as(kind, Parts { web: true, jobs: true, ..Parts::default() }, |_| {}, Some(eyes)).await
    }

    async fn start_as(kind: Kind, parts: Parts, change: impl FnOnce(&mut Config), eyes: Option<Arc<dyn Eyes>>) -> Self {
        let (mut config, ground) = Ground::prepare(kind).await;
        change(&mut config);
        // A failed test shows what the platform had to say.
        config.telemetry.level = "warn".to_owned();
        telemetry::start(&config.telemetry);

        let mut application = Application::build(config, parts).await.unwrap();
        application.app.eyes = eyes.or(application.app.eyes);
        let (app, address, stop) = (application.app.clone(), application.address().unwrap(), CancellationToken::new());
        let gateway = application.gateway().map(|gateway| gateway.address().unwrap());
        let gateway_tls = application.gateway().and_then(|gateway| Some(gateway.tls_address()?.unwrap()));
        let stopping = stop.clone();
        let running = actix_web::rt::spawn(async move { application.run_until_stopped(stopping).await.unwrap() });
        Self { app, address, gateway, gateway_tls, server: Server::Here { stop, running }, ground }
    }

    /// Starts the program itself (`mingce all`, on SQLite) with settings on top. `app` is this process's own way to
    /// the same database, for fixtures.
    pub async fn start_program(settings: &[(&str, &str)]) -> Self {
        let (mut config, ground) = Ground::prepare(Kind::Sqlite).await;
        config.crypto = program::keys();
        let mut environment = program::environment(&config);
        environment.extend(settings.iter().map(|(name, value)| (format!("MINGCE__{name}"), (*value).to_owned())));
        let program = Program::start(&ground.folder, &environment, &["all"]);
        let address = program.address().await;
        let (app, server) = (App::connect(config).await.unwrap(), Server::Program(program));
        Self { app, address, gateway: None, gateway_tls: None, server, ground }
    }

    /// The process of [`TestApp::start_program`].
    pub fn program(&mut self) -> &mut Program {
        match &mut self.server {
            Server::Program(program) => program,
            Server::Here { .. } => panic!("the platform runs in this process"),
        }
    }

    /// A folder that goes away with the test.
    pub fn folder(&self) -> &std::path::Path {
        &self.ground.folder
    }

    /// Somebody without an account.
    pub fn nobody(&self) -> Client {
        Client::new(self.address, None)
    }

    /// A program with an API token.
    pub fn with_bearer(&self, token: &str) -> Client {
        Client::new(self.address, Some(Login::Program { token: token.to_owned() }))
    }

    /// The browser that got this answer to its login.
    pub fn client_of(&self, answer: &Answer) -> Client {
        let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
        let token =
            cookies.filter_map(|cookie| cookie.strip_prefix("mingce_session=")).find_map(|rest| rest.split(';').next());
        let csrf_token = answer.json["csrf_token"].as_str().unwrap_or_default().to_owned();
        Client::new(self.address, token.map(|token| Login::Browser { token: token.to_owned(), csrf_token }))
    }

    /// As SIGTERM does; [`TestApp::stop`] then waits for the end.
    pub fn ask_to_stop(&self) {
        if let Server::Here { stop, .. } = &self.server {
            stop.cancel();
        }
    }

    pub async fn stop(self) {
        match self.server {
            Server::Here { stop, running } => {
                stop.cancel();
                running.await.unwrap();
            }
            Server::Program(mut program) => {
                program.terminate();
                assert!(program.ended().await.success());
            }
        }
        self.ground.clear().await;
    }
}

impl Ground {
    async fn prepare(kind: Kind) -> (Config, Self) {
        let name = format!("mingce_test_{}", Uuid::now_v7().simple());
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).unwrap();
        let mut config = Config::demo().unwrap();
        config.server.listen = "127.0.0.1:0".parse().unwrap();
        config.server.workers = 1;
        config.server.drain_seconds = 1;
        // A story calls more in a minute than a stranger does in a day.
        config.server.anonymous_rate = 5000;
        config.gateway.listen = config.server.listen;
        config.gateway.tls_listen = config.server.listen;
        config.gateway.threads = 1;
        config.files.path = folder.join("files");
        // Networks are loaded by those who ask for them: they take a while, and 350 MB.
        config.vision.folder = folder.join("no-models");
        config.jobs.poll_seconds = 1;
        // Who wants a WeChat asks for one: see `phones::support`.
        config.wechat.stand_in = StandInUse::Off;
        config.wechat.stand_in_port = 0;
        config.database.max_connections = 6;
        if kind == Kind::Sqlite {
            let file = folder.join("mingce.db");
            schema::copy_sqlite(&file).await;
            config.database.url = Secret::new(format!("sqlite://{}", file.display()));
            return (config, Self { folder, postgres: None });
        }
        let (server, database) = create_database(&name).await;
        config.database.url = Secret::new(with_database(&server, &database));
        grow(&mut config, &name);
        (config, Self { folder, postgres: Some((server, database)) })
    }

    async fn clear(self) {
        drop(std::fs::remove_dir_all(&self.folder));
        if let Some((server, database)) = self.postgres {
            let admin = connect(&server).await;
            admin.execute_unprepared(&format!("DROP DATABASE {database} WITH (FORCE)")).await.unwrap();
        }
    }
}

/// What goes with PostgreSQL in a large installation: Redis and S3.
fn grow(config: &mut Config, name: &str) {
    config.cache.url = Secret::new(servers::redis_url());
    config.cache.prefix = format!("{name}:");
    config.files.kind = FilesKind::S3;
    config.files.s3_endpoint = servers::s3_endpoint();
    config.files.s3_bucket = servers::shared_bucket();
    config.files.s3_access_key = "key".to_owned();
    config.files.s3_secret_key = Secret::new("secret");
}

async fn create_database(name: &str) -> (String, String) {
    let server = std::env::var("MINGCE_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| panic!("MINGCE_TEST_POSTGRES_URL names no PostgreSQL server; `make test` starts one"));
    let admin = connect(&server).await;
    schema::copy_postgres(&admin, |database| with_database(&server, database), name).await;
    admin.close().await.unwrap();
    (server, name.to_owned())
}

async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.unwrap()
}

fn with_database(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
