//! The real binary as a process.

use std::{
    path::Path,
    process::{Command, Output},
};

/// The binary with its data directory and database; the caller adds the command.
pub fn samhandla(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samhandla"));
    command.env("SAMHANDLA_DATA", data).env_remove("SAMHANDLA_DATABASE").env_remove("SAMHANDLA_SMTP_URL");
    command
}

/// Runs a command to its end.
pub fn run(data: &Path, arguments: &[&str]) -> Output {
    samhandla(data).args(arguments).output().unwrap()
}

/// Runs a command that reports JSON and must end well, and reads what it printed.
pub fn json(data: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = samhandla(data).args(arguments).args(["--format", "json"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    serde_json::from_slice(&output.stdout).unwrap()
}
