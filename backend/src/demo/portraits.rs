//! Pictures of the demo's people, drawn.

use std::{collections::HashMap, ops::Range};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use pictures::{blank_card, portrait};
use uuid::Uuid;

use crate::platform::{
    App,
    files::{
        Purpose, Upload,
        service::{store, store_cut},
    },
    web::Result,
};

/// Most of the time is waiting for the disk.
const AT_ONCE: usize = 4;

/// Stores a picture for each seed below `count`, to be claimed by whom it shows. They come before the transaction: on
/// SQLite whoever holds one must not ask for another.
pub async fn draw(app: &App, count: usize) -> Result<Vec<Uuid>> {
    let one = |seed: usize| async move {
        let bytes = portrait(seed as u64).into();
        let upload = Upload { purpose: Purpose::Photo, name: "photo.jpg".to_owned(), bytes };
        Ok(store(app, None, upload).await?.id)
    };
    stream::iter(0..count).map(one).buffered(AT_ONCE).try_collect().await
}

/// Every so many people had their ID card photographed.
const CARDS: usize = 3;

/// Whose card shows somebody else, as drawings go: the page has something to look at.
pub fn shows_another(seed: usize) -> bool {
    seed % 36 == 15
}

/// The portraits that were cut from photographed cards, by the seed of their owners.
pub async fn draw_for_cards(app: &App, count: usize) -> Result<HashMap<usize, Uuid>> {
    let one = |seed: usize| async move {
        let drawn = if shows_another(seed) { seed + 5 } else { seed };
        let jpeg: Bytes = portrait(drawn as u64).into();
        Ok((seed, store_cut(app, None, "证件照", jpeg).await?.id))
    };
    stream::iter((0..count).step_by(CARDS)).map(one).buffered(AT_ONCE).try_collect().await
}

/// What somebody brings who registers: their face, the portrait on their card, and both sides of it.
#[derive(Clone, Copy)]
pub struct Brought {
    pub face: Uuid,
    pub portrait: Uuid,
    pub front: Uuid,
    pub back: Uuid,
}

/// For each of these seeds; face and portrait show the same person.
pub async fn draw_cards(app: &App, seeds: Range<usize>) -> Result<Vec<Brought>> {
    let one = |seed: usize| async move {
        let jpeg: Bytes = portrait(seed as u64).into();
        let front = blank_card(Some(&jpeg)).into();
        let back = blank_card(None).into();
        Ok(Brought {
            face: store_cut(app, None, "人脸照片", jpeg.clone()).await?.id,
            portrait: store_cut(app, None, "证件照", jpeg).await?.id,
            front: store_cut(app, None, "身份证", front).await?.id,
            back: store_cut(app, None, "身份证", back).await?.id,
        })
    };
    stream::iter(seeds).map(one).buffered(AT_ONCE).try_collect().await
}
