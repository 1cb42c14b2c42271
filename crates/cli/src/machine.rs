//! Where package managers keep packages on this machine.

use std::path::{Path, PathBuf};

use caveat_core::installed::{Bases, distribution};

/// How many entries of one folder are looked at.
const MOST_ENTRIES: usize = 50_000;

/// Folders beside a project in which a Python environment may lie.
const ENVIRONMENTS: [&str; 3] = [".venv", "venv", "env"];

/// What the environment of the process says of this machine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Machine {
    /// The folders of the user; those of Python are looked for beside each project.
    pub(crate) bases: Bases,
    /// The Python environment that is switched on.
    pub(crate) environment: Option<PathBuf>,
}

impl Machine {
    /// This machine.
    pub(crate) fn here() -> Self {
        let var = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty());
        let variable = |name: &str| var(name).map(PathBuf::from);
        let home = variable("HOME").or_else(|| variable("USERPROFILE"));
        let at_home = |path: &str| home.as_ref().map(|it| it.join(path));
        let go = variable("GOMODCACHE")
            .or_else(|| variable("GOPATH").map(|it| it.join("pkg/mod")))
            .or_else(|| at_home("go/pkg/mod"));
        let cargo = variable("CARGO_HOME").or_else(|| at_home(".cargo"));
        let registries = cargo.map(|it| entries(&it.join("registry/src"))).unwrap_or_default();
        let nuget = variable("NUGET_PACKAGES").or_else(|| at_home(".nuget/packages"));
        let dart = variable("PUB_CACHE").or_else(|| at_home(".pub-cache"));
        let bases = Bases {
            cargo: registries.iter().filter_map(|it| text(it)).collect(),
            go: go.and_then(|it| text(&it)),
            maven: at_home(".m2/repository").and_then(|it| text(&it)),
            nuget: nuget.and_then(|it| text(&it)),
            pub_dev: dart.and_then(|it| text(&it.join("hosted/pub.dev"))),
            python: Vec::new(),
        };
        Self { bases, environment: variable("VIRTUAL_ENV").or_else(|| variable("CONDA_PREFIX")) }
    }

    /// The folders for a project in `folder` below `root`: the environment nearest to it is its.
    pub(crate) fn bases(&self, root: &Path, folder: &Path) -> Bases {
        let above = folder.ancestors().take_while(|it| it.starts_with(root));
        let beside = above.flat_map(|it| ENVIRONMENTS.map(|name| it.join(name)));
        let mut python = Vec::new();
        for environment in beside.chain(self.environment.clone()) {
            if python.is_empty() && environment.join("pyvenv.cfg").is_file() {
                let folders = site_packages(&environment).into_iter();
                let inside = folders.flat_map(|it| entries(&it));
                python = inside.filter_map(|it| distribution(&text(&it)?)).collect();
            }
        }
        Bases { python, ..self.bases.clone() }
    }
}

/// `lib/python3.12/site-packages`, of each version of Python.
fn site_packages(environment: &Path) -> Vec<PathBuf> {
    let versions = ["lib", "lib64"].map(|it| entries(&environment.join(it)));
    let mut folders: Vec<PathBuf> = versions
        .into_iter()
        .flatten()
        .map(|it| it.join("site-packages"))
        .chain([environment.join("Lib/site-packages")])
        .filter_map(|it| it.canonicalize().ok())
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

/// What lies in a folder, by name; nothing where there is none.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(read) = folder.read_dir() else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        read.take(MOST_ENTRIES).filter_map(|it| Some(it.ok()?.path())).collect();
    found.sort();
    found
}

/// A path with `/`; nothing for one that is no UTF-8.
pub(crate) fn text(path: &Path) -> Option<String> {
    let text = path.to_str()?;
    Some(if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() })
}
