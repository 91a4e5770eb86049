//! 登记: a worker's phone, the project's staff, and whoever reviews. The platform sees colours, so that a face is or is not
//! the card's as a story wants it.

mod support;

/// A story on a platform that sees colours; see `vision::support::Colours`.
macro_rules! joining_story {
    (async fn $name:ident($app:ident: &TestApp) $body:block) => {
        mod $name {
            use super::*;

            async fn story($app: &TestApp) $body

            async fn told_on(kind: $crate::api::support::Kind) {
                let eyes = std::sync::Arc::new($crate::api::vision::support::Colours::default());
                let app = TestApp::start_seeing(kind, eyes).await;
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

mod desk;
mod faces;
mod idle;
mod phone;
mod refusals;
mod review;
mod rules;
