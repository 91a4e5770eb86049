//! A browser and its place in words, for somebody who has to tell whether it is theirs.

use std::net::IpAddr;

/// `Chrome 浏览器 · Windows`; the order matters, for most pretend to be others as well.
pub fn browser(user_agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let program = named(&[
        ("MicroMessenger", "微信"),
        ("Edg", "Edge 浏览器"),
        ("QQBrowser", "QQ 浏览器"),
        ("Firefox", "火狐浏览器"),
        ("Chrome", "Chrome 浏览器"),
        ("Safari", "Safari 浏览器"),
    ]);
    let system = named(&[
        ("HarmonyOS", "鸿蒙"),
        ("Windows", "Windows 电脑"),
        ("iPhone", "苹果手机"),
        ("iPad", "iPad"),
        ("Mac OS", "苹果电脑"),
        ("Android", "安卓手机"),
        ("Linux", "Linux 电脑"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "未知浏览器".to_owned(),
    }
}

/// Only what an address says by itself: nobody else is asked where people are.
pub fn place(ip: &str) -> Option<String> {
    let local = match ip.parse().ok()? {
        IpAddr::V4(ip) if ip.is_loopback() => "本机",
        IpAddr::V4(ip) if ip.is_private() || ip.is_link_local() => "局域网",
        IpAddr::V6(ip) if ip.is_loopback() => "本机",
        IpAddr::V6(ip) if ip.is_unique_local() => "局域网",
        _ => return None,
    };
    Some(local.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_as_people_name_them() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(browser(edge), "Edge 浏览器 · Windows 电脑");
        assert_eq!(browser("curl/8"), "未知浏览器");
        assert_eq!(place("192.168.1.9").as_deref(), Some("局域网"));
        assert_eq!(place("203.0.113.9"), None);
    }
}
