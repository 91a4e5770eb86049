//! Whether pictures and texts may be shown to others.

use serde::Deserialize;
use serde_json::json;

use super::MiniProgram;
use crate::{Error, Kind, OpenId, Result, Secret, http::Request};

const LARGEST_PICTURE: usize = 1024 * 1024;
const LONGEST_TEXT: usize = 2500;

/// What to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Suggestion {
    Pass,
    /// Somebody should look at it.
    Review,
    Risky,
}

/// What WeChat thinks of a text or a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Risk {
    #[serde(rename = "suggest")]
    pub suggestion: Suggestion,
    #[serde(default)]
    pub label: u32,
}

impl Risk {
    pub fn chinese(self) -> &'static str {
        match self.label {
            100 => "正常",
            10001 => "广告",
            20001 => "时政",
            20002 => "色情",
            20003 => "辱骂",
            20006 => "违法犯罪",
            20008 => "欺诈",
            20012 => "低俗",
            20013 => "版权",
            _ => "其他",
        }
    }
}

/// Where the text or picture will be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    Profile = 1,
    Comment = 2,
    Forum = 3,
    Social = 4,
}

#[derive(Deserialize)]
struct Checked {
    result: Risk,
}

#[derive(Deserialize)]
struct Promised {
    trace_id: String,
}

impl MiniProgram {
    /// At once, for a JPEG of at most 1 MB and 750 × 1334 pixels.
    pub async fn check_image(&self, jpeg: &[u8]) -> Result<Suggestion> {
        if jpeg.is_empty() || jpeg.len() > LARGEST_PICTURE {
            return Err(Error::invalid("media", "must have 1 byte to 1 MB"));
        }
        let request = Request::upload("img_sec_check", "/wxa/img_sec_check", "media", jpeg);
        match self.api.call(&request).await.and_then(|answer| answer.done()) {
            Ok(()) => Ok(Suggestion::Pass),
            Err(error) if error.kind() == Kind::Risky => Ok(Suggestion::Risky),
            Err(error) => Err(error),
        }
    }

    /// Within half an hour: the result is pushed, under the id that is given back.
    pub async fn check_image_later(&self, url: &str, openid: &OpenId, scene: Scene) -> Result<String> {
        let body = json!({ "media_url": url, "media_type": 2, "version": 2, "openid": openid, "scene": scene as u8 });
        let request = Request::post("media_check_async", "/wxa/media_check_async", &body)?;
        let Promised { trace_id } = self.api.call(&request).await?.json()?;
        Ok(trace_id)
    }

    pub async fn check_text(&self, text: &Secret, openid: &OpenId, scene: Scene) -> Result<Risk> {
        let text = text.expose();
        if text.is_empty() || text.chars().count() > LONGEST_TEXT {
            return Err(Error::invalid("content", "must have 1 to 2500 characters"));
        }
        let body = json!({ "content": text, "version": 2, "openid": openid, "scene": scene as u8 });
        let request = Request::post("msg_sec_check", "/wxa/msg_sec_check", &body)?;
        let Checked { result } = self.api.call(&request).await?.json()?;
        Ok(result)
    }
}
