"""`make bench`: print every figure; `python -m benchmarks turns tickets` prints some."""

from __future__ import annotations

import argparse
import platform
import sys

from benchmarks import quality, retrieval, startup, tickets, turns

SUITES = {
    "turns": turns.main,
    "tickets": tickets.main,
    "startup": startup.main,
    "retrieval": lambda: retrieval.main([]),
    "quality": quality.main,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", choices=[[], *SUITES], default=list(SUITES))
    parser.add_argument("--write", action="store_true", help="keep the figures of `quality`")
    options = parser.parse_args()
    chosen = options.suites or list(SUITES)
    print(f"Python {sys.version.split()[0]} on {platform.machine()}, {platform.system()}")
    for name in chosen:
        print(f"\n== {name}")
        if name == "quality":
            quality.main(options.write)
        else:
            SUITES[name]()


main()
