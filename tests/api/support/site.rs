//! A project with somebody on it, as rows: for stories about the project and not about how people came there.

use chrono::{Days, NaiveDate, Utc};
use mingce::{
    entity::{
        company::{self, UploadState},
        crew::{self, CrewKind},
        person::{self, PersonOrigin},
        project,
        roster_entry::{self, EntryKind},
        unit,
    },
    platform::{
        database::next_number,
        types::{Sex, clock::china_today, synthetic},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::TestApp;

pub fn days_ago(days: u64) -> NaiveDate {
    china_today() - Days::new(days)
}

impl TestApp {
    /// A company as a unit of a project, on site for two months.
    pub async fn unit_row(&self, project: &project::Model, company: &company::Model, kind: &str) -> unit::Model {
        let unit = unit::ActiveModel {
            id: Set(Uuid::now_v7()),
            project_id: Set(project.id),
            company_id: Set(company.id),
            kind: Set(kind.to_owned()),
            entered_on: Set(days_ago(60)),
            upload_state: Set(UploadState::Waiting),
            created_at: Set(Utc::now()),
            revision: Set(1),
            ..Default::default()
        };
        unit.insert(self.app.db.writer()).await.unwrap()
    }

    pub async fn crew_row(&self, unit: &unit::Model, kind: CrewKind, name: &str) -> crew::Model {
        let number = next_number(self.app.db.writer(), "crew_number").await.unwrap();
        let crew = crew::ActiveModel {
            id: Set(Uuid::now_v7()),
            project_id: Set(unit.project_id),
            unit_id: Set(unit.id),
            number: Set(number),
            name: Set(name.to_owned()),
            kind: Set(kind),
            entered_on: Set(days_ago(60)),
            upload_state: Set(UploadState::Waiting),
            created_at: Set(Utc::now()),
            revision: Set(1),
            ..Default::default()
        };
        crew.insert(self.app.db.writer()).await.unwrap()
    }

    /// Somebody of the registry of people, without photo and wage card.
    pub async fn person_row(&self, name: &str) -> person::Model {
        let (db, now) = (self.app.db.writer(), Utc::now());
        let number = next_number(db, "person_number").await.unwrap();
        let born_on = NaiveDate::from_ymd_opt(1985, 1, 1).unwrap();
        let id_number = synthetic::id_number(u64::try_from(number).unwrap(), born_on, Sex::Male);
        let person = person::ActiveModel {
            id: Set(Uuid::now_v7()),
            number: Set(number),
            id_number_sealed: Set(self.app.keys.seal("person.id_number", id_number.expose())),
            id_number_hash: Set(self.app.keys.find_hash("person.id_number", id_number.expose())),
            id_number_mask: Set(id_number.masked().as_str().to_owned()),
            name: Set(name.to_owned()),
            sex: Set("male".to_owned()),
            ethnic: Set("汉族".to_owned()),
            born_on: Set(born_on),
            origin: Set(PersonOrigin::Console),
            region_code: Set("440703".to_owned()),
            created_at: Set(now),
            updated_at: Set(now),
            revision: Set(1),
            ..Default::default()
        };
        person.insert(db).await.unwrap()
    }

    /// The person on site in a crew since a day; a manager in a post, or a worker.
    pub async fn entry_row(
        &self,
        crew: &crew::Model,
        person: &person::Model,
        post: Option<&str>,
        entered_on: NaiveDate,
    ) -> roster_entry::Model {
        let entry = roster_entry::ActiveModel {
            id: Set(Uuid::now_v7()),
            project_id: Set(crew.project_id),
            person_id: Set(person.id),
            unit_id: Set(crew.unit_id),
            crew_id: Set(crew.id),
            kind: Set(if post.is_some() { EntryKind::Manager } else { EntryKind::Worker }),
            post: Set(post.map(str::to_owned)),
            entered_on: Set(entered_on),
            upload_state: Set(UploadState::Waiting),
            created_at: Set(Utc::now()),
            revision: Set(1),
            ..Default::default()
        };
        entry.insert(self.app.db.writer()).await.unwrap()
    }

    /// The only entry of a person.
    pub async fn entry_of(&self, person: &person::Model) -> roster_entry::Model {
        let of_person = roster_entry::Column::PersonId.eq(person.id);
        roster_entry::Entity::find().filter(of_person).one(self.app.db.writer()).await.unwrap().unwrap()
    }

    /// The general contractor with a management crew and its project manager, and a workers' crew with two workers.
    pub async fn busy_site(&self, project: &project::Model) -> unit::Model {
        let company = self.company("440700", "江门市第一建设有限公司").await;
        let unit = self.unit_row(project, &company, "009").await;
        let managers = self.crew_row(&unit, CrewKind::Management, "总承包单位管理班组").await;
        self.entry_row(&managers, &self.person_row("王建国").await, Some("1009"), days_ago(60)).await;
        let workers = self.crew_row(&unit, CrewKind::Workers, "钢筋班").await;
        for name in ["李强", "赵小明"] {
            self.entry_row(&workers, &self.person_row(name).await, None, days_ago(3)).await;
        }
        unit
    }
}
