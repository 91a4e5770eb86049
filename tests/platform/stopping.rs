//! SIGTERM: what has begun is finished, and what cannot be is handed back.

use std::time::{Duration, Instant};

use mailbox::Mailbox;
use mingce::{
    entity::job::{self, JobState},
    platform::{
        jobs::{Ownership, enqueue},
        messages::{Mail, SendMail},
    },
};
use sea_orm::EntityTrait;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use uuid::Uuid;

use crate::api::support::TestApp;

async fn terminated(app: &mut TestApp) {
    let program = app.program();
    program.terminate();
    program.line(|line| line["message"].as_str().is_some_and(|said| said.starts_with("asked to stop"))).await;
}

#[actix_web::test]
async fn a_request_under_way_is_answered_before_the_process_ends() {
    let mut app = TestApp::start_program(&[("SERVER__DRAIN_SECONDS", "20")]).await;
    let mut caller = TcpStream::connect(app.address).await.unwrap();
    let head = "POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\
                expect: 100-continue\r\nconnection: close\r\n\r\n";
    caller.write_all(head.as_bytes()).await.unwrap();
    let mut told = [0; 25];
    caller.read_exact(&mut told).await.unwrap();
    assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n", "the call is being handled and waits for its body");
    caller.write_all(br#"{"account""#).await.unwrap();

    let began = Instant::now();
    terminated(&mut app).await;
    caller.write_all(br#":"x"}"#).await.unwrap();
    let mut answer = String::new();
    caller.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 422") && answer.contains(r#""password""#), "{answer}");
    assert!(app.program().ended().await.success());
    assert!(began.elapsed() < Duration::from_secs(15), "waits for nothing more: {:?}", began.elapsed());
    assert!(TcpStream::connect(app.address).await.is_err());
    app.stop().await;
}

/// A mail server that takes its time, with a mail on its way to it.
async fn with_a_slow_mail(drain_seconds: &str) -> (TestApp, TcpStream, Uuid) {
    let slow = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = slow.local_addr().unwrap().port().to_string();
    let settings = [
        ("MAIL__HOST", "127.0.0.1"),
        ("MAIL__PORT", port.as_str()),
        ("MAIL__TIMEOUT_SECONDS", "60"),
        ("JOBS__POLL_SECONDS", "1"),
        ("SERVER__DRAIN_SECONDS", drain_seconds),
    ];
    let app = TestApp::start_program(&settings).await;
    let mail =
        Mail { to: "wang@example.com".to_owned(), subject: "审核结果".to_owned(), text: "已通过".to_owned() };
    let id = enqueue(app.app.db.writer(), SendMail(mail), Ownership::default()).await.unwrap();
    let (connection, _) = slow.accept().await.unwrap();
    (app, connection, id)
}

async fn state_of(app: &TestApp, id: Uuid) -> job::Model {
    job::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap().unwrap()
}

#[actix_web::test]
async fn a_job_under_way_is_finished_before_the_process_ends() {
    let (mut app, mut waiting, id) = with_a_slow_mail("20").await;
    assert_eq!(state_of(&app, id).await.state, JobState::Running);
    terminated(&mut app).await;
    let mailbox = Mailbox::start().await.unwrap();
    let mut server = TcpStream::connect(mailbox.addr()).await.unwrap();
    let carried = tokio::spawn(async move { copy_bidirectional(&mut waiting, &mut server).await });
    assert!(app.program().ended().await.success());
    assert!(mailbox.wait_for("wang@example.com").await.is_some());
    let job = state_of(&app, id).await;
    assert_eq!((job.state, job.attempts), (JobState::Done, 1));
    carried.abort();
    app.stop().await;
}

#[actix_web::test]
async fn a_job_that_does_not_finish_in_time_is_handed_back_as_if_untried() {
    let (mut app, _waiting, id) = with_a_slow_mail("1").await;
    terminated(&mut app).await;
    assert!(app.program().ended().await.success());
    let job = state_of(&app, id).await;
    assert_eq!((job.state, job.attempts, job.leased_until), (JobState::Queued, 0, None));
    app.stop().await;
}
