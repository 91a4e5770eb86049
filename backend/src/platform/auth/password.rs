//! Passwords: what they must be.

use rand::seq::{IndexedRandom, SliceRandom};

pub use super::hashing::{hash, verify};

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
}
