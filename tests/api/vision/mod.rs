//! ID cards read and faces compared. What the platform makes of it is told with stand-in eyes, whose answers are known
//! beforehand; `networks` tells it once with the networks themselves.

pub mod support;

/// A story on a platform that sees colours; see [`support::Colours`].
macro_rules! seeing_story {
    (async fn $name:ident($app:ident: &TestApp) $body:block) => {
        mod $name {
            use super::*;

            async fn story($app: &TestApp) $body

            async fn told_on(kind: $crate::api::support::Kind) {
                let app = TestApp::start_seeing(kind, std::sync::Arc::new(super::Colours::default())).await;
                story(&app).await;
                app.stop().await;
            }

            #[actix_web::test]
            async fn on_sqlite() {
                told_on($crate::api::support::Kind::Sqlite).await;
            }

            #[actix_web::test]
            async fn on_postgres() {
                told_on($crate::api::support::Kind::Postgres).await;
            }
        }
    };
}

mod comparisons;
mod forgetting;
mod networks;
mod punches;
mod reading;
mod versions;
