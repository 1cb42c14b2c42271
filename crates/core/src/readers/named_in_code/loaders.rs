//! Functions and classes that take the name of a model or dataset and load it.

use crate::component::Kind;

/// A function or class that takes a name.
pub(super) struct Loader {
    /// What it is called.
    pub(super) name: &'static str,
    /// Of what: a word that stands right before it, or nothing for any.
    pub(super) of: &'static [&'static str],
    /// The kind of thing that it takes.
    pub(super) takes: Takes,
    /// Which argument is the name, where it can be given by position.
    pub(super) position: Option<usize>,
    /// What the argument is called where it is given by name.
    pub(super) keywords: &'static [&'static str],
    /// A word that the program must hold: the name is used for other things too.
    pub(super) only_with: &'static [&'static str],
}

/// What a loader takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// The name of a model on the hub.
    Model,
    /// The same, and names without owner mean those of sentence-transformers.
    SentenceModel,
    /// The name of a dataset on the hub.
    Dataset,
    /// The name of a repository on the hub; another argument may say that it is a dataset.
    Repository,
    /// The name of a model in the registry of ollama.
    Ollama,
    /// A repository on GitHub.
    GitHub,
}

impl Takes {
    /// The kind of component.
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Model | Self::SentenceModel | Self::Repository | Self::Ollama => Kind::Model,
            Self::Dataset => Kind::Dataset,
            Self::GitHub => Kind::Code,
        }
    }
}

const MODEL_KEYWORDS: &[&str] = &[
    "model",
    "model_id",
    "model_name",
    "model_path",
    "model_name_or_path",
    "repo_id",
    "pretrained_model_name_or_path",
    "pretrained_model_name",
    "base_model",
    "tokenizer",
    "tokenizer_name",
    "hf_repo",
];

const fn model(name: &'static str) -> Loader {
    let keywords = MODEL_KEYWORDS;
    Loader { name, of: &[], takes: Takes::Model, position: Some(0), keywords, only_with: &[] }
}

const fn sentence_model(name: &'static str) -> Loader {
    Loader { takes: Takes::SentenceModel, ..model(name) }
}

const fn by_keyword(name: &'static str) -> Loader {
    Loader { position: None, ..model(name) }
}

const fn dataset(name: &'static str) -> Loader {
    let keywords = &["path", "dataset_name", "name_or_path"];
    Loader { takes: Takes::Dataset, keywords, ..model(name) }
}

const fn repository(name: &'static str) -> Loader {
    let keywords = &["repo_id", "repo", "clone_from", "name"];
    Loader { takes: Takes::Repository, keywords, ..model(name) }
}

const fn ollama(name: &'static str) -> Loader {
    let keywords = &["model", "model_name"];
    Loader { takes: Takes::Ollama, position: None, keywords, ..model(name) }
}

impl Loader {
    /// The same, called on one of these only.
    const fn of(mut self, of: &'static [&'static str]) -> Self {
        self.of = of;
        self
    }

    /// The same, in programs that hold one of these words only.
    const fn only_with(mut self, words: &'static [&'static str]) -> Self {
        self.only_with = words;
        self
    }
}

const fn second(name: &'static str, keyword: &'static str) -> Loader {
    let keywords = match keyword.as_bytes() {
        b"model" => &["model", "tokenizer"],
        b"model_id" => &["model_id", "adapter_id"],
        _ => &["hf_repo", "repo_id"],
    };
    Loader { position: Some(1), keywords, ..model(name) }
}

const HUB_CRATE: &[&str] = &["hf_hub"];

/// Every loader that is known. Where several have one name, each is tried.
pub(super) const LOADERS: &[Loader] = &[
    model("from_pretrained"),
    second("from_pretrained", "model_id").of(&[
        "PeftModel",
        "PeftModelForCausalLM",
        "PeftMixedModel",
    ]),
    model("from_single_file"),
    model("from_model_id"),
    model("from_hf_repo"),
    model("from_hf_hub"),
    model("from_hub"),
    model("from_huggingface"),
    model("from_hf"),
    model("load_lora_weights"),
    model("load_textual_inversion"),
    model("load_ip_adapter"),
    model("load_adapter"),
    dataset("load_dataset"),
    dataset("load_dataset_builder"),
    repository("hf_hub_download"),
    repository("snapshot_download"),
    repository("cached_download"),
    repository("hf_hub_url"),
    repository("try_to_load_from_cache"),
    repository("snapshotDownload"),
    repository("downloadFile"),
    Loader { position: None, ..repository("Repository") },
    second("hf_get", "hf_repo"),
    second("pipeline", "model"),
    sentence_model("SentenceTransformer"),
    sentence_model("SparseEncoder"),
    sentence_model("SentenceTransformerEmbeddings"),
    sentence_model("SentenceTransformerEmbeddingFunction"),
    sentence_model("HuggingFaceEmbeddings"),
    model("CrossEncoder"),
    model("InferenceClient"),
    model("AsyncInferenceClient"),
    model("InferenceApi"),
    by_keyword("create").only_with(&["InferenceClient", "HfInference", "AsyncInferenceClient"]),
    by_keyword("chat_completion"),
    by_keyword("text_generation"),
    by_keyword("feature_extraction"),
    by_keyword("text_to_image"),
    by_keyword("automatic_speech_recognition"),
    by_keyword("chatCompletion"),
    by_keyword("chatCompletionStream"),
    by_keyword("textGeneration"),
    by_keyword("textGenerationStream"),
    by_keyword("featureExtraction"),
    by_keyword("textToImage"),
    by_keyword("automaticSpeechRecognition"),
    by_keyword("textClassification"),
    by_keyword("summarization"),
    by_keyword("imageToText"),
    model("LLM").only_with(&["vllm", "outlines", "sglang"]),
    by_keyword("AsyncEngineArgs"),
    by_keyword("EngineArgs"),
    by_keyword("Engine").only_with(&["sglang", "sgl"]),
    model("load").only_with(&["mlx_lm", "mlx_vlm"]),
    model("WhisperModel").only_with(&["faster_whisper"]),
    (Loader { keywords: &["path_or_hf_repo"], ..by_keyword("transcribe") })
        .only_with(&["mlx_whisper"]),
    model("transformers").of(&["models"]).only_with(&["outlines", "guidance"]),
    model("Transformers").of(&["models"]).only_with(&["outlines", "guidance"]),
    model("HuggingFaceEmbedding"),
    model("HuggingFaceBgeEmbeddings"),
    model("HuggingFaceInstructEmbeddings"),
    model("HuggingFaceInferenceAPIEmbeddings"),
    model("HuggingFaceHubEmbeddings"),
    model("HuggingFaceEndpointEmbeddings"),
    model("HuggingFaceInferenceEmbeddings"),
    model("HuggingFaceTransformersEmbeddings"),
    model("HuggingFaceCrossEncoder"),
    by_keyword("HuggingFaceEndpoint"),
    by_keyword("HuggingFaceHub"),
    by_keyword("HuggingFaceInference"),
    by_keyword("HuggingFaceLLM"),
    by_keyword("HuggingFaceInferenceAPI"),
    by_keyword("HuggingFaceModel"),
    by_keyword("HuggingFaceLocalGenerator"),
    by_keyword("HuggingFaceLocalChatGenerator"),
    by_keyword("ChatHuggingFace"),
    by_keyword("SentenceTransformerRerank"),
    by_keyword("SentenceTransformersTextEmbedder"),
    by_keyword("SentenceTransformersDocumentEmbedder"),
    by_keyword("TransformersSimilarityRanker"),
    by_keyword("FlagEmbeddingReranker"),
    model("FlagModel"),
    model("FlagReranker"),
    model("FlagLLMReranker"),
    model("BGEM3FlagModel"),
    model("TextEmbedding"),
    model("SparseTextEmbedding"),
    model("LateInteractionTextEmbedding"),
    by_keyword("FastEmbedEmbeddings"),
    by_keyword("VLLM"),
    by_keyword("SFTTrainer"),
    by_keyword("DPOTrainer"),
    by_keyword("GRPOTrainer"),
    by_keyword("RewardTrainer"),
    ollama("ChatOllama"),
    ollama("Ollama"),
    ollama("OllamaLLM"),
    ollama("OllamaEmbeddings"),
    ollama("OllamaEmbedding"),
    ollama("OllamaMultiModal"),
    ollama("OllamaEmbeddingFunction"),
    ollama("chat").of(&["ollama"]),
    ollama("generate").of(&["ollama"]),
    ollama("embed").of(&["ollama"]),
    ollama("embeddings").of(&["ollama"]),
    (Loader { position: Some(0), ..ollama("pull") }).of(&["ollama"]),
    (Loader { takes: Takes::GitHub, keywords: &["repo_or_dir"], ..model("load") }).of(&["hub"]),
    (Loader { takes: Takes::GitHub, keywords: &["github"], ..model("help") }).of(&["hub"]),
    model("model").only_with(HUB_CRATE),
    dataset("dataset").only_with(HUB_CRATE),
    repository("with_revision").of(&["Repo"]),
    repository("new").of(&["Repo"]),
];

/// Functions that write to a repository or ask after it: what they take is not thereby used.
pub(super) const WRITERS: &[&str] = &[
    "create_branch",
    "create_commit",
    "create_repo",
    "create_tag",
    "createRepo",
    "delete_file",
    "delete_folder",
    "delete_repo",
    "file_exists",
    "list_repo_files",
    "list_repo_tree",
    "push_to_hub",
    "repo_exists",
    "repo_info",
    "save_to_hub",
    "super_squash_history",
    "upload_file",
    "upload_folder",
    "upload_large_folder",
    "uploadFile",
    "uploadFiles",
];
