"""Which kind of file a name means, and which column a header means."""

from __future__ import annotations

from functools import cache

from careloop.crm_core.intake.folding import fold_name, halves, in_brackets, without_brackets
from careloop.crm_core.intake.headers import FORMS

_FILE_WORDS = (
    "主数据", "基础数据", "数据", "资料", "信息", "档案", "台账", "清单", "列表", "名单", "一览",
    "导出", "表", "masterdata", "master", "data", "list", "export", "table",
)  # fmt: skip


@cache
def _file_names() -> dict[str, tuple[str, ...]]:
    """Folded name to the kinds that bear it; a kind's own name is its alone."""
    found: dict[str, tuple[str, ...]] = {fold_name(kind): (kind,) for kind in FORMS}
    for form in FORMS.values():
        for folded in map(fold_name, form.names):
            known = found.get(folded, ())
            if form.kind not in known:
                found[folded] = (*known, form.kind)
    return found


def kinds_of_file(stem: str) -> tuple[str, ...]:
    """The kinds a file may be of by its name without suffix: `客户表_2024-05` is `customers`."""
    name = "".join(char for char in fold_name(stem) if not char.isdigit())
    while name:
        if name in _file_names():
            return _file_names()[name]
        shorter = next(
            (part for word in _FILE_WORDS for part in (name.removesuffix(word),
             name.removeprefix(word)) if part != name), "",
        )  # fmt: skip
        name = shorter
    return ()


def kind_of_file(stem: str) -> str | None:
    """The kind of a file by its name alone; of several that bear it the first."""
    return next(iter(kinds_of_file(stem)), None)


@cache
def _columns(kind: str) -> dict[str, tuple[str, int]]:
    """Folded header to (our column, its rank): the nearer to the front, the surer."""
    found: dict[str, tuple[str, int]] = {}
    for column in FORMS[kind].columns:
        for rank, header in enumerate((column.name, *column.accepts)):
            folded = fold_name(header)
            if found.setdefault(folded, (column.name, rank))[0] != column.name:
                raise ValueError(f"{kind}: {header!r} names two columns")
    return found


def column_of_header(kind: str, header: str) -> tuple[str, int] | None:
    """Our column for a header, and a rank (less is surer); None for an unknown one.

    A remark in brackets is passed over unless it names another column; of a bilingual header
    both halves must mean the same.
    """
    known = _columns(kind)
    found = known.get(fold_name(header))
    if found:
        return found
    bare = known.get(fold_name(without_brackets(header)))
    inner = [known.get(fold_name(remark)) for remark in in_brackets(header)]
    if bare and all(other is None or other[0] == bare[0] for other in inner):
        return bare[0], bare[1] + 100
    both = halves(without_brackets(header))
    meant = {known[fold_name(half)][0] for half in both or () if fold_name(half) in known}
    complete = both is not None and all(fold_name(half) in known for half in both)
    return (meant.pop(), 200) if complete and len(meant) == 1 else None
