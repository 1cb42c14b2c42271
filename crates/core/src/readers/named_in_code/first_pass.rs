//! Which files are worth a closer look: most hold none of a few words and leave at once.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Words without which no program loads a model.
const PROGRAM: &[&str] = &[
    "pretrained",
    "uggingface",
    "uggingFace",
    "hf_hub",
    "hf-hub",
    "hf.co/",
    "hf://",
    "hf-snapshot",
    "hf_repo",
    "from_hf",
    "load_dataset",
    "napshot_download",
    "SentenceTransformer",
    "CrossEncoder",
    "InferenceClient",
    "HfInference",
    "transformers",
    "llama",
    "vllm",
    "mlx_",
    "torch.hub",
    "FlagModel",
    "FlagEmbedding",
    "TextEmbedding",
    "faster_whisper",
    "sglang",
];

/// Words without which no script or file of settings names one.
const OTHER: &[&str] = &[
    "uggingface",
    "hf download",
    "hf.co/",
    "hf_",
    "hf-",
    "HF_",
    "-hf",
    "llama",
    "vllm",
    "model",
    "MODEL",
    "Model",
    "dataset",
    "DATASET",
    "pretrained",
    "PRETRAINED",
    "tokenizer",
    "TOKENIZER",
    "encoder",
    "repo",
    "REPO",
    "python",
];

/// Endings of weight files, which may be fetched from anywhere.
const WEIGHTS: &[&str] = &[
    ".caffemodel",
    ".ckpt",
    ".ggml",
    ".gguf",
    ".keras",
    ".mlmodel",
    ".onnx",
    ".pt",
    ".safetensors",
    ".tflite",
    ".weights",
];

static IN_PROGRAM: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| build(PROGRAM));
static IN_OTHER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| build(OTHER));

/// Whether a program may load a model or a dataset.
pub(super) fn program(text: &str) -> bool {
    holds(IN_PROGRAM.as_ref(), text)
}

/// Whether a script or a file of settings may name one: a name has a slash, or stands in a
/// command.
pub(super) fn other(text: &str) -> bool {
    holds(IN_OTHER.as_ref(), text)
}

fn build(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(words.iter().chain(WEIGHTS))
        .ok()
}

/// Without the automaton, which only a lack of memory prevents, every file is looked at.
fn holds(words: Option<&AhoCorasick>, text: &str) -> bool {
    words.is_none_or(|it| it.is_match(text))
}
