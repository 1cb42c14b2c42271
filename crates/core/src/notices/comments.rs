//! The comments of a program: where people speak in a file of which the rest is for machines.

use std::ops::Range;

/// How comments and strings are written in a language.
#[derive(Debug)]
pub(super) struct Syntax {
    /// What begins a comment up to the end of the line; after a blank, a letter is no part of it.
    line: &'static [&'static str],
    /// What begins and ends a longer comment.
    block: &'static [(&'static str, &'static str)],
    /// What begins and ends a string.
    strings: &'static [char],
}

const CURLY: Syntax = Syntax { line: &["//"], block: &[("/*", "*/")], strings: &['"', '\''] };
const SCRIPT: Syntax = Syntax { line: &["//"], block: &[("/*", "*/")], strings: &['"', '\'', '`'] };
const BOTH: Syntax = Syntax { line: &["//", "#"], block: &[("/*", "*/")], strings: &['"', '\''] };
const STYLE: Syntax = Syntax { line: &["//"], block: &[("/*", "*/")], strings: &['"'] };
const HASH: Syntax = Syntax { line: &["#"], block: &[("<#", "#>")], strings: &['"', '\''] };
const PYTHON: Syntax =
    Syntax { line: &["#"], block: &[("\"\"\"", "\"\"\""), ("'''", "'''")], strings: &['"', '\''] };
const RUBY: Syntax = Syntax { line: &["#"], block: &[("=begin", "=end")], strings: &['"', '\''] };
const PERL: Syntax = Syntax { line: &["#"], block: &[("=", "\n=cut")], strings: &['"', '\''] };
const SEMICOLON: Syntax = Syntax { line: &[";"], block: &[("#|", "|#")], strings: &['"'] };
const PERCENT: Syntax = Syntax { line: &["%"], block: &[("%{", "%}")], strings: &[] };
const DASHES: Syntax = Syntax {
    line: &["--"],
    block: &[("--[[", "]]"), ("{-", "-}"), ("/*", "*/")],
    strings: &['"', '\''],
};
const MARKUP: Syntax = Syntax { line: &[], block: &[("<!--", "-->")], strings: &[] };
const ML: Syntax = Syntax { line: &["//"], block: &[("(*", "*)"), ("{", "}")], strings: &['"'] };
const BANG: Syntax = Syntax { line: &["!", "C ", "c ", "* "], block: &[], strings: &[] };
const BASIC: Syntax = Syntax { line: &["'"], block: &[], strings: &['"'] };
const VIM: Syntax = Syntax { line: &["\""], block: &[], strings: &[] };
const BATCH: Syntax =
    Syntax { line: &["rem ", "REM ", "::", "@rem ", "@REM "], block: &[], strings: &[] };
const ASSEMBLY: Syntax =
    Syntax { line: &["//", "#", ";", "@", "!"], block: &[("/*", "*/")], strings: &['"'] };
const M4: Syntax = Syntax { line: &["dnl", "#"], block: &[], strings: &[] };
const TEMPLATE: Syntax = Syntax {
    line: &["//"],
    block: &[("<!--", "-->"), ("/*", "*/"), ("{#", "#}"), ("<%#", "%>"), ("{{!", "}}")],
    strings: &[],
};

/// How the file of that path is written; nothing for what is no program.
pub(super) fn syntax(path: &str) -> Option<&'static Syntax> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let by_name = match name.as_str() {
        "makefile" | "gnumakefile" | "dockerfile" | "containerfile" | "cmakelists.txt"
        | "rakefile" | "gemfile" | "justfile" | "vagrantfile" | "brewfile" | ".gitignore"
        | ".gitattributes" | ".editorconfig" | ".dockerignore" | "build" | "workspace"
        | "sconstruct" | "sconscript" | "wscript" | "kconfig" | "snakefile" => Some(&HASH),
        "configure.ac" | "configure.in" => Some(&M4),
        "jenkinsfile" => Some(&CURLY),
        _ => None,
    };
    by_name.or_else(|| by_ending(name.rsplit_once('.')?.1))
}

fn by_ending(ending: &str) -> Option<&'static Syntax> {
    Some(match ending {
        "c" | "h" | "cc" | "cpp" | "cxx" | "c++" | "hh" | "hpp" | "hxx" | "h++" | "inl" | "ipp"
        | "tcc" | "m" | "mm" | "cu" | "cuh" | "cl" | "metal" | "glsl" | "hlsl" | "wgsl"
        | "vert" | "frag" | "comp" | "java" | "cs" | "rs" | "swift" | "kt" | "kts" | "scala"
        | "sc" | "d" | "dart" | "proto" | "thrift" | "idl" | "v" | "sv" | "svh" | "vala"
        | "zig" | "sol" | "gradle" | "fbs" | "td" | "y" | "yy" | "l" | "ll" | "rc" | "x"
        | "dts" | "dtsi" | "mojo" | "pyx" | "cshtml" => &CURLY,
        "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" | "go" | "as" | "coffee"
        | "groovy" => &SCRIPT,
        "php" | "phtml" | "php3" | "php5" | "tf" | "hcl" | "nix" | "jsonnet" | "libsonnet"
        | "bicep" => &BOTH,
        "css" | "scss" | "sass" | "less" | "styl" => &STYLE,
        "py" | "pyi" | "pyw" | "bzl" | "star" | "gyp" | "gypi" | "pxd" | "pxi" => &PYTHON,
        "rb" | "rake" | "gemspec" | "ru" => &RUBY,
        "pl" | "pm" | "t" | "pod" | "al" => &PERL,
        "sh" | "bash" | "zsh" | "ksh" | "fish" | "csh" | "yaml" | "yml" | "toml" | "cfg"
        | "conf" | "ini" | "properties" | "cmake" | "mk" | "mak" | "am" | "r" | "jl" | "ps1"
        | "psm1" | "psd1" | "tcl" | "awk" | "sed" | "ex" | "exs" | "nim" | "cr" | "po" | "pot"
        | "spec" | "service" | "dockerfile" | "ninja" | "gd" | "gn" | "gni" | "env" | "bazel"
        | "pc" | "graphql" | "rego" => &HASH,
        "lisp" | "lsp" | "cl2" | "el" | "scm" | "ss" | "rkt" | "clj" | "cljs" | "cljc" | "edn"
        | "fnl" | "asm" | "nasm" | "inc" | "reg" => &SEMICOLON,
        "tex" | "sty" | "cls" | "bib" | "dtx" | "ins" | "erl" | "hrl" | "ps" | "pro" | "oct" => {
            &PERCENT
        }
        "lua" | "sql" | "hs" | "lhs" | "elm" | "adb" | "ads" | "vhd" | "vhdl" | "purs" | "idr"
        | "agda" => &DASHES,
        "xml" | "html" | "htm" | "xhtml" | "svg" | "xsl" | "xslt" | "xsd" | "xaml" | "csproj"
        | "vbproj" | "fsproj" | "props" | "targets" | "plist" | "md" | "markdown" | "ui"
        | "qrc" | "wxs" | "fxml" | "rng" | "dtd" => &MARKUP,
        "ml" | "mli" | "fs" | "fsi" | "fsx" | "pas" | "pp" | "dpr" | "sml" | "thy" | "lean" => &ML,
        "f" | "for" | "f77" | "f90" | "f95" | "f03" | "f08" | "ftn" => &BANG,
        "vb" | "bas" | "vbs" | "frm" => &BASIC,
        "vim" => &VIM,
        "bat" | "cmd" => &BATCH,
        "s" | "sx" => &ASSEMBLY,
        "m4" | "ac" => &M4,
        "vue" | "svelte" | "astro" | "j2" | "jinja" | "jinja2" | "erb" | "ejs" | "hbs" | "tmpl"
        | "tpl" | "mustache" | "jsp" | "aspx" => &TEMPLATE,
        _ => return None,
    })
}

/// The comments of `text`; those that only blanks part are one. One walk over the bytes.
pub(super) fn comments(text: &str, syntax: &Syntax) -> Vec<Range<usize>> {
    let stops = syntax.stops();
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut opens_line) = (0, true);
    while let Some(byte) = text.as_bytes().get(at).copied() {
        if byte == b'\n' {
            opens_line = true;
        } else if stops[usize::from(byte)] {
            if !opens_line && let Some(length) = quotes(&text[at..], syntax) {
                at += length;
                continue;
            }
            if let Some(length) = comment(text, at, opens_line, syntax) {
                add(text, &mut found, at..at + length);
                at += length;
                continue;
            }
            opens_line = false;
            if syntax.strings.contains(&char::from(byte)) {
                at += 1 + string(&text[at + 1..], byte);
                continue;
            }
        } else if !byte.is_ascii_whitespace() && byte < 0x80 {
            opens_line = false;
        }
        at += 1;
    }
    found
}

impl Syntax {
    /// The bytes at which a comment or a string may begin; all are ASCII.
    fn stops(&self) -> [bool; 256] {
        let mut stops = [false; 256];
        let marks = self.line.iter().chain(self.block.iter().map(|it| &it.0));
        for it in marks.filter_map(|it| it.as_bytes().first()) {
            stops[usize::from(*it)] = true;
        }
        for it in self.strings.iter().filter(|it| it.is_ascii()) {
            stops[*it as usize] = true;
        }
        stops
    }
}

/// The length of a text in three quotes, which is a string where something stands before it.
fn quotes(rest: &str, syntax: &Syntax) -> Option<usize> {
    let mut blocks = syntax.block.iter().filter(|it| it.0 == it.1);
    let (start, end) = blocks.find(|it| rest.starts_with(it.0))?;
    let inner = &rest[start.len()..];
    Some(inner.find(end).map_or(rest.len(), |it| start.len() + it + end.len()))
}

/// The length of the comment that begins here.
fn comment(text: &str, at: usize, opens_line: bool, syntax: &Syntax) -> Option<usize> {
    let rest = &text[at..];
    let before = at.checked_sub(1).and_then(|it| text.as_bytes().get(it)).copied();
    for (start, end) in syntax.block {
        // A text in three quotes speaks only where it stands by itself; so does one of a page.
        let by_itself = start.starts_with(['"', '\'', '=', '%', '{']);
        if !rest.starts_with(start) || (by_itself && !opens_line) {
            continue;
        }
        let inner = &rest[start.len()..];
        if *start == "=" && !inner.starts_with(|it: char| it.is_ascii_lowercase()) {
            continue;
        }
        return Some(inner.find(end).map_or(rest.len(), |it| start.len() + it + end.len()));
    }
    let mark = syntax.line.iter().find(|it| rest.starts_with(**it))?;
    let needs_blank = !matches!(*mark, "//" | "--");
    let only_in_front =
        matches!(*mark, "%" | "!" | "'" | "\"" | "@" | "C " | "c " | "* " | "dnl" | "::")
            || mark.ends_with(' ');
    let is_place = if only_in_front {
        opens_line
    } else if needs_blank {
        before.is_none_or(|it| it.is_ascii_whitespace())
    } else {
        before != Some(b':')
    };
    is_place.then(|| rest.find('\n').unwrap_or(rest.len()))
}

/// The length of what is left of a string, which ends with its line unless it is a template.
fn string(rest: &str, quote: u8) -> usize {
    let mut escaped = false;
    for (at, it) in rest.bytes().enumerate() {
        match it {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\n' if quote != b'`' => return at,
            _ if it == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn add(text: &str, found: &mut Vec<Range<usize>>, range: Range<usize>) {
    if let Some(last) = found.last_mut()
        && let Some(between) = text.get(last.end..range.start)
        && between.trim().is_empty()
        && between.matches('\n').count() <= 1
    {
        last.end = range.end;
        return;
    }
    found.push(range);
}
