//! Rows that stories start from, and callers in every role.

use chrono::{TimeDelta, Utc};
use mingce::{
    entity::{
        account::{self, AccountKind},
        company::{self, UploadState},
        project,
        role_grant::{self, Role, ScopeKind},
        session::{self, SessionKind},
        vendor,
    },
    platform::{auth::caller::token_hash, database::next_number, types::synthetic},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use super::{Client, TestApp, client::Login};

/// The scope columns of a grant.
#[derive(Default)]
struct GrantScope {
    region_code: Option<String>,
    company_id: Option<Uuid>,
    project_id: Option<Uuid>,
    vendor_id: Option<Uuid>,
}

impl TestApp {
    /// A regulator of a region and all below it, for example "440700".
    pub async fn regulator(&self, region: &str) -> Client {
        let scope = GrantScope { region_code: Some(region.to_owned()), ..Default::default() };
        self.account(AccountKind::Regulator, Role::Regulator, ScopeKind::Region, scope).await
    }

    pub async fn admin(&self) -> Client {
        self.account(AccountKind::Admin, Role::Admin, ScopeKind::Nation, GrantScope::default()).await
    }

    /// Somebody who runs the project's roster.
    pub async fn project_staff(&self, project: &project::Model) -> Client {
        let scope = GrantScope { project_id: Some(project.id), ..Default::default() };
        self.account(AccountKind::Project, Role::Project, ScopeKind::Project, scope).await
    }

    pub async fn company_account(&self, company: &company::Model) -> Client {
        let scope = GrantScope { company_id: Some(company.id), ..Default::default() };
        self.account(AccountKind::Company, Role::Company, ScopeKind::Company, scope).await
    }

    pub async fn vendor_account(&self, vendor: &vendor::Model) -> Client {
        let scope = GrantScope { vendor_id: Some(vendor.id), ..Default::default() };
        self.account(AccountKind::Vendor, Role::Vendor, ScopeKind::Vendor, scope).await
    }

    async fn account(&self, kind: AccountKind, role: Role, scope_kind: ScopeKind, scope: GrantScope) -> Client {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let account = account::ActiveModel {
            id: Set(id),
            login: Set(format!("u{}", id.simple())),
            kind: Set(kind),
            name: Set("测试账号".to_owned()),
            phone: Set(None),
            email: Set(None),
            // Nobody logs in by this password: the session below is made directly.
            password_hash: Set("!".to_owned()),
            must_change_password: Set(false),
            disabled: Set(false),
            created_at: Set(now),
            created_by: Set(None),
            password_changed_at: Set(now),
            revision: Set(1),
        };
        account.insert(self.app.db.writer()).await.unwrap();
        let GrantScope { region_code, company_id, project_id, vendor_id } = scope;
        let grant = role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(id),
            role: Set(role),
            scope_kind: Set(scope_kind),
            region_code: Set(region_code),
            company_id: Set(company_id),
            project_id: Set(project_id),
            vendor_id: Set(vendor_id),
            created_at: Set(now),
        };
        grant.insert(self.app.db.writer()).await.unwrap();
        self.log_in(id).await
    }

    /// A session without the login page, for accounts whose password is not the point.
    pub async fn log_in(&self, account_id: Uuid) -> Client {
        let (token, csrf_token) = (Uuid::now_v7().to_string(), Uuid::now_v7().to_string());
        let now = Utc::now();
        let session = session::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(account_id),
            kind: Set(SessionKind::Browser),
            token_hash: Set(token_hash(&token)),
            csrf_token: Set(csrf_token.clone()),
            ip: Set("127.0.0.1".to_owned()),
            user_agent: Set("test".to_owned()),
            created_at: Set(now),
            last_seen_at: Set(now),
            expires_at: Set(now + TimeDelta::hours(1)),
        };
        session.insert(self.app.db.writer()).await.unwrap();
        Client::new(self.address, Some(Login::Browser { token, csrf_token }))
    }

    /// A project under construction in a region.
    pub async fn project(&self, region: &str) -> project::Model {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let number = next_number(self.app.db.writer(), "project_number").await.unwrap();
        let project = project::ActiveModel {
            id: Set(id),
            number: Set(number),
            name: Set(format!("滨江花园{number}号楼工程")),
            region_code: Set(region.to_owned()),
            category: Set("01".to_owned()),
            status: Set("003".to_owned()),
            parties: Set(serde_json::json!([])),
            upload_state: Set(UploadState::Waiting),
            created_at: Set(now),
            updated_at: Set(now),
            revision: Set(1),
            ..Default::default()
        };
        project.insert(self.app.db.writer()).await.unwrap()
    }

    /// A company of the registry.
    pub async fn company(&self, region: &str, name: &str) -> company::Model {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let seed = u64::try_from(id.as_u128() >> 64).unwrap_or_default();
        let company = company::ActiveModel {
            id: Set(id),
            credit_code: Set(synthetic::credit_code(seed ^ rand::random::<u64>()).as_str().to_owned()),
            name: Set(name.to_owned()),
            region_code: Set(region.to_owned()),
            upload_state: Set(UploadState::Waiting),
            created_at: Set(now),
            updated_at: Set(now),
            revision: Set(1),
            ..Default::default()
        };
        company.insert(self.app.db.writer()).await.unwrap()
    }

    pub async fn vendor(&self, region: &str) -> vendor::Model {
        let id = Uuid::now_v7();
        let vendor = vendor::ActiveModel {
            id: Set(id),
            code: Set(format!("V{}", id.simple())),
            credit_code: Set(synthetic::credit_code(rand::random()).as_str().to_owned()),
            name: Set("测试设备商".to_owned()),
            region_code: Set(region.to_owned()),
            contact_name: Set(None),
            contact_phone: Set(None),
            created_at: Set(Utc::now()),
            revision: Set(1),
        };
        vendor.insert(self.app.db.writer()).await.unwrap()
    }
}
