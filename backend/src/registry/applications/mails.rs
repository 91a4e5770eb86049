//! What the applicant hears by e-mail (JP1). The first password is never in a mail: the regulator hands it over.

use sea_orm::DatabaseTransaction;

use crate::{
    entity::application,
    platform::{
        jobs::{self, Ownership},
        messages::{Mail, SendMail},
        web::Result,
    },
};

pub async fn approved(tx: &DatabaseTransaction, application: &application::Model, login: &str) -> Result<()> {
    let text = format!(
        "您好：\n\n您申报的项目“{}”（申报编号 {}）已通过审核。\n项目账号：{login}\n\
         初始密码由审核部门另行告知，首次登录须修改密码。\n\n名册 · 建筑工人实名制管理",
        application.name, application.number
    );
    send(tx, application, format!("项目申报已通过：{}", application.name), text).await
}

pub async fn refused(tx: &DatabaseTransaction, application: &application::Model, opinion: &str) -> Result<()> {
    let text = format!(
        "您好：\n\n您申报的项目“{}”（申报编号 {}）未通过审核。\n原因：{opinion}\n\n\
         请按上述意见修改后重新申报。\n\n名册 · 建筑工人实名制管理",
        application.name, application.number
    );
    send(tx, application, format!("项目申报未通过：{}", application.name), text).await
}

async fn send(tx: &DatabaseTransaction, application: &application::Model, subject: String, text: String) -> Result<()> {
    let mail = Mail { to: application.applicant_email.clone(), subject, text };
    jobs::enqueue(tx, SendMail(mail), Ownership::default()).await?;
    Ok(())
}
