//! Who would be logged in by a phone, or why nobody.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    entity::{account, person, personal_account, phone_user, project},
    platform::{
        App,
        web::{Error, Result},
    },
    registry::phones::{dto::TicketAccount, posts},
};

const NOBODY: &str = "当前微信没有绑定账号，也没有关联人员信息。请先在手机上选择【绑定账号】；项目经理、总监理工程师和关键岗位人员也可以【关联本人信息】";
const NO_POST: &str = "您没有在建项目的项目经理、总监理工程师或关键岗位任职记录，不能登录电脑端。如已任职，请项目部先登记岗位；其他人员请绑定单位账号";
const DISABLED: &str = "您的账号已停用，请联系发放账号的主管部门或管理员";

/// What QH2's rule says of somebody.
pub enum Verdict {
    /// An account that was issued to them.
    Bound(account::Model),
    /// Their own, because of a post.
    Posts {
        person: Box<person::Model>,
        sites: Vec<project::Model>,
    },
    Refused(&'static str),
}

pub async fn judge(app: &App, user: &phone_user::Model) -> Result<Verdict> {
    let db = app.db.reader();
    if let Some(id) = user.account_id {
        let account = account::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?;
        if account.disabled {
            return Ok(Verdict::Refused(DISABLED));
        }
        if personal_account::Entity::find_by_id(id).one(db).await?.is_none() {
            return Ok(Verdict::Bound(account));
        }
    }
    let Some(person_id) = user.person_id else { return Ok(Verdict::Refused(NOBODY)) };
    let personal = personal_account::Entity::find()
        .filter(personal_account::Column::PersonId.eq(person_id))
        .find_also_related(account::Entity)
        .one(db)
        .await?;
    if personal.and_then(|(_, account)| account).is_some_and(|account| account.disabled) {
        return Ok(Verdict::Refused(DISABLED));
    }
    let sites = posts::sites_of(app, person_id).await?;
    if sites.is_empty() {
        return Ok(Verdict::Refused(NO_POST));
    }
    let person = person::Entity::find_by_id(person_id).one(db).await?.ok_or(Error::NotFound)?;
    Ok(Verdict::Posts { person: Box::new(person), sites })
}

impl Verdict {
    pub fn shown(&self) -> (Option<TicketAccount>, Option<&'static str>) {
        match self {
            Self::Bound(account) => {
                (Some(TicketAccount { name: account.name.clone(), detail: format!("账号 {}", account.login) }), None)
            }
            Self::Posts { person, sites } => {
                let names: Vec<&str> = sites.iter().map(|site| site.name.as_str()).collect();
                (Some(TicketAccount { name: person.name.clone(), detail: names.join("、") }), None)
            }
            Self::Refused(reason) => (None, Some(reason)),
        }
    }

    /// The account itself, made or brought in step where it goes with a post; it is on the phone from then on.
    pub async fn account(
        self,
        tx: &impl ConnectionTrait,
        user: &phone_user::Model,
    ) -> Result<std::result::Result<account::Model, &'static str>> {
        match self {
            Self::Bound(account) => Ok(Ok(account)),
            Self::Refused(reason) => Ok(Err(reason)),
            Self::Posts { person, sites } => {
                let account = posts::account_of(tx, &person, &sites).await?;
                // Of two phones of one person the first keeps it: an account is on one phone.
                let held =
                    phone_user::Entity::find().filter(phone_user::Column::AccountId.eq(account.id)).one(tx).await?;
                if held.is_none() {
                    let bound = phone_user::ActiveModel {
                        id: Set(user.id),
                        account_id: Set(Some(account.id)),
                        ..Default::default()
                    };
                    bound.update(tx).await?;
                }
                Ok(Ok(account))
            }
        }
    }
}
