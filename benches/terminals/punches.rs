//! Durable punches a second through the gateway, beside the bare limit and beside a commit for each.

use crate::Result;
use crate::copy;
use crate::gateway::{Gateway, load};
use crate::ground::{DEVICES, Ground};
use crate::photos;
use crate::table::{Figure, Limit};

const SECONDS: u64 = 20;
/// Of the most there is, how much answers are timed at.
const SHARE: f64 = 0.7;

pub async fn on_postgres(ground: &Ground) -> Result<Vec<Figure>> {
    let bare = copy::per_second(ground, SECONDS).await?;
    ground.clear().await?;
    let alone = most(ground, &[("BATCH", "1"), ("WRITERS", "16")]).await?;
    let together = most(ground, &[]).await?;
    let (what, per_second) = ("durable punches, 10 kB photo, 1000 terminals", |rate: f64| format!("{rate:.0}/s"));
    let mut figures = vec![
        Figure {
            what: what.to_owned(),
            on: ground.on,
            ours: per_second(together),
            peer: format!("{} COPY by 100", per_second(bare)),
            value: together / bare,
            limit: Limit::AtLeast(0.6, "×"),
        },
        Figure {
            what: what.to_owned(),
            on: ground.on,
            ours: per_second(together),
            peer: format!("{} a commit each", per_second(alone)),
            value: together / alone,
            limit: Limit::AtLeast(1.5, "×"),
        },
    ];
    figures.push(answers(ground, together).await?);
    figures.extend(photos::measure(ground, bare)?);
    Ok(figures)
}

pub async fn on_sqlite(ground: &Ground) -> Result<Vec<Figure>> {
    let most = most(ground, &[]).await?;
    let figure = Figure {
        what: "durable punches, 10 kB photo, 1000 terminals".to_owned(),
        on: ground.on,
        ours: format!("{most:.0}/s"),
        peer: "–".to_owned(),
        value: most,
        limit: Limit::AtLeast(2_000.0, "/s"),
    };
    Ok(vec![figure, answers(ground, most).await?])
}

async fn most(ground: &Ground, settings: &[(&str, &str)]) -> Result<f64> {
    let gateway = Gateway::start(ground, settings)?;
    let measured = load(&gateway, DEVICES, 0.0, SECONDS)?.per_second;
    drop(gateway);
    ground.clear().await?;
    Ok(measured)
}

async fn answers(ground: &Ground, most: f64) -> Result<Figure> {
    let gateway = Gateway::start(ground, &[])?;
    let measured = load(&gateway, DEVICES, most * SHARE, SECONDS)?;
    drop(gateway);
    ground.clear().await?;
    Ok(Figure {
        what: "answer to a punch at 70 % of that, p99".to_owned(),
        on: ground.on,
        ours: format!("{:.0} ms (p50 {:.0} ms)", measured.p99, measured.p50),
        peer: "–".to_owned(),
        value: measured.p99,
        limit: Limit::AtMost(250.0, " ms"),
    })
}
