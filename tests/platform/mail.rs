//! Mails, sent to a real SMTP server that keeps them.

use std::time::{Duration, Instant};

use mailbox::Mailbox;
use mingce::platform::{
    config::{Config, MailConfig, MailSecurity, Secret},
    messages::{Mail, MailError, Mailer},
};

use crate::servers::free_address;

fn config(mailbox: &Mailbox) -> MailConfig {
    let address = mailbox.addr();
    MailConfig { host: address.ip().to_string(), port: address.port(), ..Config::demo().unwrap().mail }
}

fn mail(to: &str) -> Mail {
    Mail { to: to.to_owned(), subject: "项目申报结果".to_owned(), text: "已通过。".to_owned() }
}

async fn send(config: &MailConfig, mail: &Mail) -> Result<(), MailError> {
    Mailer::new(config).unwrap().send(mail).await
}

#[tokio::test]
async fn chinese_mails_arrive_as_they_were_written() {
    let mailbox = Mailbox::start().await.unwrap();
    let text = "王工，您好：\n\n“滨江花园𠮷号楼”项目申报未通过。\n.\n原因：".to_owned()
        + &"施工许可证扫描件不清晰，".repeat(60);
    let subject = "【名册】关于“滨江花园一号楼及地下车库工程”项目申报结果的通知（请勿回复）".to_owned();
    let mail = Mail { to: "zhang@example.cn".to_owned(), subject: subject.clone(), text: text.clone() };
    send(&config(&mailbox), &mail).await.unwrap();

    let message = mailbox.wait_for("zhang@example.cn").await.unwrap();
    assert_eq!((message.subject, message.text), (subject, text));
    assert_eq!(message.from, "名册 <no-reply@mingce.example>");
    assert_eq!(message.envelope_from, "no-reply@mingce.example");
    assert!(message.raw.is_ascii(), "old servers take nothing else");
    assert!(message.raw.lines().all(|line| line.len() <= 998));
    for header in ["Message-ID: <", "Date: ", "Auto-Submitted: auto-generated", "MIME-Version: 1.0"] {
        assert!(message.raw.contains(header), "{header} is missing:\n{}", message.raw);
    }
}

#[tokio::test]
async fn many_mails_share_few_connections() {
    let mailbox = Mailbox::start().await.unwrap();
    let mailer = Mailer::new(&config(&mailbox)).unwrap();
    let mails: Vec<Mail> = (0..40).map(|number| mail(&format!("a{number}@example.cn"))).collect();
    for sent in futures_util::future::join_all(mails.iter().map(|mail| mailer.send(mail))).await {
        sent.unwrap();
    }
    assert_eq!(mailbox.messages().len(), 40);
}

#[tokio::test]
async fn a_refused_address_is_told_from_a_busy_server_and_never_repeated() {
    let mailbox = Mailbox::start().await.unwrap();
    mailbox.reply_to("gone@example.cn", "550 5.1.1 <gone@example.cn>: no such user");
    mailbox.reply_to("busy@example.cn", "451 4.7.1 <busy@example.cn>: greylisted");
    let gone = send(&config(&mailbox), &mail("gone@example.cn")).await.unwrap_err();
    assert!(gone.is_permanent());
    assert!(gone.to_string().contains("no such user") && !gone.to_string().contains("gone@"), "{gone}");
    let busy = send(&config(&mailbox), &mail("busy@example.cn")).await.unwrap_err();
    assert!(!busy.is_permanent());
    assert!(busy.to_string().contains("greylisted") && !busy.to_string().contains("busy@"), "{busy}");
    // 53x is about our password, not about the recipient.
    mailbox.reply_to("login@example.cn", "530 5.7.0 log in first");
    assert!(!send(&config(&mailbox), &mail("login@example.cn")).await.unwrap_err().is_permanent());
}

#[tokio::test]
async fn an_address_that_is_none_and_a_subject_with_a_line_break_do_no_harm() {
    let mailbox = Mailbox::start().await.unwrap();
    for to in ["", "nobody", "a@b.cn\r\nRCPT TO:<c@d.cn>", "a@b.cn, c@d.cn"] {
        assert!(send(&config(&mailbox), &mail(to)).await.unwrap_err().is_permanent(), "{to}");
    }
    let split = Mail { subject: "结果\r\nBcc: c@d.cn".to_owned(), ..mail("a@b.cn") };
    send(&config(&mailbox), &split).await.unwrap();
    let message = mailbox.wait_for("a@b.cn").await.unwrap();
    assert_eq!(message.subject, "结果  Bcc: c@d.cn");
    assert_eq!(message.envelope_to, ["a@b.cn"]);
    assert!(!message.raw.contains("\r\nBcc:"));
}

#[tokio::test]
async fn the_mailer_logs_in_when_told_to() {
    let mailbox = Mailbox::start().await.unwrap();
    let login = MailConfig { user: "sender".to_owned(), password: Secret::new("secret"), ..config(&mailbox) };
    send(&login, &mail("a@example.cn")).await.unwrap();
    assert_eq!(mailbox.wait_for("a@example.cn").await.unwrap().user.as_deref(), Some("sender"));
}

#[tokio::test]
async fn nothing_is_sent_unencrypted_where_encryption_is_asked_for() {
    let mailbox = Mailbox::start().await.unwrap();
    let strict = MailConfig { security: MailSecurity::Starttls, user: "u".to_owned(), ..config(&mailbox) };
    assert!(!send(&strict, &mail("a@example.cn")).await.unwrap_err().is_permanent());
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn mails_wait_for_a_server_that_is_missing_or_silent() {
    let none = MailConfig { host: String::new(), ..Config::demo().unwrap().mail };
    assert!(matches!(send(&none, &mail("a@example.cn")).await, Err(MailError::NotConfigured)));

    let away = MailConfig { host: "127.0.0.1".to_owned(), port: free_address().port(), ..none.clone() };
    assert!(!send(&away, &mail("a@example.cn")).await.unwrap_err().is_permanent());

    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let silent = MailConfig { host: "127.0.0.1".to_owned(), port, timeout_seconds: 1, ..none };
    let asked = Instant::now();
    assert!(!send(&silent, &mail("a@example.cn")).await.unwrap_err().is_permanent());
    assert!(asked.elapsed() < Duration::from_secs(8), "took {:?}", asked.elapsed());
}

#[test]
fn a_sender_that_is_no_address_is_refused_at_the_start_with_its_key() {
    let broken = MailConfig { from: "名册 at example".to_owned(), ..Config::demo().unwrap().mail };
    assert!(Mailer::new(&broken).err().unwrap().to_string().contains("mail.from"));
}

#[test]
fn a_mailer_may_be_dropped_anywhere() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (mailer, _mailbox) = runtime.block_on(async {
        let mailbox = Mailbox::start().await.unwrap();
        let mailer = Mailer::new(&config(&mailbox)).unwrap();
        mailer.send(&mail("a@example.cn")).await.unwrap();
        (mailer, mailbox)
    });
    drop(mailer.clone());
    drop(runtime);
    drop(mailer);
}
