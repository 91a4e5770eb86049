//! A gate with a terminal at it, and people who may pass.

mod gate;
mod raw;

pub use gate::{Gate, at, kept_punches, punch, state_with, utc};
pub use raw::Raw;

use mingce::app::Parts;
use mingce::platform::config::Config;

use crate::api::support::{Kind, TestApp};

/// Everything but the jobs, and deadlines a test can wait for.
pub async fn start(kind: Kind, change: impl FnOnce(&mut Config)) -> TestApp {
    let parts = Parts { web: true, gateway: true, ..Parts::default() };
    TestApp::start_parts(kind, parts, |config| {
        config.gateway.frame_seconds = 1;
        config.gateway.state_seconds = 1;
        change(config);
    })
    .await
}

/// One story about terminals, told on SQLite and on PostgreSQL; with settings of its own if it names some.
macro_rules! gate_story {
    ($(#[$meta:meta])* async fn $name:ident($app:ident: &TestApp) $body:block) => {
        gate_story!(@ $(#[$meta])* $name, $app, $body, |_: &mut mingce::platform::config::Config| {});
    };
    ($(#[$meta:meta])* $change:expr => async fn $name:ident($app:ident: &TestApp) $body:block) => {
        gate_story!(@ $(#[$meta])* $name, $app, $body, $change);
    };
    (@ $(#[$meta:meta])* $name:ident, $app:ident, $body:block, $change:expr) => {
        mod $name {
            #[expect(clippy::allow_attributes, reason = "not every story names something of its file")]
            #[allow(unused_imports)]
            use super::*;

            async fn story($app: &$crate::api::support::TestApp) $body

            $(#[$meta])*
            #[actix_web::test]
            async fn on_sqlite() {
                let app = $crate::gateway::support::start($crate::api::support::Kind::Sqlite, $change).await;
                story(&app).await;
                app.stop().await;
            }

            $(#[$meta])*
            #[actix_web::test]
            async fn on_postgres() {
                let app = $crate::gateway::support::start($crate::api::support::Kind::Postgres, $change).await;
                story(&app).await;
                app.stop().await;
            }
        }
    };
}
