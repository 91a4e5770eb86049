//! argon2id, away from the threads that answer requests: one at a time, on a thread that gives way to all others, so that
//! a flood of logins slows logins and nobody else.

use std::sync::{
    LazyLock,
    mpsc::{self, RecvTimeoutError},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        PasswordHasher,
        phc::{Output, PasswordHash},
    },
};
use tokio::{
    sync::{Semaphore, oneshot},
    time::{Duration, timeout},
};

use crate::platform::web::{Error, Result};

/// OWASP's first choice of parameters: about 20 ms and 19 MiB a try.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
const LONGEST_WAIT: Duration = Duration::from_secs(3);
/// Without a login for so long, the memory goes back.
const MEMORY_KEPT: Duration = Duration::from_secs(10);
/// Of 19, where 0 is what everything else has.
#[cfg(target_os = "linux")]
const GIVING_WAY: i32 = 10;

static TURN: Semaphore = Semaphore::const_new(1);
static WORKER: LazyLock<mpsc::Sender<Work>> = LazyLock::new(worker);

/// What an unknown account's password is compared with, so that the answer takes as long as for a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// Kept from try to try: to get so much from the system and give it back stops every thread of the program for a moment.
type Memory = Vec<Block>;
type Work = Box<dyn FnOnce(&mut Memory) + Send>;

pub async fn hash(password: String) -> Result<String> {
    in_turn(move |_| hash_now(&password)).await?
}

/// Compares with a stored hash, or takes as long where there is none.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    in_turn(move |memory| {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let matches = is_of(&stored, &password, memory).unwrap_or(false);
        known && matches
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce(&mut Memory) -> T + Send + 'static) -> Result<T> {
    let Ok(Ok(turn)) = timeout(LONGEST_WAIT, TURN.acquire()).await else {
        return Err(Error::TooMany(5, "登录的人太多，请几秒后再试".into()));
    };
    let (send, done) = oneshot::channel();
    let work = move |memory: &mut Memory| drop(send.send(work(memory)));
    WORKER.send(Box::new(work)).map_err(|_| Error::internal("the thread for passwords has gone"))?;
    let done = done.await.map_err(Error::internal);
    drop(turn);
    done
}

fn worker() -> mpsc::Sender<Work> {
    let (send, receive) = mpsc::channel();
    let thread = std::thread::Builder::new().name("passwords".to_owned());
    if let Err(error) = thread.spawn(move || work_off(&receive)) {
        tracing::error!(%error, "no thread for passwords");
    }
    send
}

fn work_off(queue: &mpsc::Receiver<Work>) {
    give_way();
    let mut memory = Memory::new();
    loop {
        match queue.recv_timeout(MEMORY_KEPT) {
            Ok(work) => work(&mut memory),
            Err(RecvTimeoutError::Timeout) => memory = Memory::new(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Linux gives each thread a priority of its own; elsewhere it would be the whole program's.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, GIVING_WAY) {
        tracing::debug!(%error, "passwords are checked at the priority of everything else");
    }
}

fn hash_now(password: &str) -> Result<String> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, None).map_err(Error::internal)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2.hash_password(password.as_bytes()).map_err(Error::internal)?;
    Ok(hash.to_string())
}

/// With the parameters of the stored hash, whatever they are today. Nothing where it is none of ours.
fn is_of(stored: &str, password: &str, memory: &mut Memory) -> Option<bool> {
    let stored = PasswordHash::new(stored).ok()?;
    let (salt, expected) = (stored.salt?, stored.hash?);
    let params = Params::try_from(&stored).ok()?;
    memory.resize(params.block_count(), Block::default());
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).ok()?;
    let mut out = vec![0; expected.len()];
    let argon2 = Argon2::new(algorithm, Version::V0x13, params);
    argon2.hash_password_into_with_memory(password.as_bytes(), &salt, &mut out, memory.as_mut_slice()).ok()?;
    // Compared in constant time.
    Some(Output::new(&out).ok()? == expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_password_matches_its_own_hash_only() {
        let hash = hash("Tower-9xkL-2".to_owned()).await;
        let hash = hash.ok();
        assert!(hash.as_deref().is_some_and(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")));
        assert!(verify("Tower-9xkL-2".to_owned(), hash.clone()).await.is_ok_and(|same| same));
        assert!(verify("Tower-9xkL-3".to_owned(), hash).await.is_ok_and(|same| !same));
        assert!(verify("nobody has this password".to_owned(), None).await.is_ok_and(|same| !same));
    }

    #[actix_web::test]
    async fn what_was_in_the_memory_before_makes_no_difference() {
        let hash = hash_now("Tower-9xkL-2").unwrap_or_default();
        let mut memory = Memory::new();
        for _ in 0..2 {
            assert_eq!(is_of(&hash, "Tower-9xkL-2", &mut memory), Some(true));
            assert_eq!(is_of(&hash, "Tower-9xkL-3", &mut memory), Some(false));
        }
        assert_eq!(is_of("$argon2id$nonsense", "Tower-9xkL-2", &mut memory), None);
    }
}
