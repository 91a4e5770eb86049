//! What WeChat's numbers mean: a kind to decide by, a name for the log, a sentence for the person.

/// What the platform may do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It passes by itself: try again.
    Busy,
    /// Too many calls, in a minute or in a day.
    TooOften,
    /// A login or phone code that is wrong, expired or of another app.
    CodeInvalid,
    /// A code that has been used already.
    CodeUsed,
    /// WeChat's own risk control keeps this person out.
    PersonBlocked,
    /// Somebody who does not follow the account.
    NotFollowing,
    /// Somebody who did not ask for this message, or does not want it any more.
    Declined,
    /// A picture or a text that must not be published.
    Risky,
    /// A virtual account, from a page that was opened as a snapshot.
    Snapshot,
    /// The access token is not valid any more; the client has tried a new one.
    TokenStale,
    /// Appid, secret, allowed addresses, permissions: the administrator must act.
    Misconfigured,
    /// We sent something that WeChat does not take.
    Argument,
    /// There is nothing of this kind.
    Missing,
    /// No answer, or none in time.
    Unreachable,
    /// An answer that is not WeChat's.
    Unreadable,
    /// A number that is not in the table.
    Unknown,
}

#[derive(Debug)]
pub struct Meaning {
    pub code: i64,
    pub kind: Kind,
    pub name: &'static str,
    pub sentence: &'static str,
}

const SETTINGS: &str = "平台的微信设置有误，请联系平台管理员处理。";
const LATER: &str = "微信服务繁忙，请稍后再试。";
const REOPEN: &str = "微信授权已失效，请返回上一步重新操作。";

const fn row(code: i64, kind: Kind, name: &'static str, sentence: &'static str) -> Meaning {
    Meaning { code, kind, name, sentence }
}

/// In the order of the numbers.
pub const TABLE: &[Meaning] = &[
    row(-1, Kind::Busy, "busy", LATER),
    row(10003, Kind::Misconfigured, "redirect_domain", "网页授权域名与平台设置不一致，请联系平台管理员处理。"),
    row(40001, Kind::TokenStale, "invalid_credential", LATER),
    row(40002, Kind::Misconfigured, "grant_type", SETTINGS),
    row(40003, Kind::Argument, "invalid_openid", "没有找到对应的微信用户，请对方重新登录后再试。"),
    row(40004, Kind::Argument, "media_type", "图片格式不受支持，请换一张 JPG 或 PNG 图片。"),
    row(40006, Kind::Argument, "media_size", "图片过大，请压缩后再试。"),
    row(40013, Kind::Misconfigured, "invalid_appid", SETTINGS),
    row(40014, Kind::TokenStale, "invalid_token", LATER),
    row(40016, Kind::Argument, "menu_button_count", "菜单数量超出限制：一级菜单最多 3 个，每个下面最多 5 个。"),
    row(40018, Kind::Argument, "menu_name_size", "菜单名称过长，请缩短后再保存。"),
    row(40019, Kind::Argument, "menu_key_size", "菜单标识过长，请缩短后再保存。"),
    row(40029, Kind::CodeInvalid, "invalid_code", REOPEN),
    row(40030, Kind::CodeInvalid, "invalid_refresh_token", REOPEN),
    row(40037, Kind::Misconfigured, "template_id", "消息模板不存在，请联系平台管理员检查消息设置。"),
    row(40097, Kind::Argument, "invalid_args", "提交给微信的内容有误，请检查后再试。"),
    row(40125, Kind::Misconfigured, "invalid_secret", SETTINGS),
    row(40129, Kind::Argument, "invalid_scene", "二维码内容含有微信不支持的字符，请重新生成。"),
    row(40163, Kind::CodeUsed, "code_used", "本次微信授权已经使用过，请返回上一步重新操作。"),
    row(40164, Kind::Misconfigured, "ip_not_allowed", "平台服务器地址没有加入微信白名单，请联系平台管理员处理。"),
    row(40169, Kind::Argument, "scene_length", "二维码内容过长，请重新生成。"),
    row(
        40226,
        Kind::PersonBlocked,
        "person_blocked",
        "当前微信号存在安全风险，微信限制了登录，请更换微信号或联系微信客服。",
    ),
    row(41001, Kind::Argument, "token_missing", LATER),
    row(41002, Kind::Misconfigured, "appid_missing", SETTINGS),
    row(41004, Kind::Misconfigured, "secret_missing", SETTINGS),
    row(41005, Kind::Argument, "media_missing", "没有收到图片，请重新上传。"),
    row(41008, Kind::CodeInvalid, "code_missing", REOPEN),
    row(41030, Kind::Misconfigured, "invalid_page", "小程序页面尚未发布，请联系平台管理员处理。"),
    row(42001, Kind::TokenStale, "token_expired", LATER),
    row(42002, Kind::CodeInvalid, "refresh_token_expired", REOPEN),
    row(42003, Kind::CodeInvalid, "code_expired", REOPEN),
    row(43001, Kind::Argument, "get_required", LATER),
    row(43002, Kind::Argument, "post_required", LATER),
    row(43004, Kind::NotFollowing, "not_following", "对方还没有关注公众号，消息无法送达。"),
    row(43101, Kind::Declined, "declined", "对方没有订阅这类消息，微信未能送达。"),
    row(43107, Kind::Misconfigured, "messages_banned", "订阅消息功能已被微信封禁，请联系平台管理员处理。"),
    row(43108, Kind::Misconfigured, "messages_limited", "订阅消息功能已被微信限制，请联系平台管理员处理。"),
    row(45009, Kind::TooOften, "daily_limit", "今天的微信调用次数已用完，请明天再试或联系平台管理员。"),
    row(45011, Kind::TooOften, "frequency_limit", "操作太频繁，请一分钟后再试。"),
    row(46003, Kind::Missing, "no_menu", "公众号还没有设置菜单。"),
    row(47001, Kind::Argument, "data_format", "提交给微信的内容格式有误，请联系平台管理员处理。"),
    row(47003, Kind::Argument, "message_value", "消息内容不符合模板要求，请检查消息设置。"),
    row(48001, Kind::Misconfigured, "not_authorized", "公众号或小程序没有开通这项功能，请联系平台管理员处理。"),
    row(61007, Kind::Misconfigured, "api_not_granted", "公众号或小程序没有开通这项功能，请联系平台管理员处理。"),
    row(61010, Kind::Argument, "not_seen_lately", "该用户超过两小时没有打开小程序，请打开后再试。"),
    row(87014, Kind::Risky, "risky_content", "内容没有通过微信的安全检查，请更换后再试。"),
    row(89501, Kind::Misconfigured, "ip_unconfirmed", "平台服务器地址正在等待微信管理员确认，请联系平台管理员处理。"),
    row(89503, Kind::Misconfigured, "ip_needs_confirming", "平台服务器地址需要微信管理员确认，请联系平台管理员处理。"),
    row(89506, Kind::Misconfigured, "ip_refused_today", "微信管理员拒绝了平台服务器地址，24 小时内不能再申请。"),
    row(89507, Kind::Misconfigured, "ip_refused_hour", "微信管理员拒绝了平台服务器地址，1 小时内不能再申请。"),
    row(101_000, Kind::Argument, "image_url", "图片无法打开，请重新拍摄后再试。"),
    row(101_001, Kind::Argument, "no_certificate", "没有在图片中找到身份证，请对准证件重新拍摄。"),
    row(101_002, Kind::TooOften, "ocr_quota", "今天的证件识别次数已用完，请手工填写。"),
];

/// What to say about a number that is not in the table.
pub const UNKNOWN: &str = "微信返回了未知错误，请稍后再试；多次出现请联系平台管理员。";

pub fn meaning(code: i64) -> Option<&'static Meaning> {
    TABLE.binary_search_by_key(&code, |meaning| meaning.code).ok().map(|at| &TABLE[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_sentence_is_whole() {
        assert!(TABLE.is_sorted_by(|a, b| a.code < b.code));
        for Meaning { code, name, sentence, .. } in TABLE {
            assert!(sentence.ends_with('。') && sentence.chars().count() >= 8, "{code} {sentence}");
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
            assert_eq!(TABLE.iter().filter(|row| row.name == *name).count(), 1, "{name}");
        }
    }

    #[test]
    fn every_code_of_the_specification_has_a_meaning() {
        let published = [
            -1, 10003, 40001, 40002, 40003, 40013, 40014, 40016, 40018, 40019, 40029, 40037, 40097, 40125, 40129,
            40163, 40164, 40169, 40226, 41002, 41004, 41008, 41030, 42001, 42002, 42003, 43002, 43004, 43101, 43107,
            43108, 45009, 45011, 47001, 47003, 61007, 61010, 87014, 89501, 89503, 89506, 89507, 101_000, 101_001,
            101_002,
        ];
        for code in published {
            assert!(meaning(code).is_some(), "{code}");
        }
        assert!(meaning(99999).is_none() && meaning(0).is_none());
    }
}
