"""`make bench`: print every figure; `python -m benchmarks turns tickets` prints some."""

from __future__ import annotations

import argparse
import platform
import sys

from benchmarks import dispatch, lists, quality, retrieval, startup, tickets, turns

SUITES = {
    "turns": turns.main,
    "tickets": tickets.main,
    "startup": startup.main,
    "retrieval": lambda: retrieval.main([]),
    "quality": quality.main,
    "lists": lists.main,
    "dispatch": dispatch.main,
}
UNASKED = [name for name in SUITES if name not in {"lists", "dispatch"}]
"""Without names all suites run but those that take many minutes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", choices=[[], *SUITES], default=UNASKED)
    parser.add_argument(
        "--write", action="store_true", help="keep the figures of `quality`, `lists`, `dispatch`"
    )
    parser.add_argument("--tickets", type=int, default=1_000_000, help="for `lists`")
    parser.add_argument(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="for `lists`, `tickets`",
    )
    parser.add_argument("--at", default="", help="for `lists`: URL of a database already filled")
    options = parser.parse_args()
    chosen = options.suites or UNASKED
    print(f"Python {sys.version.split()[0]} on {platform.machine()}, {platform.system()}")
    for name in chosen:
        print(f"\n== {name}")
        if name == "quality":
            quality.main(options.write)
        elif name == "dispatch":
            dispatch.main(options.write)
        elif name == "lists":
            lists.main(options.tickets, options.database, options.at, options.write)
        elif name == "tickets":
            tickets.main(options.database)
        else:
            SUITES[name]()


main()
