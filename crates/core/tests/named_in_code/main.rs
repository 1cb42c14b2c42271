//! Models and datasets named in code: a file in, references out.

mod hostile;

use caveat_core::component::How;
use caveat_core::readers::READERS;
use caveat_core::reading::{Read, Reading, Subject};
use caveat_core::source::{Source, Sources};

fn read(source: &Source) -> Reading {
    let reader = READERS.iter().find(|it| it.name == "named-in-code").expect("it is in the table");
    let Read::Text(read) = reader.read else { panic!("code is text") };
    assert!((reader.wants)(&source.name), "{} is not wanted", source.name);
    read(source)
}

/// Each reference as `line:column kind name@revision`.
fn references(name: &str, text: &str) -> Vec<String> {
    let mut sources = Sources::new();
    let id = sources.add(name, text.to_owned());
    let source = sources.get(id).expect("it was added");
    let reading = read(source);
    assert_places(source, &reading);
    let uses = reading.sightings.iter().flat_map(|it| &it.uses);
    let shown = uses.map(|it| {
        let place = sources.place(it.target.at).expect("it is in bounds");
        let revision = it.revision.as_ref().map(|it| format!("@{}", it.value)).unwrap_or_default();
        let (line, column) = (place.line, place.column);
        format!("{line}:{column} {} {}{revision}", it.kind.name(), it.target.value.as_str())
    });
    shown.collect()
}

/// Every place is in bounds, and holds the name or its last part.
fn assert_places(source: &Source, reading: &Reading) {
    assert!(reading.sightings.len() <= 1);
    for seen in &reading.sightings {
        assert_eq!(seen.subject, Subject::File);
        assert!(source.text.get(seen.at.range()).is_some());
        for it in &seen.uses {
            assert_eq!(it.how, How::Uses);
            let name = it.target.value.as_str();
            let written = source.text.get(it.target.at.range()).expect("in bounds");
            assert!(name.ends_with(written) || written.contains('\\'), "{name} at {written}");
            if let Some(it) = &it.revision {
                let written = source.text.get(it.at.range()).expect("in bounds");
                assert!(written == it.value || written.contains('\\'), "{} at {written}", it.value);
            }
        }
    }
}

fn check(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(references(name, text), expected, "{name}:\n{text}");
}

/// Lines of one file, each with what is found in it: `code → kind name`, or nothing.
fn check_lines(name: &str, before: &str, lines: &[(&str, &str)]) {
    for (code, expected) in lines {
        let found = references(name, &format!("{before}{code}\n"));
        let found: Vec<&str> = found.iter().filter_map(|it| Some(it.split_once(' ')?.1)).collect();
        assert_eq!(found.join(", "), *expected, "{name}: {code}");
    }
}

#[test]
fn python_calls_that_load() {
    check_lines(
        "a.py",
        "import transformers, huggingface_hub\n",
        &[
            ("AutoModel.from_pretrained('acme/tiny')", "model acme/tiny"),
            (
                "AutoModel.from_pretrained(\n  r\"acme/tiny\", revision=\"v1\")",
                "model acme/tiny@v1",
            ),
            (
                "AutoModel.from_pretrained(pretrained_model_name_or_path='acme/tiny',)",
                "model acme/tiny",
            ),
            ("x = AutoTokenizer.from_pretrained('bert-base-uncased')", "model bert-base-uncased"),
            ("PeftModel.from_pretrained(base, 'acme/adapter-7b')", "model acme/adapter-7b"),
            ("load_dataset('acme/talk', 'en', revision='abc123')", "dataset acme/talk@abc123"),
            ("datasets.load_dataset(path='squad')", "dataset squad"),
            ("hf_hub_download(repo_id='acme/tiny', filename='a/b.bin')", "model acme/tiny"),
            ("hf_hub_download('acme/talk', 'x', repo_type='dataset')", "dataset acme/talk"),
            ("snapshot_download('acme/demo', repo_type='space')", ""),
            ("pipeline('text-generation', model='acme/tiny')", "model acme/tiny"),
            ("pipeline('text-generation', 'acme/tiny')", "model acme/tiny"),
            (
                "SentenceTransformer('all-MiniLM-L6-v2')",
                "model sentence-transformers/all-MiniLM-L6-v2",
            ),
            ("CrossEncoder('acme/rank-v2')", "model acme/rank-v2"),
            ("InferenceClient('acme/tiny')", "model acme/tiny"),
            ("from vllm import LLM\nLLM(model='acme/tiny')", "model acme/tiny"),
            ("timm.create_model('hf_hub:acme/vit.a1', pretrained=True)", "model acme/vit.a1"),
            ("torch.hub.load('acme/voice:v4', 'vad')", "code github.com/acme/voice@v4"),
            ("HuggingFaceEmbeddings(model_name='acme/embed')", "model acme/embed"),
            ("HuggingFaceEndpoint(repo_id='acme/tiny')", "model acme/tiny"),
            ("ChatOllama(model='tiny3:8b')", "model ollama.com/library/tiny3:8b"),
            ("ollama.chat(model='acme/tiny')", "model ollama.com/acme/tiny"),
            ("ollama.pull('hf.co/acme/tiny-GGUF:Q4_K_M')", "model acme/tiny-GGUF"),
            ("fetch('https://huggingface.co/acme/tiny/resolve/v2/a.bin')", "model acme/tiny@v2"),
            (
                "u = f'https://huggingface.co/datasets/acme/talk/resolve/main/{name}'",
                "dataset acme/talk@main",
            ),
            ("pd.read_csv('hf://datasets/acme/talk/a.csv')", "dataset acme/talk"),
            (
                "from_single_file('https://huggingface.co/acme/tiny/blob/main/a.bin')",
                "model acme/tiny@main",
            ),
            ("os.system('huggingface-cli download acme/tiny')", "model acme/tiny"),
        ],
    );
}

#[test]
fn weights_by_address() {
    let address = "https://github.com/acme/voice/releases/download/v1/wake.onnx";
    let model = format!("model {address}");
    let fetched = format!("download('{address}?raw=true#x')");
    let lines = [
        (fetched.as_str(), model.as_str()),
        ("url = 'https://acme.org/a.tflite'", "model https://acme.org/a.tflite"),
        ("url = 'https://docs.acme.org/a.html'", ""),
        ("url = 'https://models.example/a.onnx'", ""),
        ("url = 'http://localhost:8000/a.onnx'", ""),
        ("url = 'http://10.0.0.7/a.onnx'", ""),
        ("url = f'https://acme.org/{name}.onnx'", ""),
        ("url = 'https://acme.org/your-model/a.onnx'", ""),
        ("path = 'models/a.onnx'", ""),
        ("# https://acme.org/a.tflite", ""),
    ];
    check_lines("a.py", "", &lines);
    check_lines("a.sh", "", &[(&format!("curl -LO {address}"), &model)]);
}

#[test]
fn python_that_names_nothing() {
    let lines = [
        "# AutoModel.from_pretrained('acme/tiny')",
        "'''AutoModel.from_pretrained(\"acme/tiny\")'''",
        "def f():\n  \"\"\"See https://huggingface.co/acme/tiny/resolve/main/x and\n  AutoModel.from_pretrained('acme/tiny')\n  \"\"\"",
        "AutoModel.from_pretrained('./acme/tiny')",
        "AutoModel.from_pretrained('/acme/tiny')",
        "AutoModel.from_pretrained('models/tiny')",
        "AutoModel.from_pretrained('acme/tiny/last')",
        "AutoModel.from_pretrained('acme/tiny.safetensors')",
        "AutoModel.from_pretrained('your-org/your-model')",
        "AutoModel.from_pretrained('<org>/<model>')",
        "AutoModel.from_pretrained(f'acme/{name}')",
        "AutoModel.from_pretrained('acme/' + name)",
        "AutoModel.from_pretrained('acme/tiny' + suffix)",
        "AutoModel.from_pretrained('acme/%s' % name)",
        "AutoModel.from_pretrained(os.path.join('acme/tiny', 'x'))",
        "AutoModel.from_pretrained('my_model')",
        "AutoModel.from_pretrained('checkpoint')",
        "load_dataset('json', data_files='acme/talk')",
        "load_dataset('text')",
        "model.push_to_hub('acme/tiny')",
        "pipeline('acme/tiny')",
        "print('see https://huggingface.co/acme/tiny')",
        "raise ValueError('use acme/tiny')",
        "headers = {'accept': 'application/json', 'model': 'text/plain'}",
        "zone = 'Europe/Berlin'",
        "model = 'openai/gpt-4o'",
        "GITHUB_REPO = 'acme/tiny'",
        "def from_pretrained(name): pass",
        "REPO = 'acme/tiny'\napi.upload_file(path_or_fileobj='x', repo_id=REPO)",
        "torch.hub.load('.', 'custom', source='local')",
    ];
    let lines: Vec<_> = lines.iter().map(|it| (*it, "")).collect();
    check_lines("a.py", "import transformers\n", &lines);
    // The same constant means nothing where nothing speaks of a hub.
    check("a.py", "MODEL_ID = 'acme/tiny'\n", &[]);
}

#[test]
fn names_stand_for_strings() {
    let load = "import transformers\nAutoModel.from_pretrained(";
    for (argument, rest) in [
        ("BASE", "BASE = 'acme/tiny'"),
        ("args.base", "parser.add_argument('-b', '--base', default='acme/tiny')"),
        ("settings['base']", "settings = {'base': 'acme/tiny', 'other': 'x'}"),
        ("self.base", "def __init__(self, base='acme/tiny'):\n  self.base = base"),
        ("cfg.base", "@dataclass\nclass C:\n  base: Optional[str] = field(default='acme/tiny')"),
        ("it", "for it in ['acme/tiny']: pass"),
        ("it", "names = ['acme/tiny']\nfor it in names: pass"),
        ("base", "base = os.environ.get('BASE', 'acme/tiny')"),
        ("base", "base = args.base or 'acme/tiny'"),
        ("base", "base = 'acme/tiny' if small else other"),
    ] {
        let found = references("a.py", &format!("{load}{argument})\n{rest}\n"));
        assert_eq!(found.len(), 1, "{argument}: {rest}: {found:?}");
        assert!(found[0].ends_with("model acme/tiny"), "{found:?}");
    }
    check(
        "a.py",
        "import transformers\ndef a():\n  x = 'acme/one'\n  return f(x)\ndef b():\n  x = g()\n  return M.from_pretrained(x)\n",
        &[],
    );
    check(
        "train.py",
        "import transformers\nclass A:\n  model_name_or_path: str = field(default=\"acme/opt-1m\")\n  rev = 1\n",
        &["3:44 model acme/opt-1m"],
    );
}

#[test]
fn rust_and_scripts() {
    check_lines(
        "a.rs",
        "use hf_hub::api::sync::Api;\n",
        &[
            ("let r = api.model(\"acme/tiny\".to_string());", "model acme/tiny"),
            ("let r = api.dataset(\"acme/talk\".into());", "dataset acme/talk"),
            (
                "let r = Repo::with_revision(\"acme/tiny\".to_string(), RepoType::Model, \"refs/pr/1\".to_string());",
                "model acme/tiny@refs/pr/1",
            ),
            (
                "Repo::with_revision(\"acme/talk\".into(), RepoType::Dataset, rev)",
                "dataset acme/talk",
            ),
            ("api.repo(Repo::model(r#\"acme/tiny\"#.to_string()))", "model acme/tiny"),
            ("const MODEL: &str = \"acme/tiny\";", "model acme/tiny"),
            ("#[arg(long, default_value = \"acme/tiny\")]\nmodel_id: String,", "model acme/tiny"),
            ("// api.model(\"acme/tiny\".to_string());", ""),
            ("/* /* */ api.model(\"acme/tiny\") */", ""),
            ("fn f<'a>(it: &'a str) -> char { '\"' }\nlet x = \"acme/tiny\";", ""),
            ("api.model(format!(\"acme/{}\", name))", ""),
        ],
    );
    check_lines(
        "a.ts",
        "import { pipeline } from '@huggingface/transformers';\n",
        &[
            ("const p = await pipeline('feature-extraction', 'acme/tiny');", "model acme/tiny"),
            (
                "AutoModel.from_pretrained(\"acme/tiny\", { dtype: 'q8', revision: 'v3' })",
                "model acme/tiny@v3",
            ),
            ("const id = 'acme/tiny'\nawait AutoModel.from_pretrained(id)", "model acme/tiny"),
            ("new ChatOllama({ model: `tiny3` })", "model ollama.com/library/tiny3"),
            ("hf.chatCompletion({ model: 'acme/tiny', messages: [] })", "model acme/tiny"),
            (
                "const id = big ? 'acme/one' : 'acme/two'\nawait AutoModel.from_pretrained(id)",
                "model acme/one, model acme/two",
            ),
            ("const s = x.replace(/'/g, '') // pipeline('a', 'acme/tiny')", ""),
            ("AutoModel.from_pretrained(`acme/${name}`)", ""),
            ("import x from 'acme/tiny'", ""),
            (
                "fetch(`https://huggingface.co/acme/tiny/resolve/main/${file}`)",
                "model acme/tiny@main",
            ),
        ],
    );
}

#[test]
fn shell_and_docker() {
    check_lines(
        "run.sh",
        "",
        &[
            ("hf download acme/tiny --revision v1", "model acme/tiny@v1"),
            ("huggingface-cli download --repo-type dataset acme/talk", "dataset acme/talk"),
            ("git clone https://huggingface.co/acme/tiny", "model acme/tiny"),
            ("git clone https://huggingface.co/datasets/acme/talk talk", "dataset acme/talk"),
            ("vllm serve acme/tiny --port 8000", "model acme/tiny"),
            ("python -m vllm.entrypoints.openai.api_server --model acme/tiny", "model acme/tiny"),
            ("llama-server -hf acme/tiny-GGUF:Q4_K_M", "model acme/tiny-GGUF"),
            (
                "ollama pull tiny3:8b && ollama run acme/other",
                "model ollama.com/library/tiny3:8b, model ollama.com/acme/other",
            ),
            ("docker run -e MODEL_ID=acme/tiny ghcr.io/x/tgi:2", "model acme/tiny"),
            ("export BASE_MODEL=\"acme/tiny\"", "model acme/tiny"),
            ("MODEL=${MODEL:-acme/tiny}", "model acme/tiny"),
            (
                "python train.py \\\n  --model_name_or_path 'acme/tiny' \\\n  --dataset_name=acme/talk",
                "model acme/tiny, dataset acme/talk",
            ),
            ("wget -q https://huggingface.co/acme/tiny/resolve/main/a.bin", "model acme/tiny@main"),
            ("python -c \"from x import M; M.from_pretrained('acme/tiny')\"", "model acme/tiny"),
            ("python - <<'EOF'\nM.from_pretrained('acme/tiny')\nEOF\n", "model acme/tiny"),
            ("echo hf download acme/tiny", ""),
            ("# hf download acme/tiny", ""),
            ("hf upload acme/tiny .", ""),
            ("REPO=acme/tiny\nhf upload \"$REPO\" .", ""),
            ("git clone https://github.com/acme/tiny", ""),
            ("docker run --gpus all acme/tiny", ""),
            ("python train.py --model models/tiny --output_dir acme/tiny", ""),
            ("hf download $MODEL", ""),
        ],
    );
    check_lines(
        "Dockerfile",
        "FROM acme/tiny\n",
        &[
            ("ENV MODEL_ID=acme/tiny", "model acme/tiny"),
            ("ENV MODEL_ID acme/tiny", "model acme/tiny"),
            ("CMD [\"--model-id\",\"acme/tiny\"]", "model acme/tiny"),
            ("ENTRYPOINT [\"vllm\", \"serve\", \"acme/tiny\"]", "model acme/tiny"),
            ("RUN --mount=type=cache,target=/x hf download acme/tiny", "model acme/tiny"),
            ("COPY acme/tiny /acme/tiny", ""),
        ],
    );
}

#[test]
fn settings() {
    check(
        "configs/train.yaml",
        "model_name_or_path: acme/tiny  # base\nmodel_revision: main\ndatasets:\n  - path: acme/talk\n    revision: v2\n  - acme/other\noutput_dir: acme/out\nhub_model_id: acme/mine\nlearning_rate: 1e-4\n",
        &["1:21 model acme/tiny", "4:11 dataset acme/talk@v2", "6:5 dataset acme/other"],
    );
    check(
        "docker-compose.yml",
        "services:\n  a:\n    image: acme/tiny\n    command: --model-id acme/tiny2\n    environment:\n      - MODEL_ID=acme/tiny3\n",
        &["4:25 model acme/tiny2", "6:18 model acme/tiny3"],
    );
    check(
        "k8s.yaml",
        "args: ['--model', 'acme/tiny']\nenv:\n  - name: DRAFT_MODEL\n    value: acme/draft\n",
        &["1:20 model acme/tiny", "4:12 model acme/draft"],
    );
    check(
        ".github/workflows/a.yml",
        "run: |\n  pip install x\n  hf download acme/tiny\n",
        &["3:15 model acme/tiny"],
    );
    check(
        "config.toml",
        "[a]\nmodel_id = \"acme/tiny\"\nrepo = 'acme/code'\n",
        &["2:13 model acme/tiny"],
    );
    check(
        "config.json",
        "{\"hf_repo\": \"acme/tiny\", \"model_path\": \"out/x\"}",
        &["1:14 model acme/tiny"],
    );
    check("config.json", "{\"architectures\": [\"X\"], \"base_model\": \"acme/tiny\"}", &[]);
    // What may hold anything, in a file that says nothing of learning.
    check("site.yaml", "repo: acme/site\nmodel: acme/car\ndataset: acme/talk\n", &[]);
}

#[test]
fn notebooks() {
    let cell = |kind: &str, source: &str| {
        format!(
            "{{\"cell_type\": \"{kind}\", \"metadata\": {{}}, \"outputs\": [{{\"text\": [\"M.from_pretrained('acme/out')\"]}}], \"source\": {source}}}"
        )
    };
    let code = cell(
        "code",
        "[\n \"M = 'acme/tiny'\\n\",\n \"x.from_pretrained(M)\\n\",\n \"y.from_pretrained(\\\"acme/\\u0074iny2\\\", revision=\\\"v1\\\")\\n\"]",
    );
    let prose = cell("markdown", "[\"x.from_pretrained('acme/no')\"]");
    let shell = cell("code", "\"%%bash\\nhf download acme/three\"");
    let magic = cell(
        "code",
        "[\"!pip install x\\n\", \"!wget https://huggingface.co/datasets/acme/talk/resolve/main/a\\n\", \"load_dataset('acme/four')\"]",
    );
    let whole = format!("{{\n\"cells\": [\n{code},\n{prose},\n{shell},\n{magic}]}}");
    let found = references("a.ipynb", &whole);
    let names: Vec<&str> = found.iter().map(|it| it.split_once(' ').expect("a place").1).collect();
    let expected = [
        "model acme/tiny",
        "model acme/tiny2@v1",
        "model acme/three",
        "dataset acme/talk@main",
        "dataset acme/four",
    ];
    assert_eq!(names, expected);
    assert!(found[0].starts_with("4:8 "), "{found:?}");
    // A file that was cut is read as far as its cells are whole.
    let cut = &whole[..whole.find("acme/talk").expect("it is there")];
    assert_eq!(references("a.ipynb", cut).len(), 3);
}

#[test]
fn a_name_counts_once_and_there_is_a_limit() {
    check(
        "a.py",
        "M.from_pretrained('a1/b1')\nM.from_pretrained('a1/b1')\n",
        &["1:20 model a1/b1"],
    );
    let many: String = (0..5_000)
        .fold(String::new(), |all, it| all + &format!("M.from_pretrained('acme/b{it}')\n"));
    assert_eq!(references("a.py", &many).len(), 1_000);
}
