//! Lockfiles: text in, packages and what they need out.

use caveat_core::reading::{Reading, Subject};

use crate::common::{assert_places, read_text};

/// One line for each sighting: `ecosystem name@version`, `own` where the project made it, license
/// words, and after `->` what it needs, with the scope where it is not the normal one.
pub(crate) fn lines(reading: &Reading) -> String {
    let mut lines = Vec::new();
    for seen in &reading.sightings {
        let mut line = match &seen.subject {
            Subject::Package { ecosystem, name, version } => {
                let version = version.as_ref().map(|it| format!("@{it}")).unwrap_or_default();
                format!("{ecosystem} {name}{version}")
            }
            Subject::Directory => "here".to_owned(),
            it @ (Subject::File
            | Subject::Files { .. }
            | Subject::Program
            | Subject::Workspace { .. }) => {
                format!("{it:?}")
            }
        };
        if !seen.foreign && matches!(seen.subject, Subject::Package { .. }) {
            line.push_str(" own");
        }
        line.extend(seen.licenses.iter().map(|it| format!(" {:?}", it.raw.value)));
        if !seen.uses.is_empty() {
            line.push_str(" ->");
        }
        for it in &seen.uses {
            let scope = match it.scope.name() {
                "normal" => String::new(),
                other => format!("{other}:"),
            };
            line.extend([" ", &scope, &it.target.value.as_str()["pkg:".len()..]]);
        }
        lines.push(line);
    }
    lines.extend(reading.problems.iter().map(|it| format!("problem: {}", it.what)));
    lines.join("\n")
}

/// Reads `text` as `path` and compares; then reads whatever remains of it when it is damaged.
pub(crate) fn check(path: &str, text: &str, expected: &str) {
    let (source, reading) = read_text(path, text);
    assert_places(&source, &reading);
    assert_eq!(lines(&reading), expected.trim(), "{text}");
    for at in (0..=text.len()).filter(|it| text.is_char_boundary(*it)) {
        for piece in [&text[..at], &text[at..]] {
            let (source, reading) = read_text(path, piece);
            assert_places(&source, &reading);
        }
    }
    let others = ["", "\"", "[", "{", ":", "\n", "é", " ", "@", "/", "<", "\u{feff}"];
    for (at, it) in text.char_indices() {
        let other = others[(at * 5 + it as usize) % others.len()];
        let text = format!("{}{other}{}", &text[..at], &text[at + it.len_utf8()..]);
        let (source, reading) = read_text(path, &text);
        assert_places(&source, &reading);
    }
}

#[test]
fn cargo_names_as_much_as_leaves_no_doubt() {
    check(
        "a/Cargo.lock",
        "\u{feff}version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \
         \"serde\",\n \"rand 0.9.0\",\n]\n\n[[package]]\nname = \"rand\"\nversion = \"0.8.5\"\n\
         source = \"registry+https://a.b\"\n\n[[package]]\nname = \"rand\"\nversion = \"0.9.0\"\n\
         source = \"registry+https://a.b\"\n\n[[package]]\nname = \"serde\"\n\
         version = \"1.0.0+b1\"\nsource = \"git+https://a.b#c\"\n",
        "cargo app@0.1.0 own -> cargo/serde@1.0.0%2Bb1 cargo/rand@0.9.0\n\
         cargo rand@0.8.5\ncargo rand@0.9.0\ncargo serde@1.0.0+b1",
    );
    check(
        "Cargo.lock",
        "[root]\nname = \"app\"\nversion = \"0.1.0\"\n\
         dependencies = [\"log 0.4.1 (registry+https://a.b)\"]\n\n[[package]]\nname = \"log\"\n\
         version = \"0.4.1\"\nsource = \"registry+https://a.b\"\n[metadata]\n\"checksum log\" = \"0\"\n",
        "cargo app@0.1.0 own -> cargo/log@0.4.1\ncargo log@0.4.1",
    );
}

#[test]
fn npm_finds_packages_as_node_does() {
    check(
        "package-lock.json",
        r#"{"name": "app", "lockfileVersion": 3, "packages": {
            "": {"name": "app", "version": "1.0.0", "license": "MIT",
                 "dependencies": {"a": "^1", "alias": "npm:@s/real@1", "mine": "*"},
                 "devDependencies": {"b": "^2"}, "workspaces": ["packages/*"]},
            "node_modules/a": {"version": "1.1.0", "license": "(MIT OR ISC)",
                 "dependencies": {"b": "^1"}},
            "node_modules/a/node_modules/b": {"version": "1.0.0",
                 "license": "SEE LICENSE IN terms/é.md"},
            "node_modules/alias": {"name": "@s/real", "version": "1.2.3"},
            "node_modules/b": {"version": "2.0.0", "dev": true, "license": {"type": "BSD"},
                 "optionalDependencies": {"absent": "1", "a": "1"}},
            "node_modules/mine": {"resolved": "packages/mine", "link": true},
            "packages/mine": {"name": "mine", "version": "0.1.0", "dependencies": {"b": "2"}}}}"#,
        "npm app@1.0.0 own \"MIT\" -> npm/a@1.1.0 npm/%40s/real@1.2.3 dev:npm/b@2.0.0\n\
         npm a@1.1.0 \"(MIT OR ISC)\" -> npm/b@1.0.0\nnpm b@1.0.0 \"terms/é.md\"\n\
         npm @s/real@1.2.3\nnpm b@2.0.0 \"BSD\" -> optional:npm/a@1.1.0\n\
         npm mine@0.1.0 own -> npm/b@2.0.0",
    );
    check(
        "npm-shrinkwrap.json",
        r#"{"name": "app", "version": "1.0.0", "lockfileVersion": 1, "dependencies": {
            "a": {"version": "1.0.0", "requires": {"b": "^1", "c": "^1"},
                  "dependencies": {"b": {"version": "1.0.0", "requires": {"c": "1"}}}},
            "b": {"version": "2.0.0"}, "c": {"version": "npm:@s/c@3.0.0"},
            "d": {"version": "file:../d"}}}"#,
        "npm a@1.0.0 -> npm/b@1.0.0 npm/%40s/c@3.0.0\nnpm b@1.0.0 -> npm/%40s/c@3.0.0\n\
         npm b@2.0.0\nnpm @s/c@3.0.0",
    );
}

#[test]
fn pnpm_has_spelt_packages_in_three_ways() {
    let nine = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        \
                specifier: ^1\n        version: 1.0.0(b@2.0.0)\n      own:\n        version: \
                link:packages/own\n    devDependencies:\n      '@s/b':\n        version: 2.0.0\n\
                packages:\n  '@s/b@2.0.0':\n    resolution: {integrity: x}\n  a@1.0.0:\n    \
                resolution: {integrity: x}\nsnapshots:\n  '@s/b@2.0.0': {}\n  \
                a@1.0.0(b@2.0.0):\n    dependencies:\n      c: '@s/b@2.0.0'\n";
    check(
        "pnpm-lock.yaml",
        nine,
        "here -> npm/a@1.0.0 dev:npm/%40s/b@2.0.0\nnpm @s/b@2.0.0\n\
         npm a@1.0.0 -> npm/%40s/b@2.0.0",
    );
    check(
        "pnpm-lock.yaml",
        "lockfileVersion: '6.0'\ndependencies:\n  a:\n    specifier: ^1\n    version: 1.0.0\n\
         packages:\n  /a@1.0.0:\n    dependencies:\n      '@s/b': 2.0.0\n  /@s/b@2.0.0(x@1):\n    dev: false\n",
        "here -> npm/a@1.0.0\nnpm a@1.0.0 -> npm/%40s/b@2.0.0\nnpm @s/b@2.0.0",
    );
    check(
        "pnpm-lock.yaml",
        "lockfileVersion: 5.4\nspecifiers:\n  a: ^1\ndevDependencies:\n  a: 1.0.0_x@2\npackages:\n  \
         /a/1.0.0_x@2:\n    dependencies:\n      b: /@s/b/2.0.0\n  /@s/b/2.0.0:\n    dev: true\n",
        "here -> dev:npm/a@1.0.0\nnpm a@1.0.0 -> npm/%40s/b@2.0.0\nnpm @s/b@2.0.0",
    );
}

#[test]
fn yarn_answers_demands() {
    check(
        "yarn.lock",
        "# yarn lockfile v1\n\n\"@s/a@^1.0.0\", \"@s/a@^1.1.0\":\n  version \"1.1.5\"\n  resolved \
         \"https://a.b\"\n  dependencies:\n    b \"^2.0.0\"\n    \"@s/é\" \"1\"\n\nb@^2.0.0:\n  \
         version \"2.0.1\"\n  optionalDependencies:\n    alias \"npm:c@3\"\n\n\
         \"alias@npm:c@3\":\n  version \"3.0.0\"\n",
        "npm @s/a@1.1.5 -> npm/b@2.0.1\nnpm b@2.0.1 -> optional:npm/c@3.0.0\nnpm c@3.0.0",
    );
    check(
        "yarn.lock",
        "__metadata:\n  version: 8\n\n\"a@npm:^1.0.0, a@npm:^1.1.0\":\n  version: 1.1.5\n  \
         resolution: \"a@npm:1.1.5\"\n  dependencies:\n    \"@s/b\": \"npm:^2.0.0\"\n\n\
         \"@s/b@npm:^2.0.0\":\n  version: 2.0.1\n  resolution: \"@s/b@npm:2.0.1\"\n\n\
         \"app@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"app@workspace:.\"\n  \
         dependencies:\n    a: \"npm:^1.1.0\"\n",
        "npm a@1.1.5 -> npm/%40s/b@2.0.1\nnpm @s/b@2.0.1\nhere -> npm/a@1.1.5",
    );
}

#[test]
fn requirements_may_pin() {
    check(
        "requirements.txt",
        "\u{feff}Torch_x[cuda]==2.4.0 ; python_version > '3' # why\n# no\n-r other.txt\n\
         requests >=2,<3\nnumpy==1.*\n  flask == 3.0 \\\n    --hash=sha256:0\n\
         git+https://a.b/c.git\n./wheels/x.whl\nhttps://a.b/x.whl\npip @ https://a.b\nü\n",
        "pypi torch-x@2.4.0\npypi flask@3.0\n\
         here -> pypi/torch-x@2.4.0 pypi/requests pypi/numpy pypi/flask@3.0 pypi/pip",
    );
    check("requirements/dev.txt", "pytest\n", "here -> dev:pypi/pytest");
    check("dev-requirements.in", "pytest\n", "here -> dev:pypi/pytest");
}

#[test]
fn python_locks_pin() {
    check(
        "uv.lock",
        "version = 1\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n\
         source = { editable = \".\" }\ndependencies = [{ name = \"Flask\" }]\n\
         [package.optional-dependencies]\nx = [{ name = \"tqdm\", marker = \"y\" }]\n\
         [package.dev-dependencies]\ndev = [{ name = \"pytest\" }]\n\
         [[package]]\nname = \"flask\"\nversion = \"3.0\"\nsource = { registry = \"https://a.b\" }\n\
         [[package]]\nname = \"tqdm\"\nversion = \"4\"\n[[package]]\nname = \"pytest\"\n\
         version = \"8\"\ndependencies = [{ name = \"flask\", version = \"3.0\" }]\n",
        "pypi app@0.1.0 own -> pypi/flask@3.0 optional:pypi/tqdm@4 dev:pypi/pytest@8\n\
         pypi flask@3.0\npypi tqdm@4\npypi pytest@8 -> pypi/flask@3.0",
    );
    check(
        "poetry.lock",
        "[[package]]\nname = \"A.b\"\nversion = \"1.0\"\n[package.dependencies]\nc = \">=1\"\n\
         d = {version = \"*\", optional = true, markers = \"extra == 'é'\"}\nabsent = \"*\"\n\
         [package.extras]\nx = [\"d\"]\n[[package]]\nname = \"c\"\nversion = \"2\"\n\
         [[package]]\nname = \"d\"\nversion = \"3\"\n",
        "pypi a-b@1.0 -> pypi/c@2 optional:pypi/d@3\npypi c@2\npypi d@3",
    );
    check(
        "pdm.lock",
        "[[package]]\nname = \"a\"\nversion = \"1.0\"\ndependencies = [\"c>=1; python_version>'3'\"]\n\
         [[package]]\nname = \"c\"\nversion = \"2\"\n",
        "pypi a@1.0 -> pypi/c@2\npypi c@2",
    );
    check(
        "pylock.toml",
        "lock-version = \"1.0\"\n[[packages]]\nname = \"a\"\nversion = \"1\"\n\
         dependencies = [{ name = \"b\" }]\n[[packages]]\nname = \"b\"\nversion = \"2\"\n\
         [[packages]]\nname = \"mine\"\ndirectory = { path = \".\" }\n",
        "pypi a@1 -> pypi/b@2\npypi b@2\npypi mine own",
    );
    check(
        "Pipfile.lock",
        r#"{"_meta": {}, "default": {"A_b": {"version": "==1.0"}, "x": {"path": "."}},
            "develop": {"c": {"git": "https://a.b"}}}"#,
        "pypi a-b@1.0\npypi c\nhere -> pypi/a-b@1.0 dev:pypi/c",
    );
    check(
        "environment.yml",
        "name: x\ndependencies:\n  - python=3.10\n  - conda-forge::numpy>=1.2\n  - mkl==2024.0=h1\n  \
         - pip:\n    - torch==2.0\n    - -r r.txt\n",
        "conda python@3.10\nconda mkl@2024.0\npypi torch@2.0\n\
         here -> conda/python@3.10 conda/numpy conda/mkl@2024.0 pypi/torch@2.0",
    );
}

#[test]
fn installed_python_packages_tell_their_license() {
    let head = "Metadata-Version: 2.4\nName: A_b\nVersion: 1.0\n";
    for (fields, expected) in [
        (
            "License-Expression: MIT OR Apache-2.0\nLicense-File: LICENSE\n\
             Classifier: License :: OSI Approved\n\nLicense: no\n",
            "\"MIT OR Apache-2.0\"",
        ),
        (
            "License: BSD\nClassifier: License :: OSI Approved\n\
             Classifier: License :: OSI Approved :: BSD License\n",
            "\"BSD\" \"License :: OSI Approved :: BSD License\"",
        ),
        ("License: UNKNOWN\nLicense-File: LICENSE\n", "\"LICENSE\""),
        (
            "License: Apache 2.0\nRequires-Dist: c[x] (>=1) ; python_version < '4'\n\
             Requires-Dist: d ; extra == 'é'\n",
            "\"Apache 2.0\" -> pypi/c optional:pypi/d",
        ),
    ] {
        let expected = format!("pypi a-b@1.0 own {expected}");
        check("site-packages/a_b-1.0.dist-info/METADATA", &format!("{head}{fields}"), &expected);
        check("PKG-INFO", &format!("{head}{fields}"), &expected);
    }
}

#[test]
fn manifests_say_what_their_package_needs() {
    check(
        "Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"1.0.0\"\n[dependencies]\nserde = \"1\"\n\
         old = { package = \"new\", version = \"1\", optional = true }\n\
         [target.'cfg(unix)'.dependencies]\nlibc.workspace = true\n[dev-dependencies.tempfile]\n\
         version = \"3\"\n[build-dependencies]\ncc = \"1\"\n",
        "cargo app@1.0.0 own -> cargo/serde optional:cargo/new dev:cargo/tempfile build:cargo/cc \
         cargo/libc",
    );
    check(
        "package.json",
        r#"{"name": "app", "dependencies": {"@s/a": "1", "b": "npm:@s/c@^1"},
            "devDependencies": {"d": "workspace:*"}, "peerDependencies": {"react": "*"}}"#,
        "npm app own -> npm/%40s/a npm/%40s/c dev:npm/d optional:npm/react",
    );
    check(
        "pyproject.toml",
        "[project]\nname = \"app\"\ndependencies = [\"A_b[x]>=1\", \"c @ https://a.b\"]\n\
         [project.optional-dependencies]\ngpu = [\"torch==2.0\"]\n[dependency-groups]\n\
         dev = [\"pytest\", { include-group = \"x\" }]\n[build-system]\nrequires = [\"hatchling\"]\n\
         [tool.poetry.dependencies]\npython = \"^3\"\nd = { version = \"1\", optional = true }\n\
         [tool.poetry.group.test.dependencies]\ne = \"*\"\n",
        "pypi app own -> pypi/a-b pypi/c build:pypi/hatchling optional:pypi/torch dev:pypi/pytest \
         optional:pypi/d dev:pypi/e",
    );
}
