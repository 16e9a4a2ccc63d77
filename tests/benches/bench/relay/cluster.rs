//! A private PostgreSQL cluster as Debian's package brings it, in a folder of its own; durable as it comes.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A running cluster, gone when this process is, however it ends.
pub(crate) struct Cluster {
    pub(crate) folder: PathBuf,
    pub(crate) bin: PathBuf,
    _guard: Child,
}

/// Where Debian keeps the newest PostgreSQL's programs.
pub(crate) fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max()
}

impl Cluster {
    pub(crate) fn start(bin: PathBuf, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        if is_root()? {
            done(Command::new("chown").arg("postgres").arg(folder))?;
        }
        let data = folder.join("data");
        done(
            as_postgres(&bin.join("initdb"))?
                .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "-D"])
                .arg(&data),
        )?;
        // Ends the cluster when our end of the pipe closes.
        let stop = format!(
            "cat >/dev/null; {0}/pg_ctl -D {1}/data -m immediate stop >/dev/null 2>&1; rm -rf {1}/data",
            bin.display(),
            folder.display()
        );
        let guard = as_postgres(Path::new("sh"))?.args(["-c", &stop]).stdin(Stdio::piped()).spawn()?;
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c max_connections=200",
            folder.display()
        );
        done(
            as_postgres(&bin.join("pg_ctl"))?
                .arg("-D")
                .arg(&data)
                .args(["-w", "-o", &options, "-l"])
                .arg(folder.join("log"))
                .arg("start"),
        )?;
        Ok(Self { folder: folder.to_owned(), bin, _guard: guard })
    }

    /// The address of a new, empty database.
    pub(crate) fn database(&self, name: &str) -> Result<String> {
        done(
            Command::new(self.bin.join("psql"))
                .args(["-qX", "-U", "postgres", "-h"])
                .arg(&self.folder)
                .args(["-c", &format!("CREATE DATABASE {name}")]),
        )?;
        Ok(format!("postgres://postgres@/{name}?host={}", self.folder.display()))
    }
}

/// As the user that the package made: PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Result<Command> {
    if !is_root()? {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
    Ok(command)
}

fn is_root() -> Result<bool> {
    Ok(fs::read_to_string("/proc/self/status")?.lines().any(|line| line.starts_with("Uid:\t0\t")))
}

fn done(command: &mut Command) -> Result<()> {
    let done = command.stdout(Stdio::null()).status()?;
    if done.success() { Ok(()) } else { Err(format!("{command:?}: {done}").into()) }
}
