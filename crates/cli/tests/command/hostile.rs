//! Input that was made to hurt: a clear answer, in bounded time and memory, with the right code.

use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::Duration;

use crate::project::Project;

/// What people will not wait longer for, on a slow machine, without optimisation.
const SOON: Duration = Duration::from_secs(10);
const CARD: &str = "---\nlicense: cc-by-nc-4.0\n---\n";

/// One hostile file: it is read or it is named, and neither takes long.
fn check(path: &str, bytes: impl AsRef<[u8]>, code: i32, says: &[&str]) {
    let ran = Project::of(path, bytes).run(&["check"]).check(code, says);
    assert!(ran.took < SOON, "{path} took {:?}", ran.took);
}

#[test]
fn of_a_huge_card_the_beginning_is_read() {
    let project = Project::of("README.md", CARD);
    let mut file = fs::File::options().append(true).open(project.path("README.md")).unwrap();
    let block = "All work and no play makes a dull card.\n".repeat(25_000);
    for _ in 0..200 {
        file.write_all(block.as_bytes()).unwrap();
    }
    drop(file);
    let ran = project.run(&["check"]).check(1, &["denied-license", "read only in part"]);
    assert!(ran.took < SOON, "{:?}", ran.took);
    assert!(ran.peak < 200_000, "{} KiB", ran.peak);
    // A hole is zeros to whoever reads it.
    let project = Project::of("README.md", CARD);
    let file = fs::File::options().append(true).open(project.path("README.md")).unwrap();
    file.set_len(200 << 20).unwrap();
    let ran = project.run(&["check"]).check(1, &["denied-license", "NUL byte", "only in part"]);
    assert!(ran.took < SOON && ran.peak < 200_000, "{:?} {} KiB", ran.took, ran.peak);
}

#[test]
fn aliases_do_not_explode() {
    let mut bomb = "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for it in 1..30 {
        let list = vec![format!("*a{}", it - 1); 10].join(", ");
        bomb.extend([format!("a{it}: &a{it} [{list}]\n")]);
    }
    check("README.md", bomb + "license: cc-by-nc-4.0\nbase_model: *a29\n---\n", 1, &["error["]);
}

#[test]
fn deep_nesting_does_not_overflow() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let maps = "{\"a\":".repeat(100_000);
    check("README.md", format!("---\nlicense: {open}{close}\n---\n"), 1, &["error["]);
    check("README.md", format!("---\nlicense: mit\ntags: {open}\n---\n"), 0, &["unreadable-input"]);
    check("config.json", format!("{{\"model_type\": {open}{close}}}"), 1, &["error["]);
    check("adapter_config.json", maps.clone(), 1, &["unreadable-input"]);
    check("package.json", format!("{{\"name\": \"a\", \"license\": {open}"), 1, &["error["]);
    check("Cargo.toml", format!("[package]\nname = \"a\"\nlicense = {open}"), 1, &["error["]);
    check("mergekit_config.yml", format!("models: {open}"), 1, &["error["]);
    let nested = format!("{}MIT{}", "(".repeat(100_000), ")".repeat(100_000));
    let manifest = format!("{{\"name\": \"a\", \"license\": \"{nested}\"}}");
    check("vendor/a/package.json", manifest, 1, &["invalid-expression", "too many"]);
    let terms = vec!["(MIT OR Apache-2.0)"; 24].join(" AND ");
    let manifest = format!("{{\"name\": \"a\", \"license\": \"{terms}\"}}");
    check("vendor/a/package.json", manifest, 0, &["no findings"]);
    let project = Project::of("LICENSE", "x");
    project.run(&["may", "saas", &nested[..100_000]]).check(2, &["no license, path or component"]);
}

#[test]
fn counts_and_lengths_of_headers_are_not_believed() {
    let mut gguf = b"GGUF\x03\0\0\0".to_vec();
    gguf.extend([0xff; 16]);
    check("tiny.gguf", &gguf, 1, &["unreadable-input", "tiny.gguf"]);
    let mut gguf = b"GGUF\x03\0\0\0".to_vec();
    gguf.extend(0_u64.to_le_bytes());
    gguf.extend(1_u64.to_le_bytes());
    gguf.extend([0xff; 8]);
    check("tiny.gguf", &gguf, 1, &["unreadable-input"]);
    let mut tensors = [0xff; 8].to_vec();
    tensors.extend(b"{\"__metadata__\":{\"license\":\"mit\"}}");
    check("model.safetensors", &tensors, 1, &["unreadable-input"]);
    check("model.safetensors", b"", 1, &["unreadable-input"]);
    check("model.gguf", b"GGUF", 1, &["unreadable-input"]);
}

#[cfg(unix)]
#[test]
fn links_neither_loop_nor_lead_out() {
    use std::os::unix::fs::symlink;
    let outside = Project::of("README.md", "---\nlicense: secret-license\n---\n");
    let project = Project::of("models/a/README.md", "---\nlicense: mit\n---\n");
    symlink("..", project.path("models/up")).unwrap();
    symlink("self", project.path("models/self")).unwrap();
    symlink(outside.path("."), project.path("models/far")).unwrap();
    let ran = project.run(&["check"]).check(0, &["1 model"]).without(&["secret-license"]);
    assert!(ran.took < SOON);
    fs::create_dir(project.path("models/b")).unwrap();
    symlink(outside.path("README.md"), project.path("models/b/README.md")).unwrap();
    let says = ["unreadable-input", "models/b/README.md", "leads out of the scanned folder"];
    project.run(&["check"]).check(1, &says).without(&["secret-license"]);
    let project = Project::of("blobs/0a", CARD);
    fs::create_dir(project.path("model")).unwrap();
    symlink("../blobs/0a", project.path("model/README.md")).unwrap();
    project.run(&["check"]).check(1, &["denied-license", "model/README.md"]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_does_not_pass() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::of("models/a/README.md", CARD).with("LICENSE", "");
    let path = project.path("models/a/README.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Who may read everything meets no locked files.
    if fs::File::open(&path).is_err() {
        project.run(&["check"]).check(1, &["unreadable-input", "permission denied"]);
        project.run(&["check", "models/a/README.md"]).check(2, &["permission denied"]);
        fs::set_permissions(project.path("models"), fs::Permissions::from_mode(0o000)).unwrap();
        project.run(&["check"]).check(1, &["unreadable-input", "cannot be listed"]);
        fs::set_permissions(project.path("models"), fs::Permissions::from_mode(0o755)).unwrap();
    }
    fs::remove_file(&path).unwrap();
    if Command::new("mkfifo").arg(&path).status().is_ok_and(|it| it.success()) {
        project.run(&["check"]).check(1, &["unreadable-input", "not a regular file"]);
        project.run(&["check", "models/a/README.md"]).check(2, &["not a regular file"]);
        let policy = ["check", "LICENSE", "--policy", "models/a/README.md"];
        project.run(&policy).check(2, &["not a regular file"]);
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("README.md"), CARD).unwrap();
    project.run(&["check"]).check(1, &["denied-license", "models/a/README.md/README.md:2:10"]);
}

#[test]
fn text_in_other_encodings_is_read_or_named() {
    check(
        "README.md",
        b"---\nlicense: cc-by-nc-4.0\nauthor: Andr\xe9\n---\n",
        1,
        &["denied-license"],
    );
    let wide: Vec<u8> = CARD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("README.md", &wide, 1, &["unreadable-input", "UTF-16"]);
    check("README.md", [b"\xff\xfe".as_slice(), &wide].concat(), 1, &["UTF-16"]);
    check("README.md", format!("\u{feff}{CARD}"), 1, &["README.md:2:10", "denied-license"]);
    let says = ["denied-license", "NUL byte"];
    check("README.md", "---\nlicense: cc-by-nc-4.0\nx: a\0b\n---\n", 1, &says);
    check("README.md", format!("{CARD}\0"), 1, &says);
    let video = Project::of("LICENSE-MIT", include_bytes!("../../../../LICENSE-MIT"));
    let video = video.with("clip.ts", b"G@\0\x10\0\0\xb0\r\xff\xff").run(&["check"]);
    video.check(0, &["1 skipped"]);
    check("README.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\0", 1, &["binary data"]);
}

#[test]
fn a_broken_policy_never_judges() {
    let check = |policy: &[u8], says: &[&str]| {
        let project = Project::of("LICENSE", "x").with("caveat.toml", policy);
        let ran = project.run(&["check"]).check(2, says);
        assert!(ran.took < SOON && ran.out.is_empty(), "{:?}\n{}", ran.took, ran.out);
    };
    check(
        b"caveat = 1\n[rules]\nunknown = \"de\0ny\"\n",
        &["cannot use the policy", "caveat.toml"],
    );
    check(&b"# a policy\n".repeat(1_000_000), &["more than 1 MiB"]);
    check(b"caveat = 1\n# \xff\n", &["line 2 is not UTF-8"]);
    check(format!("caveat = {}", "[".repeat(100_000)).as_bytes(), &["cannot use the policy"]);
    check(b"caveat = 1\n\"\x1b[31m\xe2\x80\xae\" = 1\n", &["cannot use the policy"]);
    check(b"caveat = 1\n[rules]\nunknown = \"\x1b[31m\"\n", &["cannot use the policy"]);
    let project = Project::of("LICENSE", "x").with("caveat.toml/a", "");
    project.run(&["check"]).check(2, &["cannot read the policy", "not a regular file"]);
}

#[test]
fn nothing_of_a_project_steers_the_terminal() {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}";
    let card = format!(
        "---\nlicense: other\nlicense_name: \"{evil}\"\nlicense_link: '{evil}'\nbase_model: \"{evil}/b\"\n---\n"
    );
    let project = Project::of("README.md", card).with(
        "caveat.toml",
        "caveat = 1\n[rules]\nunknown = \"deny\"\n[[product]]\nname = \"\\u001b[31m\\u202e\"\npaths = [\"**\"]\nuses = [\"saas\"]\n",
    );
    let manifest = "{\"name\": \"\\u001b[31m\", \"license\": \"\\u001b]8;;x\\u0007\\u202eMIT\"}";
    let project = project.with("vendor/a/package.json", manifest);
    for format in caveat::report::formats::FORMATS {
        project.run(&["check", "--audit", "--format", format.name]).check(1, &[]);
        if format.has_inventory {
            project.run(&["scan", "--format", format.name]).check(0, &[]);
        }
    }
    project.run(&["explain", ".", "--path", "."]).check(0, &[]);
    project.run(&["may", "saas", "."]).check(1, &[]);
    for arguments in [
        vec!["check", "\u{1b}[31m"],
        vec!["check", "--policy", "\u{1b}[31m"],
        vec!["check", "--format", "\u{1b}[31m"],
        vec!["explain", "\u{1b}[31mx"],
        vec!["may", "saas", "\u{1b}[31mx"],
        vec!["may", "\u{1b}[31m", "mit"],
        vec!["identify", "\u{1b}[31m"],
    ] {
        project.run(&arguments).check(2, &["␛[31m"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_of_files_are_foreign_text_too() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let project = Project::of("a\nerror[fake]: b/\u{1b}[31m\u{202e}/README.md", CARD);
    let broken = project.path("x").with_file_name(OsStr::from_bytes(b"\xff\xfe"));
    fs::create_dir(&broken).unwrap();
    fs::write(broken.join("README.md"), CARD).unwrap();
    let ran = project.run(&["check"]).check(1, &["a␊error[fake]: b/␛[31m", "2 models"]);
    assert!(!ran.out.lines().any(|it| it.starts_with("error[fake]")));
    project.run(&["check", "--format", "json"]).check(1, &[]);
    project.run(&["scan", "--format", "concise"]).check(0, &["2 models"]);
}

#[test]
fn a_line_of_a_megabyte_is_cut_to_what_matters() {
    let card = format!("---\n{{ license: cc-by-nc-4.0, a: \"{}\" }}\n---\n", "x".repeat(1 << 20));
    let project = Project::of("README.md", card);
    let ran = project.run(&["check"]).check(1, &["denied-license", "README.md:2:"]);
    assert!(ran.out.len() < 20_000 && ran.took < SOON, "{} {:?}", ran.out.len(), ran.took);
    let (before, after) = (" ".repeat(1 << 19), "大".repeat(1 << 18));
    let json = format!("{{\"name\":{before}\"a\",\"license\":\"AGPL-3.0\",\"b\":\"{after}\"}}");
    let project = Project::of("vendor/a/package.json", json);
    let ran = project.run(&["check"]).check(1, &["denied-license", "package.json:1:524"]);
    assert!(ran.out.len() < 20_000 && ran.took < SOON, "{} {:?}", ran.out.len(), ran.took);
}

#[test]
fn ten_thousand_files_and_a_deep_folder_are_no_trouble() {
    let deep = "d/".repeat(300);
    let project = Project::of(&format!("{deep}README.md"), CARD);
    for folder in 0..100 {
        fs::create_dir(project.path(&format!("m{folder}"))).unwrap();
        for file in 0..99 {
            fs::write(project.path(&format!("m{folder}/f{file}.txt")), "x").unwrap();
        }
        fs::write(project.path(&format!("m{folder}/README.md")), "---\nlicense: mit\n---\n")
            .unwrap();
    }
    let ran = project.run(&["check"]).check(1, &["denied-license", "101 models"]);
    assert!(ran.took < SOON && ran.peak < 200_000, "{:?} {} KiB", ran.took, ran.peak);
}
