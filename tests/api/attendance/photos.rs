//! Photos of punches: packed when their day is over, read wherever they are, deleted when the region's days are.

use bytes::Bytes;
use chrono::{TimeDelta, Utc};
use mingce::{
    entity::{photo_pack, punch_photo},
    platform::{
        jobs::{Job, Ownership, enqueue, wake},
        partitions::{self, Cut},
        types::clock,
    },
    site::attendance::{
        photos::{ExpirePhotos, PackPhotos, PhotoKey, read},
        service::{Arrived, Recorded, record},
    },
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::support::{Gate, TestApp};

/// Runs a job of the platform's own and waits for it.
async fn run(app: &TestApp, job: impl Job) {
    use mingce::entity::job::{self, JobState};
    let id = enqueue(app.app.db.writer(), job, Ownership::default()).await.unwrap();
    wake(&app.app).await;
    loop {
        let job = job::Entity::find_by_id(id).one(app.app.db.writer()).await.unwrap().unwrap();
        match job.state {
            JobState::Done => return,
            JobState::Failed => panic!("{:?}", job.last_error),
            _ => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
        }
    }
}

/// A punch that was received some days ago.
async fn received(gate: &Gate<'_>, days_ago: i64, second: u32, photo: Vec<u8>) -> PhotoKey {
    let received_at = Utc::now() - TimeDelta::days(days_ago);
    let punch = gate.punch(999_999, 1, &format!("08:{:02}:{:02}", second / 60, second % 60)).await;
    let punch = Arrived { received_at, photo: Bytes::from(photo), ..punch };
    let recorded = record(&gate.app.app, &[punch]).await.unwrap();
    let [Recorded::New { id }] = recorded.as_slice() else { panic!("{recorded:?}") };
    PhotoKey { project_id: gate.site.project.id, received_on: clock::china_day(received_at), punch_id: *id }
}

async fn rows(app: &TestApp) -> (u64, u64) {
    let db = app.app.db.writer();
    (punch_photo::Entity::find().count(db).await.unwrap(), photo_pack::Entity::find().count(db).await.unwrap())
}

story! {
    async fn a_day_that_is_over_is_packed_and_each_photo_is_still_read(app: &TestApp) {
        let (gate, other) = (Gate::new(app).await, Gate::new(app).await);
        let mut photos = Vec::new();
        for n in 0..30_u8 {
            let photo = vec![n; 1000 + usize::from(n)];
            let at = if n % 3 == 0 { &other } else { &gate };
            photos.push((received(at, i64::from(n % 2) + 1, n.into(), photo.clone()).await, photo));
        }
        let today = vec![77; 10];
        photos.push((received(&gate, 0, 100, today.clone()).await, today));
        assert_eq!(rows(app).await, (31, 0));
        run(app, PackPhotos::default()).await;
        assert_eq!(rows(app).await, (1, 4), "two projects and two days; today stays");
        for (key, photo) in &photos {
            assert_eq!(read(&app.app, *key).await.unwrap(), photo, "{key:?}");
        }
        let unknown = PhotoKey { punch_id: Uuid::now_v7(), ..photos[0].0 };
        assert!(read(&app.app, unknown).await.is_err());
        let elsewhere = PhotoKey { project_id: Uuid::now_v7(), ..photos[0].0 };
        assert!(read(&app.app, elsewhere).await.is_err());

        // What came in late goes into a pack of its own, whose ids lie among the others.
        let late = received(&gate, 1, 200, vec![5; 50]).await;
        run(app, PackPhotos::default()).await;
        assert_eq!(rows(app).await, (1, 5));
        assert_eq!(read(&app.app, late).await.unwrap(), vec![5; 50]);
        assert_eq!(read(&app.app, photos[1].0).await.unwrap(), photos[1].1);
    }
}

story! {
    async fn photos_go_when_the_regions_days_are_over_and_punches_stay(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (old, young) = (received(&gate, 31, 0, vec![1; 10]).await, received(&gate, 29, 1, vec![2; 10]).await);
        run(app, PackPhotos::default()).await;
        run(app, ExpirePhotos::default()).await;
        assert_eq!(rows(app).await, (0, 2), "the default keeps them for more than a year");
        let pack = photo_pack::Entity::find().filter(photo_pack::Column::ReceivedOn.eq(old.received_on));
        let pack = pack.one(app.app.db.writer()).await.unwrap().unwrap();
        let regulator = app.regulator("440700").await;
        let thirty = serde_json::json!({"value": 30});
        regulator.put("/policies/440700/punch_photo_days", &serde_json::json!(0), thirty).await.ok();
        run(app, ExpirePhotos::default()).await;
        assert_eq!(rows(app).await, (0, 1));
        assert!(!app.app.files.exists(&pack.storage_key).await.unwrap());
        assert!(read(&app.app, old).await.is_err());
        assert_eq!(read(&app.app, young).await.unwrap(), vec![2; 10]);
        assert_eq!(gate.kept().await.len(), 2);
    }
}

story! {
    async fn partitions_are_made_ahead_and_dropped_when_empty(app: &TestApp) {
        if app.app.db.backend() != DbBackend::Postgres {
            partitions::make_ahead(&app.app, Cut::Days { table: "punch_photo", column: "received_on" }, 3).await.unwrap();
            return;
        }
        let gate = Gate::new(app).await;
        let count = async |table: &str| {
            let sql = format!("SELECT count(*) AS n FROM pg_inherits WHERE inhparent = '{table}'::regclass");
            let row = app.app.db.writer().query_one_raw(sea_orm::Statement::from_string(DbBackend::Postgres, sql)).await;
            row.unwrap().unwrap().try_get::<i64>("", "n").unwrap()
        };
        received(&gate, 0, 0, vec![1; 10]).await;
        assert_eq!((count("punch").await, count("punch_photo").await), (1, 1), "only the default");
        run(app, PackPhotos::default()).await;
        // Today's rows have begun to gather in the default partition, where they stay.
        assert_eq!(count("punch_photo").await, 1 + 7);
        assert!((4..=5).contains(&count("punch").await));
        run(app, PackPhotos::default()).await;
        assert_eq!(count("punch_photo").await, 1 + 7, "the same once more");

        let yesterday = clock::china_today() - TimeDelta::days(1);
        let name = format!("punch_photo_{}", yesterday.format("%Y_%m_%d"));
        let make = format!("CREATE TABLE {name} PARTITION OF punch_photo FOR VALUES FROM ('{yesterday}') TO ('{}')", clock::china_today());
        app.app.db.writer().execute_unprepared(&make).await.unwrap();
        let key = received(&gate, 1, 5, vec![9; 10]).await;
        run(app, PackPhotos::default()).await;
        assert_eq!(count("punch_photo").await, 1 + 7, "packed and dropped");
        assert_eq!(read(&app.app, key).await.unwrap(), vec![9; 10]);
    }
}
