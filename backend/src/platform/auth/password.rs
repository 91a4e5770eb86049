//! Passwords: what they must be, and argon2id away from the threads that answer requests.

use std::sync::{LazyLock, mpsc};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use rand::seq::{IndexedRandom, SliceRandom};
use tokio::{
    sync::{Semaphore, oneshot},
    time::{Duration, timeout},
};

use crate::platform::web::{Error, Result};

/// OWASP's first choice of parameters: about 20 ms and 19 MiB a try.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
/// One try at a time: a flood of logins fills this queue and leaves the machine to everybody else.
static TURN: Semaphore = Semaphore::const_new(1);
static WORKER: LazyLock<mpsc::Sender<Work>> = LazyLock::new(worker);
type Work = Box<dyn FnOnce() + Send>;

const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// What an unknown account's password is compared with, so that the answer takes as long as for a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

/// Words that people build passwords from, with the digits and signs around them taken away.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "iloveyou",
    "welcome",
    "letmein",
    "admin",
    "administrator",
    "root",
    "woaini",
    "woaini1314",
    "mima",
    "mingce",
    "shimingzhi",
    "jianzhu",
    "gongren",
    "gongdi",
    "aini",
    "abc",
    "abcd",
    "abcdef",
    "aaa",
    "test",
    "demo",
    "changeme",
    "dragon",
    "monkey",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "master",
    "shadow",
    "michael",
    "qazwsx",
    "qazwsxedc",
    "asdf",
    "asdfgh",
    "zaq12wsx",
    "1q2w3e4r",
    "1qaz2wsx",
    "q1w2e3r4",
    "a1b2c3d4",
    "taobao",
    "zhongguo",
    "china",
    "beijing",
    "huawei",
    "tencent",
];
const ROWS: &[&str] = &[
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
];

/// 12 characters, or 10 of three kinds; not the account; not what everybody tries first.
pub fn check_policy(password: &str, login: &str) -> std::result::Result<(), &'static str> {
    let length = password.chars().count();
    if length > 128 {
        return Err("密码不能超过 128 个字符");
    }
    if length < 10 || (length < 12 && kinds(password) < 3) {
        return Err("密码至少 12 个字符；或至少 10 个字符并包含大写字母、小写字母、数字、符号中的三种");
    }
    let lower = password.to_lowercase();
    let login = login.to_lowercase();
    if !login.is_empty() && (lower.contains(&login) || login.contains(&lower)) {
        return Err("密码不能包含账号名");
    }
    if is_common(&lower) {
        return Err("密码过于常见，容易被猜到，请换一个");
    }
    Ok(())
}

fn kinds(password: &str) -> usize {
    let has = |test: fn(char) -> bool| usize::from(password.chars().any(test));
    has(|c| c.is_lowercase()) + has(|c| c.is_uppercase()) + has(|c| c.is_numeric()) + has(|c| !c.is_alphanumeric())
}

fn is_common(lower: &str) -> bool {
    let distinct = lower.chars().collect::<std::collections::HashSet<_>>().len();
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    distinct < 5 || COMMON.contains(&core) || COMMON.contains(&lower) || is_walk(lower)
}

/// Mostly neighbours on the keyboard or in the alphabet, forwards or backwards.
fn is_walk(lower: &str) -> bool {
    let letters: Vec<char> = lower.chars().collect();
    let next_to = |a: char, b: char| {
        ROWS.iter().any(|row| {
            let pair: [String; 2] = [[a, b].iter().collect(), [b, a].iter().collect()];
            row.contains(&pair[0]) || row.contains(&pair[1])
        })
    };
    let steps = letters.windows(2).filter(|pair| pair[0] == pair[1] || next_to(pair[0], pair[1])).count();
    steps * 4 >= (letters.len() - 1) * 3
}

pub async fn hash(password: String) -> Result<String> {
    in_turn(move || hash_now(&password)).await?
}

/// Compares with a stored hash, or takes as long where there is none.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    in_turn(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let matches =
            PasswordHash::new(&stored).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let Ok(Ok(turn)) = timeout(LONGEST_WAIT, TURN.acquire()).await else {
        return Err(Error::TooMany(5, "登录的人太多，请几秒后再试".into()));
    };
    let (send, done) = oneshot::channel();
    let work = move || drop(send.send(work()));
    WORKER.send(Box::new(work)).map_err(|_| Error::internal("the thread for passwords has gone"))?;
    let done = done.await.map_err(Error::internal);
    drop(turn);
    done
}

fn worker() -> mpsc::Sender<Work> {
    let (send, receive) = mpsc::channel::<Work>();
    let work = move || {
        give_way();
        receive.into_iter().for_each(|work| work());
    };
    if let Err(error) = std::thread::Builder::new().name("passwords".to_owned()).spawn(work) {
        tracing::error!(%error, "no thread for passwords");
    }
    send
}

/// Linux gives each thread a priority of its own; elsewhere it would be the whole program's.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 10) {
        tracing::debug!(%error, "passwords are checked at the priority of everything else");
    }
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, ROUNDS, 1, None).unwrap_or_default())
}

fn hash_now(password: &str) -> Result<String> {
    let hash: PasswordHash = argon2().hash_password(password.as_bytes()).map_err(Error::internal)?;
    Ok(hash.to_string())
}

/// A first password to be read out over the phone: no characters that look alike, three kinds of them.
pub fn first_password() -> String {
    const LOWER: &[u8] = b"abcdefghijkmnpqrstuvwxyz";
    const UPPER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
    const DIGITS: &[u8] = b"23456789";
    let mut rng = rand::rng();
    let mut letters: Vec<char> = Vec::new();
    for (from, count) in [(LOWER, 5), (UPPER, 4), (DIGITS, 3)] {
        letters.extend((0..count).filter_map(|_| from.choose(&mut rng).copied().map(char::from)));
    }
    letters.shuffle(&mut rng);
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_password_passes() {
        for good in ["Tower-9xkL", "correct horse battery", "塔吊安装要看风速再说呀对吧", "xK4fLq92mZt"] {
            assert_eq!(check_policy(good, "gd-440703"), Ok(()), "{good}");
        }
    }

    #[test]
    fn each_rule_refuses_by_itself() {
        let refused = |password: &str| check_policy(password, "sitehead01").is_err();
        assert!(refused("Ab3$xyz"), "short");
        assert!(refused("towercrane9"), "eleven of two kinds");
        assert!(refused("xx-SiteHead01-yy"), "the account's name inside");
        assert!(refused("Password2026!!"), "a common word dressed up");
        assert!(refused("1234567890123"), "a walk");
        assert!(refused("zyxwvutsrqponm"), "a walk backwards");
        assert!(refused("aaaaaaaaaaaaaa"), "one letter");
        assert!(refused(&"Ab3$".repeat(40)), "too long");
    }

    #[test]
    fn a_first_password_satisfies_the_policy_and_is_never_the_same() {
        let (a, b) = (first_password(), first_password());
        assert_ne!(a, b);
        assert_eq!(a.len(), 14);
        assert_eq!(check_policy(&a, "someone"), Ok(()));
    }

    #[actix_web::test]
    async fn a_password_matches_its_own_hash_only() {
        let hash = hash("Tower-9xkL-2".to_owned()).await;
        let hash = hash.ok();
        assert!(hash.as_deref().is_some_and(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")));
        assert!(verify("Tower-9xkL-2".to_owned(), hash.clone()).await.is_ok_and(|same| same));
        assert!(verify("Tower-9xkL-3".to_owned(), hash).await.is_ok_and(|same| !same));
        assert!(verify("nobody has this password".to_owned(), None).await.is_ok_and(|same| !same));
    }
}
