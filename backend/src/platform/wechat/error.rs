//! What WeChat answers, as what the caller is told.

use wechat::Kind;

use crate::platform::web::Error;

/// What the person can do something about is a 409 with WeChat's reason; the rest passes, or is the operator's.
impl From<wechat::Error> for Error {
    fn from(error: wechat::Error) -> Self {
        let code = error.log_code();
        match error.kind() {
            Kind::CodeInvalid
            | Kind::CodeUsed
            | Kind::PersonBlocked
            | Kind::NotFollowing
            | Kind::Declined
            | Kind::Risky
            | Kind::Snapshot
            | Kind::Missing => {
                tracing::info!(code, %error, "WeChat refused");
                Self::Conflict("wechat_refused", error.sentence().into())
            }
            Kind::Misconfigured | Kind::Argument | Kind::Unknown => {
                tracing::error!(code, %error, "WeChat does not take what we are or send");
                Self::NotNow("wechat", None, error.sentence().into())
            }
            Kind::Busy | Kind::TooOften | Kind::TokenStale | Kind::Unreachable | Kind::Unreadable => {
                tracing::warn!(code, %error, "WeChat does not answer");
                Self::NotNow("wechat", Some(10), error.sentence().into())
            }
        }
    }
}
