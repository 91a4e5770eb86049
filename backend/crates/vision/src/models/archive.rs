//! Single files out of a package.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use super::catalog::Registry;

/// The largest file that is taken out; the networks have eleven million bytes at most.
const LARGEST: u64 = 64 << 20;

/// The files of `wanted` that are in the archive, by their path there.
pub fn read(registry: Registry, archive: &Path, wanted: &[&str]) -> io::Result<HashMap<String, Vec<u8>>> {
    let file = BufReader::new(File::open(archive)?);
    match registry {
        Registry::Npm => read_tar(file, wanted),
        Registry::PyPi => read_zip(file, wanted),
    }
}

fn read_tar(file: impl Read, wanted: &[&str]) -> io::Result<HashMap<String, Vec<u8>>> {
    let mut found = HashMap::new();
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(file)).entries()? {
        let entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        if wanted.contains(&path.as_str()) {
            found.insert(path, read_all(entry)?);
        }
    }
    Ok(found)
}

fn read_zip(file: impl Read + io::Seek, wanted: &[&str]) -> io::Result<HashMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(file).map_err(io::Error::other)?;
    let mut found = HashMap::new();
    for path in wanted {
        match archive.by_name(path) {
            Ok(entry) => found.insert((*path).into(), read_all(entry)?),
            Err(zip::result::ZipError::FileNotFound) => None,
            Err(error) => return Err(io::Error::other(error)),
        };
    }
    Ok(found)
}

fn read_all(entry: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
