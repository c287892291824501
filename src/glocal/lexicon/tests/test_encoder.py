"""The optional sentence encoder, on tiny models made here: each word of theirs is one fixed vector."""

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import huggingface_hub
import numpy as np
import onnx
import pytest
from huggingface_hub import constants
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from glocal.lexicon.encoder import Encoder, open_encoder
from glocal.lexicon.errors import EncoderUnavailable

WORDS = ["[PAD]", "[UNK]", "query:", "passage:", "pane", "bread", "legno", "wood"]
TABLE = np.random.default_rng(7).normal(size=(len(WORDS), 5)).astype(np.float32)
INPUTS = ("input_ids", "attention_mask")


def vector(*words: str) -> list[float]:
    """The mean of words' own vectors, of length 1."""
    mean = TABLE[[WORDS.index(word) for word in words]].mean(axis=0)
    return (mean / math.sqrt(float(mean @ mean))).tolist()  # type: ignore[no-any-return]


def make_graph(
    path: Path,
    *,
    inputs: Sequence[str] = INPUTS,
    number: int = TensorProto.INT64,
    pooled: bool = False,
) -> None:
    """Write a model that looks each token up; `pooled`: and takes the largest of each column itself."""
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    shapes: dict[str, list[str | int]] = {"last_hidden_state": ["texts", "tokens", TABLE.shape[1]]}
    if pooled:
        nodes.append(
            helper.make_node("ReduceMax", ["last_hidden_state"], ["sentence_embedding"], axes=[1], keepdims=0)
        )
        shapes["sentence_embedding"] = ["texts", TABLE.shape[1]]
    graph = helper.make_graph(
        nodes,
        "look-up",
        [helper.make_tensor_value_info(name, number, ["texts", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()],
        [numpy_helper.from_array(TABLE, "table")],
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def make_model(folder: Path, *, at: str = "onnx/model.onnx", **files: Any) -> Path:
    """Write a model's folder in the layout of the hub; `files`: its settings, by the file's name."""
    make_graph(folder / at)
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.enable_padding(length=16)  # some models fill up to a fixed length; that must not be felt
    tokenizer.save(str(folder / "tokenizer.json"))
    for name, content in files.items():
        file = folder / ("1_Pooling/config.json" if name == "pooling" else f"{name}.json")
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
    return folder


def opened(folder: Path) -> Encoder:
    """Open what must be there."""
    encoder = open_encoder(str(folder))
    assert encoder is not None
    return encoder


def test_without_a_setting_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLOCAL_ENCODER", raising=False)
    assert open_encoder() is None
    monkeypatch.setenv("GLOCAL_ENCODER", " ")
    assert open_encoder() is None


def test_nothing_of_the_extra_is_imported_before_it_is_wanted() -> None:
    program = (
        "import sys; from glocal.lexicon.encoder import open_encoder; open_encoder();"
        "print({'onnxruntime', 'tokenizers', 'huggingface_hub'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env={})
    assert done.stdout.strip() == "set()"


def test_the_setting_is_read_from_the_environment_and_opened_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_model(tmp_path / "tiny")
    monkeypatch.setenv("GLOCAL_ENCODER", str(folder))
    encoder = open_encoder()
    assert encoder is not None
    assert (encoder.name, encoder.dimensions) == ("tiny", 5)
    assert open_encoder(str(folder)) is encoder


def test_each_text_has_a_row_of_length_one_in_its_place(tmp_path: Path) -> None:
    texts = ["pane legno wood", "bread", "pane pane", "wood bread legno pane"]
    rows = opened(make_model(tmp_path)).encode(texts)
    assert rows.shape == (4, 5)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0)
    for row, text in zip(rows, texts, strict=True):
        assert row == pytest.approx(vector(*text.split()), abs=1e-6)


BOTH_POOLINGS = pytest.mark.parametrize(
    "pooling", [{}, {"pooling_mode_cls_token": True}], ids=["mean", "cls"]
)


@BOTH_POOLINGS
def test_no_texts_have_no_rows_and_an_empty_one_is_like_nothing(
    tmp_path: Path, pooling: dict[str, bool]
) -> None:
    encoder = opened(make_model(tmp_path, pooling=pooling))
    assert encoder.encode([]).shape == (0, 5)
    assert encoder.encode([""]).tolist() == [[0.0] * 5]
    assert encoder.encode(["", "pane"])[0].tolist() == [0.0] * 5


@BOTH_POOLINGS
def test_a_text_has_the_same_vector_whatever_goes_with_it(tmp_path: Path, pooling: dict[str, bool]) -> None:
    encoder = opened(make_model(tmp_path, pooling=pooling))
    texts = [" ".join(WORDS[4 + (n + k) % 4] for k in range(1 + n * 7 % 12)) for n in range(90)]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-6)
    assert np.array_equal(together, encoder.encode(texts))


@pytest.mark.parametrize(
    ("pooling", "words"),
    [
        ({}, ["pane", "legno"]),
        ({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}, ["pane", "legno"]),
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, ["pane"]),
        ({"pooling_mode": "cls"}, ["pane"]),
        ({"pooling_mode": ["mean"]}, ["pane", "legno"]),
    ],
)
def test_a_models_own_pooling_is_used(tmp_path: Path, pooling: dict[str, Any], words: list[str]) -> None:
    encoder = opened(make_model(tmp_path, pooling=pooling))
    assert encoder.encode(["pane legno"])[0] == pytest.approx(vector(*words), abs=1e-6)


@pytest.mark.parametrize(
    "files",
    [
        {"pooling": {"pooling_mode_max_tokens": True}},
        {"pooling": {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True}},
        {"pooling": {"pooling_mode_mean_tokens": True, "include_prompt": False}},
        {"modules": [{"type": "sentence_transformers.models.Dense"}]},
    ],
    ids=["another pooling", "two poolings", "prompts left out", "another layer"],
)
def test_a_model_made_in_an_unknown_way_is_refused(tmp_path: Path, files: dict[str, Any]) -> None:
    with pytest.raises(EncoderUnavailable, match="in a way Glocal does not know"):
        opened(make_model(tmp_path, **files))


def test_a_model_that_pools_itself_is_taken_at_its_word(tmp_path: Path) -> None:
    folder = make_model(tmp_path, pooling={"pooling_mode_max_tokens": True})
    make_graph(folder / "onnx/model.onnx", pooled=True)
    largest = TABLE[[WORDS.index("pane"), WORDS.index("wood")]].max(axis=0)
    row = opened(folder).encode(["pane wood"])[0]
    assert row == pytest.approx(largest / np.linalg.norm(largest), abs=1e-6)


@pytest.mark.parametrize("number", [TensorProto.INT64, TensorProto.INT32])
@pytest.mark.parametrize("inputs", [("input_ids",), INPUTS, (*INPUTS, "token_type_ids")])
def test_a_model_is_fed_what_it_asks_for(tmp_path: Path, inputs: tuple[str, ...], number: int) -> None:
    folder = make_model(tmp_path, at="model.onnx")
    make_graph(folder / "model.onnx", inputs=inputs, number=number)
    assert opened(folder).encode(["wood"])[0] == pytest.approx(vector("wood"), abs=1e-6)


@pytest.mark.parametrize(
    ("prompts", "query", "passage"),
    [
        ({"prompts": {"query": "query: ", "passage": "passage: "}}, ["query:"], ["passage:"]),
        ({"prompts": {"query": "query: ", "document": "passage: "}}, ["query:"], ["passage:"]),
        ({"prompts": {"all": "query: "}, "default_prompt_name": "all"}, ["query:"], ["query:"]),
        ({"prompts": {"all": "query: "}, "default_prompt_name": None}, [], []),
        ({}, [], []),
    ],
)
def test_a_models_prompts_stand_before_texts(
    tmp_path: Path, prompts: dict[str, Any], query: list[str], passage: list[str]
) -> None:
    encoder = opened(make_model(tmp_path, config_sentence_transformers=prompts))
    assert encoder.encode(["pane"], kind="query")[0] == pytest.approx(vector(*query, "pane"), abs=1e-6)
    assert encoder.encode(["pane"])[0] == pytest.approx(vector(*passage, "pane"), abs=1e-6)


@pytest.mark.parametrize(
    ("files", "read"),
    [
        ({"sentence_bert_config": {"max_seq_length": 2}}, 2),
        ({"tokenizer_config": {"model_max_length": 3}}, 3),
        (
            {
                "sentence_bert_config": {"max_seq_length": None},
                "tokenizer_config": {"model_max_length": 1e30},
            },
            512,
        ),
    ],
)
def test_long_texts_are_cut_where_the_model_ends(tmp_path: Path, files: dict[str, Any], read: int) -> None:
    words = [WORDS[4 + n % 4] for n in range(513)]
    row = opened(make_model(tmp_path, **files)).encode([" ".join(words)])[0]
    assert row == pytest.approx(vector(*words[:read]), abs=1e-6)


@pytest.mark.parametrize("missing", ["onnx/model.onnx", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_named_with_it(tmp_path: Path, missing: str) -> None:
    (make_model(tmp_path / "half") / missing).unlink()
    with pytest.raises(EncoderUnavailable, match=rf"half” lacks {missing}\."):
        opened(tmp_path / "half")


@pytest.mark.parametrize("broken", ["onnx/model.onnx", "tokenizer.json", "modules.json"])
def test_a_model_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, broken: str) -> None:
    (make_model(tmp_path / "torn") / broken).write_bytes(b"neither one nor the other")
    with pytest.raises(EncoderUnavailable, match="torn” cannot be read: ") as refusal:
        opened(tmp_path / "torn")
    assert "\n" not in refusal.value.message


def test_a_model_that_wants_what_we_do_not_have_is_refused(tmp_path: Path) -> None:
    make_graph(make_model(tmp_path) / "onnx/model.onnx", inputs=("input_ids", "pixels"))
    with pytest.raises(EncoderUnavailable, match="pixels"):
        opened(tmp_path)


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_without_the_extra_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        EncoderUnavailable, match=f"needs “{package}”: install Glocal with the extra “encoder”"
    ):
        opened(make_model(tmp_path))


def test_without_the_hubs_client_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(EncoderUnavailable, match="needs “huggingface_hub”: install"):
        open_encoder("somebody/tiny")


@pytest.mark.parametrize("setting", ["/nowhere/at/all", "./nowhere", "tiny", "three/small/words", "a b/c"])
def test_what_is_neither_folder_nor_name_is_refused(setting: str) -> None:
    with pytest.raises(EncoderUnavailable, match="neither a folder nor the name"):
        open_encoder(setting)


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def make_cache(folder: Path) -> None:
    """Write what the hub's client keeps of somebody/tiny after fetching it."""
    kept = folder / "models--somebody--tiny"
    make_model(kept / "snapshots" / COMMIT)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(COMMIT, encoding="utf-8")


@pytest.mark.parametrize("setting", ["somebody/tiny", "somebody/tiny@main", f"somebody/tiny@{COMMIT}"])
def test_a_model_of_the_hub_that_is_here_is_opened_without_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    def ask(*_: object, **__: object) -> None:
        raise AssertionError("the hub was asked")

    make_cache(tmp_path)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    for question in ("repo_info", "list_repo_tree"):
        monkeypatch.setattr(huggingface_hub.HfApi, question, ask)
    encoder = open_encoder(setting)
    assert encoder is not None
    assert encoder.name == f"somebody/tiny@{COMMIT}"
    assert encoder.encode(["pane"])[0] == pytest.approx(vector("pane"), abs=1e-6)


@pytest.mark.parametrize("setting", ["somebody/absent", "somebody/tiny@another"])
def test_a_model_of_the_hub_that_is_not_here_is_refused_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    make_cache(tmp_path)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderUnavailable, match=f"“{setting}” is not on this machine") as refusal:
        open_encoder(setting)
    assert "\n" not in refusal.value.message


def test_only_what_is_needed_is_fetched_and_only_what_is_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def fetch(name: str, *, local_files_only: bool = False, **options: Any) -> str:
        if local_files_only:
            raise huggingface_hub.errors.LocalEntryNotFoundError("not here")
        asked.append({"name": name, **options})
        return str(make_model(tmp_path / COMMIT))

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fetch)
    assert open_encoder("somebody/fresh@v2") is not None
    [fetched] = asked
    assert (fetched["name"], fetched["revision"]) == ("somebody/fresh", "v2")
    assert {"onnx/model.onnx", "tokenizer.json", "1_Pooling/config.json"} <= set(fetched["allow_patterns"])
    assert not [name for name in fetched["allow_patterns"] if "*" in name or "torch" in name]
