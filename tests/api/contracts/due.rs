//! Workers without a contract hear of it once for every level.

use mingce::{entity::phone_message, site::contracts::ContractsDue};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::support::Site;

story! {
    async fn each_level_is_told_once(app: &TestApp) {
        let site = Site::new(app).await;
        for (name, days) in [("新来的", 4), ("黄色的", 5), ("橙色的", 12), ("红色的", 31)] {
            site.worker_since(app, name, days).await;
        }
        site.signed(&site.worker_since(app, "签了的", 31).await).await;
        for _ in 0..2 {
            assert_eq!(app.done(ContractsDue::default()).await.result, Some(json!({ "due": 3 })));
        }
        let told = phone_message::Entity::find().order_by_asc(phone_message::Column::Id).all(app.app.db.reader()).await.unwrap();
        let days: Vec<_> = told.iter().map(|one| one.notice["days"].clone()).collect();
        assert_eq!(days, [5, 12, 31]);
        assert!(told.iter().all(|one| one.kind == "contract_due"));
    }
}
