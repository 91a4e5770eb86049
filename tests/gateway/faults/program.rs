//! `mingce gateway` as a process of its own, to be killed.

use std::{
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use mingce::platform::config::Config;

use crate::servers::free_address;

pub struct Program {
    command: Command,
    pub address: SocketAddr,
    child: Option<Child>,
}

impl Program {
    /// With the database and the files of a test.
    pub fn start(config: &Config) -> Self {
        let address = free_address();
        let mut command = Command::new(env!("CARGO_BIN_EXE_mingce"));
        command
            .arg("gateway")
            .env_clear()
            .env("MINGCE__DEMO", "true")
            .env("MINGCE__DATABASE__URL", config.database.url.expose())
            .env("MINGCE__DATABASE__ACQUIRE_TIMEOUT_SECONDS", "1")
            .env("MINGCE__FILES__PATH", &config.files.path)
            .env("MINGCE__GATEWAY__LISTEN", address.to_string())
            .env("MINGCE__TELEMETRY__LEVEL", "off")
            .stdout(Stdio::null());
        let mut program = Self { command, address, child: None };
        program.restart();
        program
    }

    pub fn restart(&mut self) {
        let began = Instant::now();
        self.child = Some(self.command.spawn().unwrap());
        while TcpStream::connect(self.address).is_err() {
            assert!(began.elapsed() < Duration::from_secs(30), "the gateway does not start");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}
