//! Messages that arrive in several frames.

use terminal_protocol::{
    Reply, Request,
    frame::{Envelope, Flag, Frame, Part},
    parts::Numbering,
};

use super::support::{Gate, Raw, at, kept_punches, punch};

gate_story!(
    async fn parts_count_from_zero_or_from_one(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        for (seconds, numbering, size) in
            [(-30, Numbering::FromZero, 1000), (-20, Numbering::FromOne, 1000), (-10, Numbering::FromOne, 17)]
        {
            terminal.parts = Some((size, numbering));
            assert_eq!(terminal.exchange(&punch(&person, at(seconds))).await.unwrap(), Reply::Attendance);
        }
        terminal.parts = None;
        assert_eq!(terminal.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
        assert_eq!(kept_punches(app, &gate.device).await.len(), 3);
    }
);

gate_story!(
    async fn parts_in_the_wrong_order_end_the_connection(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let part = |index| Frame {
            envelope: Envelope {
                part: Part { index, count: 3 },
                ..Envelope::new(848, terminal.session, Flag::SUCCESS)
            },
            content: bytes::Bytes::from_static(&[0; 10]),
        };
        let wrong = [part(0).encode(), part(2).encode()].concat();
        terminal.send(&wrong).await.unwrap();
        let reply = terminal.receive().await.unwrap();
        assert_eq!((reply.envelope.command, reply.envelope.session), (848, terminal.session));
        assert_eq!(Raw::said(Some(reply)), "分包顺序错误");
        assert!(terminal.receive().await.is_err());
    }
);

gate_story!(
    async fn parts_that_add_up_to_more_than_a_mebibyte_end_the_connection(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        for index in 0..3 {
            let part = Frame {
                envelope: Envelope {
                    part: Part { index, count: 9 },
                    ..Envelope::new(848, terminal.session, Flag::SUCCESS)
                },
                content: vec![0; 512 * 1024].into(),
            };
            terminal.send(&part.encode()).await.unwrap();
        }
        assert_eq!(Raw::said(Some(terminal.receive().await.unwrap())), "报文过长");
        assert!(terminal.receive().await.is_err());
    }
);
