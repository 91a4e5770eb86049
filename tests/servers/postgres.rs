//! A PostgreSQL of a test's own, to be killed.

use std::{
    fs,
    net::SocketAddr,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use super::free_address;

/// A server on a free port with a folder that goes away. What it has committed survives its death: nothing here has to
/// survive a power cut, so it does not wait for the disk.
pub struct Postgres {
    folder: PathBuf,
    address: SocketAddr,
    child: Option<Child>,
}

impl Postgres {
    pub fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("mingce_postgres_{}", uuid::Uuid::now_v7().simple()));
        fs::create_dir(&folder).unwrap();
        if rustix::process::geteuid().is_root() {
            assert!(Command::new("chown").arg("postgres").arg(&folder).status().unwrap().success());
        }
        let mut initdb = as_postgres("initdb");
        initdb.arg("-D").arg(folder.join("data")).args(["-U", "mingce", "-A", "trust", "-E", "UTF8"]);
        assert!(initdb.args(["--locale=C.UTF-8", "--no-sync"]).stdout(Stdio::null()).status().unwrap().success());
        let mut server = Self { folder, address: free_address(), child: None };
        server.restart();
        server
    }

    pub fn url(&self) -> String {
        format!("postgres://mingce@{}/postgres", self.address)
    }

    /// Starts it again after [`Postgres::kill`]. It recovers, and refuses to start while anything of its past life runs.
    pub fn restart(&mut self) {
        let began = Instant::now();
        while !self.is_up() {
            assert!(began.elapsed() < Duration::from_secs(60), "PostgreSQL does not start");
            let has_ended = self.child.as_mut().is_none_or(|child| child.try_wait().unwrap().is_some());
            if has_ended {
                self.child = Some(self.spawn());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// SIGKILL, for the server and for every process it has.
    pub fn kill(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        let server = i32::try_from(child.id()).unwrap();
        let workers = children_of(server);
        for pid in [server].into_iter().chain(workers) {
            let _ = kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL);
        }
        child.wait().unwrap();
    }

    fn spawn(&self) -> Child {
        let mut command = as_postgres("postgres");
        command.arg("-D").arg(self.folder.join("data")).args(["-p", &self.address.port().to_string()]);
        command.args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"]);
        command.args(["-c", "full_page_writes=off", "-c", "max_connections=60"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn().unwrap()
    }

    fn is_up(&self) -> bool {
        let port = self.address.port().to_string();
        let asked = tool("pg_isready").args(["-q", "-h", "127.0.0.1", "-p", &port]).status();
        self.child.is_some() && asked.is_ok_and(|status| status.success())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// PostgreSQL will not run as root, so root lends it the account that Debian's package made.
fn as_postgres(name: &str) -> Command {
    if !rustix::process::geteuid().is_root() {
        return tool(name);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(path_of(name));
    command.current_dir("/");
    command
}

fn tool(name: &str) -> Command {
    Command::new(path_of(name))
}

/// Debian keeps the server's programs off the PATH.
fn path_of(name: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin").join(name)).collect();
    found.retain(|path| path.exists());
    found.sort();
    found.pop().unwrap_or_else(|| Path::new(name).to_owned())
}

fn children_of(parent: i32) -> Vec<i32> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(|pid| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name in brackets may have blanks; state and parent follow it.
        let after_name = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
        after_name.split_whitespace().nth(1).and_then(|ppid| ppid.parse().ok()) == Some(parent)
    })
    .collect()
}
