//! Codes to scan that open a page of the mini-program.

use serde::Serialize;

use super::MiniProgram;
use crate::{Error, Result, http::Request};

/// Which version of the mini-program a code opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Release {
    #[default]
    Release,
    Trial,
    Develop,
}

/// A code without an end: what it means must be kept, and revoked, by whoever asks for it.
#[derive(Clone, Debug, Serialize)]
pub struct CodeRequest<'a> {
    scene: &'a str,
    /// Empty: the home page, which WeChat takes when nothing is said.
    #[serde(skip_serializing_if = "str::is_empty")]
    page: &'a str,
    check_path: bool,
    env_version: Release,
    width: u16,
}

impl<'a> CodeRequest<'a> {
    /// `scene` is a short id that means something to us; never a name or a number of somebody.
    pub fn new(scene: &'a str, page: &'a str) -> Result<Self> {
        if !(1..=32).contains(&scene.len()) {
            return Err(Error::invalid("scene", "must have 1 to 32 characters"));
        }
        if !scene.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&'()*+,/:;=?@-._~".contains(&byte)) {
            return Err(Error::invalid("scene", "has a character that WeChat does not take"));
        }
        if page.starts_with('/') || page.contains('?') {
            return Err(Error::invalid("page", "must have no leading slash and no query"));
        }
        Ok(Self { scene, page, check_path: true, env_version: Release::default(), width: 430 })
    }

    /// Of another version. The page of an unpublished one is not looked for.
    pub fn release(mut self, release: Release) -> Self {
        self.env_version = release;
        self.check_path = release == Release::Release;
        self
    }

    /// In pixels, brought between 280 and 1280.
    pub fn width(mut self, width: u16) -> Self {
        self.width = width.clamp(280, 1280);
        self
    }
}

impl MiniProgram {
    /// A JPEG.
    pub async fn code(&self, request: &CodeRequest<'_>) -> Result<Vec<u8>> {
        let request = Request::post("getwxacodeunlimit", "/wxa/getwxacodeunlimit", request)?;
        self.api.call(&request).await?.picture()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenes_and_pages_that_wechat_refuses_are_not_sent() {
        assert!(CodeRequest::new("p=8fK2", "pages/register/index").is_ok());
        assert!(CodeRequest::new(&"a".repeat(32), "").is_ok());
        for scene in ["", &"a".repeat(33), "a b", "100%", "项目"] {
            assert!(CodeRequest::new(scene, "pages/a").is_err(), "{scene}");
        }
        assert!(CodeRequest::new("a", "/pages/a").is_err());
        assert!(CodeRequest::new("a", "pages/a?b=1").is_err());
    }
}
