//! `chop-relay`: what a system administrator types.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError};
use crate::key::RelayKey;
use crate::server::{self, ServeError};
use crate::{check_log, store};

const FIRST_START: &str = "A first start:
  chop-relay key new --key relay.key --origin https://relay.example
  chop-relay serve --key relay.key --origin https://relay.example --database relay.db";

/// A blind relay: it keeps offers that it cannot read and hands each out once, for a receipt.
///
/// Settings come from a TOML file, over it from the environment (CHOP_RELAY_…), over that from flags.
#[derive(Debug, Parser)]
#[command(name = "chop-relay", version, verbatim_doc_comment, max_term_width = 100, after_help = FIRST_START)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT; calls that are being served are finished first.
    Serve(Box<Settings>),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Make or show the relay's key.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Look at the relay's log.
    #[command(subcommand)]
    Log(LogCommand),
    /// Say that the database was restored from a copy: raises the epoch, and every offer put before
    /// has expired. Run it before serving again. With a marker it happens by itself.
    Restored(Box<Settings>),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Read all settings and the files that they name; change nothing.
    Check(Box<Settings>),
    /// Print an example file with every setting explained.
    Example,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key file; an existing one is never touched. A log belongs to its key for ever.
    New(Box<Settings>),
    /// Print the public key, as grants carry it and verifiers pin it.
    Show(Box<Settings>),
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    /// Rebuild the tree from its leaves and compare all stored hashes and the root.
    Check(Box<Settings>),
}

/// Settings that flags and the environment may give.
#[derive(Debug, Args)]
struct Settings {
    /// The configuration file.
    #[arg(short, long, env = "CHOP_RELAY_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// What wallets and verifiers know the relay by: https://host
    #[arg(long, env = "CHOP_RELAY_ORIGIN", value_name = "URL")]
    origin: Option<String>,
    /// Where calls are taken.
    #[arg(long, env = "CHOP_RELAY_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Where /health and /metrics are served. Never open it to the world.
    #[arg(long, env = "CHOP_RELAY_ADMIN", value_name = "ADDRESS:PORT")]
    admin: Option<SocketAddr>,
    /// A path (SQLite), or postgres://user@host/name.
    #[arg(long, env = "CHOP_RELAY_DATABASE", value_name = "PATH|URL", hide_env_values = true)]
    database: Option<String>,
    /// The key file, readable by its owner only.
    #[arg(long, env = "CHOP_RELAY_KEY", value_name = "FILE")]
    key: Option<PathBuf>,
    /// A file on another disk than the database, which finds that the database was restored.
    #[arg(long, env = "CHOP_RELAY_MARKER", value_name = "FILE")]
    marker: Option<PathBuf>,
    /// PEM files of the authorities whose verifiers may claim sealed offers.
    #[arg(long, env = "CHOP_RELAY_AUTHORITIES", value_name = "FILE", value_delimiter = ',')]
    authorities: Vec<PathBuf>,
    /// error, warn, info or debug.
    #[arg(long, env = "CHOP_RELAY_LOG", value_name = "LEVEL")]
    log: Option<String>,
}

impl Settings {
    fn config(self) -> Result<Config, ConfigError> {
        let Self { config, origin, listen, admin, database, key, marker, authorities, log } = self;
        let mut merged = match config {
            Some(path) => Config::read(&path)?,
            None => Config::default(),
        };
        fn set<T>(to: &mut T, given: Option<T>) {
            if let Some(given) = given {
                *to = given;
            }
        }
        set(&mut merged.origin, origin);
        set(&mut merged.listen, listen);
        set(&mut merged.database, database);
        set(&mut merged.key, key);
        set(&mut merged.log, log);
        merged.admin = admin.or(merged.admin);
        merged.marker = marker.or(merged.marker);
        if !authorities.is_empty() {
            merged.authorities = authorities;
        }
        Ok(merged)
    }
}

/// Runs what the command line says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match act(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn act(command: Command) -> Result<(), ServeError> {
    match command {
        Command::Serve(settings) => {
            let config = settings.config()?;
            begin_log(&config.log)?;
            block_on(server::serve(&config))
        }
        Command::Config(ConfigCommand::Check(settings)) => {
            check(&settings.config()?)?;
            say("the configuration is sound");
            Ok(())
        }
        Command::Config(ConfigCommand::Example) => {
            say(include_str!("../dist/chop-relay.toml").trim_end());
            Ok(())
        }
        Command::Key(KeyCommand::New(settings)) => {
            let config = settings.config()?;
            let key = RelayKey::make(config.name()?)?;
            key.write(&config.key)?;
            say(&key.vkey().to_string());
            Ok(())
        }
        Command::Key(KeyCommand::Show(settings)) => {
            let config = settings.config()?;
            say(&RelayKey::read(&config.key, config.name()?)?.vkey().to_string());
            Ok(())
        }
        Command::Log(LogCommand::Check(settings)) => {
            let config = settings.config()?;
            let key = RelayKey::read(&config.key, config.name()?)?;
            let size = block_on(async {
                let store = store::open(&config.database, &key.vkey().to_string(), 2).await?;
                Ok(check_log::check(&*store).await?)
            })?;
            say(&format!("the log is sound: {size} entries"));
            Ok(())
        }
        Command::Restored(settings) => {
            let epoch = block_on(server::restored(&settings.config()?))?;
            say(&format!("epoch {epoch}; every offer that was put before has expired"));
            Ok(())
        }
    }
}

fn check(config: &Config) -> Result<(), ServeError> {
    RelayKey::read(&config.key, config.name()?)?;
    config.anchors()?;
    config.limits()?;
    if let Some(tls) = &config.tls {
        server::tls_config(tls)?;
    }
    store::check(&config.database)?;
    Ok(())
}

fn block_on<T>(work: impl Future<Output = Result<T, ServeError>>) -> Result<T, ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| ServeError::Socket("the runtime", error))?;
    runtime.block_on(work)
}

/// JSON lines on the standard error, with nothing personal in them.
fn begin_log(level: &str) -> Result<(), ServeError> {
    let bad = || ConfigError::Value("log", format!("{level:?} is none of error, warn, info, debug"));
    let level: tracing::Level = level.parse().map_err(|_| bad())?;
    // What others log may name peers and statements: only our own lines go below warnings.
    let filter = tracing_subscriber::EnvFilter::new(format!("warn,chop_relay={level}"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    Ok(())
}

#[expect(clippy::print_stdout, reason = "this is the command line's own answer")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "this is the command line's own answer")]
fn say_error(error: &ServeError) {
    eprintln!("chop-relay: {}", with_causes(error));
}

/// An error and its causes; a driver names only itself. A cause that was said already is not said again.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let text = next.to_string();
        if !said.contains(&text) {
            said.push_str(": ");
            said.push_str(&text);
        }
        cause = next.source();
    }
    said
}
