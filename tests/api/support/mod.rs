//! A platform of its own for every test, and people who use it.

mod app;
mod client;
mod crews;
mod fixtures;
mod jobs;
pub mod program;
mod schema;
mod site;

pub use app::{Kind, TestApp};
pub use client::{Answer, Client};
pub use crews::{ago, exported, id_of};
pub use site::days_ago;

/// One story, told on SQLite and on PostgreSQL.
macro_rules! story {
    ($(#[$meta:meta])* async fn $name:ident($app:ident: &TestApp) $body:block) => {
        mod $name {
            #[expect(clippy::allow_attributes, reason = "not every story names something of its file")]
            #[allow(unused_imports)]
            use super::*;

            async fn story($app: &$crate::api::support::TestApp) $body

            $(#[$meta])*
            #[actix_web::test]
            async fn on_sqlite() {
                let app = $crate::api::support::TestApp::start($crate::api::support::Kind::Sqlite).await;
                story(&app).await;
                app.stop().await;
            }

            $(#[$meta])*
            #[actix_web::test]
            async fn on_postgres() {
                let app = $crate::api::support::TestApp::start($crate::api::support::Kind::Postgres).await;
                story(&app).await;
                app.stop().await;
            }
        }
    };
}
