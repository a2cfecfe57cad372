"""Lines of the history in English words, for those who read `kind` and `data` without the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Data = Mapping[str, Any]


def in_words(kind: str, data: Data) -> str:
    """One sentence of what happened; the line's own text stands beside it."""
    tell = _KINDS.get(kind)
    return tell(data) if tell else kind.replace("_", " ").capitalize()


def _changed(data: Data) -> str:
    parts = []
    for name, change in data.items():
        if name in {"names", "imported"}:
            continue
        before, after = change if isinstance(change, list) and len(change) == 2 else (None, change)
        label = name.removesuffix("_id").replace("_", " ")
        if name in {"description", "fields", "configuration"}:
            parts.append(label)
        else:
            parts.append(f"{label} from {_told(name, before, data)} to {_told(name, after, data)}")
    return "Changed " + "; ".join(parts) if parts else "Changed"


def _told(name: str, value: Any, data: Data) -> str:
    if value in (None, "", []):
        return "nothing"
    named = data.get("names", {}).get(value) if isinstance(value, str) else None
    if named:
        return str(named)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


def _opened(data: Data) -> str:
    if data.get("imported"):
        return "Opened (imported)"
    if data.get("split_from"):
        return f"Split from {data['split_from']}"
    if data.get("follows"):
        return f"Opened because {data['follows']} came back"
    return "Opened"


def _moved(data: Data) -> str:
    before, after = data.get("state", ("", ""))
    verb = "Reopened, moved" if data.get("reopened") else "Moved"
    text = f"{verb} from {_state(before)} to {_state(after)}"
    if data.get("cause"):
        text += f"; cause: {data['cause']}"
    return text


def _state(value: Any) -> str:
    return str(value).replace("_", " ")


def _tagged(data: Data) -> str:
    told = [f"+{tag}" for tag in data.get("add", [])] + [f"-{t}" for t in data.get("remove", [])]
    return "Tags: " + ", ".join(told)


def _visit(data: Data) -> str:
    number, what = data.get("work_order", ""), str(data.get("what", "")).replace("_", " ")
    return f"Visit {number}: {what}"


_KINDS: dict[str, Callable[[Data], str]] = {
    "opened": _opened,
    "changed": _changed,
    "moved": _moved,
    "tagged": _tagged,
    "comment": lambda _: "Commented",
    "reach": lambda _: "Left a phone number or an address",
    "merged": lambda data: f"Merged into {data.get('into', '')}",
    "merged_in": lambda data: f"{data.get('number', '')} was merged into this ticket",
    "unmerged": lambda data: f"Taken out of {data.get('from', '')} again",
    "unmerged_out": lambda data: f"{data.get('number', '')} was taken out again",
    "split": lambda data: f"Split off {data.get('number', '')}",
    "child": lambda data: f"{data.get('number', '')} hangs under this ticket",
    "linked": lambda data: f"Linked: {_state(data.get('kind', ''))} {data.get('target', '')}",
    "unlinked": lambda data: f"Link taken away: {data.get('target', '')}",
    "attached": lambda data: f"Attached {data.get('name', '')}",
    "confirmed": lambda data: f"Confirmed by the {data.get('by', 'customer')}",
    "followed": lambda data: f"Goes on in {data.get('number', '')}",
    "durable": lambda data: "The repair lasted" if data.get("durable") else "It came back",
    "visit": _visit,
}
