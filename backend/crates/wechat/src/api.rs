//! What mini-programs and official accounts have in common: who they are, and tokens that are renewed by themselves.

use std::sync::Arc;

use crate::{
    App, Cache, Http, Kind, Result, Secret,
    http::{Answer, Request},
    token::{Kept, Tokens},
};

pub(crate) struct Api {
    pub http: Http,
    pub app: App,
    tokens: Tokens,
    ticket: Kept,
}

impl Api {
    pub fn new(http: Http, app: App, cache: Arc<dyn Cache>) -> Arc<Self> {
        let ticket = Kept::new(cache.clone(), format!("wechat:{}:jsapi_ticket", app.id));
        Arc::new(Self { http, tokens: Tokens::new(cache, &app.id), app, ticket })
    }

    /// A call that carries appid and secret itself.
    pub async fn open(&self, request: &Request<'_>) -> Result<Answer> {
        self.http.send(request, None).await
    }

    /// A call with the access token. One that WeChat does not take any more is replaced, once.
    pub async fn call(&self, request: &Request<'_>) -> Result<Answer> {
        let token = self.tokens.get(self).await?;
        match self.http.send(request, Some(token.expose())).await {
            Err(error) if error.kind() == Kind::TokenStale => {
                let Some(token) = self.tokens.replace(self, &token).await? else { return Err(error) };
                self.http.send(request, Some(token.expose())).await
            }
            answer => answer,
        }
    }

    pub async fn ticket(&self) -> Result<Secret> {
        self.ticket.get(|| self.fetch_ticket()).await
    }
}
