//! Files that are broken, or made to take long.

#![expect(clippy::disallowed_methods, reason = "the test measures time")]

use caveat_core::source::{Source, SourceId};
use proptest::prelude::*;

use crate::{assert_places, read, references};

const FILES: [&str; 8] =
    ["a.py", "a.rs", "a.ts", "a.ipynb", "a.sh", "config.yaml", "config.json", "config.toml"];

/// What would take very long if anything in here looked at a text more than a few times.
#[test]
fn hostile_files_take_no_time() {
    let parts = [
        "'",
        "\"",
        "'''",
        "\"\"\"",
        "`",
        "(",
        "{",
        "[",
        "from_pretrained(",
        "a=",
        "a:",
        "x='a/b',",
        "for a in ",
        "r#\"",
        "/*",
        "//",
        "/",
        "\\",
        "${",
        "<<E ",
        "-hf a/b ",
        "\n",
        "!",
        "%",
        "#",
        "https://",
        "hf://",
        "{\"cell_type\":\"code\",\"source\":[\"",
        "f(a[\"b\"],",
        "MODEL=a/b ",
        "model: a/b, ",
        "add_argument('--model', default=",
        "LLM(model=model, ",
    ];
    for part in parts {
        let text = format!("import vllm # pretrained model\n{}", part.repeat(50_000 / part.len()));
        for name in FILES {
            let start = std::time::Instant::now();
            references(name, &text);
            let time = start.elapsed().as_secs();
            assert!(time < 5, "{part:?} in {name} took {time} s");
        }
    }
}

proptest! {
    /// Any text, and any part of a good one, is read without a panic, with places in bounds.
    #[test]
    fn any_text_is_read(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "from_pretrained(", "'acme/tiny'", "\"acme/tiny\"", ")", "(", "[", "]", "{", "}", ",", "=",
                ":", "\n", " ", "model", "revision=", "f'", "\"\"\"", "'''", "\\", "é", "\u{1F600}", "#", "//",
                "/*", "r#\"", "${", "`", "hf download ", "https://huggingface.co/acme/tiny/resolve/",
                "hf://", "args.model", "--model ", "-hf ", "<<EOF\n", "EOF\n", "!", "%%bash\n", "\\u00e9", "\\n",
                "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"", "\"]}]}", "for x in ", "MODEL=", "'", "\"",
                "add_argument(", "default=", "\u{feff}", "refs", "/", "@", "import transformers\n", "llama", "\u{c}", "\r\n",
            ]),
            0..60,
        ),
        file in 0..FILES.len(),
    ) {
        let text = format!("pretrained model {}", pieces.concat());
        let source = Source::text(SourceId(0), FILES[file], text);
        assert_places(&source, &read(&source));
    }
}
