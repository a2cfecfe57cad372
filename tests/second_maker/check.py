"""Consistency of the second maker's folder: run `python tests/second_maker/check.py`.

Looks at the labels only, never at Careloop: every fact of a question must occur in a document
that the question names, every document, serial, part, ticket and contact must exist, and the
counts must be as the README says. Exit code 1 and one line per fault found.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DECISIONS = {
    *("answer", "ask", "clarify_model", "abstain"),
    *("handoff", "status", "ticket", "refuse"),
}
INTENTS = {
    *("report_fault", "ask_status", "ask_how_to", "ask_warranty", "order_parts"),
    *("request_maintenance", "request_installation", "complaint", "sales_enquiry"),
    *("cancel_or_reschedule", "person_wanted", "thanks", "chit_chat", "out_of_scope"),
}
REASONS = {
    *("asked_for_human", "anger", "repeat_failure", "safety", "legal_threat"),
    *("vip_churn", "complex", "out_of_scope", "none"),
}


def fold(text: str) -> str:
    """Text as facts are matched: NFKC, lower case, dots for decimal commas, plain minus."""
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = folded.replace("\u2212", "-").replace("\u2013", "-").replace("\u2044", "/")
    folded = re.sub(r"(?<=\d),(?=\d)", ".", folded)
    return re.sub(r"(?<=\d)\s+(?=%)", "", folded)


def occurs(fact: str, text: str) -> bool:
    """Whether `fact` stands in `text`, not as part of a longer number or code."""
    return bool(re.search(rf"(?<![\w.]){re.escape(fold(fact))}(?![\w]|\.\d)", fold(text)))


def jsonl(name: str) -> list[dict[str, Any]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def column(name: str, index: int) -> set[str]:
    with (HERE / "data" / name).open(encoding="utf-8", newline="") as file:
        return {row[index] for row in list(csv.reader(file))[1:]}


def documents() -> dict[str, str]:
    """Body by document id: that of the front matter, else the file name, with and without .md."""
    found: dict[str, str] = {}
    for path in sorted((HERE / "knowledge").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        _, matter, body = text.split("---\n", 2)
        named = re.search(r"^id: (.+)$", matter, re.M)
        for key in [named[1].strip()] if named else [path.name, path.stem]:
            found[key] = matter + body
    return found


def check_questions(faults: list[str]) -> None:
    docs, emails = documents(), column("contacts.csv", 2)
    serials = column("assets.csv", 0)
    for q in jsonl("questions.jsonl"):
        expect = q["expect"]
        named = expect.get("documents", [])
        texts = [docs[d] for d in named if d in docs]
        faults.extend(f"{q['id']}: no document {d}" for d in named if d not in docs)
        faults.extend(
            f"{q['id']}: fact {fact!r} in none of {named}"
            for fact in expect.get("facts", [])
            if texts and not any(occurs(fact, text) for text in texts)
        )
        if set(expect["decision"]) - DECISIONS:
            faults.append(f"{q['id']}: decision {expect['decision']}")
        if set(expect.get("facts", [])) & set(expect.get("forbidden", [])):
            faults.append(f"{q['id']}: a fact is forbidden")
        if q.get("contact", {}).get("email") not in emails | {None}:
            faults.append(f"{q['id']}: contact {q['contact']}")
        if ({q.get("asset"), expect.get("asset")} - {None}) - serials:
            faults.append(f"{q['id']}: asset not in the book")


def check_reading(faults: list[str]) -> None:
    for r in jsonl("reading.jsonl"):
        bad = (
            r["intent"] not in INTENTS
            or r["handoff_reason"] not in REASONS
            or r["handoff"] != (r["handoff_reason"] != "none")
            or r["sentiment"] not in range(-2, 3)
            or r["urgency"] not in ("low", "normal", "high", "critical")
        )
        if bad:
            faults.append(f"{r['id']}: label")


def check_identifiers(faults: list[str]) -> None:
    serials, parts = column("assets.csv", 0), column("parts.csv", 0)
    tickets = column("tickets.csv", 0)
    for case in jsonl("identifiers.jsonl"):
        wrong = (set(case["serials"]) - serials) | (set(case["unverified_serials"]) & serials)
        wrong |= (set(case["parts"]) - parts) | (set(case["tickets"]) - tickets)
        wrong |= {p for p in case["phones"] if not re.fullmatch(r"\+\d{8,15}", p)}
        if wrong or ("text" in case) == ("messages" in case):
            faults.append(f"{case['id']}: {sorted(wrong)}")


def check_master_data(faults: list[str]) -> None:
    """Joins between the files hold, but for the three rows named in BROKEN.md."""
    customers, models = column("customers.csv", 0), column("products.csv", 0)
    serials, parts = column("assets.csv", 0), column("parts.csv", 0)
    joins = [
        ("contacts.csv", column("contacts.csv", 0) - customers - {"KH9999"}),
        ("assets.csv", (column("assets.csv", 2) - customers) | (column("assets.csv", 1) - models)),
        ("contracts.csv", column("contracts.csv", 1) - customers),
        ("bom.csv", (column("bom.csv", 0) - models) | (column("bom.csv", 1) - parts)),
        ("stock.csv", column("stock.csv", 2) - parts),
        ("tickets.csv, customer", column("tickets.csv", 2) - customers),
        ("tickets.csv, asset", column("tickets.csv", 3) - serials),
    ]
    faults.extend(f"{name}: {sorted(left)}" for name, left in joins if left)
    cited = re.findall(r"\b6\d\d-\d{4}\b", "\n".join(documents().values()))
    faults.extend(f"knowledge: no part {p}" for p in sorted(set(cited) - parts))


def main() -> int:
    """Run all checks; 0 when nothing is wrong."""
    faults: list[str] = []
    for check in (check_questions, check_reading, check_identifiers, check_master_data):
        check(faults)
    counts = {"questions.jsonl": 100, "reading.jsonl": 160, "identifiers.jsonl": 80}
    for name, wanted in counts.items():
        ids = [row["id"] for row in jsonl(name)]
        if len(ids) != wanted or len(set(ids)) != wanted:
            faults.append(f"{name}: {len(ids)} lines, {len(set(ids))} ids, {wanted} expected")
    print("\n".join(faults) or "second maker: labels consistent")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
