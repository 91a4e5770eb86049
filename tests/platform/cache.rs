//! One suite against both stores, and what an outage of Redis does.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use mingce::platform::{
    cache::{Cache, CacheError, Event, kept},
    config::{CacheConfig, Secret},
    web::Error,
};
use uuid::Uuid;

use crate::servers::{free_address, redis_at, redis_url};

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(60);

fn open(url: &str) -> Cache {
    // Glob characters, because subscriptions are globs.
    let prefix = format!("test[{}]*:", Uuid::now_v7());
    Cache::connect(&CacheConfig { url: Secret::new(url), prefix }).unwrap()
}

#[tokio::test]
async fn the_cache_in_the_process_keeps_its_promises() {
    keeps_its_promises(&open("memory")).await;
}

#[tokio::test]
async fn the_cache_on_redis_keeps_its_promises() {
    keeps_its_promises(&open(&redis_url())).await;
}

async fn keeps_its_promises(cache: &Cache) {
    cache.ping().await.unwrap();
    values_live_until_they_expire(cache).await;
    only_one_caller_gets_a_single_use_value(cache).await;
    figures_that_took_long_are_kept_and_quick_ones_are_fresh(cache).await;
    calls_are_counted_within_a_window(cache).await;
    a_lock_has_one_holder(cache).await;
    a_lost_lock_is_not_released_under_its_new_holder(cache).await;
    events_reach_those_who_listen(cache).await;
}

async fn expire() {
    tokio::time::sleep(SHORT * 2).await;
}

async fn figures_that_took_long_are_kept_and_quick_ones_are_fresh(cache: &Cache) {
    let reckon =
        async |key: &str, slow: Duration, figure: u64| kept(cache, key, slow, async move { Ok(figure) }).await.unwrap();
    assert_eq!((reckon("quick", LONG, 1).await, reckon("quick", LONG, 2).await), (1, 2));
    assert_eq!((reckon("slow", Duration::ZERO, 1).await, reckon("slow", Duration::ZERO, 2).await), (1, 1));
    assert_eq!(reckon("another", Duration::ZERO, 3).await, 3);
    let failed = kept::<u64>(cache, "failing", Duration::ZERO, async { Err(Error::NotFound) }).await;
    assert!(failed.is_err());
    assert_eq!(reckon("failing", Duration::ZERO, 4).await, 4);
}

async fn values_live_until_they_expire(cache: &Cache) {
    assert_eq!(cache.get("nothing").await.unwrap(), None);
    cache.set("name", "王建国 𠮷", LONG).await.unwrap();
    assert_eq!(cache.get("name").await.unwrap().as_deref(), Some("王建国 𠮷"));
    cache.set("name", "brief", SHORT).await.unwrap();
    expire().await;
    assert_eq!(cache.get("name").await.unwrap(), None);
    cache.set("name", "back", LONG).await.unwrap();
    cache.delete("name").await.unwrap();
    cache.delete("name").await.unwrap();
    assert_eq!(cache.get("name").await.unwrap(), None);
}

async fn only_one_caller_gets_a_single_use_value(cache: &Cache) {
    assert!(cache.set_new("ticket", "1", SHORT).await.unwrap());
    assert!(!cache.set_new("ticket", "2", LONG).await.unwrap());
    expire().await;
    assert!(cache.set_new("ticket", "3", LONG).await.unwrap());
    let takers = (0..50).map(|_| cache.take("ticket"));
    let taken = futures_util::future::join_all(takers).await;
    let taken: Vec<String> = taken.into_iter().filter_map(Result::unwrap).collect();
    assert_eq!(taken, ["3"]);
}

async fn calls_are_counted_within_a_window(cache: &Cache) {
    let window = Duration::from_millis(300);
    for expected in 1..=5 {
        assert_eq!(cache.hit("caller", window).await.unwrap(), expected);
    }
    assert_eq!(cache.hit("another", window).await.unwrap(), 1);
    // The window is fixed: calls do not prolong it.
    tokio::time::sleep(window / 2).await;
    cache.hit("caller", window).await.unwrap();
    tokio::time::sleep(window * 2 / 3).await;
    assert_eq!(cache.hit("caller", window).await.unwrap(), 1);
}

async fn a_lock_has_one_holder(cache: &Cache) {
    let lock = cache.lock("night", LONG).await.unwrap().unwrap();
    assert!(cache.lock("night", LONG).await.unwrap().is_none());
    assert!(cache.lock("day", LONG).await.unwrap().is_some());
    let fence = lock.fence();
    assert!(lock.release().await.unwrap());
    let next = cache.lock("night", LONG).await.unwrap().unwrap();
    assert!(next.fence() > fence);
    assert!(next.extend(SHORT).await.unwrap());
    expire().await;
    assert!(!next.extend(LONG).await.unwrap());
}

async fn a_lost_lock_is_not_released_under_its_new_holder(cache: &Cache) {
    let late = cache.lock("export", SHORT).await.unwrap().unwrap();
    expire().await;
    let _holder = cache.lock("export", LONG).await.unwrap().unwrap();
    assert!(!late.extend(LONG).await.unwrap());
    assert!(!late.release().await.unwrap());
    assert!(cache.lock("export", LONG).await.unwrap().is_none());
}

async fn events_reach_those_who_listen(cache: &Cache) {
    let mut board = cache.subscribe("board:1").await.unwrap();
    let mut second = cache.subscribe("board:1").await.unwrap();
    let mut other = cache.subscribe("board:2").await.unwrap();
    cache.publish("board:1", "王建国 进场").await.unwrap();
    cache.publish("board:2", "other").await.unwrap();
    cache.publish("board:3", "nobody listens").await.unwrap();
    let message = Event::Message("王建国 进场".to_owned());
    assert_eq!(board.next().await.unwrap(), message);
    assert_eq!(second.next().await.unwrap(), message);
    assert_eq!(other.next().await.unwrap(), Event::Message("other".to_owned()));
}

#[tokio::test]
async fn two_processes_share_a_redis_and_hear_each_other() {
    let config = CacheConfig { url: Secret::new(redis_url()), prefix: format!("{}:", Uuid::now_v7()) };
    let (one, two) = (Cache::connect(&config).unwrap(), Cache::connect(&config).unwrap());
    let mut events = two.subscribe("board").await.unwrap();
    one.publish("board", "hello").await.unwrap();
    assert_eq!(events.next().await.unwrap(), Event::Message("hello".to_owned()));
    assert!(one.set_new("ticket", "1", LONG).await.unwrap());
    assert!(!two.set_new("ticket", "1", LONG).await.unwrap());
}

#[tokio::test]
async fn a_missing_redis_is_an_error_at_once_and_heals_by_itself() {
    let address = free_address();
    let cache = open(&format!("redis://{address}"));
    let asked = Instant::now();
    assert!(matches!(cache.get("a").await, Err(CacheError::Unavailable(_))));
    assert!(cache.ping().await.is_err());
    assert!(asked.elapsed() < Duration::from_secs(1), "took {:?}", asked.elapsed());
    assert!(cache.subscribe("board").await.is_err());

    let server = redis_at(address);
    cache.set("a", "1", LONG).await.unwrap();
    let mut events = cache.subscribe("board").await.unwrap();

    drop(server);
    let asked = Instant::now();
    assert!(cache.get("a").await.is_err());
    assert!(cache.publish("board", "lost").await.is_err());
    assert!(asked.elapsed() < Duration::from_secs(1), "took {:?}", asked.elapsed());

    let _server = redis_at(address);
    cache.set("a", "2", LONG).await.unwrap();
    assert_eq!(events.next().await.unwrap(), Event::Missed);
    cache.publish("board", "back").await.unwrap();
    assert_eq!(events.next().await.unwrap(), Event::Message("back".to_owned()));
}

#[tokio::test]
async fn a_redis_that_does_not_answer_costs_a_second() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let cache = open(&format!("redis://{}", silent.local_addr().unwrap()));
    let asked = Instant::now();
    assert!(matches!(cache.hit("a", LONG).await, Err(CacheError::TimedOut)));
    assert!(asked.elapsed() < Duration::from_millis(1500), "took {:?}", asked.elapsed());
}

#[test]
fn the_error_for_a_bad_address_does_not_repeat_the_password() {
    let problem = open_error("redis://user:hunter2@host:port/0");
    assert!(!problem.contains("hunter2"), "{problem}");
}

fn open_error(url: &str) -> String {
    match Cache::connect(&CacheConfig { url: Secret::new(url), prefix: String::new() }) {
        Ok(_) => panic!("{url} was accepted"),
        Err(error) => error.to_string(),
    }
}
