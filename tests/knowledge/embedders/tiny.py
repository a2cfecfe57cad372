"""A sentence encoder of a few words, made here: the smallest folder that `OnnxEmbedder` takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save
from tokenizers import Tokenizer, models, pre_tokenizers

from careloop.kit.ai.ports import TextKind, Unavailable, Vectors

WORDS = ["[UNK]", "query", "passage", ":", "pump", "leak", "door", "warranty", "hot", "oil"]
DIMS = 6


def tiny_folder(folder: Path, *, pooled: bool = False, typed: bool = False, **recipe: Any) -> Path:
    """Each word has a vector; the model gives those of the tokens, or their sum when `pooled`."""
    folder.mkdir(parents=True, exist_ok=True)
    table = np.random.default_rng(5).normal(size=(len(WORDS), DIMS)).astype(np.float32)
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if typed else [])]
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["words"])]
    constants = [numpy_helper.from_array(table, "table")]
    shape: list[str | int] = ["batch", "tokens", DIMS]
    if pooled:
        constants.append(numpy_helper.from_array(np.array([1], dtype=np.int64), "axis"))
        nodes.append(helper.make_node("ReduceSum", ["words", "axis"], ["out"], keepdims=0))
        shape = ["batch", DIMS]
    else:
        nodes.append(helper.make_node("Identity", ["words"], ["out"]))
    graph = helper.make_graph(
        nodes, "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
         for name in names],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)], constants,
    )  # fmt: skip
    opset = [helper.make_opsetid("", 17)]
    save(helper.make_model(graph, opset_imports=opset, ir_version=8), str(folder / "model.onnx"))
    vocabulary = {word: at for at, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    if recipe:
        (folder / "embedder.json").write_text(json.dumps(recipe))
    return folder


class Meaning:
    """An embedder that a test can look into and break: one dimension for each known word."""

    def __init__(self, *words: str, name: str = "meaning") -> None:
        self._words = [frozenset(word.split("|")) for word in words]
        self.id = name
        self.dims = len(words) + 1
        self.asked: list[str] = []
        self.fails_after: int | None = None

    def embed(self, texts: Sequence[str], kind: TextKind = "query") -> Vectors:
        vectors = np.zeros((len(texts), self.dims), dtype=np.float32)
        for row, text in enumerate(texts):
            if self.fails_after is not None and len(self.asked) >= self.fails_after:
                raise Unavailable("broken on purpose")
            self.asked.append(text)
            vectors[row, -1] = 0.2
            for place, words in enumerate(self._words):
                vectors[row, place] = any(word in text for word in words)
        scaled: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return scaled
