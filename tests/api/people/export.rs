//! 【导出】 of 人员库.

use serde_json::json;

use super::support::*;
use crate::api::support::exported;

story! {
    async fn the_people_within_reach_leave_masked(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let id_number = somebody();
        for (id_number, name) in [(id_number.clone(), "王建国"), (somebody(), "李大海")] {
            regulator.post("/people", new_person(&id_number, name)).await.ok();
        }
        let rows = exported(&regulator, "/people/export", json!({ "name": "王", "sort": "name" })).await;
        assert_eq!(rows.len(), 2, "the titles and one person: {rows:?}");
        assert_eq!((rows[0][1].as_str(), rows[1][1].as_str(), rows[1][2].as_str()), ("姓名", "王建国", "男"));
        assert_conceals(&json!(rows), &id_number);
        let rows = exported(&app.regulator("510800").await, "/people/export", json!({})).await;
        assert_eq!(rows.len(), 1, "another city exports nobody: {rows:?}");
    }
}

story! {
    async fn whom_to_look_for_by_number_is_not_kept_in_a_job(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        regulator.post("/people/export", json!({ "id_number": somebody() })).await.field("id_number");
        regulator.post("/people/export", json!({ "phone": "13800138000" })).await.field("phone");
        app.nobody().post("/people/export", json!({})).await.refused(401);
        app.vendor_account(&app.vendor("440703").await).await.post("/people/export", json!({})).await.refused(403);
    }
}
