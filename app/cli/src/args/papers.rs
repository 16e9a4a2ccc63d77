//! The catalogue, packs and numbers.

use std::path::PathBuf;

use chop_core::plumbing::catalog::numbers::NumberKind;
use chop_core::plumbing::formats::signed_pack::PackKind;
use chop_core::plumbing::model::UnixTime;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

/// `chop catalog …`
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogCommand {
    /// List the types of document and the purposes that are known; with --space those of added packs too.
    #[command(after_help = "Example: chop --lang pt catalog list")]
    List,
    /// Show one type: its fields with class, Macao sensitivity and level, who answers for it, its rules.
    #[command(after_help = "Example: chop --lang zh-Hant catalog show mo.bir_like")]
    Show {
        /// Its code, or the code of a purpose.
        #[arg(value_name = "TYPE")]
        code: String,
    },
}

/// `chop pack …`
#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Say who signed a pack and what it would bring. Nothing is kept.
    #[command(after_help = "Example: chop pack preview fujian.chop-pack")]
    Preview {
        /// The pack.
        file: PathBuf,
    },
    /// Take a rule pack, a catalogue or a regional pack in.
    #[command(after_help = "Example: chop pack add fujian.chop-pack --fingerprint 4f…")]
    Add {
        /// The pack.
        file: PathBuf,
        /// Publisher's fingerprint, as you have seen it elsewhere; needed for the first pack of a publisher.
        #[arg(long, allow_hyphen_values = true)]
        fingerprint: Option<String>,
    },
    /// List every pack that is held, superseded ones too, and which are in force.
    #[command(after_help = "Example: chop pack list")]
    List,
}

/// `chop tool number …`
#[derive(Debug, Subcommand)]
pub(crate) enum NumberCommand {
    /// Check form and check digit. Wrong: exit 1. Warnings only: exit 0.
    #[command(after_help = "Example: chop tool number check hkid \"Z123456(1)\"")]
    Check {
        /// rid uscc org hkid ecert food icao; by their form only: permit bir brn award realestate.
        #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(NumberKind::ALL.map(NumberKind::code)))]
        kind: String,
        /// The number, as it is written; lines of a machine-readable zone may follow each other.
        #[arg(allow_hyphen_values = true)]
        value: String,
        /// Day on which no date in the number may still lie ahead, 2026-11-21; today otherwise.
        #[arg(long, value_name = "DATE", value_parser = day)]
        at: Option<UnixTime>,
    },
}

/// `chop tool pack …`
#[derive(Debug, Subcommand)]
pub(crate) enum PackToolCommand {
    /// Publisher: make a signing key and print its fingerprint. The file is as secret as the key.
    #[command(after_help = "Example: chop tool pack key --out publisher.jwk")]
    Key {
        /// File to write, for its owner only; an existing one is not overwritten.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Publisher: sign a text of rules or a catalogue.
    #[command(
        after_help = "Example: chop tool pack sign --key publisher.jwk --kind catalog --id fj --pack-version 2026.1 --seq 1 --out fujian.chop-pack fujian.toml"
    )]
    Sign(PackSignArgs),
}

/// `chop tool pack sign …`
#[derive(Debug, Args)]
pub(crate) struct PackSignArgs {
    /// The publisher's key.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// What the text is: rules or catalog.
    #[arg(long, value_parser = kind)]
    pub(crate) kind: PackKind,
    /// The pack's id, as in the text.
    #[arg(long)]
    pub(crate) id: String,
    /// The pack's version, as in the text.
    #[arg(long, value_name = "VERSION")]
    pub(crate) pack_version: String,
    /// Its number; grows with every pack of this id.
    #[arg(long)]
    pub(crate) seq: u64,
    /// First day on which it holds, 2026-12-01; today otherwise.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) effective_from: Option<UnixTime>,
    /// File to write; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The text, TOML.
    pub(crate) file: PathBuf,
}

fn kind(text: &str) -> Result<PackKind, String> {
    PackKind::from_code(text).ok_or_else(|| "rules or catalog".to_owned())
}

/// Midnight of a day in the three places, which share one time all year.
fn day(text: &str) -> Result<UnixTime, String> {
    let day = text.parse::<jiff::civil::Date>().ok();
    day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).ok())
        .map(|midnight| UnixTime(midnight.timestamp().as_second()))
        .ok_or_else(|| "a day such as 2026-11-21".to_owned())
}
