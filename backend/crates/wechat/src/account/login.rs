//! OAuth2: somebody opens one of our pages within WeChat, and we learn who it is.

use serde::Deserialize;

use super::OfficialAccount;
use crate::{Error, OpenId, Result, Secret, http::Request, mini_program::checked};

/// How much we want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The openid, without asking.
    Base,
    /// Nickname and picture too, after asking.
    UserInfo,
    /// A website outside WeChat, by a code on its screen.
    Website,
}

/// A person, as their login shows.
#[derive(Clone, Debug, Deserialize)]
pub struct WebLogin {
    pub openid: OpenId,
    #[serde(default)]
    pub unionid: Option<OpenId>,
    /// For [`OfficialAccount::user_info`]; it is not the account's token.
    pub access_token: Secret,
    pub refresh_token: Secret,
    pub scope: String,
    #[serde(default)]
    is_snapshotuser: u8,
}

#[derive(Clone, Debug, Deserialize)]
pub struct UserInfo {
    pub openid: OpenId,
    pub nickname: Secret,
    #[serde(default, rename = "headimgurl")]
    pub picture: String,
    #[serde(default)]
    pub unionid: Option<OpenId>,
}

impl OfficialAccount {
    /// Where to send a browser. WeChat insists on the order of the parameters.
    pub fn authorize_url(&self, redirect: &str, scope: Scope, state: &str) -> Result<String> {
        if !(1..=128).contains(&state.len()) || !state.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::invalid("state", "must have 1 to 128 letters and digits"));
        }
        let (page, scope) = match scope {
            Scope::Base => ("oauth2/authorize", "snsapi_base"),
            Scope::UserInfo => ("oauth2/authorize", "snsapi_userinfo"),
            Scope::Website => ("qrconnect", "snsapi_login"),
        };
        let redirect: String = form_urlencoded::byte_serialize(redirect.as_bytes()).collect();
        Ok(format!(
            "{}/connect/{page}?appid={}&redirect_uri={redirect}&response_type=code&scope={scope}&state={state}#wechat_redirect",
            self.api.http.hosts().open,
            self.appid(),
        ))
    }

    /// Exchanges the code that came back with the browser. A snapshot page's virtual account is nobody: it is refused.
    pub async fn login(&self, code: &str) -> Result<WebLogin> {
        let call = "oauth2/access_token";
        let query = vec![
            ("appid", self.appid()),
            ("secret", self.api.app.secret.expose()),
            ("code", checked(code)?),
            ("grant_type", "authorization_code"),
        ];
        let login: WebLogin = self.api.open(&Request::get(call, "/sns/oauth2/access_token", query)).await?.json()?;
        if login.is_snapshotuser != 0 { Err(Error::Snapshot { call }) } else { Ok(login) }
    }

    /// A new access token of a person's, for thirty days after the login.
    pub async fn refresh(&self, login: &WebLogin) -> Result<WebLogin> {
        let query = vec![
            ("appid", self.appid()),
            ("grant_type", "refresh_token"),
            ("refresh_token", login.refresh_token.expose()),
        ];
        self.api.open(&Request::get("oauth2/refresh_token", "/sns/oauth2/refresh_token", query)).await?.json()
    }

    /// Whether a person's access token is still good.
    pub async fn check(&self, login: &WebLogin) -> Result<()> {
        let query = vec![("access_token", login.access_token.expose()), ("openid", login.openid.as_str())];
        self.api.open(&Request::get("sns/auth", "/sns/auth", query)).await?.done()
    }

    /// Nickname and picture, if the login asked for [`Scope::UserInfo`].
    pub async fn user_info(&self, login: &WebLogin) -> Result<UserInfo> {
        let query =
            vec![("access_token", login.access_token.expose()), ("openid", login.openid.as_str()), ("lang", "zh_CN")];
        self.api.open(&Request::get("sns/userinfo", "/sns/userinfo", query)).await?.json()
    }
}
