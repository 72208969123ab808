"""Speed of the hot paths beside what one would write instead, in one run, as ratios.

    .venv/bin/python tests/benchmarks/run.py [TABLE …] [--compare] [--save]

Prints the tables with their goals; asserts nothing, because a time depends on what else the machine does: the load is
printed with it, and one BLAS thread is used throughout.  `--compare` lists the ratios that got worse than
`baseline.json` by more than a factor 1.5 and then exits with 1; `--save` writes a new baseline.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"


def main(words: list[str]) -> int:
    names = sorted(path.stem for path in (HERE / "tables").glob("*.py"))
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"all, or some of: {', '.join(names)}")
    parser.add_argument("--compare", action="store_true", help="against the committed baseline")
    parser.add_argument("--save", action="store_true", help="as the new baseline")
    arguments = parser.parse_args(words)
    for name in arguments.tables:
        if name not in names:
            parser.error(f"{name}: no such table; choose from {', '.join(names)}")
    # BLAS reads these once, when NumPy is imported.
    os.environ.update(dict.fromkeys(THREADS, "1"))
    return _run(arguments.tables or names, arguments.compare, arguments.save)


def _run(names: list[str], compare: bool, save: bool) -> int:
    import json
    from importlib import import_module

    from machine import describe
    from record import changes

    print("\n".join(f"{name}: {value}" for name, value in describe().items()), "\n")
    tables = []
    for name in names:
        table = import_module(f"tables.{name}").measure()
        tables.append(table)
        print("\n".join(table.lines()), flush=True)
    goals = [goal for table in tables for goal in table.goals if goal.met is not None]
    print(
        f"{sum(bool(goal.met) for goal in goals)} of {len(goals)} goals met; load at the end {os.getloadavg()[0]:.2f}"
    )
    worse = []
    if compare:
        worse = changes(tables, json.loads(BASELINE.read_text(encoding="utf-8"))["tables"])
        print("\n".join(worse) or "nothing is slower than the baseline")
    if save:
        old = json.loads(BASELINE.read_text(encoding="utf-8"))["tables"] if BASELINE.exists() else {}
        data = {"machine": describe(), "tables": {**old, **{table.title: table.data() for table in tables}}}
        BASELINE.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if worse else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
