//! Projects with people who may punch, and a thousand devices at their gates.

use std::path::{Path, PathBuf};

use chrono::Utc;
use mingce::{
    entity::{
        device::{self, DeviceKind, Direction},
        stored_file, vendor,
    },
    platform::{
        config::{Config, Secret},
        crypto::Keyring,
        database::Database,
        types::synthetic,
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::{
    Result,
    people::{self, Site},
    world,
};

pub const VENDOR_CODE: &str = "MINGCE-BENCH-VENDOR";
/// As `mingce terminal` counts them.
pub const SERIAL: &str = "BENCH-{n}";

pub const PROJECTS: usize = 100;
pub const PEOPLE_EACH: usize = 100;
/// The project with the long list, after all others.
pub const LARGE: usize = 3_000;
/// The one whose month is looked at.
const MONTH: usize = 1_000;
pub const DEVICES: usize = 1_000;

pub struct Ground {
    pub on: &'static str,
    pub folder: PathBuf,
    pub url: String,
    pub database: Database,
    pub sites: Vec<Site>,
    pub large: Site,
    pub month: Site,
    vendor: Uuid,
}

impl Ground {
    pub async fn prepare(on: &'static str, folder: &Path, url: String) -> Result<Self> {
        let mut config = Config::demo()?;
        config.database.url = Secret::new(url.clone());
        let database = Database::connect(&config.database).await?;
        database.migrate().await?;
        let everybody = PROJECTS * PEOPLE_EACH + LARGE + MONTH;
        people::fill(&database, &Keyring::new(&config.crypto)?, everybody).await?;
        let mut sites = Vec::with_capacity(PROJECTS);
        for number in 0..PROJECTS {
            let site = world::site(&database, 800_000 + number as i64).await?;
            people::enter(&database, &site, number * PEOPLE_EACH, (number + 1) * PEOPLE_EACH).await?;
            sites.push(site);
        }
        let large = world::site(&database, 900_000).await?;
        people::enter(&database, &large, PROJECTS * PEOPLE_EACH, everybody - MONTH).await?;
        let month = world::site(&database, 900_001).await?;
        people::enter(&database, &month, everybody - MONTH, everybody).await?;
        complete(&database).await?;
        let vendor = vendor(&database).await?;
        let ground = Self { on, folder: folder.to_owned(), url, database, sites, large, month, vendor };
        ground.devices("BENCH", DEVICES, |number| ground.sites[number % PROJECTS].project).await?;
        ground.settle().await?;
        Ok(ground)
    }

    /// Registers devices `{prefix}-000001` and so on.
    pub async fn devices(&self, prefix: &str, count: usize, project: impl Fn(usize) -> Uuid) -> Result<()> {
        let rows: Vec<_> = (1..=count)
            .map(|number| device::ActiveModel {
                id: Set(Uuid::now_v7()),
                project_id: Set(project(number)),
                vendor_id: Set(self.vendor),
                serial: Set(format!("{prefix}-{number:06}")),
                kind: Set(DeviceKind::Attendance),
                place: Set("1 号门".to_owned()),
                direction: Set(Direction::Turns),
                created_at: Set(Utc::now()),
                revision: Set(1),
                ..Default::default()
            })
            .collect();
        for some in rows.chunks(1_000) {
            device::Entity::insert_many(some.to_vec()).exec_without_returning(self.database.writer()).await?;
        }
        Ok(())
    }

    /// Without the punches of the figure before.
    pub async fn clear(&self) -> Result<()> {
        for table in ["punch", "punch_photo", "attendance_day"] {
            let sql = if self.is_postgres() { format!("TRUNCATE {table}") } else { format!("DELETE FROM {table}") };
            self.database.writer().execute_unprepared(&sql).await?;
        }
        self.settle().await
    }

    /// What the database would do by itself a minute later, in the middle of the measuring.
    pub async fn settle(&self) -> Result<()> {
        if self.is_postgres() {
            self.database.writer().execute_unprepared("VACUUM ANALYZE").await?;
            self.database.writer().execute_unprepared("CHECKPOINT").await?;
        }
        Ok(())
    }

    fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }
}

/// Everybody has a wage card and a photo; one photo does for all.
async fn complete(database: &Database) -> Result<()> {
    let photo = Uuid::now_v7();
    let file = stored_file::ActiveModel {
        id: Set(photo),
        purpose: Set("photo".to_owned()),
        name: Set("face.jpg".to_owned()),
        content_type: Set("image/jpeg".to_owned()),
        size: Set(20_000),
        terminal_size: Set(Some(10_000)),
        sha256: Set(String::new()),
        storage_key: Set("bench/face.jpg".to_owned()),
        claimed: Set(true),
        created_at: Set(Utc::now()),
        ..Default::default()
    };
    file.insert(database.writer()).await?;
    let all = mingce::entity::person::ActiveModel {
        photo_file_id: Set(Some(photo)),
        bank_card_mask: Set(Some("6222 **** 0001".to_owned())),
        ..Default::default()
    };
    mingce::entity::person::Entity::update_many().set(all).exec(database.writer()).await?;
    Ok(())
}

async fn vendor(database: &Database) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let vendor = vendor::ActiveModel {
        id: Set(id),
        code: Set(VENDOR_CODE.to_owned()),
        credit_code: Set(synthetic::credit_code(1).as_str().to_owned()),
        name: Set("测量设备商".to_owned()),
        region_code: Set("440703".to_owned()),
        created_at: Set(Utc::now()),
        revision: Set(1),
        ..Default::default()
    };
    vendor.insert(database.writer()).await?;
    Ok(id)
}
