//! The arguments of `serve`.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Args)]
pub(crate) struct ServeArgs {
    #[command(subcommand)]
    pub(super) action: Option<ServeAction>,
    #[arg(long, global = true, value_name = "FOLDER")]
    pub(super) data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "URL")]
    pub(super) database: Option<String>,
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(super) listen: SocketAddr,
    #[arg(long, value_name = "URL")]
    pub(super) public_url: Option<String>,
    #[arg(long)]
    pub(super) behind_proxy: bool,
    #[arg(long)]
    pub(super) demo: bool,
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) time_limit: u64,
    #[arg(long, value_name = "MB", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) largest_file: u64,
    #[arg(long, value_name = "MB", default_value_t = 400, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) largest_upload: u64,
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) rate: u32,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) log_format: LogFormat,
}

/// What else there is to do with what a server keeps.
#[derive(Subcommand)]
pub(super) enum ServeAction {
    /// Copies everything to a new folder, while the server runs.
    Backup(BackupArgs),
    /// Makes a folder of a server from such a copy.
    Restore(RestoreArgs),
    /// Makes a one-time link for an administrator who has lost the password.
    Invite(InviteArgs),
}

#[derive(Args)]
pub(super) struct BackupArgs {
    #[arg(value_name = "FOLDER")]
    pub(super) to: PathBuf,
}

#[derive(Args)]
pub(super) struct RestoreArgs {
    #[arg(value_name = "FOLDER")]
    pub(super) from: PathBuf,
}

#[derive(Args)]
pub(super) struct InviteArgs {
    #[arg(value_name = "ACCOUNT")]
    pub(super) account: String,
}

/// How the log is written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, ValueEnum)]
pub(super) enum LogFormat {
    /// A line for a person.
    #[default]
    Text,
    /// A line of JSON for a program.
    Json,
}
