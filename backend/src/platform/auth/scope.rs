//! Authorisation as types in a handler's signature. They stand before the body and bolt its gate, so that nobody unknown
//! can make the server read an upload.

use std::{marker::PhantomData, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{caller::Caller, roles::Permit};
use crate::{
    entity::{Reach, project, session::SessionKind},
    platform::{
        App,
        web::{Error, Result, gate},
    },
};

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// Somebody logged in with a password of their own.
#[derive(Clone, Debug)]
pub struct Actor(pub Caller);

impl Deref for Actor {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl FromRequest for Actor {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (caller, bolt) = (Caller::from_request(req, payload), gate::bolt(req));
        Box::pin(async move {
            let caller = caller.await?;
            // A token was made by somebody with a password of their own, and has nobody at hand to type a new one.
            if caller.account.must_change_password {
                let message = match caller.session.kind {
                    SessionKind::Browser => Some("首次登录须先修改密码"),
                    SessionKind::Phone => Some("该账号还在使用初始密码，请先在电脑上登录并修改密码"),
                    SessionKind::Api => None,
                };
                if let Some(message) = message {
                    return Err(Error::Forbidden("password_change_required", message.into()));
                }
            }
            bolt.draw();
            Ok(Self(caller))
        })
    }
}

/// An actor who holds a permission somewhere, and where.
#[derive(Clone, Debug)]
pub struct Within<P> {
    pub actor: Actor,
    pub reach: Reach,
    permit: PhantomData<P>,
}

impl<P: Permit> FromRequest for Within<P> {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (actor, bolt) = (Actor::from_request(req, payload), gate::bolt(req));
        Box::pin(async move {
            let actor = actor.await?;
            let reach = actor.reach(P::PERMISSION);
            if reach.0.is_empty() {
                return Err(Error::forbidden("您的账号没有此项权限"));
            }
            bolt.draw();
            Ok(Self { actor, reach, permit: PhantomData })
        })
    }
}

/// A project within the caller's reach, from `{project_id}` in the path, for somebody who holds the permission there.
/// Of a cancelled project nothing changes any more.
#[derive(Clone, Debug)]
pub struct ProjectScope<P> {
    pub actor: Actor,
    pub project: project::Model,
    /// Just this project, to start scoped reads from.
    pub reach: Reach,
    permit: PhantomData<P>,
}

impl<P: Permit> FromRequest for ProjectScope<P> {
    type Error = Error;
    type Future = Extracted<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (actor, bolt) = (Actor::from_request(req, payload), gate::bolt(req));
        let app = req.app_data::<web::Data<App>>().cloned();
        let id = req.match_info().get("project_id").and_then(|id| id.parse::<Uuid>().ok());
        Box::pin(async move {
            let actor = actor.await?;
            let app = app.ok_or_else(|| Error::internal("no App"))?;
            let id = id.ok_or(Error::NotFound)?;
            let project = find(&app, &actor, id, &actor.reach(P::PERMISSION)).await?;
            if project.cancelled_at.is_some() && !P::PERMISSION.only_looks() {
                return Err(Error::conflict("cancelled", "该项目已注销，内容只能查看"));
            }
            let reach = Reach(vec![crate::entity::Scope::Project(project.id)]);
            bolt.draw();
            Ok(Self { actor, project, reach, permit: PhantomData })
        })
    }
}

/// Not within any role's reach is a 404; seen in another role but without this permission is a 403.
async fn find(app: &App, actor: &Actor, id: Uuid, permitted: &Reach) -> Result<project::Model> {
    let select = |reach: &Reach| project::Entity::find_in(reach).filter(project::Column::Id.eq(id));
    if let Some(project) = select(permitted).one(app.db.reader()).await? {
        return Ok(project);
    }
    match select(&actor.whole_reach()).one(app.db.reader()).await? {
        Some(_) => Err(Error::forbidden("您的账号在此项目没有此项权限")),
        None => Err(Error::NotFound),
    }
}
