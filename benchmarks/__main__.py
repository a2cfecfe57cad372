"""`make bench`: print every figure; `python -m benchmarks turns tickets` prints some."""

from __future__ import annotations

import argparse
import platform
import sys

from benchmarks import retrieval, startup, tickets, turns

SUITES = {
    "turns": turns.main,
    "tickets": tickets.main,
    "startup": startup.main,
    "retrieval": lambda: retrieval.main([]),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", choices=[[], *SUITES], default=list(SUITES))
    chosen = parser.parse_args().suites or list(SUITES)
    print(f"Python {sys.version.split()[0]} on {platform.machine()}, {platform.system()}")
    for name in chosen:
        print(f"\n== {name}")
        SUITES[name]()


main()
