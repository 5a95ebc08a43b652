//! A PostgreSQL server of a test's own, which can be restarted. The server refuses to run as root, so root lends
//! it the user that the package made.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

/// A server on a free port of the loopback, gone when the test ends.
pub struct Postgres {
    folder: tempfile::TempDir,
    bin: PathBuf,
    port: u16,
}

impl Postgres {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder, bin: bin(), port };
        if is_root() {
            let path = server.folder.path();
            assert!(Command::new("chown").arg("postgres:").arg(path).status().unwrap().success());
            assert!(Command::new("chmod").arg("755").arg(path).status().unwrap().success());
        }
        let data = server.data();
        server.run("initdb", &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        server.control(&["start"]);
        server
    }

    /// `fast` ends every session, `immediate` dies where it stands and recovers from its log.
    pub fn restart(&self, mode: &str) {
        self.control(&["-m", mode, "restart"]);
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn control(&self, what: &[&str]) {
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", self.port);
        let log = self.folder.path().join("log").display().to_string();
        let data = self.data();
        let fixed = ["-D", data.as_str(), "-w", "-l", log.as_str(), "-o", options.as_str()];
        self.run("pg_ctl", &[&fixed, what].concat());
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let ended = command.args(arguments).current_dir("/").stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(ended.unwrap().success(), "{arguments:?}");
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.control(&["-m", "immediate", "stop"]);
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0")
}

/// Folder of initdb and pg_ctl; Debian keeps them off the path.
fn bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.pop().unwrap_or_default()
}
