//! What cannot be understood ends the connection, with the reason first where there is an address for it.

use std::time::{Duration, Instant};

use mingce::platform::config::Config;
use terminal_protocol::{
    Reply, Request, SessionId,
    frame::Flag,
    messages::{Login, WhitelistRequest},
};

use super::support::{Gate, Raw};

fn heartbeat() -> Vec<u8> {
    Request::Heartbeat.encode(SessionId::ZERO)
}

fn heartbeat_with(at: usize, byte: u8) -> Vec<u8> {
    let mut bytes = heartbeat();
    bytes[at] = byte;
    bytes
}

gate_story!(
    async fn another_protocol_is_not_even_answered(app: &TestApp) {
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        raw.send(b"GET / HTTP/1.1\r\n\r\n").await;
        raw.is_closed().await;
    }
);

gate_story!(
    async fn a_broken_frame_is_answered_and_ends_the_connection(app: &TestApp) {
        for (bytes, said) in [
            (heartbeat_with(13, 2), "协议版本不支持"),
            (heartbeat_with(33, 0), "报文尾错误"),
            (heartbeat_with(3, 0x11), "报文过长"),
            (heartbeat_with(4, 0xff), "报文过长"),
        ] {
            let mut raw = Raw::connect(app.gateway.unwrap()).await;
            raw.send(bytes).await;
            let reply = raw.frame().await.unwrap();
            assert_eq!((reply.envelope.command, reply.envelope.flag), (65535, Flag::FAILURE));
            assert_eq!(Raw::said(Some(reply)), said);
            raw.is_closed().await;
        }
    }
);

gate_story!(
    async fn a_length_of_gigabytes_is_refused_before_anything_follows(app: &TestApp) {
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        let mut head = heartbeat()[..32].to_vec();
        head[1..5].fill(0xff);
        raw.send(head).await;
        assert_eq!(raw.refusal().await, "报文过长");
        raw.is_closed().await;
    }
);

gate_story!(
    async fn a_mebibyte_is_the_most_and_not_too_much(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        let login = Login { vendor_code: gate.vendor.code.clone(), serial: gate.device.serial.clone() };
        raw.send(Request::Login(login).encode(SessionId::ZERO)).await;
        raw.frame().await.unwrap();
        let mut large = heartbeat()[..32].to_vec();
        large[1..5].copy_from_slice(&(1_u32 << 20).to_le_bytes());
        large.resize(32 + (1 << 20), 0);
        large.extend([0, 1]);
        raw.send(large).await;
        // Understood as a frame; a heart-beat has no Content, and the conversation goes on.
        assert_eq!(raw.refusal().await, "报文长度错误");
        raw.send(heartbeat()).await;
        assert_eq!(raw.frame().await.unwrap().envelope.flag, Flag::SUCCESS);
    }
);

gate_story!(
    async fn a_wrong_checksum_is_said_and_ends_the_connection(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let mut bytes = Request::Whitelist(WhitelistRequest { people: 1, photos_length: 2 }).encode(terminal.session);
        let checksum = bytes.len() - 3;
        bytes[checksum] ^= 1;
        terminal.send(&bytes).await.unwrap();
        let reply = terminal.receive().await.unwrap();
        assert_eq!((reply.envelope.command, reply.envelope.session), (849, terminal.session));
        assert_eq!(Raw::said(Some(reply)), "校验码错误，请重试");
        assert!(terminal.receive().await.is_err());
    }
);

gate_story!(
    async fn an_unknown_command_is_said_and_changes_nothing(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let mut bytes = Request::Heartbeat.encode(terminal.session);
        bytes[14..16].copy_from_slice(&850_u16.to_le_bytes());
        terminal.send(&bytes).await.unwrap();
        let reply = terminal.receive().await.unwrap();
        assert_eq!(reply.envelope.command, 850);
        assert_eq!(Raw::said(Some(reply)), "不支持的命令");
        assert_eq!(terminal.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
    }
);

gate_story!(
    async fn bytes_may_come_one_by_one_and_messages_at_once(app: &TestApp) {
        let gate = Gate::open(app).await;
        let login = Login { vendor_code: gate.vendor.code.clone(), serial: gate.device.serial.clone() };
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        for byte in Request::Login(login).encode(SessionId::ZERO) {
            raw.send([byte]).await;
            tokio::task::yield_now().await;
        }
        assert_eq!(raw.frame().await.unwrap().envelope.flag, Flag::SUCCESS);
        raw.send([heartbeat(), heartbeat(), heartbeat()].concat()).await;
        for _ in 0..3 {
            assert_eq!(raw.frame().await.unwrap().envelope.flag, Flag::SUCCESS);
        }
    }
);

gate_story!(
    async fn a_frame_that_does_not_end_ends_the_connection(app: &TestApp) {
        let began = Instant::now();
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        raw.send(&heartbeat()[..33]).await;
        assert_eq!(raw.refusal().await, "报文接收超时");
        raw.is_closed().await;
        assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());

        // Without a whole head there is nobody to answer.
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        raw.send(&heartbeat()[..7]).await;
        raw.is_closed().await;
    }
);

gate_story!(
    |config: &mut Config| config.gateway.silence_seconds = 1 =>
    async fn silence_ends_the_connection_without_a_word(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        for _ in 0..3 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            assert_eq!(terminal.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
        }
        let (quiet, began) = (terminal.receive().await, Instant::now());
        assert!(quiet.is_err());
        assert!(began.elapsed() < Duration::from_secs(5));
    }
);

gate_story!(
    |config: &mut Config| config.gateway.max_connections = 2 =>
    async fn more_connections_than_there_may_be_are_closed(app: &TestApp) {
        let gate = Gate::open(app).await;
        let _one = gate.terminal().await;
        let two = gate.connect().await;
        Raw::connect(app.gateway.unwrap()).await.is_closed().await;
        drop(two);
        // Its end takes a moment to be noticed.
        let mut left = 100;
        while gate.connect().await.log_in("NOBODY", "UNKNOWN").await.is_err() {
            left -= 1;
            assert!(left > 0, "there is never room again");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
);
