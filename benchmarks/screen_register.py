"""How long a whole register takes to screen, beside others, in one run on one machine.

    make bench-register                                     1 and 10 million persons, made first: an hour or more
    make bench-register BENCH="--persons 50000"             a try
    make bench-register BENCH="--register made1 made10"     registers of `koshiqon register make` that are there

Four comparisons, on the same registers with the same columns, threads and memory, each contender in a process of its
own (docs/explanation/benchmarks.md says what is compared): (a) DuckDB sorting the same crossings, on every register;
(b) the job in pandas and (c) a set of dates asked day by day, on the smallest; (d) growth to the largest. Contenders
take turns, round by round; told are medians, and everything that was measured stands in a file of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from measured import Taken, take
from register_agreement import agreement
from register_columns import files_of
from register_limits import limit_rows, write_limits
from register_report import report

from koshiqon import __version__
from koshiqon.sources.country_folder import load_country

HERE = Path(__file__).parent
SINCE, UNTIL, SEED = date(2019, 1, 1), date(2025, 12, 31), 1
FIRST_ENTRY = date(2018, 1, 1)
"""Before any entry of a register that was made."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    persons: list[int]
    register: list[Path]
    rounds: int
    threads: int
    memory: float
    stays: int
    scratch: Path
    pandas: str


def options() -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, nargs="+", default=[1_000_000, 10_000_000], help="registers to make")
    parser.add_argument("--register", type=Path, nargs="+", default=[], help="made registers to take instead")
    parser.add_argument("--rounds", type=int, default=1, help="how often each contender runs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", type=float, default=4.0, help="GiB that DuckDB may take")
    parser.add_argument("--stays", type=int, default=5_000, help="stays of the slice for the calculator")
    parser.add_argument("--scratch", type=Path, default=Path("build/bench-register"))
    parser.add_argument("--pandas", default=".venv-bench/bin/python", help="a Python that has pandas and pyarrow")
    return Options(**vars(parser.parse_args()))


def registers(asked: Options) -> list[Path]:
    """The registers, made where they are not there yet, the smallest first."""
    given = asked.register or [made(persons, asked) for persons in asked.persons]
    return sorted(given, key=persons_of)


def made(persons: int, asked: Options) -> Path:
    """A register of so many persons; one that an earlier run made is taken again."""
    folder = asked.scratch / f"register-{persons}"
    if not (folder / "truth-made.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        days = ["--since", str(SINCE), "--until", str(UNTIL), "--seed", str(SEED)]
        order = [sys.executable, "-m", "koshiqon", "register", "make", "--persons", str(persons), *days]
        subprocess.run([*order, "--out", str(folder)], check=True, stdout=subprocess.DEVNULL)
    return folder


def persons_of(register: Path) -> int:
    """How many persons a made register has."""
    told = json.loads((register / "truth-made.json").read_text(encoding="utf-8"))
    return int(told["asked"]["persons"])


def orders(register: Path, limits: Path, smallest: bool, asked: Options) -> Iterator[tuple[str, list[str], Path]]:
    """The contenders on a register: name, command, folder of the result."""
    room = [str(UNTIL), str(asked.threads), str(asked.memory)]
    for name in ("ours", "sorted", *(["pandas"] if smallest else [])):
        python = asked.pandas if name == "pandas" else sys.executable
        out = asked.scratch / f"{name}-{persons_of(register)}"
        given = [str(register), str(out), *room, *([str(limits)] if name == "pandas" else [])]
        yield name, [python, str(HERE / f"register_{name}.py"), *given], out


def measured(register: Path, limits: Path, smallest: bool, asked: Options) -> dict[str, list[Taken]]:
    """Each contender on a register, round by round. Results of the last round stay where they are."""
    taken: dict[str, list[Taken]] = {}
    for number in range(asked.rounds):
        for name, order, out in orders(register, limits, smallest, asked):
            shutil.rmtree(out, ignore_errors=True)
            print(f"{persons_of(register):,} persons, {name}, {number + 1} of {asked.rounds} …", file=sys.stderr)
            one = take(order, files_of(register))
            taken.setdefault(name, []).append(one)
            shutil.rmtree(out / "unfinished", ignore_errors=True)
    for one in taken["sorted"]:
        assert one.told["rows"] == taken["ours"][0].told["rows"], "not the same rows were sorted"
    return taken


def by_days(register: Path, limits: Path, asked: Options) -> tuple[list[Taken], Path]:
    """The calculator on a slice of what screening found in a register, round by round; and the folder of answers."""
    ours, out = (asked.scratch / f"{name}-{persons_of(register)}" for name in ("ours", "days"))
    taken = []
    for number in range(asked.rounds):
        shutil.rmtree(out, ignore_errors=True)
        print(f"a set of dates, {asked.stays:,} stays, {number + 1} of {asked.rounds} …", file=sys.stderr)
        order = [sys.executable, str(HERE / "register_by_days.py"), str(ours), str(out)]
        taken.append(take([*order, str(UNTIL), str(asked.stays), str(limits)], []))
    return taken, out


def machine() -> dict[str, Any]:
    """What this was measured on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "cores": os.cpu_count(),
        "processor": model,
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
        "koshiqon": __version__,
    }


def main() -> int:
    """Run all comparisons, print the tables, keep what was measured."""
    asked = options()
    if not Path(asked.pandas).is_file():
        print(f"There is no {asked.pandas}. Run make bench-register, which makes it.", file=sys.stderr)
        return 1
    asked.scratch.mkdir(parents=True, exist_ok=True)
    limits = asked.scratch / "limits.csv"
    write_limits(limit_rows(load_country("kaz").regimes, FIRST_ENTRY, UNTIL), limits)
    found = registers(asked)
    smallest = found[0]
    runs = {persons_of(one): measured(one, limits, one == smallest, asked) for one in found}
    days, answered = by_days(smallest, limits, asked)
    ours, pandas = (asked.scratch / f"{name}-{persons_of(smallest)}" for name in ("ours", "pandas"))
    agreed = {
        name: asdict(agreement(ours, other, smallest, limits, UNTIL))
        for name, other in (("pandas", pandas / "stays.parquet"), ("days", answered / "stays.csv"))
    }
    result = {
        "measured_on": date.today().isoformat(),
        "machine": machine(),
        "threads": asked.threads,
        "memory_gib": asked.memory,
        "registers": {
            str(persons_of(one)): {
                "files": len(files_of(one)),
                "bytes": sum(file.stat().st_size for file in files_of(one)),
                "contenders": {
                    name: [asdict(took) for took in rounds] for name, rounds in runs[persons_of(one)].items()
                },
            }
            for one in found
        },
        "days": [asdict(one) for one in days],
        "agreement": agreed,
    }
    written = asked.scratch / "results.json"
    written.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(report(result))
    print(f"All that was measured: {written}")
    if any(told["equal"] != told["compared"] for told in agreed.values()):
        print("The answers differ, so the times say nothing.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
