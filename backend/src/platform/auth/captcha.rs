//! The picture with letters on the login page (JP2).
//!
//! Nothing is kept for a picture that was shown: the answer travels in the token, sealed by the platform's key.
//! A token works once; see [`tickets`].
//! Token: `base64url(nonce[12] ‖ AES-256-GCM(json {"a": answer, "e": expiry in seconds, "n": id}))` under
//! `Keyring::derive("captcha")`, without additional data. Test programs that know the platform's secret can read it.

use std::time::Duration;

use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use captcha::{
    Captcha,
    filters::{Dots, Noise, Wave},
};
use chrono::Utc;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::platform::{
    App,
    crypto::Keyring,
    tickets,
    web::{Error, Result},
};

const WIDTH: u32 = 264;
const HEIGHT: u32 = 80;
const LIFETIME: Duration = Duration::from_secs(300);
/// No characters that look alike in the picture's font.
const LETTERS: &[char] = &[
    'A', 'B', 'C', 'D', 'E', 'F', 'H', 'J', 'K', 'M', 'N', 'P', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '2', '3',
    '4', '6', '7', '8',
];

/// A picture and the token to send back with what it shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Challenge {
    pub token: String,
    /// A PNG as a data URI.
    pub image: String,
}

/// What somebody read in the picture.
#[derive(Clone, Debug, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct Solution {
    pub captcha_token: String,
    pub captcha_answer: String,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(rename = "a")]
    answer: String,
    #[serde(rename = "e")]
    expires: i64,
    #[serde(rename = "n")]
    id: Uuid,
}

pub fn issue(keys: &Keyring) -> Result<Challenge> {
    let mut picture = Captcha::new();
    picture.set_chars(LETTERS).set_color([16, 75, 64]).add_chars(4);
    picture
        .apply_filter(Noise::new(0.02))
        .apply_filter(Wave::new(1.6, 6.0).horizontal())
        .apply_filter(Wave::new(1.2, 6.0).vertical());
    picture.view(WIDTH, HEIGHT).apply_filter(Dots::new(5).max_radius(3).min_radius(1));
    let (answer, png) = picture.as_tuple().ok_or_else(|| Error::internal("no captcha picture"))?;
    let sealed =
        Sealed { answer, expires: Utc::now().timestamp() + LIFETIME.as_secs().cast_signed(), id: Uuid::now_v7() };
    Ok(Challenge { token: seal(keys, &sealed)?, image: format!("data:image/png;base64,{}", STANDARD.encode(png)) })
}

fn seal(keys: &Keyring, sealed: &Sealed) -> Result<String> {
    let json = serde_json::to_vec(sealed).map_err(Error::internal)?;
    let nonce: [u8; 12] = rand::random();
    let cipher = Aes256Gcm::new(&keys.derive("captcha").into());
    let body = cipher.encrypt(&Nonce::from(nonce), json.as_slice()).map_err(|_| Error::internal("captcha"))?;
    Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &body].concat()))
}

fn open(keys: &Keyring, token: &str) -> Option<Sealed> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (nonce, body) = bytes.split_first_chunk::<12>()?;
    let json = Aes256Gcm::new(&keys.derive("captcha").into()).decrypt(&Nonce::from(*nonce), body).ok()?;
    serde_json::from_slice(&json).ok()
}

/// Right or wrong, a token is used up.
pub async fn verify(app: &App, solution: &Solution) -> Result<()> {
    let refused = |message: &str| Err(Error::field("captcha_answer", message));
    let Some(sealed) =
        open(&app.keys, &solution.captcha_token).filter(|sealed| sealed.expires > Utc::now().timestamp())
    else {
        return refused("验证码已过期，请点击图片换一张");
    };
    if !tickets::use_up(app, "captcha", sealed.id, LIFETIME).await? {
        return refused("验证码已使用过，请点击图片换一张");
    }
    if !sealed.answer.eq_ignore_ascii_case(solution.captcha_answer.trim()) {
        return refused("验证码不正确，请重新输入");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;
    use crate::platform::config::{Config, Secret};

    async fn app() -> App {
        let folder = std::env::temp_dir().join(format!("mingce-captcha-{}", Uuid::now_v7()));
        let mut config = Config::demo().unwrap();
        config.database.url = Secret::new(format!("sqlite://{}/mingce.db", folder.display()));
        config.files.path = folder.join("files");
        let app = App::connect(config).await.unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        app
    }

    fn solve(keys: &Keyring, token: &str) -> Solution {
        Solution { captcha_token: token.to_owned(), captcha_answer: open(keys, token).unwrap().answer.to_lowercase() }
    }

    #[actix_web::test]
    async fn a_right_answer_counts_once() {
        let app = app().await;
        let solution = solve(&app.keys, &issue(&app.keys).unwrap().token);
        assert!(verify(&app, &solution).await.is_ok());
        assert!(verify(&app, &solution).await.is_err());
    }

    #[actix_web::test]
    async fn a_wrong_answer_uses_the_token_up() {
        let app = app().await;
        let right = solve(&app.keys, &issue(&app.keys).unwrap().token);
        let wrong = Solution { captcha_answer: "!!!!".to_owned(), ..right.clone() };
        assert!(verify(&app, &wrong).await.is_err());
        assert!(verify(&app, &right).await.is_err());
    }

    #[actix_web::test]
    async fn an_expired_or_made_up_token_is_refused() {
        let app = app().await;
        let expired = Sealed { answer: "ABCD".to_owned(), expires: Utc::now().timestamp() - 1, id: Uuid::now_v7() };
        for token in [seal(&app.keys, &expired).unwrap(), "nonsense".to_owned(), String::new()] {
            let solution = Solution { captcha_token: token, captcha_answer: "ABCD".to_owned() };
            assert!(verify(&app, &solution).await.is_err());
        }
    }
}
