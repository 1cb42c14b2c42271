//! A folder to run the command in, and what came of a run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// However slow the machine: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A repository of its own: no policy of a folder above reaches into it.
pub(crate) struct Project(TempDir);

impl Project {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder can be made");
        fs::create_dir(folder.path().join(".git")).expect("a folder can be made");
        Self(folder)
    }

    /// One with a single file.
    pub(crate) fn of(path: &str, bytes: impl AsRef<[u8]>) -> Self {
        Self::new().with(path, bytes)
    }

    /// The same with one file more.
    pub(crate) fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        fs::write(path, bytes).expect("a file can be written");
        self
    }

    /// Where something of it is.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file is there")
    }

    /// Runs the command in it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        run(self.0.path(), arguments)
    }

    /// Runs the command in it, with variables in its environment.
    pub(crate) fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
        run_with(self.0.path(), variables, arguments)
    }

    /// Runs git in it; fails where git does, and tells whether there is a git.
    #[expect(clippy::print_stdout, reason = "what is skipped is said")]
    pub(crate) fn git(&self, arguments: &[&str]) -> bool {
        let mut git = Command::new("git");
        git.current_dir(self.0.path()).args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@acme.example",
        ]);
        let Ok(ran) = git.args(arguments).output() else {
            println!("skipped: there is no git here");
            return false;
        };
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        true
    }
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) took: Duration,
    /// The most memory it was seen to hold, in KiB; zero where the system does not tell.
    pub(crate) peak: u64,
}

impl Ran {
    /// Fails with all that was written unless the code is `code`, every text of `says` was
    /// written, and nothing was written that steers a terminal or tells of a defect.
    #[track_caller]
    pub(crate) fn check(self, code: i32, says: &[&str]) -> Self {
        let Self { out, err, .. } = &self;
        assert_eq!(self.code, Some(code), "out:\n{out:.4000}\nerr:\n{err:.4000}");
        // Where lines are broken is no matter here.
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let all = format!("{out}\n{err}") + &flat(out);
        for it in says {
            assert!(all.contains(it), "no `{it}` in\n{out:.9000}\n{err:.4000}");
        }
        for it in ["panicked", "RUST_BACKTRACE", "defect", "\u{1b}", "\u{7}", "\u{202e}"] {
            assert!(
                !out.contains(it) && !err.contains(it),
                "`{it:?}` in\n{out:.9000}\n{err:.4000}"
            );
        }
        self
    }

    /// Fails where something of `silent` was written.
    #[track_caller]
    pub(crate) fn without(self, silent: &[&str]) -> Self {
        for it in silent {
            assert!(!self.out.contains(it) && !self.err.contains(it), "`{it}` in\n{}", self.out);
        }
        self
    }
}

/// Runs the command in a folder, with an empty environment.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with(folder, &[], arguments)
}

/// Runs the command in a folder, with these variables in its environment and no others.
fn run_with(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let logs = TempDir::new().expect("a folder can be made");
    let file = |name: &str| fs::File::create(logs.path().join(name)).expect("a file can be made");
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_caveat"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(file("out"))
        .stderr(file("err"))
        .spawn()
        .expect("the command starts");
    let mut peak = 0;
    let code = loop {
        peak = memory(child.id()).max(peak);
        if let Some(status) = child.try_wait().expect("the command can be waited for") {
            break status.code();
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("the command can be ended");
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let took = start.elapsed();
    let read = |name: &str| fs::read(logs.path().join(name)).expect("the output is there");
    let text = |name: &str| String::from_utf8(read(name)).expect("the output is text");
    Ran { code, out: text("out"), err: text("err"), took, peak }
}

/// What the system says of the memory of a process.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let digits = line.and_then(|it| it.split_whitespace().next());
    digits.and_then(|it| it.parse().ok()).unwrap_or(0)
}
