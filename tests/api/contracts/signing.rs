//! 【上传】 and 【编辑】.

use serde_json::json;

use super::support::{PDF, Site, ago, contract, names, pdf, photograph, terms, upload_as};
use crate::api::{people::support::audit_of, support::Answer};

story! {
    async fn a_contract_is_recorded_with_its_pdf_and_the_person_leaves_the_list(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 6).await;
        assert_eq!(names(&site.unsigned(json!({})).await), ["王建国"]);
        let made = site.signed(&entry).await;
        assert_eq!((&made["state"], &made["has_file"], &made["pages"]), (&json!("active"), &json!(true), &json!(0)));
        assert_eq!((&made["term_kind"], &made["unit_price_fen"]), (&json!("fixed"), &json!(32_000)));
        assert_eq!((&made["name"], &made["may_manage"]), (&json!("王建国"), &json!(true)));
        assert!(site.unsigned(json!({})).await.is_empty());
        assert_eq!(names(&site.contracts(json!({})).await), ["王建国"]);

        let path = site.contract(&made, "/file");
        let scan = site.staff.post(&path, json!({})).await.ok();
        let link = scan["pdf"]["download_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
        assert_eq!(app.nobody().get(link).await.bytes, PDF);
        assert_eq!(scan["pages"], json!([]));
        let audit = audit_of(app).await;
        let said: Vec<_> = audit.iter().filter(|entry| entry["action"].as_str().unwrap().starts_with("contract."))
            .map(|entry| (entry["action"].as_str().unwrap(), entry["subject"].as_str().unwrap())).collect();
        assert_eq!(said, [("contract.sign", "王建国"), ("contract.open", "王建国")]);
    }
}

story! {
    async fn photographs_become_one_pdf_with_a_page_each_in_their_order(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "李强", 3).await;
        let pages = [photograph(&site.staff, 300, 400).await, photograph(&site.staff, 400, 300).await];
        let made = site.staff.post(&site.path("contracts"), contract(entry.id, json!(pages), json!({}))).await.ok();
        assert_eq!(made["pages"], 2);
        let scan = site.staff.post(&site.contract(&made, "/file"), json!({})).await.ok();
        let ids: Vec<_> = scan["pages"].as_array().unwrap().iter().map(|page| page["id"].clone()).collect();
        assert_eq!(ids, pages);
        assert_eq!(scan["pdf"]["content_type"], "application/pdf");
        let link = scan["pdf"]["download_url"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
        let pdf = String::from_utf8_lossy(&app.nobody().get(link).await.bytes).into_owned();
        assert!(pdf.starts_with("%PDF-1.4") && pdf.contains("/Count 2") && pdf.ends_with("%%EOF\n"));
        let upright = pdf.find("[0 0 595.28 841.89]").unwrap();
        assert!(upright < pdf.find("[0 0 841.89 595.28]").unwrap());
    }
}

story! {
    async fn a_scan_is_one_pdf_or_photographs_of_ones_own_that_are_not_used_yet(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let send = async |files| site.staff.post(&site.path("contracts"), contract(entry.id, files, json!({}))).await;
        let refused = |answer: Answer| answer.field("file_ids");
        let (page, whole) = (photograph(&site.staff, 30, 40).await, pdf(&site.staff).await);
        assert!(refused(send(json!([])).await).contains("请上传劳动合同"));
        assert!(refused(send(json!([whole, page])).await).contains("混在一起"));
        assert!(refused(send(json!([page, page])).await).contains("重复"));
        assert!(refused(send(json!(vec![page.clone(); 21])).await).contains("最多 20 张"));
        let stranger = app.project_staff(&app.project("440703").await).await;
        assert!(refused(send(json!([pdf(&stranger).await])).await).contains("重新上传"));
        let photo = upload_as(&site.staff, "/files", "photo", "a.jpg", &crate::platform::pictures::jpeg(30, 40)).await.ok();
        assert!(refused(send(json!([photo["id"]])).await).contains("重新上传"));
        let made = send(json!([whole])).await.ok();
        let other = site.worker_since(app, "李强", 3).await;
        let again = site.staff.post(&site.path("contracts"), contract(other.id, json!([whole]), json!({}))).await;
        assert!(again.field("file_ids").contains("重新上传"), "used by {made}");
        assert_eq!(site.counts().await["active"], 1);
    }
}

story! {
    async fn what_cannot_be_is_told_at_its_field(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let say = async |change, field: &str| site.sign(&entry, change).await.field(field);
        assert!(say(json!({ "ends_on": null }), "ends_on").await.contains("须填写结束日期"));
        assert!(say(json!({ "term_kind": "open" }), "ends_on").await.contains("没有结束日期"));
        assert!(say(json!({ "ends_on": ago(9) }), "ends_on").await.contains("早于开始日期"));
        assert!(say(json!({ "starts_on": ago(30), "signed_on": ago(30), "ends_on": ago(5) }), "ends_on").await.contains("之前已到期"));
        assert!(say(json!({ "signed_on": "2099-01-01" }), "signed_on").await.contains("不能晚于今天"));
        assert!(say(json!({ "unit_price_fen": 0 }), "unit_price_fen").await.contains("大于 0"));
        assert!(say(json!({ "settlement": null }), "settlement").await.contains("计时或计件"));
        assert!(say(json!({ "settlement_unit": "十一个字的计量单位写不下" }), "settlement_unit").await.contains("最多 10 个字"));
        assert!(say(json!({ "entry_id": uuid::Uuid::now_v7() }), "entry_id").await.contains("花名册"));
        site.sign(&entry, json!({ "term_kind": "某种" })).await.refused(422);
        site.sign(&entry, json!({ "term_kind": "task", "ends_on": null })).await.ok();
        assert!(say(json!({}), "entry_id").await.contains("已有履约中"));
    }
}

story! {
    async fn of_two_who_upload_at_once_one_wins(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let other = app.project_staff(&site.project).await;
        let (mine, theirs) = (json!([pdf(&site.staff).await]), json!([pdf(&other).await]));
        let path = site.path("contracts");
        let (one, two) = tokio::join!(
            site.staff.post(&path, contract(entry.id, mine, json!({}))),
            other.post(&path, contract(entry.id, theirs, json!({}))),
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422], "{} {}", one.json, two.json);
        assert_eq!(site.counts().await["active"], 1);
    }
}

story! {
    async fn an_edit_starts_from_what_is_there_and_may_bring_another_scan(app: &TestApp) {
        let site = Site::new(app).await;
        let entry = site.worker_since(app, "王建国", 3).await;
        let made = site.signed(&entry).await;
        let path = site.contract(&made, "");
        let form = |files| terms(files, json!({ "term_kind": "open", "ends_on": null, "unit_price_fen": 35_000 }));
        let changed = site.staff.put(&path, &made["revision"], form(json!([]))).await.ok();
        assert_eq!((&changed["term_kind"], &changed["has_file"], &changed["revision"]), (&json!("open"), &json!(true), &json!(2)));
        site.staff.put(&path, &made["revision"], form(json!([]))).await.refused(412);
        site.staff.send(site.staff.request(reqwest::Method::PUT, &path).json(&form(json!([])))).await.refused(428);
        let page = photograph(&site.staff, 30, 40).await;
        let scanned = site.staff.put(&path, &changed["revision"], form(json!([page]))).await.ok();
        assert_eq!(scanned["pages"], 1);
        assert!(site.staff.put(&path, &scanned["revision"], terms(json!([]), json!({ "ends_on": null }))).await.field("ends_on").contains("须填写"));
        let ended = site.terminate(&scanned, &ago(0)).await.ok();
        assert_eq!(site.staff.put(&path, &ended["revision"], form(json!([]))).await.refused(409)["code"], "terminated");
    }
}
