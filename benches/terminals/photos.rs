//! Where photos of punches live: rows of the database first, packs of some thousand in the file store later, beside a
//! file for each from the beginning.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::Result;
use crate::ground::Ground;
use crate::table::{Figure, Limit};

const PHOTO: usize = 10_240;
/// As many as the gateway has writers.
const WRITERS: usize = 2;
const LENGTH: Duration = Duration::from_secs(8);
const COPIED: usize = 40_000;
/// About a day of a large project.
const IN_A_PACK: usize = 4_000;

/// `rows` is what the database took a second: punches with their photos, a hundred in a transaction.
pub fn measure(ground: &Ground, rows: f64) -> Result<Vec<Figure>> {
    let folder = ground.folder.join("photos");
    let files = files_per_second(&folder.join("each"))?;
    let each = fill(&folder.join("loose"), COPIED, PHOTO)?;
    let packs = fill(&folder.join("packs"), COPIED / IN_A_PACK, PHOTO * IN_A_PACK)?;
    let (each, packs) = (copied(&each, &folder.join("backup-each"))?, copied(&packs, &folder.join("backup-packs"))?);
    fs::remove_dir_all(&folder)?;
    Ok(vec![
        Figure {
            what: "photos of 10 kB on disk, as rows with their punches".to_owned(),
            on: ground.on,
            ours: format!("{rows:.0}/s"),
            peer: format!("{files:.0}/s as a file each"),
            value: rows / files,
            limit: Limit::AtLeast(1.0, "×"),
        },
        Figure {
            what: format!("{COPIED} photos copied for a backup, in packs"),
            on: ground.on,
            ours: format!("{packs:.2} s"),
            peer: format!("{each:.2} s as a file each"),
            value: each / packs,
            limit: Limit::AtLeast(1.0, "×"),
        },
    ])
}

/// Written, flushed and put in place, as anything must be that was acknowledged.
fn files_per_second(folder: &Path) -> Result<f64> {
    fs::create_dir_all(folder)?;
    let write = |writer: usize| -> Result<usize> {
        let (start, photo, mut written) = (Instant::now(), vec![7; PHOTO], 0);
        while start.elapsed() < LENGTH {
            let (draft, name) = (folder.join(format!("{writer}.draft")), folder.join(format!("{writer}-{written}")));
            let mut file = File::create(&draft)?;
            file.write_all(&photo)?;
            file.sync_data()?;
            fs::rename(&draft, &name)?;
            File::open(folder)?.sync_all()?;
            written += 1;
        }
        Ok(written)
    };
    let written = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(move || write(writer))).collect();
        writers.into_iter().map(|writer| writer.join().map_err(|_| "a writer ended")?).sum::<Result<usize>>()
    })?;
    Ok(written as f64 / LENGTH.as_secs_f64())
}

fn fill(folder: &Path, count: usize, size: usize) -> Result<std::path::PathBuf> {
    fs::create_dir_all(folder)?;
    let bytes = vec![7; size];
    for number in 0..count {
        fs::write(folder.join(number.to_string()), &bytes)?;
    }
    Ok(folder.to_owned())
}

/// Seconds until a copy of the folder is on disk.
fn copied(from: &Path, to: &Path) -> Result<f64> {
    fs::create_dir_all(to)?;
    let start = Instant::now();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        fs::copy(entry.path(), &to)?;
        File::open(&to)?.sync_data()?;
    }
    Ok(start.elapsed().as_secs_f64())
}
