//! What a page within WeChat needs to use the phone: `wx.config`.

use serde::Serialize;

use super::OfficialAccount;
use crate::{Result, push::signature::sha1_hex};

/// For `wx.config`, as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageConfig {
    pub app_id: String,
    pub timestamp: u64,
    pub nonce_str: String,
    pub signature: String,
}

impl OfficialAccount {
    /// For the page at this address. Whoever calls has made sure that the address is one of ours.
    pub async fn page_config(&self, url: &str, timestamp: u64) -> Result<PageConfig> {
        let ticket = self.api.ticket().await?;
        let nonce_str = format!("{:032x}", rand::random::<u128>());
        let signature = sign_page(ticket.expose(), &nonce_str, timestamp, url);
        Ok(PageConfig { app_id: self.appid().to_owned(), timestamp, nonce_str, signature })
    }
}

/// The address counts up to its `#`, with its query.
pub fn sign_page(ticket: &str, nonce: &str, timestamp: u64, url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    sha1_hex(&format!("jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors() {
        let ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";
        let sign = |url| sign_page(ticket, "Wm3WZYTPz0wzccnW", 1_414_587_457, url);
        let with_query = "0f9de62fce790f9a083d5c99e95740ceb90c27ed";
        assert_eq!(sign("http://mp.weixin.qq.com?params=value"), with_query);
        assert_eq!(sign("http://mp.weixin.qq.com?params=value#/pages/home"), with_query);
        assert_eq!(sign("http://mp.weixin.qq.com"), "f4d90daf4b3bca3078ab155816175ba34c443a7b");
    }
}
