//! Word by word, as a client would speak.
#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

use mailbox::Mailbox;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

struct Client(BufReader<TcpStream>);

impl Client {
    async fn connect(mailbox: &Mailbox) -> Self {
        let mut client = Self(BufReader::new(TcpStream::connect(mailbox.addr()).await.unwrap()));
        assert!(client.hear().await.starts_with("220 "));
        client
    }

    /// A whole reply, its lines joined by `|`.
    async fn hear(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            reply.push_str(line.trim_end());
            if line.as_bytes().get(3) != Some(&b'-') {
                return reply;
            }
            reply.push('|');
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.0.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        self.hear().await
    }

    async fn expect(&mut self, line: &str, code: &str) {
        let reply = self.say(line).await;
        assert!(reply.starts_with(code), "{line}: {reply}");
    }
}

#[tokio::test]
async fn a_whole_conversation() {
    let mailbox = Mailbox::start().await.unwrap();
    let mut client = Client::connect(&mailbox).await;
    client.expect("MAIL FROM:<a@x.cn>", "503").await;
    let features = client.say("EHLO client.cn").await;
    for feature in ["SIZE 10485760", "8BITMIME", "SMTPUTF8", "AUTH PLAIN LOGIN"] {
        assert!(features.contains(feature), "{features}");
    }
    client.expect("NOOP", "250").await;
    client.expect("RCPT TO:<b@x.cn>", "503").await;
    client.expect("DATA", "503").await;
    client.expect("mail from:<a@x.cn> BODY=8BITMIME SIZE=100", "250").await;
    client.expect("RCPT TO:<b@x.cn>", "250").await;
    client.expect("RCPT TO:<王@x.cn> NOTIFY=NEVER", "250").await;
    client.expect("RCPT TO:b@x.cn", "501").await;
    client.expect("DATA", "354").await;
    client
        .expect(
            "Subject: =?utf-8?b?5L2g5aW9?=\r\n =?utf-8?q?!?=\r\nTo: b@x.cn\r\n\r\nfirst\r\n..dot\r\n...\r\nlast\r\n.",
            "250",
        )
        .await;
    client.expect("NONSENSE", "500").await;
    client.expect("QUIT", "221").await;

    let message = mailbox.wait_for("B@X.cn").await.unwrap();
    assert_eq!(message.envelope_from, "a@x.cn");
    assert_eq!(message.envelope_to, ["b@x.cn", "王@x.cn"]);
    assert_eq!((message.subject.as_str(), message.to.as_str()), ("你好!", "b@x.cn"));
    assert_eq!(message.text, "first\n.dot\n..\nlast");
    assert!(message.is_to("王@x.cn"));
    assert_eq!(mailbox.messages().len(), 1);
}

#[tokio::test]
async fn reset_forgets_and_quitting_in_the_middle_keeps_nothing() {
    let mailbox = Mailbox::start().await.unwrap();
    let mut client = Client::connect(&mailbox).await;
    client.expect("HELO c", "250").await;
    client.expect("MAIL FROM:<>", "250").await;
    client.expect("MAIL FROM:<b@x.cn>", "503").await;
    client.expect("RSET", "250").await;
    client.expect("RCPT TO:<b@x.cn>", "503").await;
    client.expect("MAIL FROM:<a@x.cn>", "250").await;
    client.expect("RCPT TO:<b@x.cn>", "250").await;
    client.expect("DATA", "354").await;
    client.0.write_all(b"half a mess").await.unwrap();
    drop(client);
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn any_login_is_welcome() {
    let mailbox = Mailbox::start().await.unwrap();
    let mut client = Client::connect(&mailbox).await;
    client.expect("EHLO c", "250").await;
    // \0user\0pass
    client.expect("AUTH PLAIN AHVzZXIAcGFzcw==", "235").await;
    client.expect("AUTH PLAIN", "334").await;
    client.expect("AHVzZXIAcGFzcw==", "235").await;
    client.expect("AUTH LOGIN", "334 VXNlcm5hbWU6").await;
    client.expect("dXNlcg==", "334 UGFzc3dvcmQ6").await;
    client.expect("cGFzcw==", "235").await;
    client.expect("AUTH PLAIN %%%", "501").await;
    client.expect("AUTH CRAM-MD5", "504").await;
    client.expect("MAIL FROM:<a@x.cn>", "250").await;
    client.expect("RCPT TO:<b@x.cn>", "250").await;
    client.expect("DATA", "354").await;
    client.expect("\r\nbody\r\n.", "250").await;
    assert_eq!(mailbox.wait_for("b@x.cn").await.unwrap().user.as_deref(), Some("user"));
}

#[tokio::test]
async fn addresses_and_sizes_are_refused_as_told() {
    let mailbox = Mailbox::start().await.unwrap();
    mailbox.reply_to("gone@x.cn", "550 5.1.1 no such user");
    mailbox.reply_to("busy@x.cn", "451 4.7.1 try later");
    let mut client = Client::connect(&mailbox).await;
    client.expect("EHLO c", "250").await;
    client.expect("MAIL FROM:<a@x.cn> SIZE=99999999", "552").await;
    client.expect("MAIL FROM:<a@x.cn>", "250").await;
    client.expect("RCPT TO:<Gone@x.cn>", "550").await;
    client.expect("RCPT TO:<busy@x.cn>", "451").await;
    mailbox.accept("busy@x.cn");
    client.expect("RCPT TO:<busy@x.cn>", "250").await;
    client.expect("DATA", "354").await;
    let line = "x".repeat(1000);
    for _ in 0..11_000 {
        client.0.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
    }
    client.expect(".", "552").await;
    assert!(mailbox.messages().is_empty());
}

#[tokio::test]
async fn the_last_five_hundred_messages_are_kept() {
    let mailbox = Mailbox::start().await.unwrap();
    let mut client = Client::connect(&mailbox).await;
    client.expect("EHLO c", "250").await;
    for number in 0..501 {
        client.expect("MAIL FROM:<a@x.cn>", "250").await;
        client.expect("RCPT TO:<b@x.cn>", "250").await;
        client.expect("DATA", "354").await;
        client.expect(&format!("Subject: {number}\r\n\r\n.",), "250").await;
    }
    let messages = mailbox.messages();
    assert_eq!((messages.len(), messages[0].subject.as_str()), (500, "1"));
    assert_eq!(mailbox.wait_for("b@x.cn").await.unwrap().subject, "1");
    assert_eq!(mailbox.wait_for("b@x.cn").await.unwrap().subject, "2");
    mailbox.clear();
    assert!(mailbox.messages().is_empty());
}
