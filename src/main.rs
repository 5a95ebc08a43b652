//! The binary: reads the command line and leaves the rest to the library.

use std::process::ExitCode;

use clap::Parser as _;
use samhandla::cli;

fn main() -> ExitCode {
    cli::run(cli::arguments::Arguments::parse())
}
