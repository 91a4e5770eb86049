//! Pictures of the demo's people, drawn.

use futures_util::{StreamExt, TryStreamExt, stream};
use uuid::Uuid;

use crate::{
    channels::terminal::portrait::portrait,
    platform::{
        App,
        files::{Purpose, Upload, service::store},
        web::Result,
    },
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
