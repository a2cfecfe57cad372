"""Figures of the reader on held-out folds: each head, and the verdict of `judge` as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from careloop.agents.mind.embedded.classify import HEADS, Scores, best
from careloop.agents.mind.embedded.judgement import judge
from training.utterances import Utterance


def report(rows: Sequence[Utterance], scores: Sequence[Scores]) -> None:
    """Print the learned heads alone, then the verdict: intent, urgency, hand-off, safety."""
    print(f"{len(rows)} messages, learned heads alone")
    for head in HEADS:
        wanted = [getattr(row, head) for row in rows]
        shares = [getattr(score, head) for score in scores]
        hits = [best(share)[0] == label for share, label in zip(shares, wanted, strict=True)]
        print(f"  {head} {np.mean(hits):.3f}, "
              f"best sharpening {sharpening(wanted, shares):.2f}")  # fmt: skip
    verdicts = [judge(row.text, row.lang, score) for row, score in zip(rows, scores, strict=True)]
    print("verdict")
    intents = [str(verdict.chosen_intent) for verdict in verdicts]
    _accuracy("intent", rows, [row.intent for row in rows], intents)
    urgencies = [str(verdict.urgency) for verdict in verdicts]
    _accuracy("urgency", rows, [row.urgency for row in rows], urgencies)
    reasons = [str(verdict.handoff_reason) for verdict in verdicts]
    _accuracy("signal", rows, [row.signal for row in rows], reasons)
    _hand_off(rows, reasons)
    sentiments = [str(verdict.sentiment) for verdict in verdicts]
    _accuracy("sentiment", rows, [row.sentiment for row in rows], sentiments)


def sharpening(wanted: Sequence[str], shares: Sequence[dict[str, float]]) -> float:
    """Factor on the log-odds under which the held-out labels are likeliest; 1 is calibrated."""
    labels = sorted({label for share in shares for label in share})
    logs = np.log(
        np.array([[share.get(label, 0.0) for label in labels] for share in shares]) + 1e-9
    )
    right = np.array([labels.index(label) for label in wanted])

    def likelihood(factor: float) -> float:
        scaled = logs * factor
        norms = np.log(np.exp(scaled).sum(axis=1))
        return float((scaled[np.arange(len(right)), right] - norms).mean())

    return max(np.arange(0.4, 2.5, 0.05).tolist(), key=likelihood)


def _hand_off(rows: Sequence[Utterance], reasons: Sequence[str]) -> None:
    pairs = [(row.signal, reason) for row, reason in zip(rows, reasons, strict=True)]
    both = sum(a != "none" != b for a, b in pairs)
    given = sum(b != "none" for _, b in pairs)
    due = sum(a != "none" for a, _ in pairs)
    print(f"hand-off: precision {both / given:.3f} recall {both / due:.3f} "
          f"F1 {2 * both / (given + due):.3f}")  # fmt: skip
    danger = [b for a, b in pairs if a == "safety"]
    calm = [b for a, b in pairs if a != "safety"]
    print(f"safety: missed {len(danger) - danger.count('safety')} of {len(danger)}, "
          f"not handed off at all {danger.count('none')}, "
          f"false alarms {calm.count('safety')} of {len(calm)}")  # fmt: skip


def _accuracy(
    name: str, rows: Sequence[Utterance], wanted: Sequence[str], given: Sequence[str]
) -> None:
    right = [a == b for a, b in zip(wanted, given, strict=True)]
    print(f"{name}: {np.mean(right):.3f} of {len(rows)}")
    by_language = defaultdict(list)
    for row, hit in zip(rows, right, strict=True):
        by_language[row.lang].append(hit)
    print("  " + "  ".join(f"{lang} {np.mean(hits):.3f}" for lang, hits in by_language.items()))
    for label in sorted(set(wanted)):
        hit = sum(a == b == label for a, b in zip(wanted, given, strict=True))
        print(
            f"  {label:22} precision {hit / max(1, list(given).count(label)):.3f}"
            f"  recall {hit / list(wanted).count(label):.3f}  of {list(wanted).count(label)}"
        )
