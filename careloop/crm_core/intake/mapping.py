"""A maker's own column names: `{file: {their column: our column}}`, from a YAML file."""

from __future__ import annotations

from pathlib import Path

import yaml

from careloop.crm_core.intake.folding import fold_name
from careloop.crm_core.intake.headers import FORMS
from careloop.crm_core.intake.matching import kind_of_file
from careloop.kit.errors import InvalidInput

Mapping = dict[str, dict[str, str | None]]
MAX_MAP_BYTES = 1_000_000


def read_mapping(path: Path) -> Mapping:
    """The mapping of a YAML file; `InvalidInput` names what is wrong with it."""
    try:
        if path.stat().st_size > MAX_MAP_BYTES:
            raise InvalidInput(f"{path.name} is too large for a mapping")
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidInput(f"Cannot read the mapping {path}: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise InvalidInput(f"{path.name} is not YAML in UTF-8") from None
    shaped = data or {}
    if not isinstance(shaped, dict) or not all(isinstance(v, dict) for v in shaped.values()):
        raise InvalidInput(f"{path.name} must be {{file: {{their column: our column}}}}")
    return {
        str(file): {str(k): None if v is None else str(v) for k, v in columns.items()}
        for file, columns in shaped.items()
    }


class ColumnMap:
    """A mapping that has been checked, ready to be asked for the columns of one file.

    A file is named by its name (with or without suffix) or by its kind; the name wins. A column
    mapped to nothing (`null` or an empty text) is left out without being reported.
    """

    def __init__(self, mapping: Mapping | None) -> None:
        self._files: dict[str, dict[str, str]] = {}
        for file, columns in (mapping or {}).items():
            kind = _kind(file)
            known = {fold_name(column.name): column.name for column in FORMS[kind].columns}
            for ours in columns.values():
                if ours and fold_name(ours) not in known:
                    names = ", ".join(known.values())
                    raise InvalidInput(
                        f"The mapping of {file} names {ours!r}; {kind} has the columns {names}"
                    )
            self._files[fold_name(file)] = {
                fold_name(theirs): known[fold_name(ours)] if ours else ""
                for theirs, ours in columns.items()
            }

    def of(self, file: str, kind: str) -> dict[str, str]:
        """Folded header to our column (empty: leave out) for one file."""
        by_kind = self._files.get(fold_name(kind), {})
        by_stem = self._files.get(fold_name(Path(file).stem), {})
        return {**by_kind, **by_stem, **self._files.get(fold_name(file), {})}


def _kind(file: str) -> str:
    kind = kind_of_file(Path(file).stem if Path(file).suffix else file)
    if kind is None:
        raise InvalidInput(f"The mapping names {file!r}, which is no file that an import reads")
    return kind
