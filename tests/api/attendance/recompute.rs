//! Days reckoned anew from their punches come to the very same.

use mingce::{
    entity::{attendance_day, device::Direction},
    site::attendance::service::record,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder, sea_query::Expr};
use serde_json::{Value, json};

use super::support::{Gate, TestApp, ago, days_ago, device_row, ended};

async fn all_days(app: &TestApp) -> Vec<attendance_day::Model> {
    use attendance_day::Column;
    let days = attendance_day::Entity::find().order_by_asc(Column::EntryId).order_by_asc(Column::Day);
    days.all(app.app.db.writer()).await.unwrap()
}

impl Gate<'_> {
    async fn recompute(&self) -> Value {
        let form = json!({"from": ago(4), "to": ago(0)});
        let queued = self.site.staff.post(&self.site.path("attendance/recompute"), form).await;
        assert_eq!(queued.status, 201, "{}", queued.json);
        let job = ended(&self.site.staff, &queued.json).await;
        assert_eq!(job["state"], "done", "{job}");
        job["result"].clone()
    }
}

async fn busy(app: &TestApp) -> Gate<'_> {
    let mut gate = Gate::new(app).await;
    let (wang, li) = (gate.worker("王建国").await, gate.worker("李强").await);
    gate.punches(&wang, 3, &["08:00:00", "12:00:00", "12:01:00", "13:00:00", "18:00:00"]).await;
    gate.punches(&wang, 2, &["20:00:00"]).await;
    gate.punches(&wang, 1, &["03:00:00", "08:00:00"]).await;
    gate.device = device_row(app, &gate.site, "2号门", Direction::Out).await;
    gate.punches(&li, 1, &["18:00:00", "08:00:00"]).await;
    let unknown = gate.punch(999_999, 1, "17:30:00").await;
    record(&app.app, &[unknown]).await.unwrap();
    gate
}

story! {
    async fn what_was_recorded_stays_as_it_is(app: &TestApp) {
        let gate = busy(app).await;
        let before = all_days(app).await;
        assert_eq!(before.len(), 4);
        assert_eq!(gate.recompute().await, json!({"days": 5, "corrected": 0}));
        assert_eq!(all_days(app).await, before);
    }
}

story! {
    async fn what_was_changed_behind_our_back_is_put_right(app: &TestApp) {
        let gate = busy(app).await;
        let before = all_days(app).await;
        attendance_day::Entity::update_many()
            .col_expr(attendance_day::Column::Minutes, Expr::value(1))
            .col_expr(attendance_day::Column::Marks, Expr::value("i000001"))
            .exec(app.app.db.writer()).await.unwrap();
        let db = app.app.db.writer();
        let lost = (before[1].project_id, before[1].entry_id, before[1].day);
        attendance_day::Entity::delete_by_id(lost).exec(db).await.unwrap();
        let invented = attendance_day::Model { day: days_ago(4), ..before[0].clone() }.into_active_model().reset_all();
        attendance_day::Entity::insert(invented).exec_without_returning(db).await.unwrap();
        assert_eq!(gate.recompute().await["corrected"], json!(5));
        let sorted = |days: Vec<attendance_day::Model>| -> Vec<attendance_day::Model> {
            days.into_iter().map(|day| attendance_day::Model { marks: in_order(&day.marks), ..day }).collect()
        };
        assert_eq!(sorted(all_days(app).await), sorted(before));
    }
}

/// Marks by their time.
fn in_order(marks: &str) -> String {
    let mut marks: Vec<&str> = (0..marks.len() / 7).map(|n| &marks[n * 7..n * 7 + 7]).collect();
    marks.sort_by_key(|mark| &mark[1..]);
    marks.concat()
}

story! {
    async fn punches_that_come_in_meanwhile_are_not_lost(app: &TestApp) {
        let gate = busy(app).await;
        let wang = gate.kept().await[0].person_number;
        let mut punches = Vec::new();
        for minute in 0..40 {
            punches.push(gate.punch(wang, 1, &format!("10:{minute:02}:00")).await);
        }
        let recording = async {
            for punch in &punches {
                record(&app.app, std::slice::from_ref(punch)).await.unwrap();
            }
        };
        let reckoning = async {
            for _ in 0..3 {
                gate.recompute().await;
            }
        };
        tokio::join!(recording, reckoning);
        let before = all_days(app).await;
        assert!(before.iter().any(|day| day.marks.len() == 41 * 7), "{before:?}");
        assert_eq!(gate.recompute().await["corrected"], json!(0));
        assert_eq!(all_days(app).await, before);
    }
}

story! {
    async fn days_are_asked_for_in_order_and_it_is_written_down(app: &TestApp) {
        use mingce::entity::audit;
        use sea_orm::{ColumnTrait, QueryFilter};
        let gate = busy(app).await;
        let path = gate.site.path("attendance/recompute");
        gate.site.staff.post(&path, json!({"from": ago(0), "to": ago(1)})).await.field("to");
        gate.site.staff.post(&path, json!({"from": "2020-01-01", "to": ago(1)})).await.field("to");
        gate.site.staff.post(&path, json!({"from": ago(1)})).await.field("to");
        gate.recompute().await;
        let noted = audit::Entity::find().filter(audit::Column::Action.eq("attendance.recompute"));
        let noted = noted.one(app.app.db.reader()).await.unwrap().unwrap();
        assert_eq!(noted.after.unwrap()["from"], json!(ago(4)));
    }
}
