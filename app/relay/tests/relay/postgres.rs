//! A private PostgreSQL cluster in a temporary folder, gone when the test process is, however it ends.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A running cluster.
pub(crate) struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    /// What the server is started with beside its folder.
    listens: String,
    _guard: Child,
}

/// The cluster that all tests of this process share; nothing where PostgreSQL is not installed.
pub(crate) fn shared() -> Option<&'static Cluster> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    SHARED.get_or_init(Cluster::start).as_ref()
}

impl Cluster {
    /// A cluster of one's own, to be restarted at will.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with("-c listen_addresses=".to_owned(), |_| ())
    }

    /// One that takes calls on a port of this machine too, by TLS alone, with this certificate and key (PEM).
    pub(crate) fn start_by_tls(port: u16, certificate: &str, key: &str) -> Option<Self> {
        let listens = format!("-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on");
        Self::start_with(listens, |data| {
            own_file(&data.join("server.crt"), certificate);
            own_file(&data.join("server.key"), key);
            own_file(&data.join("pg_hba.conf"), "local all all trust\nhostssl all all 127.0.0.1/32 trust\n");
        })
    }

    fn start_with(listens: String, prepare: impl FnOnce(&Path)) -> Option<Self> {
        let Some(bin) = binaries() else {
            let said = "SKIPPED on PostgreSQL: it is not installed (scripts/need postgres)";
            assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "{said}");
            std::io::stderr().write_all(format!("{said}\n").as_bytes()).unwrap();
            return None;
        };
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let folder = std::env::temp_dir().join(format!("chop-relay-pg-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // PostgreSQL refuses to run as root; the package made a user for it.
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder));
        }
        let data = folder.join("data");
        run(as_postgres(&bin.join("initdb"))
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "-D"])
            .arg(&data));
        prepare(&data);
        // Ends the cluster when our end of the pipe closes: also after a kill -9 of this process.
        let stop = format!(
            "cat >/dev/null; {0}/pg_ctl -D {1}/data -m immediate stop >/dev/null 2>&1; rm -rf {1}",
            bin.display(),
            folder.display()
        );
        let guard = as_postgres(Path::new("sh")).args(["-c", &stop]).stdin(Stdio::piped()).spawn().unwrap();
        let cluster = Self { folder, bin, listens, _guard: guard };
        cluster.control(&["start"]);
        Some(cluster)
    }

    /// The address of a fresh, empty database.
    pub(crate) fn database(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("relay_{}", COUNT.fetch_add(1, Ordering::SeqCst));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        format!("postgres://postgres@/{name}?host={}", self.folder.display())
    }

    /// A copy of a database as it is now; nobody may be connected to it.
    pub(crate) fn copy_of(&self, address: &str) -> String {
        let name = address.trim_start_matches("postgres://postgres@/").split('?').next().unwrap();
        self.sql("postgres", &format!("CREATE DATABASE {name}_copy TEMPLATE {name}"));
        address.replace(name, &format!("{name}_copy"))
    }

    /// Puts a copy into the place of a database.
    pub(crate) fn replace(&self, address: &str, copy: &str) {
        let name = |address: &str| {
            address.trim_start_matches("postgres://postgres@/").split('?').next().unwrap().to_owned()
        };
        self.sql("postgres", &format!("DROP DATABASE {} WITH (FORCE)", name(address)));
        self.sql("postgres", &format!("ALTER DATABASE {} RENAME TO {}", name(copy), name(address)));
    }

    /// Stops it as a power cut would, and starts it again.
    pub(crate) fn crash_and_start(&self) {
        self.control(&["stop", "-m", "immediate"]);
        self.control(&["start"]);
    }

    fn control(&self, command: &[&str]) {
        let options = format!(
            "{} -c unix_socket_directories={} -c max_connections=200",
            self.listens,
            self.folder.display()
        );
        let mut control = as_postgres(&self.bin.join("pg_ctl"));
        control.arg("-D").arg(self.folder.join("data")).args(["-w", "-l"]).arg(self.folder.join("log"));
        if command.first() == Some(&"start") {
            control.args(["-o", &options]);
        }
        run(control.args(command).stdout(Stdio::null()));
    }

    fn sql(&self, database: &str, statement: &str) {
        run(as_postgres(&self.bin.join("psql"))
            .args(["-qX", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-h"])
            .arg(&self.folder)
            .args(["-d", database, "-c", statement]));
    }
}

/// A file that the server's own user reads, and nobody else.
fn own_file(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    run(Command::new("chmod").arg("600").arg(path));
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(path));
    }
}

fn binaries() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}

fn as_postgres(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command.current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    let mut status = String::new();
    let read = std::fs::File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status));
    read.is_ok() && status.lines().any(|line| line.starts_with("Uid:\t0\t"))
}

fn run(command: &mut Command) {
    let done = command.stderr(Stdio::inherit()).stdout(Stdio::null()).status().unwrap();
    assert!(done.success(), "{command:?}: {done}");
}
