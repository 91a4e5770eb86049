//! 843: who may speak, and as whom.

use terminal_protocol::{Reply, Request, SessionId, frame::Flag, messages::Login};

use super::support::{Gate, Raw};

fn login(vendor_code: &str, serial: &str, session: SessionId) -> Vec<u8> {
    Request::Login(Login { vendor_code: vendor_code.to_owned(), serial: serial.to_owned() }).encode(session)
}

gate_story!(
    async fn a_device_gets_a_conversation_of_its_own(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        assert!(!terminal.session.is_zero());
        assert_eq!(terminal.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);

        let other = gate.device(gate.device.direction).await;
        assert_ne!(gate.terminal_of(&other).await.session, terminal.session);
    }
);

gate_story!(
    async fn the_id_a_device_brings_is_kept_and_echoed(app: &TestApp) {
        let (gate, own) = (Gate::open(app).await, SessionId([7; 16]));
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        raw.send(login(&gate.vendor.code, &gate.device.serial, own)).await;
        let reply = raw.frame().await.unwrap();
        assert_eq!((reply.envelope.session, reply.envelope.command, reply.envelope.flag), (own, 843, Flag::SUCCESS));
        assert!(reply.content.is_empty());

        for session in [own, SessionId::ZERO] {
            raw.send(Request::Heartbeat.encode(session)).await;
            let reply = raw.frame().await.unwrap();
            assert_eq!((reply.envelope.session, reply.envelope.flag), (own, Flag::SUCCESS));
        }
    }
);

gate_story!(
    async fn a_request_of_another_conversation_is_refused(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let own = std::mem::replace(&mut terminal.session, SessionId([9; 16]));
        terminal.send(&Request::Heartbeat.encode(terminal.session)).await.unwrap();
        let reply = terminal.receive().await.unwrap();
        assert_eq!((reply.envelope.session, reply.envelope.flag), (own, Flag::FAILURE));
        assert_eq!(Raw::said(Some(reply)), "会话标识错误");
        terminal.session = own;
        assert_eq!(terminal.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
    }
);

gate_story!(
    async fn nothing_is_answered_before_a_login(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        raw.send(Request::Heartbeat.encode(SessionId([1; 16]))).await;
        let reply = raw.frame().await.unwrap();
        assert_eq!((reply.envelope.session, reply.envelope.command), (SessionId([1; 16]), 65535));
        assert_eq!(Raw::said(Some(reply)), "请先登录");
        raw.send(login(&gate.vendor.code, &gate.device.serial, SessionId::ZERO)).await;
        assert_eq!(raw.frame().await.unwrap().envelope.flag, Flag::SUCCESS);
    }
);

gate_story!(
    async fn a_stranger_hears_what_is_wrong(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        let other = app.vendor("440703").await.code;
        let other = &other[..other.len().min(32)];
        for (vendor_code, serial, said) in [
            ("NOBODY", gate.device.serial.as_str(), "设备商编码不符"),
            ("NOBODY", "UNKNOWN", "设备商编码不存在"),
            (&gate.vendor.code, "UNKNOWN", "设备未登记"),
            (other, &gate.device.serial, "设备商编码不符"),
        ] {
            raw.send(login(vendor_code, serial, SessionId::ZERO)).await;
            assert_eq!(raw.refusal().await, said);
        }
    }
);

gate_story!(
    |config: &mut mingce::platform::config::Config| config.gateway.block_seconds = 2 =>
    async fn five_failed_logins_block_an_address_for_a_while(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut inside = gate.terminal().await;
        let mut raw = Raw::connect(app.gateway.unwrap()).await;
        for _ in 0..5 {
            raw.send(login(&gate.vendor.code, "UNKNOWN", SessionId::ZERO)).await;
            assert_eq!(raw.refusal().await, "设备未登记");
        }
        raw.send(login(&gate.vendor.code, &gate.device.serial, SessionId::ZERO)).await;
        assert_eq!(raw.refusal().await, "登录过于频繁，请稍后");
        raw.is_closed().await;
        // Who is inside does not notice.
        assert_eq!(inside.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);

        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        gate.terminal().await;
    }
);

gate_story!(
    async fn a_device_may_log_in_again_and_as_another(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let first = std::mem::take(&mut terminal.session);
        let other = gate.device(gate.device.direction).await;
        assert_eq!(terminal.log_in(&gate.vendor.code, &other.serial).await.unwrap(), Reply::Login);
        assert_ne!(terminal.session, first);
        // A login that fails ends the one before it.
        assert!(matches!(terminal.log_in(&gate.vendor.code, "UNKNOWN").await.unwrap(), Reply::Refused(_)));
        assert!(matches!(terminal.exchange(&Request::Heartbeat).await.unwrap(), Reply::Refused(_)));
    }
);
