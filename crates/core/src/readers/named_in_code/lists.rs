//! Words that keep a string from being a name.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words to look up.
pub(super) type List = LazyLock<BTreeSet<&'static str>>;

/// First parts of a name that are folders in most trees, registries, or kinds of media.
pub(super) static NO_OWNERS: List = LazyLock::new(|| {
    words(
        "\
    ablations adapter adapters app application artifacts assets audio best bin build cache \
    checkpoint checkpoints ckpt ckpts code config configs content data data_dir dataset datasets \
    dist docs download downloads eval examples exp experiments figures files final font home \
    image images img input inputs lib llms local log logs lora loras media message mnt model \
    models multipart notebooks opt out output outputs pipelines plots pretrained \
    pretrained_models public raw refs release releases reports res resources result results root \
    run runs samples save saved saved_model saved_models script scripts snapshots src static \
    storage target temp test testdata tests text tmp tokenizer tokenizers tools train training \
    usr utils var video videos weight weights workspace \
    ",
    )
});

/// Parts of a name that ask to be replaced.
pub(super) static PLACEHOLDERS: List = LazyLock::new(|| {
    words(
        "\
    account author bar base-model base_model baz company dataset-name dataset_name example \
    example-org foo hf-user hf-username hf_user hf_username id model-id model-name model_id \
    model_name name namespace org org-name org_name organization owner path placeholder repo \
    repo-name repo_id repo_name some some-model some-org the-model user user-name user_name \
    username xxx yourname yourusername \
    ",
    )
});

/// Companies whose models are spoken to over a network and lie on no hub.
pub(super) static SERVICES: List = LazyLock::new(|| {
    words(
        "\
    anthropic azure azure_ai bedrock cerebras claude cohere_chat deepinfra fireworks_ai gemini \
    groq hosted_vllm huggingface mistralai_api ollama ollama_chat openrouter perplexity \
    replicate sagemaker together_ai vertex_ai xai \
    ",
    )
});

/// Endings of files, which no repository has.
pub(super) static ENDINGS: List = LazyLock::new(|| {
    words(
        "\
    arrow avi bin bz2 c cc cfg ckpt conf cpp css csv dat db dll exe flac gguf gif go gz h h5 \
    hdf5 html ini ipynb java jpeg jpg js json jsonl lock log md mjs mlmodel mp3 mp4 msgpack npy \
    npz ogg onnx parquet pb pdf pickle pkl png pt pth py rs rst safetensors sh so sql svg tar \
    tfevents tflite tgz tmp toml ts tsv tsx txt wav webp xml xz yaml yml zip zst \
    ",
    )
});

/// Endings of files that hold weights and hardly anything else.
pub(super) static WEIGHTS: List = LazyLock::new(|| {
    words("caffemodel ckpt ggml gguf keras mlmodel onnx pt pth safetensors tflite weights")
});

fn words(all: &'static str) -> BTreeSet<&'static str> {
    all.split_ascii_whitespace().collect()
}
