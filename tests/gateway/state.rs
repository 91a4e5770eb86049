//! What the console hears of a device's connection.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use mingce::site::devices::control::{Control, What};
use terminal_protocol::{Reply, Request};

use super::support::{Gate, at, punch, state_with, utc};

gate_story!(
    async fn a_device_is_online_from_its_login_to_its_end(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let online = state_with(&gate, |state| state.online_since.is_some()).await;
        assert!(online.offline_since.is_none() && online.connection_id.is_some());
        assert_eq!(online.address.as_deref(), Some("127.0.0.1"));

        tokio::time::sleep(Duration::from_millis(50)).await;
        terminal.exchange(&Request::Heartbeat).await.unwrap();
        state_with(&gate, |state| state.last_seen_at > online.last_seen_at).await;

        drop(terminal);
        let offline = state_with(&gate, |state| state.offline_since.is_some()).await;
        assert!(offline.online_since.is_none());
    }
);

gate_story!(
    async fn the_last_punch_and_a_clock_that_is_ahead_are_noted(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        let time = at(300);
        assert_eq!(terminal.exchange(&punch(&person, time)).await.unwrap(), Reply::Attendance);
        let state = state_with(&gate, |state| state.last_punch_at.is_some()).await;
        assert_eq!(state.last_punch_at, Some(utc(time)));
        let ahead = state.clock_offset_seconds.unwrap();
        assert!((290..=300).contains(&ahead), "{ahead}");

        // A stored punch says nothing of the clock, and is not the last one.
        assert_eq!(terminal.exchange(&punch(&person, at(-7200))).await.unwrap(), Reply::Attendance);
        let later = Utc::now();
        let state = state_with(&gate, |state| state.last_seen_at > Some(later - TimeDelta::seconds(1))).await;
        assert_eq!((state.clock_offset_seconds, state.last_punch_at), (Some(ahead), Some(utc(time))));
    }
);

gate_story!(
    async fn a_device_that_is_told_so_finds_itself_disconnected(app: &TestApp) {
        let gate = Gate::open(app).await;
        let other = gate.device(gate.device.direction).await;
        let mut beside = gate.terminal_of(&other).await;
        for what in [What::Push, What::Changed, What::Unbound] {
            let mut terminal = gate.terminal().await;
            Control::of(gate.device.id, what).tell(&app.app).await;
            assert!(terminal.receive().await.is_err());
        }
        assert_eq!(beside.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
    }
);

gate_story!(
    async fn what_was_counted_is_in_the_metrics(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        let twice = punch(&person, at(-9));
        for _ in 0..2 {
            terminal.exchange(&twice).await.unwrap();
        }
        let lines = [
            "mingce_terminal_devices 1",
            "mingce_terminal_connections 1",
            "mingce_terminal_messages_total{command=\"848\"} 2",
            "mingce_terminal_punches_total{outcome=\"accepted\"} 1",
            "mingce_terminal_punches_total{outcome=\"repeated\"} 1",
            "mingce_terminal_punch_batch_count 2",
        ];
        // A message is counted when its answer has been sent, which is a moment before.
        let mut left = 50;
        loop {
            let answer = reqwest::get(format!("http://{}/metrics", app.address)).await.unwrap();
            let text = answer.text().await.unwrap();
            let missing: Vec<_> = lines.iter().filter(|line| !text.lines().any(|have| have == **line)).collect();
            if missing.is_empty() {
                break;
            }
            left -= 1;
            assert!(left > 0, "{missing:?} are not in\n{text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
);
