//! Punches on their way to disk, as the gateway records them.

use bytes::Bytes;
use chrono::TimeDelta;
use futures_util::StreamExt;
use mingce::{
    entity::{device::Direction, punch_photo},
    platform::cache::Event,
    site::attendance::service::{Arrived, Recorded, announce_punches, record},
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::support::{Gate, Site, TestApp, ago, at, device_row};

fn is_new(recorded: &[Recorded]) -> Vec<bool> {
    recorded.iter().map(|one| matches!(one, Recorded::New { .. })).collect()
}

async fn photos(app: &TestApp) -> u64 {
    punch_photo::Entity::find().count(app.app.db.writer()).await.unwrap()
}

story! {
    async fn punches_become_a_day(app: &TestApp) {
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        gate.punches(&wang, 1, &["07:58:30", "12:00:00", "13:00:00", "18:30:00"]).await;
        let day = gate.day(&wang, 1).await.unwrap();
        assert_eq!((day.minutes, day.count, day.inside), (241 + 330, 4, false));
        assert_eq!((day.first_at, day.last_at), (Some(at(1, "07:58:30")), Some(at(1, "18:30:00"))));
        assert_eq!((day.person_id, photos(app).await), (wang.person.id, 4));
        let kept = gate.kept().await;
        assert_eq!((kept.len(), kept[0].mode, kept[0].photo_size, &kept[0].refusal), (4, 6, 10, &None));
    }
}

story! {
    async fn late_and_mixed_up_punches_come_to_the_same_day(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (wang, li) = (gate.worker("王建国").await, gate.worker("李强").await);
        let times = ["07:58:00", "12:00:00", "12:01:00", "13:00:00", "18:30:00"];
        gate.punches(&wang, 2, &times).await;
        let mixed_up = ["13:00:00", "18:30:00", "12:01:00", "07:58:00", "12:00:00"];
        gate.punches(&li, 2, &mixed_up).await;
        let (first, second) = (gate.day(&wang, 2).await.unwrap(), gate.day(&li, 2).await.unwrap());
        assert_eq!((first.minutes, first.count), (242 + 330, 4), "the one at 12:01 is too soon after 12:00");
        assert_eq!((second.minutes, second.count, second.last_at), (first.minutes, first.count, first.last_at));

        let zhao = gate.worker("赵小明").await;
        let mut batch = Vec::new();
        for time in mixed_up {
            batch.push(gate.punch(zhao.person.number, 2, time).await);
        }
        assert_eq!(is_new(&record(&app.app, &batch).await.unwrap()), [true; 5]);
        assert_eq!(gate.day(&zhao, 2).await.unwrap().minutes, first.minutes);
    }
}

story! {
    async fn a_repeat_is_answered_like_the_first_and_kept_once(app: &TestApp) {
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        let number = wang.person.number;
        let first = gate.punch(number, 1, "08:00:00").await;
        let unknown = gate.punch(999_999, 1, "08:00:00").await;
        assert_eq!(unknown.refusal.as_deref(), Some("查无此人"));
        let batch = [first.clone(), unknown.clone(), first.clone(), unknown.clone()];
        let recorded = record(&app.app, &batch).await.unwrap();
        assert_eq!(is_new(&recorded), [true, true, false, false]);
        assert_eq!(recorded[2], Recorded::Repeat { refusal: None });
        assert_eq!(recorded[3], Recorded::Repeat { refusal: Some("查无此人".to_owned()) });

        // Judged otherwise by now; the first answer stands. A part of a second is not another punch.
        let again = Arrived { refusal: Some("已退场".to_owned()), at: first.at + TimeDelta::milliseconds(400), ..first };
        let later = gate.punch(number, 1, "17:00:00").await;
        let recorded = record(&app.app, &[again, unknown, later]).await.unwrap();
        assert_eq!(is_new(&recorded), [false, false, true]);
        assert_eq!(recorded[0], Recorded::Repeat { refusal: None });
        assert_eq!(recorded[1], Recorded::Repeat { refusal: Some("查无此人".to_owned()) });
        assert_eq!((gate.kept().await.len(), photos(app).await), (3, 3));
        assert_eq!(gate.day(&wang, 1).await.unwrap().minutes, 540);
    }
}

story! {
    async fn a_refused_punch_is_kept_and_changes_no_day(app: &TestApp) {
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        let bare = gate.site.worker(app, "李强").await;
        gate.site.entered(&gate.site.rebar, &bare, json!({})).await;
        let refused = gate.punch(bare.number, 1, "08:00:00").await;
        assert_eq!(refused.refusal.as_deref(), Some("未登记工资卡"));
        let early = gate.punch(wang.person.number, 6, "08:00:00").await;
        assert_eq!((early.refusal.as_deref(), early.entry_id), (Some("未进场"), Some(wang.entry_id())));
        record(&app.app, &[refused, early]).await.unwrap();
        assert_eq!((gate.day(&wang, 6).await, gate.kept().await.len(), photos(app).await), (None, 2, 2));
    }
}

story! {
    async fn who_has_left_since_still_gets_the_days_they_were_here(app: &TestApp) {
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        gate.site.exit(&wang.entry, &ago(1)).await.ok();
        gate.punches(&wang, 3, &["08:00:00", "17:00:00"]).await;
        gate.punches(&wang, 1, &["08:00:00", "17:00:00"]).await;
        let after = gate.punch(wang.person.number, 0, "05:00:00").await;
        assert_eq!(after.refusal.as_deref(), Some("已退场"));
        assert_eq!(gate.day(&wang, 3).await.unwrap().minutes, 540);
        assert_eq!(gate.day(&wang, 1).await.unwrap().minutes, 540);
    }
}

story! {
    async fn a_night_shift_counts_for_the_evening_it_began(app: &TestApp) {
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        gate.punches(&wang, 3, &["20:00:00"]).await;
        gate.punches(&wang, 2, &["03:59:00", "04:00:00", "08:00:00"]).await;
        let (night, morning) = (gate.day(&wang, 3).await.unwrap(), gate.day(&wang, 2).await.unwrap());
        assert_eq!((night.minutes, night.last_at), (479, Some(at(2, "03:59:00"))));
        assert_eq!((morning.minutes, morning.first_at), (240, Some(at(2, "04:00:00"))));

        let regulator = app.regulator("440703").await;
        regulator.put("/policies/440703/day_cut_hour", &json!(0), json!({"value": 0})).await.ok();
        gate.punches(&wang, 1, &["00:30:00", "07:00:00"]).await;
        assert_eq!(gate.day(&wang, 1).await.unwrap().minutes, 390);
    }
}

story! {
    async fn devices_that_know_the_direction_are_believed(app: &TestApp) {
        let site = Site::new(app).await;
        let mut gate = Gate::of(app, site, Direction::In).await;
        let out = device_row(app, &gate.site, "2号门", Direction::Out).await;
        let wang = gate.worker("王建国").await;
        gate.punches(&wang, 1, &["08:00:00", "08:01:00"]).await;
        let day = gate.day(&wang, 1).await.unwrap();
        assert_eq!((day.minutes, day.count, day.inside), (0, 2, true));
        gate.device = out;
        gate.punches(&wang, 1, &["12:00:00", "12:30:00"]).await;
        let day = gate.day(&wang, 1).await.unwrap();
        assert_eq!((day.minutes, day.count, day.inside, day.last_at), (240, 4, false, Some(at(1, "12:30:00"))));
    }
}

story! {
    async fn batches_at_the_same_time_lose_nothing_and_block_nobody(app: &TestApp) {
        let gate = Gate::new(app).await;
        let workers = [gate.worker("王建国").await, gate.worker("李强").await, gate.worker("赵小明").await];
        let (mut in_order, mut backwards) = (Vec::new(), Vec::new());
        for hour in 8..20 {
            for worker in &workers {
                let punch = gate.punch(worker.person.number, 1, &format!("{hour:02}:00:00")).await;
                backwards.insert(0, punch.clone());
                in_order.push(punch);
            }
        }
        // The first half of one is the second half of the other, so each waits for what the other holds.
        let half = in_order.len() / 2;
        let batches = [&in_order[..half + 6], &backwards[..half + 6], &in_order[half..], &backwards[half..]];
        let recorded = futures_util::future::join_all(batches.map(|batch| record(&app.app, batch))).await;
        let new = recorded.into_iter().flat_map(|one| is_new(&one.unwrap())).filter(|new| *new).count();
        assert_eq!((new, gate.kept().await.len()), (36, 36));
        for worker in &workers {
            let day = gate.day(worker, 1).await.unwrap();
            assert_eq!((day.minutes, day.count, day.marks.len()), (360, 12, 12 * 7));
        }
    }
}

story! {
    async fn boards_hear_of_new_punches_and_not_of_repeats(app: &TestApp) {
        let gate = Gate::new(app).await;
        let wang = gate.worker("王建国").await;
        let mut board = app.app.cache.subscribe(&format!("live:{}", gate.site.project.id)).await.unwrap();
        let first = Arrived { photo: Bytes::new(), ..gate.punch(wang.person.number, 1, "08:00:00").await };
        let batch = [first.clone(), first, gate.punch(999_999, 1, "08:05:00").await];
        let recorded = record(&app.app, &batch).await.unwrap();
        announce_punches(&app.app, &batch, &recorded).await;
        let Some(Event::Message(told)) = board.next().await else { panic!("nothing was told") };
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!((&told["kind"], told["punches"].as_array().unwrap().len()), (&json!("punch"), 2));
        assert_eq!(told["punches"][0]["entry_id"], wang.entry["id"]);
        assert_eq!(told["punches"][1]["refusal"], json!("查无此人"));
        assert_eq!(record(&app.app, &[]).await.unwrap(), []);
        assert_eq!(photos(app).await, 1, "a punch without a photo is kept without one");
    }
}
