//! 【操作日志】: what is written down, and who reads it.

use serde_json::json;

story! {
    async fn every_export_of_a_list_is_written_down_with_its_filter(app: &TestApp) {
        let regulator = app.regulator("440700").await;
        let lists = [
            ("/companies/export", "company.export", "name"),
            ("/units/export", "unit.export", "company"),
            ("/crews/export", "crew.export", "name"),
            ("/projects/export", "project.export", "search"),
        ];
        for (path, action, field) in lists {
            regulator.post(path, json!({ field: "江门" })).await.ok();
            let noted = regulator.get(&format!("/audit?action={action}")).await.ok();
            assert_eq!(noted["total"], json!(1), "{action}");
            let filter = noted["items"][0]["after"]["filter"].to_string();
            assert!(filter.contains("江门"), "{filter}");
            assert_eq!(noted["items"][0]["ip"], json!("127.0.0.1"));
        }
    }
}
