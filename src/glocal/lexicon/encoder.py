"""A dense sentence encoder, where the installation names one: texts alike in meaning get vectors alike."""

import json
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from glocal.lexicon.errors import EncoderUnavailable

if TYPE_CHECKING:  # the extra “encoder” may not be installed, and without GLOCAL_ENCODER it is never imported
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Kind = Literal["query", "passage"]
Vectors = NDArray[np.float32]
Mask = NDArray[np.int64]

_BATCH: Final = 32
_MOST_TOKENS: Final = 512  # of a text are read: what people write here is shorter; chosen, not measured
_MODELS: Final = ("onnx/model.onnx", "model.onnx")
_TOKENIZER, _TOKENIZER_SETTINGS = "tokenizer.json", "tokenizer_config.json"
_PROMPTS, _LENGTH = "config_sentence_transformers.json", "sentence_bert_config.json"
_POOLING, _MODULES = "1_Pooling/config.json", "modules.json"
_WANTED: Final = (
    *_MODELS,
    *(model + end for model in _MODELS for end in ("_data", ".data")),  # weights beyond 2 GB lie beside it
    _TOKENIZER,
    _TOKENIZER_SETTINGS,
    _PROMPTS,
    _LENGTH,
    _POOLING,
    _MODULES,
)
_OUTPUTS: Final = ("sentence_embedding", "last_hidden_state", "token_embeddings")
_MODES: Final = {"mean": "mean", "mean_tokens": "mean", "cls": "cls", "cls_token": "cls"}
_KNOWN_MODULES: Final = {"Transformer", "Pooling", "Normalize"}
_PADDING: Final = ("[PAD]", "<pad>")
_NUMBERS: Final = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_HUB_NAME: Final = re.compile(r"(?P<name>[A-Za-z0-9][\w.-]*/[\w.-]+)(?:@(?P<revision>[\w./-]+))?", re.ASCII)
_OPENING: Final = Lock()  # a model takes seconds and hundreds of megabytes: threads share one


class Encoder(Protocol):
    """Whoever turns texts into vectors; only vectors of encoders of the same name can be compared."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Vectors:
        """Return a row for each text, of length 1, so that the product of two rows is their cosine, -1..1.

        Args:
            texts: any texts in the languages of the model.
            kind: whether they ask or are to be found; some models are told which.
        """
        ...


def open_encoder(setting: str = "") -> Encoder | None:
    """Open the encoder of this installation, or None where it names none; free after the first call.

    The first call reads the model (seconds), and fetches it where it is named as on the hub and is not on
    this machine yet.

    Args:
        setting: a folder, or `owner/name` or `owner/name@revision` on the hub; GLOCAL_ENCODER where empty.

    Raises:
        EncoderUnavailable: the extra is not installed, or the model is missing or cannot be read.
    """
    named = setting or os.environ.get("GLOCAL_ENCODER", "").strip()
    if not named:
        return None
    with _OPENING:
        return _opened(named)


@lru_cache(maxsize=1)
def _opened(named: str) -> Encoder:
    folder, name = _folder(named)
    try:
        return OnnxEncoder(folder, name)
    except EncoderUnavailable:
        raise
    except ImportError as reason:
        raise _not_installed(reason) from reason
    except Exception as reason:  # both libraries raise bare ones
        raise EncoderUnavailable(
            _("The model in “%(folder)s” cannot be read: %(reason)s")
            % {"folder": folder, "reason": _first_line(reason)}
        ) from reason


class OnnxEncoder:
    """A sentence encoder in the layout of the hub, run by ONNX Runtime on the processor."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        model = _first_of(folder, _MODELS)
        self._tokenizer = _tokenizer(folder)
        self._padding = _padding_id(self._tokenizer)
        self._prompts = _prompts(folder)
        self._session = _session(model)
        self._inputs = {one.name: _NUMBERS[one.type] for one in self._session.get_inputs()}
        outputs = [one.name for one in self._session.get_outputs()]
        self._output = next((name for name in _OUTPUTS if name in outputs), outputs[0])
        self._pooling = "" if self._output == "sentence_embedding" else _pooling(folder)
        self.dimensions = self._vectors(["a"]).shape[1]

    def encode(self, texts: Sequence[str], *, kind: Kind = "passage") -> Vectors:
        """Return a row of length 1 for each text; a text without any token has a row of zeros.

        Texts of similar length go through the model together, 32 at a time.
        """
        prompted = [self._prompts[kind] + text for text in texts]
        order = sorted(range(len(prompted)), key=lambda at: len(prompted[at]))
        vectors = np.zeros((len(prompted), self.dimensions), np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._vectors([prompted[at] for at in batch])
        return vectors

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        tokens, mask = self._tokens(texts)
        fed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        asked = {name: fed[name].astype(number) for name, number in self._inputs.items()}
        states = np.asarray(self._session.run([self._output], asked)[0], np.float32)
        return _of_length_one(states if states.ndim == 2 else _pooled(states, mask, self._pooling))

    def _tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], Mask]:
        """Return the tokens of texts, filled up to the longest, and a mask that is 1 where tokens are."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        tokens = np.full((len(ids), max(1, *map(len, ids))), self._padding, np.int64)
        mask = np.zeros_like(tokens)
        for row, own in enumerate(ids):
            tokens[row, : len(own)], mask[row, : len(own)] = own, 1
        return tokens, mask


def _pooled(states: Vectors, mask: Mask, pooling: str) -> Vectors:
    if pooling == "cls":
        return states[:, 0] * mask[:, :1]
    counted = mask[:, :, None].astype(np.float32)
    return np.asarray((states * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1.0), np.float32)


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), np.float32)


def _session(model: Path) -> "InferenceSession":
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = os.cpu_count() or 1
    options.inter_op_num_threads = 1
    # threads that wait in a loop gain about 3 % here, and take the cores from the web server beside them
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.use_deterministic_compute = True
    options.log_severity_level = 3  # what is wrong is raised, and warnings about the graph help nobody here
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _tokenizer(folder: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_first_of(folder, (_TOKENIZER,))))
    lengths = (
        _read(folder / _LENGTH).get("max_seq_length"),
        _read(folder / _TOKENIZER_SETTINGS).get("model_max_length"),  # 1e30 where nobody set it
        (tokenizer.truncation or {}).get("max_length"),
    )
    tokenizer.enable_truncation(int(min([_MOST_TOKENS, *filter(None, lengths)])))
    return tokenizer


def _padding_id(tokenizer: "Tokenizer") -> int:
    """Return the token to fill up with, and leave the filling to us: a model's own may be fixed in length."""
    named = tokenizer.padding["pad_id"] if tokenizer.padding else None
    tokenizer.no_padding()
    ids = [named, *map(tokenizer.token_to_id, _PADDING), 0]
    return next(number for number in ids if number is not None)


def _prompts(folder: Path) -> dict[Kind, str]:
    """Return what the model wants to stand before a text, by kind."""
    settings = _read(folder / _PROMPTS)
    prompts: dict[str, str] = settings.get("prompts") or {}
    usual = prompts.get(settings.get("default_prompt_name") or "", "")
    return {
        "query": prompts.get("query", usual),
        "passage": prompts.get("passage", prompts.get("document", usual)),
    }


def _pooling(folder: Path) -> str:
    """Return how one vector is made of those of the tokens: "mean", also where nothing is said, or "cls".

    Raises:
        EncoderUnavailable: in another way, or there is another layer behind.
    """
    modules = {one["type"].rsplit(".", 1)[-1] for one in _read(folder / _MODULES)}
    settings = _read(folder / _POOLING)
    named = settings.get("pooling_mode") or [
        key.removeprefix("pooling_mode_")
        for key, chosen in settings.items()
        if chosen and key.startswith("pooling_mode_")
    ]
    ways = {_MODES.get(way, "") for way in ([named] if isinstance(named, str) else named)} or {"mean"}
    known = modules <= _KNOWN_MODULES and settings.get("include_prompt", True)
    if len(ways) > 1 or "" in ways or not known:
        raise EncoderUnavailable(
            _("The model in “%(folder)s” makes its vectors in a way Glocal does not know.")
            % {"folder": folder}
        )
    return ways.pop()


def _read(path: Path) -> Any:
    """Return what a file of settings says, {} where there is none."""
    return json.loads(path.read_bytes()) if path.exists() else {}


def _first_of(folder: Path, names: Sequence[str]) -> Path:
    for name in names:
        if (folder / name).exists():
            return folder / name
    raise EncoderUnavailable(
        _("The encoder's folder “%(folder)s” lacks %(file)s.") % {"folder": folder, "file": names[0]}
    )


def _folder(named: str) -> tuple[Path, str]:
    """Return where the model lies, and a name that tells it from any other.

    Raises:
        EncoderUnavailable: it is nowhere.
    """
    folder = Path(named).expanduser()
    if folder.is_dir():
        return folder, folder.resolve().name
    on_hub = _HUB_NAME.fullmatch(named)
    if on_hub is None:
        raise EncoderUnavailable(
            _("“%(named)s” is neither a folder nor the name of a model on the hub, as in owner/name.")
            % {"named": named}
        )
    try:
        folder = _fetched(on_hub["name"], on_hub["revision"])
    except ImportError as reason:
        raise _not_installed(reason) from reason
    except Exception as reason:  # of the hub's client, of its network and of ours
        raise EncoderUnavailable(
            _("The model “%(name)s” is not on this machine and could not be fetched: %(reason)s")
            % {"name": named, "reason": _first_line(reason)}
        ) from reason
    return folder, f"{on_hub['name']}@{folder.name}"  # the folder is named after the revision


def _fetched(name: str, revision: str | None) -> Path:
    """Return the folder of a model of the hub; what was fetched once is never asked for again."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    wanted = list(_WANTED)
    try:
        return Path(snapshot_download(name, revision=revision, allow_patterns=wanted, local_files_only=True))
    except LocalEntryNotFoundError:
        return Path(snapshot_download(name, revision=revision, allow_patterns=wanted))


def _not_installed(reason: ImportError) -> EncoderUnavailable:
    return EncoderUnavailable(
        _("The sentence encoder needs “%(package)s”: install Glocal with the extra “encoder”.")
        % {"package": reason.name or reason}
    )


def _first_line(reason: Exception) -> str:
    return (str(reason).strip().splitlines() or [type(reason).__name__])[0]
