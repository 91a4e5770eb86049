//! What nobody comes back to.

use chrono::{TimeDelta, Utc};
use mingce::{entity::registration, site::registrations::ForgetRegistrations};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;

use super::support::*;

joining_story! {
    async fn what_nobody_comes_back_to_is_deleted_after_a_month(app: &TestApp) {
        let site = Site::new(app).await;
        let idle = phone(app).await.filled(&site, "冼星海", &somebody()).await;
        let waiting = phone(app).await.submitted(&site, "李强", &somebody()).await;
        for (row, days) in [(&idle, 31), (&waiting, 90)] {
            let long_ago = Utc::now() - TimeDelta::days(days);
            let row = registration::ActiveModel { id: Set(row_of(app, row).await.id), updated_at: Set(long_ago), ..Default::default() };
            row.update(app.app.db.writer()).await.unwrap();
        }
        assert_eq!(app.done(ForgetRegistrations::default()).await.result, Some(json!({ "registrations": 1 })));
        let row = row_of(app, &idle).await;
        assert!(row.id_number_sealed.is_none() && row.face_file_id.is_none());
        assert!(row.reason.unwrap().contains("30 天"));
        assert_eq!(row_of(app, &waiting).await.state, registration::RegistrationState::Submitted, "it waits for the project");
    }
}
