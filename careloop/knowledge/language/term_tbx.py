"""Terms as TBX-Basic (ISO 30042:2019), read in both its styles, written in DCT.

`subjectField` is the domain, `administrativeStatus` tells the preferred name from the others.
What TBX has no category for stands in notes: `kind: component`, `reviewed`, `note: ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from careloop.kit.text import LANGUAGES, base
from careloop.knowledge.language.concept import Concept
from careloop.knowledge.language.term_entry import (
    MAX_KEY,
    Problem,
    Reading,
    UnreadableTerms,
    tidied,
)

CORE = "urn:iso:std:iso:30042:ed-2"
MIN = "http://www.tbxinfo.net/ns/min"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PREFERRED, _ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"
_RANK = {"preferredTerm": 0, "admittedTerm": 1, "": 1, "supersededTerm": 2, "deprecatedTerm": 2}
MAX_ENTRIES = 20_000

# Older files call the same things by other names.
_ENTRY, _SECTION, _TERM = {"conceptEntry", "termEntry"}, {"langSec", "langSet"}, {"termSec", "tig"}


def write_tbx(concepts: Iterable[Concept], title: str = "Careloop termbase") -> bytes:
    """A TBX-Basic file in DCT style, UTF-8."""
    root = Element(
        "tbx",
        {"type": "TBX-Basic", "style": "dct", f"{_XML}lang": "en", "xmlns": CORE, "xmlns:min": MIN},
    )
    about = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    SubElement(SubElement(about, "titleStmt"), "title").text = title
    source = SubElement(about, "sourceDesc")
    SubElement(source, "p").text = "Names of concepts of after-sales service"
    body = SubElement(SubElement(root, "text"), "body")
    for concept in concepts:
        _write_entry(body, concept)
    written = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def read_tbx(data: bytes) -> Reading:
    """Concepts of a TBX file, DCT or DCA style.

    Raises `UnreadableTerms` when it is no TBX, or declares entities or a document type: nothing
    outside the file is ever read. An entry that does not fit is left out and told.
    """
    try:
        root = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        text = "The file declares a document type or entities; save it without them"
        raise UnreadableTerms(text) from None
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableTerms(f"The file is no XML: {error}") from None
    if _local(root) not in ("tbx", "martif"):
        raise UnreadableTerms("The file is no TBX: its first element is not tbx")
    reading = Reading()
    for number, entry in enumerate((e for e in root.iter() if _local(e) in _ENTRY), 1):
        if number > MAX_ENTRIES:
            raise UnreadableTerms(f"The file has more than {MAX_ENTRIES} entries")
        _read_entry(reading, number, entry)
    return reading


def _write_entry(body: Element, concept: Concept) -> None:
    entry = SubElement(body, "conceptEntry", {"id": concept.key})
    entry.tail = "\n"
    if concept.domain:
        SubElement(entry, "min:subjectField").text = concept.domain
    SubElement(entry, "note").text = f"kind: {concept.kind}"
    if concept.note:
        SubElement(entry, "note").text = f"note: {concept.note}"
    for lang in LANGUAGES:
        names = concept.names.get(lang, ())
        if not names:
            continue
        section = SubElement(entry, "langSec", {f"{_XML}lang": lang})
        if lang in concept.reviewed:
            SubElement(section, "note").text = "reviewed"
        for at, name in enumerate(names):
            term = SubElement(section, "termSec")
            SubElement(term, "term").text = name
            SubElement(term, "min:administrativeStatus").text = _ADMITTED if at else _PREFERRED


def _read_entry(reading: Reading, number: int, entry: Element) -> None:
    kind, note, domain = "component", "", ""
    names: dict[str, list[tuple[int, str]]] = {}
    reviewed: set[str] = set()
    for child in entry:
        name, text = _category(child), _text(child)
        if name == "subjectField":
            domain = text
        elif name == "note":
            label, _, rest = text.partition(":")
            if label == "kind":
                kind = rest.strip()
            else:
                note = rest.strip() if label == "note" else text
        elif _local(child) in _SECTION:
            lang = base(child.get(f"{_XML}lang") or child.get("lang") or "")
            if lang not in LANGUAGES:
                text = f"{lang[:10]!r} is not a supported language; its terms were left out"
                reading.problems.append(Problem(number, "lang", text))
                continue
            names.setdefault(lang, []).extend(_terms(child))
            if any(_local(note) == "note" and _text(note) == "reviewed" for note in child):
                reviewed.add(lang)
    ordered = {lang: [term for _, term in sorted(found, key=lambda item: item[0])]
               for lang, found in names.items()}  # fmt: skip
    tidy = tidied(ordered)
    key = _key(entry.get("id") or "", tidy)
    concept = Concept(key, kind, frozenset(reviewed & set(tidy)), tidy, domain, note)
    reading.take(number, concept)


def _terms(section: Element) -> Iterator[tuple[int, str]]:
    """(rank, term): preferred first, deprecated last, else as they stand."""
    for holder in section.iter():
        if _local(holder) not in _TERM and _local(holder) != "termGrp":
            continue
        status, term = "", ""
        for child in holder:
            if _local(child) == "term":
                term = _text(child)
            elif _category(child) == "administrativeStatus":
                status = _text(child).removesuffix("-admn-sts")
        if term:
            yield _RANK.get(status, 1), term


def _category(element: Element) -> str:
    """The data category: the element's name in DCT, its attribute `type` in DCA."""
    name = _local(element)
    if name in ("descrip", "admin", "termNote"):
        return element.get("type", "")
    return name


def _key(given: str, names: dict[str, tuple[str, ...]]) -> str:
    """The id when it is a key, else one made from it or from the English name."""
    for source in (given, *names.get("en", ())[:1]):
        made = re.sub(r"[^a-z0-9]+", "_", source.lower()).strip("_")[:MAX_KEY].strip("_")
        if made and made[0].isalpha():
            return made
    return given


def _local(element: Element) -> str:
    # Comments and processing instructions have a function for a tag.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
