"""Word files (.docx) to manuscripts."""

from __future__ import annotations

from typing import Any

from careloop.knowledge.errors import UnreadableSource
from careloop.knowledge.ingest.formats.docx.body import Body, Parts, settle_captions
from careloop.knowledge.ingest.formats.docx.names import child, local, value
from careloop.knowledge.ingest.formats.docx.numbering import Numbering
from careloop.knowledge.ingest.formats.docx.runs import read_runs
from careloop.knowledge.ingest.formats.docx.styles import Styles
from careloop.knowledge.ingest.formats.ooxml import OfficePackage
from careloop.knowledge.ingest.formats.typed_steps import find_typed_lists
from careloop.knowledge.ingest.manuscript import Manuscript
from careloop.knowledge.ingest.source import SourceFile


def read(source: SourceFile) -> Manuscript:
    """The document in reading order. Page marks stand only where the file holds page breaks.

    Headers and footers, comments, deleted and hidden text and the table of contents are left out.
    """
    package = OfficePackage(source)
    main = package.part_of_type("officeDocument") or "word/document.xml"
    root = package.xml(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise UnreadableSource(f"{source.path}: there is no Word document inside; save it again")
    related = dict(package.relations(main).values())
    matter = package.matter()
    notes = {
        **_notes(package, related.get("footnotes"), "footnote"),
        **_notes(package, related.get("endnotes"), "endnote"),
    }
    parts = Parts(
        package, package.relations(main), notes,
        Styles(_xml(package, related.get("styles"))),
        Numbering(_xml(package, related.get("numbering"))),
        matter.get("lang", ""),
    )  # fmt: skip
    walker = Body(body, parts)
    draft = walker.read()
    settle_captions(draft)
    draft.entries = find_typed_lists(draft.entries)
    settle_captions(draft)
    if walker.title:
        matter["title"] = walker.title
    if any("/embeddings/" in name for name in package.names):
        walker.warnings.append("files embedded in the document are not read")
    return Manuscript(
        draft.markdown(), matter, walker.page if walker.paged else 0, draft.figures,
        warnings=walker.warnings,
    )  # fmt: skip


def _xml(package: OfficePackage, part: str | None) -> Any | None:
    return package.xml(part) if part else None


def _notes(package: OfficePackage, part: str | None, kind: str) -> dict[tuple[str, str], str]:
    root = _xml(package, part)
    found: dict[tuple[str, str], str] = {}
    for node in root if root is not None else ():
        if local(node) == kind and value(node, "type") in (None, "normal"):
            lines = [read_runs(item).text.strip() for item in node.iter() if local(item) == "p"]
            found[kind, value(node, "id") or ""] = " ".join(line for line in lines if line)
    return found
