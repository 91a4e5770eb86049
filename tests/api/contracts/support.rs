//! People on site, and paper that was photographed.

use reqwest::Method;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use uuid::Uuid;

pub use crate::api::{
    roster::support::{Site, ago, days_ago},
    support::{Answer, Client, TestApp, exported},
};
use crate::platform::pictures::jpeg;
use mingce::entity::{person, roster_entry};

pub const PDF: &[u8] = b"%PDF-1.7\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

pub async fn upload_as(client: &Client, path: &str, purpose: &str, name: &str, content: &[u8]) -> Answer {
    let head = format!(
        "--limit\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\n{purpose}\r\n--limit\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--limit--\r\n"].concat();
    let request = client.request(Method::POST, path).header("content-type", "multipart/form-data; boundary=limit");
    client.send(request.body(body)).await
}

pub async fn pdf(client: &Client) -> Value {
    upload_as(client, "/files", "document", "劳动合同.pdf", PDF).await.ok()["id"].clone()
}

/// A photograph of a page, upright or lying.
pub async fn photograph(client: &Client, width: u32, height: u32) -> Value {
    upload_as(client, "/files", "document", "page.jpg", &jpeg(width, height)).await.ok()["id"].clone()
}

/// What 【上传】 sends, with a change.
pub fn contract(entry_id: Uuid, file_ids: Value, change: Value) -> Value {
    let mut form = json!({
        "entry_id": entry_id, "term_kind": "fixed", "starts_on": ago(2), "ends_on": ago(0), "signed_on": ago(2),
        "settlement": "time", "unit_price_fen": 32_000, "settlement_unit": "天", "file_ids": file_ids,
    });
    form.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    form
}

/// What 【编辑】 sends: the same without the person.
pub fn terms(file_ids: Value, change: Value) -> Value {
    let mut form = contract(Uuid::nil(), file_ids, change);
    form.as_object_mut().unwrap().remove("entry_id");
    form
}

/// An action on a contract as it is now.
pub async fn act(client: &Client, path: &str, revision: &Value, body: Value) -> Answer {
    client.send(client.request(Method::POST, path).header("if-match", format!("\"{revision}\"")).json(&body)).await
}

impl Site {
    /// A worker on site for so many days, complete but for the contract.
    pub async fn worker_since(&self, app: &TestApp, name: &str, days: u64) -> roster_entry::Model {
        let person = self.worker(app, name).await;
        let card = person::ActiveModel {
            id: Set(person.id),
            bank_card_mask: Set(Some("6222 **** 0001".to_owned())),
            bank_card_sealed: Set(Some("sealed".to_owned())),
            ..Default::default()
        };
        card.update(app.app.db.writer()).await.unwrap();
        let entry = app.entry_row(&self.rebar, &person, None, days_ago(days)).await;
        let trade = roster_entry::ActiveModel {
            id: Set(entry.id),
            work_type: Set(Some("020".to_owned())),
            ..Default::default()
        };
        trade.update(app.app.db.writer()).await.unwrap()
    }

    pub async fn sign(&self, entry: &roster_entry::Model, change: Value) -> Answer {
        let files = json!([pdf(&self.staff).await]);
        self.staff.post(&self.path("contracts"), contract(entry.id, files, change)).await
    }

    /// The same, where nothing stands in the way.
    pub async fn signed(&self, entry: &roster_entry::Model) -> Value {
        self.sign(entry, json!({})).await.ok()
    }

    pub fn contract(&self, contract: &Value, rest: &str) -> String {
        self.path(&format!("contracts/{}{rest}", contract["id"].as_str().unwrap()))
    }

    pub async fn terminate(&self, contract: &Value, on: &str) -> Answer {
        let body = json!({ "terminated_on": on, "reason": "本人辞职" });
        act(&self.staff, &self.contract(contract, "/terminate"), &contract["revision"], body).await
    }

    pub async fn counts(&self) -> Value {
        self.staff.get(&self.path("contracts/counts")).await.ok()
    }

    pub async fn unsigned(&self, body: Value) -> Vec<Value> {
        let page = self.staff.post(&self.path("contracts/unsigned"), body).await.ok();
        assert_eq!(page["total"].as_u64().unwrap() as usize, page["items"].as_array().unwrap().len());
        page["items"].as_array().unwrap().clone()
    }

    pub async fn contracts(&self, body: Value) -> Vec<Value> {
        let page = self.staff.post(&self.path("contracts/search"), body).await.ok();
        assert_eq!(page["total"].as_u64().unwrap() as usize, page["items"].as_array().unwrap().len());
        page["items"].as_array().unwrap().clone()
    }
}

pub fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["name"].as_str().unwrap()).collect()
}
