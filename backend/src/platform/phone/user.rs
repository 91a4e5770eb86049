//! Whoever holds the phone, as a type in a handler's signature.

use std::pin::Pin;

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use uuid::Uuid;

use super::session;
use crate::{
    entity::phone_user,
    platform::{
        audit::Author,
        types::Masked,
        web::{Client, Error, Result, gate, headers::RequestId},
    },
};

/// Somebody whose phone is logged in. It stands before the body and bolts its gate, as the types of `auth::scope` do.
#[derive(Clone, Debug)]
pub struct PhoneUser {
    pub user: phone_user::Model,
    pub session_id: Uuid,
    /// By which app the phone came.
    pub identity_id: Option<Uuid>,
    pub client: Client,
    pub request_id: String,
}

impl PhoneUser {
    /// How the audit names them.
    pub fn author(&self) -> Author {
        let phone = self.user.phone.as_deref().map(|phone| format!(" {}", Masked::phone(phone).as_str()));
        Author {
            account_id: self.user.account_id,
            name: format!("手机用户{}", phone.unwrap_or_default()),
            ip: self.client.ip.to_string(),
            request_id: self.request_id.clone(),
        }
    }
}

impl FromRequest for PhoneUser {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (req, bolt) = (req.clone(), gate::bolt(req));
        Box::pin(async move {
            let session = session::of(&req).await?.ok_or(Error::NotLoggedIn)?;
            let request_id = req.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
            bolt.draw();
            Ok(Self {
                user: session.user,
                session_id: session.row.id,
                identity_id: session.row.identity_id,
                client: Client::of(&req),
                request_id,
            })
        })
    }
}
