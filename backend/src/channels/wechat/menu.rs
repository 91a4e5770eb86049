//! The menu under the official account's chat: 【实名制】.

use serde::{Deserialize, Serialize};
use wechat::account::{Button, Entry, Menu};

use super::web_login::link_to;
use crate::platform::{
    App,
    jobs::{self, Job, JobContext, JobError, Outcome, Ownership},
    web::Result,
};

/// The key of 【使用帮助】.
pub const HELP: &str = "help";

/// Gives the account its menu. WeChat keeps it, so it runs once per start, and changes nothing when it is as it should be.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CreateMenu {}

impl Job for CreateMenu {
    const KIND: &'static str = "wechat.menu";

    async fn run(self, context: JobContext) -> std::result::Result<Outcome, JobError> {
        let app = &context.app;
        let Ok(account) = app.official_account() else { return Ok(Outcome::default()) };
        let wanted = menu(app);
        if account.menu().await.ok().flatten().as_ref() == Some(&wanted) {
            return Ok(Outcome::default());
        }
        match account.create_menu(&wanted).await {
            Ok(()) => Ok(Outcome::default()),
            Err(error) if error.passes() => Err(JobError::Retry(error.to_string())),
            Err(error) => {
                tracing::error!(%error, "WeChat does not take the menu");
                Err(JobError::Fail(error.sentence().to_owned()))
            }
        }
    }
}

/// At the start of whoever serves: the address of our pages may be another than before.
pub async fn at_start(app: &App) -> Result<()> {
    if app.official_account().is_ok() {
        jobs::enqueue(app.db.writer(), CreateMenu::default(), Ownership::default()).await?;
        jobs::wake(app).await;
    }
    Ok(())
}

fn menu(app: &App) -> Menu {
    let view = |name: &str, page: &str| Button::View { name: name.to_owned(), url: link_to(app, page) };
    let group = |name: &str, sub_button: Vec<Button>| Entry::Group { name: name.to_owned(), sub_button };
    Menu {
        button: vec![
            group(
                "实名制",
                vec![
                    view("项目工作台", "staff/home/index"),
                    view("扫码登记", "pages/join/index"),
                    view("项目申报", "staff/apply/index"),
                ],
            ),
            group(
                "我的",
                vec![
                    view("我的项目", "pages/me/index"),
                    view("我的考勤", "pages/me/attendance"),
                    view("我的合同", "pages/me/contract"),
                    view("绑定账号", "pages/bind/index"),
                ],
            ),
            Entry::Button(Button::Click { name: "使用帮助".to_owned(), key: HELP.to_owned() }),
        ],
    }
}
