//! The menu under the account's chat.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::OfficialAccount;
use crate::{Error, Kind, Result, http::Request};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    pub button: Vec<Entry>,
}

/// At the bottom of the screen: something to tap, or something that opens upwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    Button(Button),
    Group { name: String, sub_button: Vec<Button> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Button {
    Click {
        name: String,
        key: String,
    },
    View {
        name: String,
        url: String,
    },
    #[serde(rename = "miniprogram")]
    MiniProgram {
        name: String,
        url: String,
        appid: String,
        pagepath: String,
    },
    #[serde(rename = "scancode_push")]
    ScanPush {
        name: String,
        key: String,
    },
    #[serde(rename = "scancode_waitmsg")]
    ScanWait {
        name: String,
        key: String,
    },
    #[serde(rename = "pic_sysphoto")]
    Photo {
        name: String,
        key: String,
    },
    #[serde(rename = "pic_photo_or_album")]
    PhotoOrAlbum {
        name: String,
        key: String,
    },
    #[serde(rename = "pic_weixin")]
    Album {
        name: String,
        key: String,
    },
    #[serde(rename = "location_select")]
    Location {
        name: String,
        key: String,
    },
    #[serde(rename = "media_id")]
    Media {
        name: String,
        media_id: String,
    },
}

impl Button {
    fn name(&self) -> &str {
        match self {
            Self::Click { name, .. }
            | Self::View { name, .. }
            | Self::MiniProgram { name, .. }
            | Self::ScanPush { name, .. }
            | Self::ScanWait { name, .. }
            | Self::Photo { name, .. }
            | Self::PhotoOrAlbum { name, .. }
            | Self::Album { name, .. }
            | Self::Location { name, .. }
            | Self::Media { name, .. } => name,
        }
    }

    fn key(&self) -> Option<&str> {
        match self {
            Self::Click { key, .. }
            | Self::ScanPush { key, .. }
            | Self::ScanWait { key, .. }
            | Self::Photo { key, .. }
            | Self::PhotoOrAlbum { key, .. }
            | Self::Album { key, .. }
            | Self::Location { key, .. } => Some(key),
            Self::View { .. } | Self::MiniProgram { .. } | Self::Media { .. } => None,
        }
    }

    fn check(&self, longest_name: usize) -> Result<()> {
        check_name(self.name(), longest_name)?;
        match self.key() {
            Some(key) if !(1..=128).contains(&key.len()) => Err(Error::invalid("key", "must have 1 to 128 bytes")),
            _ => Ok(()),
        }
    }
}

/// In bytes: a Chinese character counts three.
const LONGEST_TOP: usize = 16;
const LONGEST_SUB: usize = 60;

fn check_name(name: &str, longest: usize) -> Result<()> {
    let fits = (1..=longest).contains(&name.len());
    if fits { Ok(()) } else { Err(Error::invalid("name", "is empty or too long")) }
}

impl Menu {
    /// WeChat's limits: three entries, five below each, names and keys by their bytes.
    pub fn check(&self) -> Result<()> {
        if !(1..=3).contains(&self.button.len()) {
            return Err(Error::invalid("button", "must have 1 to 3 entries"));
        }
        self.button.iter().try_for_each(|entry| match entry {
            Entry::Button(button) => button.check(LONGEST_TOP),
            Entry::Group { name, sub_button } => {
                check_name(name, LONGEST_TOP)?;
                if !(1..=5).contains(&sub_button.len()) {
                    return Err(Error::invalid("sub_button", "must have 1 to 5 entries"));
                }
                sub_button.iter().try_for_each(|button| button.check(LONGEST_SUB))
            }
        })
    }
}

#[derive(Deserialize)]
struct Found {
    menu: Menu,
}

impl OfficialAccount {
    /// Replaces the menu. Phones show the new one within five minutes.
    pub async fn create_menu(&self, menu: &Menu) -> Result<()> {
        menu.check()?;
        self.api.call(&Request::post("menu/create", "/cgi-bin/menu/create", menu)?).await?.done()
    }

    pub async fn menu(&self) -> Result<Option<Menu>> {
        match self.api.call(&Request::get("menu/get", "/cgi-bin/menu/get", vec![])).await {
            Ok(answer) => answer.json::<Found>().map(|found| Some(found.menu)),
            Err(error) if error.kind() == Kind::Missing => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub async fn delete_menu(&self) -> Result<()> {
        self.api.call(&Request::get("menu/delete", "/cgi-bin/menu/delete", vec![])).await?.done()
    }

    /// As it stands, by whichever way it was made: its shape depends on that.
    pub async fn current_menu(&self) -> Result<Value> {
        let path = "/cgi-bin/get_current_selfmenu_info";
        self.api.call(&Request::get("get_current_selfmenu_info", path, vec![])).await?.json()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    fn click(name: &str, key: &str) -> Button {
        Button::Click { name: name.to_owned(), key: key.to_owned() }
    }

    fn menu(button: Vec<Entry>) -> Menu {
        Menu { button }
    }

    #[test]
    fn a_menu_is_what_wechat_expects() {
        let view = Button::View { name: "打开".to_owned(), url: "https://example.com/m/".to_owned() };
        let group = Entry::Group { name: "实名制".to_owned(), sub_button: vec![view, click("帮助", "help")] };
        let text = serde_json::to_string(&menu(vec![group.clone()])).unwrap();
        assert_eq!(
            text,
            r#"{"button":[{"name":"实名制","sub_button":[{"type":"view","name":"打开","url":"https://example.com/m/"},{"type":"click","name":"帮助","key":"help"}]}]}"#
        );
        assert_eq!(serde_json::from_str::<Menu>(&text).unwrap(), menu(vec![group]));
        // WeChat's own answers give an empty list to what has nothing below it.
        let leaf = r#"{"button":[{"type":"click","name":"a","key":"b","sub_button":[]}]}"#;
        assert_eq!(serde_json::from_str::<Menu>(leaf).unwrap(), menu(vec![Entry::Button(click("a", "b"))]));
    }

    #[test]
    fn limits_are_kept_before_anything_is_sent() {
        let top = |name: &str| Entry::Button(click(name, "k"));
        let group = |count: usize| Entry::Group { name: "组".to_owned(), sub_button: vec![click("a", "k"); count] };
        for good in [menu(vec![top("五个汉字好")]), menu(vec![group(5), group(1), top("a")])] {
            assert!(good.check().is_ok());
        }
        let bad = [
            menu(vec![]),
            menu(vec![top("a"), top("a"), top("a"), top("a")]),
            menu(vec![top("六个汉字太多")]),
            menu(vec![top("")]),
            menu(vec![group(0)]),
            menu(vec![group(6)]),
            menu(vec![Entry::Button(click("a", &"k".repeat(129)))]),
            menu(vec![Entry::Group { name: "a".to_owned(), sub_button: vec![click(&"字".repeat(21), "k")] }]),
        ];
        for menu in bad {
            assert!(menu.check().is_err(), "{menu:?}");
        }
    }
}
