//! The arguments of `mingzhang books`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use mingzhang_model::date::Date;

use crate::cli::{CheckFormat, FactsFormat};

#[derive(Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct BooksArgs {
    #[command(subcommand)]
    pub(crate) command: BooksCommand,
}

#[derive(Subcommand)]
pub(crate) enum BooksCommand {
    Init(KeepArgs),
    Examples(KeepArgs),
    Template(TemplateArgs),
    Import(ImportArgs),
    Enter(EnterArgs),
    Export(ExportArgs),
    Restore(RestoreArgs),
    Show(ShowArgs),
    Check(BooksCheckArgs),
    Facts(BooksFactsArgs),
    Publish(PublishArgs),
    Verify(KeepArgs),
    Backup(BackupArgs),
}

/// Where the books are kept.
#[derive(Args, Clone)]
pub(crate) struct KeepArgs {
    #[arg(long, value_name = "FILE", conflicts_with = "database")]
    pub(crate) books: Option<PathBuf>,
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
}

/// Whose year is looked at.
#[derive(Args, Clone)]
pub(crate) struct YearArgs {
    #[arg(long, value_name = "CODE")]
    pub(crate) unit: Option<String>,
    #[arg(long, value_name = "YYYY")]
    pub(crate) year: Option<u16>,
    #[arg(long)]
    pub(crate) own_level: bool,
    #[arg(long, value_name = "FORM")]
    pub(crate) form: Option<String>,
}

#[derive(Args)]
pub(crate) struct ShowArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[command(flatten)]
    pub(crate) year: YearArgs,
    #[arg(long, value_name = "CODE", requires = "form")]
    pub(crate) table: Option<String>,
    #[arg(long)]
    pub(crate) figures: bool,
    #[arg(long, value_name = "YYYY-MM-DD", requires = "figures", value_parser = day)]
    pub(crate) cutoff: Option<Date>,
}

#[derive(Args)]
pub(crate) struct BooksCheckArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[command(flatten)]
    pub(crate) year: YearArgs,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: CheckFormat,
    #[arg(long, value_name = "PATH")]
    pub(crate) output_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) show_all: bool,
}

#[derive(Args)]
pub(crate) struct BooksFactsArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[command(flatten)]
    pub(crate) year: YearArgs,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: FactsFormat,
    #[arg(long, value_name = "PATH")]
    pub(crate) output_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct PublishArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[command(flatten)]
    pub(crate) year: YearArgs,
    #[arg(value_name = "PUBLICATION")]
    pub(crate) publication: String,
    #[arg(value_name = "STEP")]
    pub(crate) step: String,
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[arg(long = "as", value_name = "PERSON")]
    pub(crate) by: String,
    #[arg(long, value_name = "N")]
    pub(crate) edition: Option<u16>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) on: Option<Date>,
    #[arg(long, value_name = "WORDS")]
    pub(crate) remark: Option<String>,
}

#[derive(Args)]
pub(crate) struct TemplateArgs {
    #[arg(value_name = "TABLE")]
    pub(crate) tables: Vec<String>,
    #[arg(long, short = 'o', value_name = "PATH")]
    pub(crate) to: PathBuf,
}

#[derive(Args)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long = "as", value_name = "PERSON")]
    pub(crate) by: String,
    #[arg(long)]
    pub(crate) preview: bool,
}

#[derive(Args)]
pub(crate) struct EnterArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[arg(value_name = "TABLE")]
    pub(crate) table: String,
    #[arg(required = true, value_name = "COLUMN=VALUE")]
    pub(crate) values: Vec<String>,
    #[arg(long = "as", value_name = "PERSON")]
    pub(crate) by: String,
    #[arg(long)]
    pub(crate) preview: bool,
}

#[derive(Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[arg(long, short = 'o', value_name = "PATH")]
    pub(crate) to: PathBuf,
}

#[derive(Args)]
pub(crate) struct RestoreArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[arg(value_name = "FILE")]
    pub(crate) from: PathBuf,
}

#[derive(Args)]
pub(crate) struct BackupArgs {
    #[command(flatten)]
    pub(crate) keep: KeepArgs,
    #[arg(value_name = "PATH")]
    pub(crate) to: PathBuf,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| text.to_owned())
}
