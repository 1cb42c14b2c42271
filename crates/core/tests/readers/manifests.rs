//! Package manifests: text in, sightings out.

use crate::common::{assert_places, check_text, read_text};

#[test]
fn cargo_states_or_inherits() {
    check_text(
        "a/Cargo.toml",
        "\u{feff}[package]\nname = \"tiny\"\nversion = \"1.2.0\"\nlicense = \"MIT OR Apache-2.0\"\n\
         license-file = 'legal/TERMS'\npublish = []\n",
        r#"Package { ecosystem: "cargo", name: "tiny", version: Some("1.2.0") } code private
  named tiny
  "MIT OR Apache-2.0": Expression
  "legal/TERMS": File"#,
    );
    check_text(
        "Cargo.toml",
        "[package]\nname = \"tiny\"\nversion.workspace = true\nlicense.workspace = true # ours\n",
        r#"Package { ecosystem: "cargo", name: "tiny", version: None } code
  named tiny
  "license.workspace = true": Inherited"#,
    );
    check_text(
        "Cargo.toml",
        "[workspace.package]\nversion = \"2.0.0\"\nlicense = \"MIT\"\npublish = false\n\
         [package]\nname = \"root\"\nlicense = { workspace = true }\n",
        r#"Package { ecosystem: "cargo", name: "root", version: None } code
  named root
  "license = { workspace = true }": Inherited
Workspace { ecosystem: "cargo", version: Some("2.0.0") } code private
  "MIT": Expression"#,
    );
    check_text("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n", "");
}

#[test]
fn a_broken_manifest_still_names_its_license() {
    let (source, reading) = read_text(
        "Cargo.toml",
        "[package]\nname = \"tiny\"\nversion = \nlicense = \"MIT\"\n[dependencies\nserde = 1\n",
    );
    assert_places(&source, &reading);
    assert!(!reading.problems.is_empty());
    assert_eq!(reading.sightings[0].licenses[0].raw.value, "MIT");
}

#[test]
fn npm_has_written_licenses_in_many_ways() {
    let package = |license: &str| {
        format!("\u{feff}{{\"name\": \"@acme/tiny\", \"version\": \"1.0.0\", {license}}}")
    };
    for (license, private, expected) in [
        (r#""license": "(MIT OR Apache-2.0)""#, false, "\n  \"(MIT OR Apache-2.0)\": Expression"),
        (r#""license": "SEE LICENSE IN legal/TERMS.md""#, false, "\n  \"legal/TERMS.md\": File"),
        (r#""license": "UNLICENSED""#, true, "\n  \"UNLICENSED\": Expression"),
        (r#""license": {"type": "BSD", "url": "https://a.b"}"#, false, "\n  \"BSD\": Expression"),
        (r#""license": {"url": "https://a.b/c"}"#, false, "\n  \"https://a.b/c\": Name"),
        (
            r#""licenses": [{"type": "MIT", "url": "x"}, "GPL"], "private": true"#,
            true,
            "\n  \"MIT\": Expression\n  \"GPL\": Expression",
        ),
        (r#""license": "a\u002fb""#, false, "\n  \"a/b\": Expression"),
        (r#""license": 7, "licenses": [null, [], {}]"#, false, ""),
    ] {
        let private = if private { " private" } else { "" };
        let head =
            r#"Package { ecosystem: "npm", name: "@acme/tiny", version: Some("1.0.0") } code"#;
        let expected = format!("{head}{private}\n  named @acme/tiny{expected}");
        check_text("package.json", &package(license), &expected);
    }
    check_text(
        "package.json",
        r#"{"license": "MIT", "dependencies": {}}"#,
        "Directory code\n  \"MIT\": Expression",
    );
    check_text("package.json", r#"{"dependencies": {}}"#, "");
}

#[test]
fn python_has_written_licenses_in_many_ways() {
    let project = |fields: &str| format!("[project]\nname = \"Acme.tiny_x\"\n{fields}");
    for (fields, expected) in [
        ("license = \"MIT OR Apache-2.0\"", "\n  \"MIT OR Apache-2.0\": Expression"),
        ("license = { text = \"BSD\" }", "\n  \"BSD\": Name"),
        ("license.file = \"LICENSE\"", "\n  \"LICENSE\": File"),
        ("license-files = [\"LICENSES/*\"]", "\n  \"LICENSES/*\": File"),
        ("license = \"MIT\"\nlicense-files = [\"LICENSE\"]", "\n  \"MIT\": Expression"),
        (
            "license = \"MIT\"\nclassifiers = [\"License :: OSI Approved\", \"Topic :: X\"]",
            "\n  \"MIT\": Expression",
        ),
        (
            "classifiers = [\n  \"License :: OSI Approved :: MIT License\",\n]",
            "\n  \"License :: OSI Approved :: MIT License\": Name",
        ),
        ("[tool.poetry]\nlicense = \"Proprietary\"", "\n  \"Proprietary\": Expression"),
    ] {
        let head = r#"Package { ecosystem: "pypi", name: "acme-tiny-x", version: None } code"#;
        let expected = format!("{head}\n  named Acme.tiny_x{expected}");
        check_text("pyproject.toml", &project(fields), &expected);
    }
    check_text("pyproject.toml", "[tool.black]\nline-length = 99\n", "");
}

#[test]
fn setup_cfg_is_read_line_by_line() {
    check_text(
        "setup.cfg",
        "[metadata]\r\nname = tiny\r\nversion = attr: tiny.version\r\n# license = GPL\r\n\
         license: MIT License\r\nclassifiers =\r\n    License :: OSI Approved :: MIT License\r\n    \
         Private :: Do Not Upload\r\n\r\n[options]\r\nlicense = no\r\n\
         install_requires =\r\n    numpy>=1\r\n    # scipy\r\n\
         [options.extras_require]\r\ngpu = torch\r\n",
        r#"Package { ecosystem: "pypi", name: "tiny", version: None } code private
  named tiny
  "MIT License": Name
  "License :: OSI Approved :: MIT License": Name
  depends-on pkg:pypi/numpy
  depends-on pkg:pypi/torch optional"#,
    );
    check_text("setup.cfg", "[flake8]\nname = x\n", "");
}

#[test]
fn setup_py_is_read_and_not_run() {
    check_text(
        "a/setup.py",
        "from setuptools import setup, find_packages\nimport os\n\
         needed = ['numpy>=1', \"scipy<2; python_version < '3.9'\"]\n\
         setup(\n    name='Acme.tiny', version='1.0', packages=find_packages('src'),\n\
         \x20   license='MIT', # license='GPL'\n    install_requires=needed,\n\
         \x20   long_description=open('README.md').read(),\n\
         \x20   extras_require={'dev': ['pytest==7.1'], 'gpu': [f'cu{v}', 'torch']},\n)\n",
        r#"Package { ecosystem: "pypi", name: "acme-tiny", version: Some("1.0") } code
  named Acme.tiny
  "MIT": Name
  depends-on pkg:pypi/numpy
  depends-on pkg:pypi/scipy
  depends-on pkg:pypi/pytest dev
  depends-on pkg:pypi/torch optional"#,
    );
    check_text("setup.py", "def setup(name='x', license='MIT'): pass\nsetup(name)\n", "");
    check_text("setup.py", "print('nothing')", "");
}

#[test]
fn conan_recipes_and_lockfiles_are_read() {
    check_text(
        "conanfile.py",
        "from conan import ConanFile\n\nclass Tiny(ConanFile):\n    name = 'tiny'\n\
         \x20   version = '1.0'\n    license = 'MIT'\n    requires = 'zlib/1.3', 'fmt/[>=10]'\n\n\
         \x20   def requirements(self):\n        self.requires('spdlog/1.12@acme/stable')\n\
         \x20       self.test_requires('gtest/1.14')\n        self.requires(other)\n",
        r#"Package { ecosystem: "conan", name: "zlib", version: Some("1.3") } code
Package { ecosystem: "conan", name: "spdlog", version: Some("1.12") } code
Package { ecosystem: "conan", name: "gtest", version: Some("1.14") } code
Package { ecosystem: "conan", name: "tiny", version: Some("1.0") } code
  named tiny
  "MIT": Expression
  depends-on pkg:conan/zlib@1.3
  depends-on pkg:conan/fmt
  depends-on pkg:conan/spdlog@1.12
  depends-on pkg:conan/gtest@1.14 dev"#,
    );
    check_text(
        "conan.lock",
        r#"{"version": "0.5", "requires": ["zlib/1.3.1#cac0%17"], "build_requires": ["cmake/3.31#f3%1"]}"#,
        r#"Package { ecosystem: "conan", name: "zlib", version: Some("1.3.1") } code
Package { ecosystem: "conan", name: "cmake", version: Some("3.31") } code
Directory ?
  depends-on pkg:conan/zlib@1.3.1
  depends-on pkg:conan/cmake@3.31 build"#,
    );
    check_text(
        "conan.lock",
        r#"{"version": "0.4", "graph_lock": {"nodes": {"0": {"path": "."}, "1": {"ref": "zlib/1.2#f", "context": "host"}}}}"#,
        r#"Package { ecosystem: "conan", name: "zlib", version: Some("1.2") } code
Directory ?
  depends-on pkg:conan/zlib@1.2"#,
    );
}

#[test]
fn manifests_that_make_no_sense_are_problems() {
    let deep = "[".repeat(100_000);
    let nested = format!("a = {deep}");
    for (path, text) in
        [("package.json", deep.as_str()), ("package.json", "{\"a\""), ("Cargo.toml", &nested)]
    {
        let (source, reading) = read_text(path, text);
        assert_places(&source, &reading);
        assert!(!reading.problems.is_empty() && reading.problems.len() <= 20, "{path}");
    }
    check_text("package.json", "", "");
}
