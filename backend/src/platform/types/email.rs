//! E-mail address that a result can be sent to.

use super::raw::{half_width, is_invisible};
use super::{Masked, Problem, described_as_string, parsed_from_text, shown_masked};

/// The addresses people have, not all that RFC 5322 allows: no quotes, no comments, no bare host.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

const WRONG: &str = "邮箱地址不正确，例如 name@example.com";
const LONGEST: usize = 254;

impl Email {
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let visible = input.chars().map(half_width).filter(|c| !is_invisible(*c));
        let text: String = visible.map(|c| if c == '。' { '.' } else { c }).collect();
        let text = text.trim();
        if text.is_empty() {
            return Err("请填写邮箱".into());
        }
        if text.len() > LONGEST {
            return Err(format!("邮箱最多 {LONGEST} 个字符").into());
        }
        let (local, domain) = text.split_once('@').ok_or(WRONG)?;
        let domain = domain.to_ascii_lowercase();
        if !is_local_part(local) || !is_domain(&domain) {
            return Err(WRONG.into());
        }
        Ok(Self(format!("{local}@{domain}")))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn masked(&self) -> Masked {
        Masked::email(&self.0)
    }
}

fn is_local_part(local: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b);
    let dots_between = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    (1..=64).contains(&local.len()) && local.bytes().all(allowed) && dots_between
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit()) && domain.split('.').all(is_label)
}

parsed_from_text!(Email);
shown_masked!(Email);
described_as_string!(
    Email,
    .description(Some("电子邮箱"))
    .format(Some(utoipa::openapi::SchemaFormat::Custom("email".to_owned())))
    .max_length(Some(LONGEST))
);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn typing_habits_are_forgiven() {
        for (typed, expected) in
            [(" Wang.Qiang+a@Example.COM ", "Wang.Qiang+a@example.com"), ("wang＠qq。com", "wang@qq.com")]
        {
            assert_eq!(Email::parse(typed).unwrap().expose(), expected);
        }
    }

    #[test]
    fn what_cannot_be_sent_to_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        for typed in [
            "",
            "wang",
            "@qq.com",
            "wang@",
            "wang@qq",
            "wang@@qq.com",
            "a b@qq.com",
            "wang@-qq.com",
            "wang@qq..com",
            ".w@qq.com",
            "王@qq.com",
            "w@1.2.3.4",
            "a@b.com\r\nBcc: c@d.com",
            &long,
        ] {
            assert!(Email::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn what_passes_can_be_addressed_by_the_mailer() {
        for typed in ["wang+tag@qq.com", "a_b-c@sub.example.com.cn", "o'neil@example.ie"] {
            let email = Email::parse(typed).unwrap();
            assert!(email.expose().parse::<lettre::Address>().is_ok(), "{typed}");
        }
    }
}
