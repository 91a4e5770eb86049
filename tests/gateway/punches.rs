//! 848: punches, kept once and answered the same every time.

use chrono::{Duration, Utc};
use mingce::entity::{attendance_day, device::Direction, punch_photo};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use terminal_protocol::{
    Reply, Request,
    messages::{Mode, Punch},
};

use super::support::{Gate, at, kept_punches, punch, utc};
use crate::api::support::days_ago;

fn refusal(reply: Reply) -> String {
    match reply {
        Reply::Refused(refusal) => refusal.message().to_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

gate_story!(
    async fn a_punch_that_was_answered_is_on_disk_with_its_photo_and_day(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let time = at(-5);
        let mut terminal = gate.terminal().await;
        let sent = punch(&person, time);
        assert_eq!(terminal.exchange(&sent).await.unwrap(), Reply::Attendance);

        let [kept] = &kept_punches(app, &gate.device).await[..] else { panic!("one punch") };
        assert_eq!((kept.person_number, kept.person_id, kept.at), (person.number, Some(person.id), utc(time)));
        assert_eq!((kept.project_id, kept.mode, kept.direction), (gate.project.id, 6, Direction::Turns));
        assert!(kept.refusal.is_none() && kept.entry_id.is_some());
        assert!(Utc::now() - kept.received_at < Duration::seconds(30));

        let photo = punch_photo::Entity::find().filter(punch_photo::Column::PunchId.eq(kept.id));
        let photo = photo.one(app.app.db.reader()).await.unwrap().unwrap();
        let Request::Attendance(sent) = sent else { panic!("a punch") };
        assert_eq!(photo.bytes, sent.photo.expose()[..]);

        let days = attendance_day::Entity::find().filter(attendance_day::Column::ProjectId.eq(gate.project.id));
        let [day] = &days.all(app.app.db.reader()).await.unwrap()[..] else { panic!("one day") };
        assert_eq!((day.day, day.count, day.inside), (kept.day, 1, true));
    }
);

gate_story!(
    async fn a_repeat_is_answered_like_the_first_and_stored_once(app: &TestApp) {
        let gate = Gate::open(app).await;
        let (person, time) = (gate.worker("王建国").await, at(-60));
        let mut terminal = gate.terminal().await;
        for _ in 0..2 {
            assert_eq!(terminal.exchange(&punch(&person, time)).await.unwrap(), Reply::Attendance);
        }
        // Also over a new connection, as after an answer that got lost.
        let mut terminal = gate.terminal().await;
        assert_eq!(terminal.exchange(&punch(&person, time)).await.unwrap(), Reply::Attendance);
        assert_eq!(kept_punches(app, &gate.device).await.len(), 1);

        let unknown =
            Request::Attendance(Punch { worker_number: 4_000_000_000, time, mode: Mode::FACE, photo: vec![1].into() });
        for _ in 0..2 {
            assert_eq!(refusal(terminal.exchange(&unknown).await.unwrap()), "查无此人");
        }
        assert_eq!(kept_punches(app, &gate.device).await.len(), 2);
    }
);

gate_story!(
    async fn who_is_red_for_want_of_a_contract_is_refused_with_the_reason(app: &TestApp) {
        let gate = Gate::open(app).await;
        let (red, orange) = (gate.worker("王建国").await, gate.worker("李强").await);
        for (person, days) in [(&red, 30), (&orange, 29)] {
            gate.edit_entry(app.entry_of(person).await, |entry| entry.entered_on = Set(days_ago(days))).await;
        }
        let mut terminal = gate.terminal().await;
        assert_eq!(refusal(terminal.exchange(&punch(&red, at(-5))).await.unwrap()), "未签劳动合同超过30天");
        assert_eq!(terminal.exchange(&punch(&orange, at(-5))).await.unwrap(), Reply::Attendance);
    }
);

gate_story!(
    async fn the_same_second_at_another_device_or_of_another_person_is_another_punch(app: &TestApp) {
        let gate = Gate::open(app).await;
        let (one, two, time) = (gate.worker("王建国").await, gate.worker("李强").await, at(-60));
        let other = gate.device(Direction::Out).await;
        let mut terminals = [gate.terminal().await, gate.terminal_of(&other).await];
        for terminal in &mut terminals {
            for person in [&one, &two] {
                assert_eq!(terminal.exchange(&punch(person, time)).await.unwrap(), Reply::Attendance);
            }
        }
        let kept = kept_punches(app, &other).await;
        assert_eq!(kept.iter().map(|punch| punch.direction).collect::<Vec<_>>(), [Direction::Out; 2]);
    }
);

gate_story!(
    async fn stored_punches_count_on_their_own_day(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        let noon = |days| days_ago(days).and_hms_opt(12, 0, 0).unwrap();
        for (days, accepted) in [(1, true), (9, true), (10, true), (11, false)] {
            let reply = terminal.exchange(&punch(&person, noon(days))).await.unwrap();
            if accepted {
                assert_eq!(reply, Reply::Attendance, "{days} days ago");
            } else {
                assert_eq!(refusal(reply), "未进场");
            }
        }
        let kept = kept_punches(app, &gate.device).await;
        assert_eq!(kept.iter().map(|punch| punch.day).collect::<Vec<_>>(), [11, 10, 9, 1].map(days_ago));
    }
);

gate_story!(
    async fn a_time_more_than_ten_minutes_ahead_is_refused_and_kept(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        assert_eq!(terminal.exchange(&punch(&person, at(590))).await.unwrap(), Reply::Attendance);
        for time in [at(700), at(86_400 * 365 * 50)] {
            assert_eq!(refusal(terminal.exchange(&punch(&person, time)).await.unwrap()), "设备时间超前，请校时");
        }
        let kept = kept_punches(app, &gate.device).await;
        let refused: Vec<bool> = kept.iter().map(|punch| punch.refusal.is_some()).collect();
        assert_eq!(refused, [false, true, true]);
    }
);

gate_story!(
    async fn who_may_not_punch_is_told_why_and_it_is_kept(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let gone = gate.worker("李强").await;
        let entry = app.entry_of(&gone).await;
        gate.edit_entry(entry, |entry| entry.exited_on = Set(Some(days_ago(2)))).await;
        let bare = app.person_row("赵小明").await;
        app.entry_row(&gate.crew, &bare, None, days_ago(3)).await;
        for (person, why) in [(&gone, "已退场"), (&bare, "未填工种")] {
            assert_eq!(refusal(terminal.exchange(&punch(person, at(-3))).await.unwrap()), why);
        }
        // The day of leaving still counts, whenever its punch comes.
        let evening = days_ago(2).and_hms_opt(18, 0, 0).unwrap();
        assert_eq!(terminal.exchange(&punch(&gone, evening)).await.unwrap(), Reply::Attendance);
        let reasons: Vec<_> = kept_punches(app, &gate.device).await.into_iter().map(|punch| punch.refusal).collect();
        assert_eq!(reasons.iter().flatten().count(), 2);
        assert_eq!(reasons.len(), 3);
    }
);

gate_story!(
    async fn a_punch_without_a_photo_and_one_with_a_large_one_are_kept(app: &TestApp) {
        let gate = Gate::open(app).await;
        let person = gate.worker("王建国").await;
        let mut terminal = gate.terminal().await;
        for (seconds, bytes) in [(-20, 0), (-10, 50 * 1024)] {
            let worker_number = u32::try_from(person.number).unwrap();
            let photo = vec![7; bytes].into();
            let request = Request::Attendance(Punch { worker_number, time: at(seconds), mode: Mode(1), photo });
            assert_eq!(terminal.exchange(&request).await.unwrap(), Reply::Attendance);
        }
        let sizes: Vec<i32> = kept_punches(app, &gate.device).await.iter().map(|punch| punch.photo_size).collect();
        assert_eq!(sizes, [0, 50 * 1024]);
    }
);
