//! SIGKILL under load: for the gateway, and for PostgreSQL.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use mingce::{
    app::Parts,
    entity::{attendance_day, device::Direction, punch, punch_photo},
    platform::config::Secret,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{
    load::{Device, Key, Load},
    program::Program,
};
use crate::{
    api::support::{Kind, TestApp},
    gateway::support::Gate,
    servers::Postgres,
};

const DEVICES: usize = 6;
const PEOPLE: usize = 12;
/// Between a start and the next kill: long enough for some punches, and never the same.
const SHORTEST: u64 = 40;
const LONGEST: u64 = 260;

/// `make bench` asks for more.
fn kills(usually: usize) -> usize {
    std::env::var("MINGCE_FAULT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(usually)
}

async fn ground(kind: Kind, url: Option<String>) -> TestApp {
    let parts = Parts { web: true, ..Parts::default() };
    TestApp::start_parts(kind, parts, |config| {
        if let Some(url) = url {
            config.database.url = Secret::new(url);
        }
    })
    .await
}

async fn load(gate: &Gate<'_>, program: &Program) -> Load {
    let (mut devices, mut people) = (Vec::new(), Vec::new());
    for _ in 0..DEVICES {
        let device = gate.device(Direction::Turns).await;
        devices.push(Device { id: device.id, vendor_code: gate.vendor.code.clone(), serial: device.serial });
    }
    for _ in 0..PEOPLE {
        people.push(gate.worker("王建国").await);
    }
    Load::start(program.address, devices, &people)
}

/// Lets the load run for a while, and makes sure that it does run.
async fn some_time(load: &Load) {
    let before = load.acknowledged();
    tokio::time::sleep(Duration::from_millis(rand::random_range(SHORTEST..LONGEST))).await;
    let began = Instant::now();
    while load.acknowledged() == before {
        assert!(began.elapsed() < Duration::from_secs(60), "no punch gets through any more");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Every punch that was acknowledged is there, once, with its photo and in its day; and nothing else is.
async fn is_all_there(gate: &Gate<'_>, acknowledged: Vec<Key>) {
    let db = gate.app.app.db.writer();
    let kept = punch::Entity::find().filter(punch::Column::ProjectId.eq(gate.project.id)).all(db).await.unwrap();
    let keys: HashSet<Key> = kept.iter().map(|punch| (punch.device_id, punch.person_number, punch.at)).collect();
    let expected: HashSet<Key> = acknowledged.iter().copied().collect();
    assert_eq!(expected.len(), acknowledged.len(), "the load repeats itself");
    assert!(keys == expected, "lost {}, unasked {}", (&expected - &keys).len(), (&keys - &expected).len());
    assert_eq!(kept.len(), keys.len(), "some are there twice");
    assert!(kept.iter().all(|punch| punch.refusal.is_none() && punch.photo_size > 0));

    let photos = punch_photo::Entity::find().filter(punch_photo::Column::ProjectId.eq(gate.project.id));
    assert_eq!(photos.count(db).await.unwrap(), kept.len() as u64);
    let days = attendance_day::Entity::find().filter(attendance_day::Column::ProjectId.eq(gate.project.id));
    let marks: usize = days.all(db).await.unwrap().iter().map(|day| day.marks.len() / 7).sum();
    assert_eq!(marks, kept.len(), "a day has more or fewer marks than punches");
}

async fn the_gateway_is_killed(kind: Kind, times: usize) {
    let app = ground(kind, None).await;
    let gate = Gate::open(&app).await;
    let mut program = Program::start(&app.app.config);
    let load = load(&gate, &program).await;
    for _ in 0..times {
        some_time(&load).await;
        program.kill();
        program.restart();
    }
    some_time(&load).await;
    let acknowledged = load.end().await;
    assert!(acknowledged.len() > times, "{} punches in {times} lives", acknowledged.len());
    is_all_there(&gate, acknowledged).await;
    drop(program);
    app.stop().await;
}

#[actix_web::test]
async fn no_punch_is_lost_when_the_gateway_is_killed_on_sqlite() {
    the_gateway_is_killed(Kind::Sqlite, kills(25)).await;
}

#[actix_web::test]
async fn no_punch_is_lost_when_the_gateway_is_killed_on_postgres() {
    the_gateway_is_killed(Kind::Postgres, kills(25)).await;
}

#[actix_web::test]
async fn no_punch_is_lost_when_postgres_is_killed() {
    let mut postgres = Postgres::start();
    let app = ground(Kind::Sqlite, Some(postgres.url())).await;
    let gate = Gate::open(&app).await;
    let program = Program::start(&app.app.config);
    let load = load(&gate, &program).await;
    let times = kills(25);
    for _ in 0..times {
        some_time(&load).await;
        postgres.kill();
        postgres.restart();
    }
    some_time(&load).await;
    let acknowledged = load.end().await;
    assert!(acknowledged.len() > times, "{} punches in {times} lives", acknowledged.len());
    is_all_there(&gate, acknowledged).await;
    drop(program);
    app.stop().await;
}
