//! Access tokens: two ways to get them, which know nothing of each other.

use crate::{
    refusal::{Refusal, refuse},
    settings::Which,
};

const LIFE: u64 = 7200;
/// How long an old token still works beside a new one.
const OVERLAP: u64 = 300;
const BETWEEN_FORCED: u64 = 30;
const FORCED_A_DAY: usize = 20;
const PLAIN_A_DAY: usize = 2000;
const DAY: u64 = 86_400;

#[derive(Clone)]
struct Token {
    text: String,
    which: Which,
    stable: bool,
    until: u64,
    revoked: bool,
}

#[derive(Default)]
pub(crate) struct Tokens {
    all: Vec<Token>,
    forced: Vec<(Which, u64)>,
    plain: Vec<(Which, u64)>,
}

pub(crate) struct Issued {
    pub text: String,
    pub expires_in: u64,
}

fn today(calls: &[(Which, u64)], which: Which, now: u64) -> usize {
    calls.iter().filter(|(of, at)| *of == which && at + DAY > now).count()
}

impl Tokens {
    /// `/cgi-bin/token`: always a new one; the old works on for five minutes.
    pub fn plain(&mut self, which: Which, now: u64) -> Result<Issued, Refusal> {
        if today(&self.plain, which, now) >= PLAIN_A_DAY {
            return Err(refuse(45009, "reach max api daily quota limit"));
        }
        self.plain.push((which, now));
        for token in self.all.iter_mut().filter(|token| token.which == which && !token.stable) {
            token.until = token.until.min(now + OVERLAP);
        }
        Ok(self.issue(which, false, now))
    }

    /// `/cgi-bin/stable_token`: the same one until it nears its end, or a new one by force.
    pub fn stable(&mut self, which: Which, force: bool, now: u64) -> Result<Issued, Refusal> {
        if force {
            if self.forced.iter().any(|(of, at)| *of == which && at + BETWEEN_FORCED > now) {
                return Err(refuse(45011, "api minute-quota reach limit  mustslower  retry next minute"));
            }
            if today(&self.forced, which, now) >= FORCED_A_DAY {
                return Err(refuse(45009, "reach max api daily quota limit"));
            }
            self.forced.push((which, now));
            self.all.retain(|token| token.which != which || !token.stable);
            return Ok(self.issue(which, true, now));
        }
        let current = self.all.iter().rev().find(|token| token.which == which && token.stable);
        match current.filter(|token| token.until > now + OVERLAP) {
            Some(token) => Ok(Issued { text: token.text.clone(), expires_in: token.until - now }),
            None => Ok(self.issue(which, true, now)),
        }
    }

    fn issue(&mut self, which: Which, stable: bool, now: u64) -> Issued {
        // WeChat asks to leave room for 512 characters; ours have as many as its own have today.
        let text: String = (0..4).map(|_| format!("{:032x}", rand::random::<u128>())).collect();
        self.all.retain(|token| token.until + DAY > now);
        self.all.push(Token { text: text.clone(), which, stable, until: now + LIFE, revoked: false });
        Issued { text, expires_in: LIFE }
    }

    /// Whose it is.
    pub fn check(&self, text: Option<&str>, now: u64) -> Result<Which, Refusal> {
        let text = text.filter(|text| !text.is_empty()).ok_or_else(|| refuse(41001, "access_token missing"))?;
        match self.all.iter().find(|token| token.text == text) {
            None if text.len() < 16 => Err(refuse(40014, "invalid access_token")),
            None => Err(refuse(40001, "invalid credential, access_token is invalid or not latest")),
            Some(token) if token.revoked => {
                Err(refuse(40001, "invalid credential, access_token is invalid or not latest"))
            }
            Some(token) if token.until <= now => Err(refuse(42001, "access_token expired")),
            Some(token) => Ok(token.which),
        }
    }

    /// A knob: all of them have come to their end.
    pub fn expire(&mut self, now: u64) {
        self.all.iter_mut().for_each(|token| token.until = now);
    }

    /// A knob: none is taken any more, but `stable_token` goes on giving them out.
    pub fn revoke(&mut self) {
        self.all.iter_mut().for_each(|token| token.revoked = true);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    const APP: Which = Which::MiniProgram;

    fn stable(tokens: &mut Tokens, now: u64) -> String {
        tokens.stable(APP, false, now).unwrap_or_else(|refusal| panic!("{refusal}")).text
    }

    #[test]
    fn a_stable_token_stays_until_five_minutes_before_its_end() {
        let mut tokens = Tokens::default();
        let first = stable(&mut tokens, 0);
        assert_eq!(stable(&mut tokens, 6899), first);
        let second = stable(&mut tokens, 6900);
        assert_ne!(second, first);
        assert!(tokens.check(Some(&first), 7199).is_ok() && tokens.check(Some(&second), 7199).is_ok());
        assert_eq!(tokens.check(Some(&first), 7200).unwrap_err().code, 42001);
    }

    #[test]
    fn force_is_rationed_and_ends_the_old_one_at_once() {
        let mut tokens = Tokens::default();
        let first = stable(&mut tokens, 0);
        let forced = tokens.stable(APP, true, 0).unwrap_or_else(|refusal| panic!("{refusal}")).text;
        assert_ne!(forced, first);
        assert_eq!(tokens.check(Some(&first), 0).unwrap_err().code, 40001);
        assert_eq!(tokens.stable(APP, true, 29).err().unwrap().code, 45011);
        for turn in 1..20 {
            assert!(tokens.stable(APP, true, turn * 30).is_ok());
        }
        assert_eq!(tokens.stable(APP, true, 600).err().unwrap().code, 45009);
        assert!(tokens.stable(Which::Account, true, 600).is_ok());
    }

    #[test]
    fn plain_tokens_replace_each_other_and_leave_the_stable_one_alone() {
        let mut tokens = Tokens::default();
        let kept = stable(&mut tokens, 0);
        let first = tokens.plain(APP, 0).unwrap_or_else(|refusal| panic!("{refusal}")).text;
        tokens.plain(APP, 10).unwrap_or_else(|refusal| panic!("{refusal}"));
        assert!(tokens.check(Some(&first), 309).is_ok());
        assert_eq!(tokens.check(Some(&first), 310).unwrap_err().code, 42001);
        assert!(tokens.check(Some(&kept), 310).is_ok());
        assert_eq!(tokens.check(Some("short"), 0).unwrap_err().code, 40014);
        assert_eq!(tokens.check(None, 0).unwrap_err().code, 41001);
    }
}
