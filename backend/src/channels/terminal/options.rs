//! What a simulated terminal can be asked for.

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use rustls_pki_types::{CertificateDer, ServerName, pem::PemObject};
use terminal_protocol::parts::Numbering;

use super::client::{Gateway, Tls};
use crate::platform::{StartError, tls};

/// Plays a terminal, or a thousand of them, against a gateway. Everybody it collects and every face it sends is made
/// up. The defaults are the demo district's first device.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Where the gateway is.
    #[arg(long, default_value = "127.0.0.1:8843")]
    pub address: String,
    /// The device vendor's code.
    #[arg(long, default_value = "MINGCE-DEMO-VENDOR-0000000000001")]
    pub vendor_code: String,
    /// The device's serial. With several terminals, `{n}` in it becomes each one's number, from 000001.
    #[arg(long, default_value = "MC-K1-00000000000000000000000001")]
    pub serial: String,
    /// Speak TLS, and trust the certificates of this PEM file.
    #[arg(long, value_name = "PEM")]
    pub tls_ca: Option<PathBuf>,
    /// The name in the gateway's certificate, if it is not that of --address.
    #[arg(long, requires = "tls_ca")]
    pub tls_name: Option<String>,

    /// Collect so many made-up people (852).
    #[arg(long, default_value_t = 0)]
    pub collect: u64,
    /// Which made-up people: the number of the first.
    #[arg(long, default_value_t = 500_000)]
    pub seed: u64,
    /// Fetch the features of at most so many people on the list (845).
    #[arg(long, default_value_t = 3)]
    pub features: usize,
    /// Punch for at most so many people on the list, now (848).
    #[arg(long, default_value_t = 3)]
    pub punches: usize,
    /// Then send so many punches of each of them from before an outage.
    #[arg(long, default_value_t = 0)]
    pub backlog: u32,
    /// Send long messages in parts of so many bytes.
    #[arg(long)]
    pub part_bytes: Option<usize>,
    /// Number the parts from 1 instead of 0.
    #[arg(long, requires = "part_bytes")]
    pub parts_from_one: bool,
    /// Length of the photo of a punch.
    #[arg(long, default_value_t = 10_240)]
    pub photo_bytes: usize,
    /// Stay connected with a heart-beat every so many seconds.
    #[arg(long, value_name = "SECONDS")]
    pub keep_alive: Option<u64>,

    /// Drive load with so many terminals instead; see --serial.
    #[arg(long, value_name = "COUNT")]
    pub terminals: Option<usize>,
    /// Punches a second, all terminals together. 0: each sends the next as soon as it has an answer.
    #[arg(long, default_value_t = 0.0)]
    pub rate: f64,
    /// For how long.
    #[arg(long, default_value_t = 30)]
    pub seconds: u64,
    /// Print the figures of a load as JSON.
    #[arg(long)]
    pub json: bool,
}

impl Options {
    pub fn gateway(&self) -> Result<Gateway, StartError> {
        let tls = match &self.tls_ca {
            None => None,
            Some(path) => {
                let host = self.address.rsplit_once(':').map_or(self.address.as_str(), |(host, _)| host);
                let name = self.tls_name.clone().unwrap_or_else(|| host.trim_matches(['[', ']']).to_owned());
                let name =
                    ServerName::try_from(name).map_err(|error| StartError::new(format!("--tls-name: {error}")))?;
                Some(Tls { config: Arc::new(trusting(path)?), name })
            }
        };
        Ok(Gateway { address: self.address.clone(), tls })
    }

    /// The serial of one of many, counted from 1.
    pub fn serial_of(&self, number: usize) -> String {
        self.serial.replace("{n}", &format!("{number:06}"))
    }

    pub fn parts(&self) -> Option<(usize, Numbering)> {
        let numbering = if self.parts_from_one { Numbering::FromOne } else { Numbering::FromZero };
        self.part_bytes.map(|bytes| (bytes, numbering))
    }
}

fn trusting(path: &PathBuf) -> Result<rustls::ClientConfig, StartError> {
    tls::use_ring();
    let said = |error: &dyn std::fmt::Display| StartError::new(format!("--tls-ca {}: {error}", path.display()));
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| said(&error))? {
        roots.add(certificate.map_err(|error| said(&error))?).map_err(|error| said(&error))?;
    }
    Ok(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}
