//! Mails on their way from a transaction to somebody's mailbox.

use mingce::{
    entity::job::{self, JobState},
    platform::{
        jobs::{Ownership, enqueue, wake},
        messages::{Mail, SendMail},
    },
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::support::TestApp;

impl TestApp {
    /// Queues a mail in a transaction that is committed or not.
    async fn queue_mail(&self, to: &str, committed: bool) -> Uuid {
        let mail =
            Mail { to: to.to_owned(), subject: "申报结果".to_owned(), text: "已通过，请登录。".to_owned() };
        let tx = self.app.db.begin().await.unwrap();
        let id = enqueue(&tx, SendMail(mail), Ownership::default()).await.unwrap();
        if committed {
            tx.commit().await.unwrap()
        } else {
            tx.rollback().await.unwrap()
        }
        wake(&self.app).await;
        id
    }

    async fn job(&self, id: Uuid) -> job::Model {
        job::Entity::find_by_id(id).one(self.app.db.writer()).await.unwrap().unwrap()
    }
}

story! {
    async fn a_mail_is_sent_when_its_transaction_is_committed_and_only_then(app: &TestApp) {
        let mailbox = app.app.mailbox.clone().unwrap();
        app.queue_mail("never@example.cn", false).await;
        app.queue_mail("li@example.cn", true).await;
        let message = mailbox.wait_for("li@example.cn").await.unwrap();
        assert_eq!((message.subject.as_str(), message.text.as_str()), ("申报结果", "已通过，请登录。"));
        assert_eq!(mailbox.messages().len(), 1);
    }
}

story! {
    async fn a_busy_mail_server_is_asked_again(app: &TestApp) {
        let mailbox = app.app.mailbox.clone().unwrap();
        mailbox.reply_to("busy@example.cn", "451 4.7.1 greylisted");
        let id = app.queue_mail("busy@example.cn", true).await;
        while app.job(id).await.last_error.is_none() {
            tokio::task::yield_now().await;
        }
        mailbox.accept("busy@example.cn");
        mailbox.wait_for("busy@example.cn").await.unwrap();
    }
}

story! {
    async fn an_address_that_does_not_exist_is_not_tried_again(app: &TestApp) {
        app.app.mailbox.clone().unwrap().reply_to("gone@example.cn", "550 5.1.1 no such user");
        let id = app.queue_mail("gone@example.cn", true).await;
        let failed = loop {
            let job = app.job(id).await;
            if job.state == JobState::Failed { break job }
            tokio::task::yield_now().await;
        };
        assert_eq!(failed.attempts, 1);
        assert_eq!(failed.last_error.as_deref(), Some("邮箱地址无法收信，请核对后重新发送"));
    }
}
