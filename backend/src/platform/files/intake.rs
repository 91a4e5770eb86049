//! What an upload goes through before it is kept.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use pictures::{Format, Kept, Rules};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{Kind, Refusal, kind, name, paper, pdf};
use crate::platform::config::FilesConfig;

const JPEG_QUALITY: u8 = 90;
const MEGABYTE: usize = 1024 * 1024;
const MEGAPIXEL: u64 = 1_000_000;
/// Pictures decode side by side as long as they have no more megapixels together (about 10 MB each).
const MEGAPIXELS_AT_ONCE: u64 = 40;
/// How long a picture waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);
/// Uploads wait in memory for their check, altogether no more than this.
const BUFFERED: usize = 256 * MEGABYTE;
const PIECE: usize = 64 * 1024;

/// What an upload is for, which says what it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A picture: faces, ID cards, seals.
    Photo,
    /// A picture or a PDF: proofs, contracts, certificates.
    Document,
    /// An Excel sheet to import.
    Sheet,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Document => "document",
            Self::Sheet => "sheet",
        }
    }

    fn accepts(self, kind: Kind) -> bool {
        match self {
            Self::Photo => kind.is_picture(),
            Self::Document => kind.is_picture() || kind == Kind::Pdf,
            Self::Sheet => kind == Kind::Xlsx,
        }
    }
}

/// An upload that may be kept.
#[derive(Debug)]
pub struct Accepted {
    pub bytes: Bytes,
    /// A photo in the size that terminals take.
    pub terminal: Option<Bytes>,
    pub kind: Kind,
    pub name: String,
}

/// Checks uploads and bounds the memory that all of them take together.
#[derive(Clone)]
pub struct Intake {
    max_bytes: usize,
    rules: Rules,
    decoding: Arc<Semaphore>,
    buffered: Arc<Semaphore>,
}

impl Intake {
    pub fn new(config: &FilesConfig, max_bytes: usize) -> Self {
        let rules = Rules { max_pixels: config.max_pixels, max_edge: config.max_edge, quality: JPEG_QUALITY };
        let megapixels = MEGAPIXELS_AT_ONCE.max(config.max_pixels.div_ceil(MEGAPIXEL));
        Self {
            max_bytes,
            rules,
            decoding: Arc::new(Semaphore::new(usize::try_from(megapixels).unwrap_or(Semaphore::MAX_PERMITS))),
            buffered: Arc::new(Semaphore::new(BUFFERED.max(max_bytes) / PIECE + 1)),
        }
    }

    /// Opens an upload whose pieces are still to come.
    pub fn reserve(&self) -> Reservation {
        Reservation { intake: self.clone(), length: 0, held: None }
    }

    /// Decides over an upload by its bytes; returns what is to be kept.
    pub async fn accept(&self, purpose: Purpose, claimed_name: &str, bytes: Bytes) -> Result<Accepted, Refusal> {
        self.check_length(bytes.len())?;
        let kind = match Kind::sniff(&bytes) {
            Some(kind) if purpose.accepts(kind) => kind,
            None if bytes.is_empty() => return Err(Refusal::Empty),
            None if kind::is_heic(&bytes) => return Err(Refusal::Heic),
            _ => return Err(Refusal::WrongKind { purpose }),
        };
        let (bytes, terminal, kind) = match kind {
            Kind::Picture(format) => {
                let picture = self.picture(format, bytes, purpose == Purpose::Photo).await?;
                (picture.jpeg.into(), picture.terminal.map(Bytes::from), Kind::JPEG)
            }
            Kind::Pdf => (pdf::check(&bytes).map(|()| bytes)?, None, kind),
            // What is inside a sheet is the importer's to judge.
            Kind::Xlsx => (bytes, None, kind),
        };
        Ok(Accepted { bytes, terminal, kind, name: name::clean(claimed_name, kind.extension()) })
    }

    /// A photographed sheet of paper as it goes into a PDF: legible, and not larger than that.
    pub async fn sheet(&self, jpeg: Bytes) -> Result<Vec<u8>, Refusal> {
        let legible = Self {
            rules: Rules { max_edge: paper::LONGEST_EDGE, quality: paper::QUALITY, ..self.rules },
            ..self.clone()
        };
        Ok(legible.picture(Format::Jpeg, jpeg, false).await?.jpeg)
    }

    async fn picture(&self, format: Format, bytes: Bytes, for_terminals: bool) -> Result<Kept, Refusal> {
        let pixels = pictures::check(format, &bytes, &self.rules)?;
        let share = u32::try_from(pixels.div_ceil(MEGAPIXEL)).unwrap_or(u32::MAX);
        let turn = timeout(PATIENCE, self.decoding.clone().acquire_many_owned(share));
        let Ok(Ok(turn)) = turn.await else { return Err(Refusal::Busy) };
        let rules = self.rules;
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            pictures::keep(format, &bytes, &rules, for_terminals)
        });
        // A decoder that panics is a broken picture to us.
        Ok(work.await.map_err(|_| Refusal::BrokenPicture)??)
    }

    fn check_length(&self, length: usize) -> Result<(), Refusal> {
        if length > self.max_bytes {
            return Err(Refusal::TooLarge { limit_mb: self.max_bytes / MEGABYTE });
        }
        Ok(())
    }
}

/// The memory that an upload takes while it comes in. It is given back when this is dropped.
pub struct Reservation {
    intake: Intake,
    length: usize,
    held: Option<OwnedSemaphorePermit>,
}

impl Reservation {
    /// Asks for room for another piece. Somebody who sends slowly holds only what has arrived.
    pub fn grow(&mut self, by: usize) -> Result<(), Refusal> {
        let before = self.length.div_ceil(PIECE);
        self.length = self.length.saturating_add(by);
        self.intake.check_length(self.length)?;
        let more = u32::try_from(self.length.div_ceil(PIECE) - before).unwrap_or(u32::MAX);
        let more = self.intake.buffered.clone().try_acquire_many_owned(more).map_err(|_| Refusal::Busy)?;
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        Ok(())
    }
}
