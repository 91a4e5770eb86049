//! The scan: one PDF, or photographs of which the platform makes one.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    entity::{contract, contract_page, stored_file},
    platform::{
        App,
        files::{
            Purpose,
            service::{claim, release, store_paper, unclaimed},
        },
        web::{Error, Result},
    },
    site::contracts::rules::MOST_PAGES,
};

const FIELD: &str = "file_ids";
const PDF: &str = "application/pdf";

/// Uploads that may become the scan of a contract.
#[derive(Clone, Debug)]
pub struct Scan {
    pub pdf: Uuid,
    /// Empty for a PDF that came as one.
    pub pages: Vec<Uuid>,
}

/// Looks at what was uploaded and makes a PDF of photographs. Before any transaction: it takes its time.
pub async fn put_together(app: &App, account_id: Uuid, file_ids: &[Uuid]) -> Result<Scan> {
    let refuse = |message: &str| Err(Error::field(FIELD, message));
    if file_ids.is_empty() {
        return refuse("请上传劳动合同：一份 PDF，或逐页拍照");
    }
    if file_ids.len() > MOST_PAGES {
        return Err(Error::field(FIELD, format!("一份合同最多 {MOST_PAGES} 张照片，请改为上传 PDF")));
    }
    let mut sorted = file_ids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() != file_ids.len() {
        return refuse("同一张照片重复了，请删去一张");
    }
    let Some(files) = unclaimed(app, Some(account_id), Purpose::Document, file_ids).await? else {
        return refuse("文件不存在或已失效，请重新上传");
    };
    let is_pdf = |file: &stored_file::Model| file.content_type == PDF;
    match files.as_slice() {
        [pdf] if is_pdf(pdf) => Ok(Scan { pdf: pdf.id, pages: Vec::new() }),
        files if files.iter().any(is_pdf) => refuse("PDF 与照片不能混在一起：上传一份 PDF，或全部用照片"),
        files => {
            let pdf = store_paper(app, Some(account_id), "劳动合同", files).await?;
            Ok(Scan { pdf: pdf.id, pages: file_ids.to_vec() })
        }
    }
}

impl Scan {
    /// Ties the files to a contract, in its transaction.
    pub async fn attach(&self, tx: &impl ConnectionTrait, account_id: Uuid, contract_id: Uuid) -> Result<()> {
        claim(tx, Some(account_id), Purpose::Document, self.pdf, FIELD).await?;
        for (page, file_id) in (1..).zip(&self.pages) {
            claim(tx, Some(account_id), Purpose::Document, *file_id, FIELD).await?;
            let row =
                contract_page::ActiveModel { contract_id: Set(contract_id), page: Set(page), file_id: Set(*file_id) };
            contract_page::Entity::insert(row).exec_without_returning(tx).await?;
        }
        Ok(())
    }

    pub fn page_count(&self) -> i32 {
        i32::try_from(self.pages.len()).unwrap_or_default()
    }
}

/// Lets go of a contract's scan; its row no longer refers to the PDF when the transaction ends.
pub async fn detach(tx: &impl ConnectionTrait, contract: &contract::Model) -> Result<()> {
    let of_contract = contract_page::Column::ContractId.eq(contract.id);
    let pages = contract_page::Entity::find()
        .filter(of_contract.clone())
        .order_by_asc(contract_page::Column::Page)
        .all(tx)
        .await?;
    contract_page::Entity::delete_many().filter(of_contract).exec(tx).await?;
    for file_id in pages.into_iter().map(|page| page.file_id).chain(contract.file_id) {
        release(tx, file_id).await?;
    }
    Ok(())
}
