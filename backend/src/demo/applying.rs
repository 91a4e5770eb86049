//! Somebody applies for a project, so that the regulators have something to decide.

use serde_json::json;
use uuid::Uuid;

use super::{Demo, form};
use crate::{
    platform::{
        App,
        files::{Purpose, Upload, service::store},
        types::synthetic,
        web::Result,
    },
    registry::applications::{ApplicationForm, submit},
};

/// A page with nothing on it.
const PROOF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
    2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
    3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n\
    trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";

/// The proof is uploaded before the form, as on the login page.
pub async fn proof(app: &App) -> Result<Uuid> {
    let name = "施工许可证（演示）.pdf".to_owned();
    Ok(store(app, None, Upload { purpose: Purpose::Document, name, bytes: PROOF.into() }).await?.id)
}

pub async fn apply(demo: &Demo<'_>, vendor_id: Uuid, proof_file_id: Uuid) -> Result<()> {
    let party = |kind: &str, name: &str, seed: u64| json!({ "kind": kind, "name": name, "credit_code": synthetic::credit_code(seed).as_str() });
    let application: ApplicationForm = form(json!({
        "project": {
            "name": "东湖学校扩建工程",
            "region_code": "440703",
            "vendor_id": vendor_id,
            "category": "01",
            "status": "003",
            "address": "江门市东湖路（演示地址）",
            "longitude": 113.0902,
            "latitude": 22.5871,
            "investment_nature": "3",
            "start_on": demo.days_ago(10),
            "planned_finish_on": demo.days_ago(-400),
            "contact_name": "孙演示",
            "contact_phone": synthetic::mobile(950).expose(),
            "parties": [party("008", "蓬江区教育建设中心", 951), party("009", "江门市恒筑建设有限公司", 1)],
        },
        "applicant": {
            "name": "孙演示",
            "phone": synthetic::mobile(950).expose(),
            "email": "demo@mingce.example",
        },
        "proof_file_id": proof_file_id,
    }))?;
    submit(demo.tx, application, &demo.caller.client, "demo").await.map(drop)
}
