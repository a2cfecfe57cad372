"""Tables as lines a person reads on a phone: the value asked for first, only the models wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from careloop.knowledge.asked import Asked
from careloop.knowledge.gloss import header_with_meaning
from careloop.knowledge.ingest.markdown import width
from careloop.knowledge.language.model_names import ModelNames
from careloop.knowledge.model_text import only_of, only_of_others
from careloop.knowledge.plan_names import plans_in
from careloop.knowledge.views import ShownPassage

ROWS = 5
"""So many rows are shown at most where the question does not say which one it means."""
ROW_WIDTH = 360
"""A row up to this width is shown with the columns that were not asked for."""

Pair = tuple[str, str]


def rows_text(
    asked: Asked,
    row: ShownPassage,
    table: Sequence[ShownPassage],
    models: Sequence[str],
    names: ModelNames,
    lang: str | None,
) -> tuple[str, list[ShownPassage]]:
    """The row found, or the rows of its table that the question names or leaves open; and these
    rows."""
    chosen = _chosen(asked, row, table, models)
    short = len(chosen) > 1
    texts = [_row_text(asked, item, models, names, lang, short) for item in chosen]
    caption = str(row.data.get("caption", ""))
    return "\n".join(text for text in (*texts, caption) if text), chosen


def table_text(
    data: Mapping[str, Any], models: Sequence[str], names: ModelNames, lang: str | None, own: str
) -> str:
    """A whole table, one row a line, without columns and rows of other models."""
    headers = data["headers"]
    keep = [at for at, header in enumerate(headers) if not only_of_others(header, models, names)]
    told = [header_with_meaning(header, own, lang) for header in headers]
    lines = [data["caption"]] if data.get("caption") else []
    for row in data["rows"]:
        if any(only_of_others(cell, models, names) for cell in row[:2]):
            continue
        cells = [(told[at], only_of(row[at], models, names)) for at in keep if row[at].strip()]
        lines.append("; ".join(f"{header}: {cell}" if header else cell for header, cell in cells))
    return "\n".join(lines)


def asked_columns(asked: Asked, headers: Sequence[str], lang: str) -> list[int]:
    """The columns whose header the question names, best first."""
    scores = []
    for at, header in enumerate(headers):
        named = asked.names(header, lang)
        scores.append((sum(asked.weight(name) for name in named), -at))
    return [-at for score, at in sorted(scores, reverse=True) if score > 0]


def _chosen(
    asked: Asked, row: ShownPassage, table: Sequence[ShownPassage], models: Sequence[str]
) -> list[ShownPassage]:
    """The rows to show: the one found, unless the question names another or leaves it open."""
    if len(table) < 2 or (row.models and models):
        return [row]
    labels = {item.ordinal: _named(asked, item) for item in (row, *table)}
    mine = labels[row.ordinal]
    more = [item for item in table if labels[item.ordinal] - mine]
    better = [item for item in more if mine < labels[item.ordinal]]
    if better:
        most = max(len(labels[item.ordinal]) for item in better)
        named = [item for item in better if len(labels[item.ordinal]) == most][:ROWS]
        by_label = all(asked.names(_label(item), item.lang) - mine for item in named)
        return named if by_label else [*named, row]
    if mine:
        label = _label(row)
        alike = [item for item in table if asked.value and _label(item) == label]
        others = [item for item in more if asked.names(_label(item), item.lang) - mine]
        return [row, *(item for item in (*alike, *others) if item.ordinal != row.ordinal)][:3]
    if asked.value and len(table) <= ROWS:
        return list(table)
    return [row]


def _named(asked: Asked, row: ShownPassage) -> frozenset[str]:
    """What of the question the row's cells name and its headers do not."""
    headers = asked.names(" ".join(row.data["headers"]), row.lang)
    cells = frozenset[str]().union(*(asked.names(cell, row.lang) for cell in row.data["cells"]))
    return (asked.names(_label(row), row.lang) | cells) - headers


def _label(row: ShownPassage) -> str:
    return next((cell for cell in row.data["cells"] if cell.strip()), "")


def _row_text(
    asked: Asked,
    row: ShownPassage,
    models: Sequence[str],
    names: ModelNames,
    lang: str | None,
    short: bool,
) -> str:
    """A row as `header: cell` pairs; with the name of the row before the cell asked for."""
    pairs: list[Pair] = [
        (header, only_of(cell, models, names))
        for header, cell in zip(row.data["headers"], row.data["cells"], strict=True)
        if cell.strip() and not only_of_others(header, models, names)
    ]
    if not pairs:
        return ""
    columns = asked_columns(asked, [header for header, _ in pairs], row.lang)
    columns = [at for at in columns if at > 0]
    first = columns[:1] if columns else [1] if len(pairs) == 2 and asked.value else []
    told = [(header_with_meaning(header, row.lang, lang), cell) for header, cell in pairs]
    if not first:
        if columns:
            told.insert(1, told.pop(columns[0]))
        joint = "; " if short else "\n"
        return joint.join(map(_pair, told))
    name = header_with_meaning(pairs[0][1], row.lang, lang)
    lines = [f"{name} · {_pair(told[first[0]])}"]
    brief = short or sum(width(cell) for _, cell in pairs) > ROW_WIDTH
    rest = [at for at in range(1, len(told)) if at not in first]
    rest = [at for at in rest if not _of_other_plan(asked, pairs[at][0], pairs[first[0]][0])]
    if brief and asked.value:
        rest = [at for at in rest if at in columns[:2]]
    lines += [_pair(told[at]) for at in rest]
    return ("; " if short else "\n").join(lines)


def _of_other_plan(asked: Asked, header: str, chosen: str) -> bool:
    """Whether a column is for a service plan beside the one that was named."""
    named = plans_in(chosen) & asked.marks
    return bool(named and plans_in(header) and not plans_in(header) & asked.marks)


def _pair(pair: Pair) -> str:
    header, cell = pair
    return f"{header}: {cell}" if header else cell
