"""The tables of a benchmark over registers, from what was measured. Of several rounds told are medians.

python benchmarks/register_report.py build/bench-register/results.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

GIB, MB = 1 << 30, 1_000_000
SORTED_AT_MOST, PANDAS_AT_LEAST, DAYS_AT_LEAST, GROWTH_AT_MOST = 1.5, 3.0, 500.0, 12.0
"""What is asked: times the time of sorting; times faster than pandas, than a set of dates; growth at ten times the
persons."""
WORTH = 1_000_000
"""Persons of a register on which aims may be judged."""

Result = dict[str, Any]


def report(result: Result) -> str:
    """All tables, and each aim with what was found."""
    parts = (_head(result), _contenders(result), _stages(result), _aims(result), _agreement(result))
    return "\n\n".join("\n".join(part) for part in parts)


def middle(rounds: list[Result], what: str) -> float:
    """The median of one measure over the rounds of a contender."""
    return float(median(one[what] for one in rounds))


def _head(result: Result) -> Iterator[str]:
    machine = result["machine"]
    yield (
        f"{result['measured_on']}, {machine['cores']} cores ({machine['processor']}), {machine['memory'] / GIB:.0f}"
        f" GiB; Python {machine['python']}, DuckDB {machine['duckdb']}; {result['threads']} threads,"
        f" {result['memory_gib']:g} GiB for DuckDB"
    )
    loads = [one["load_before"] for _, _, rounds in _all(result) for one in rounds]
    yield f"Load up to {max(loads):.1f} before a contender began. Above 2 others were at work: read processor time."
    if min(map(int, result["registers"])) < WORTH:
        yield f"A try: below {WORTH:,} persons the start of a program outweighs its work."


def _all(result: Result) -> Iterator[tuple[str, str, list[Result]]]:
    for persons, register in result["registers"].items():
        for name, rounds in register["contenders"].items():
            yield persons, name, rounds


def _contenders(result: Result) -> Iterator[str]:
    yield (
        f"{'persons':>12} {'contender':<10} {'rounds':>6} {'wall s':>9} {'processor s':>12} {'peak GiB':>9}"
        f" {'rows/s':>11} {'read MB':>9} {'written MB':>11} {'result MB':>10}"
    )
    for persons, name, rounds in _all(result):
        rows = result["registers"][persons]["contenders"]["ours"][0]["told"]["rows"]
        wall = middle(rounds, "wall")
        peak = max(one["peak"] for one in rounds) / GIB
        yield (
            f"{int(persons):>12,} {name:<10} {len(rounds):>6} {wall:>9.1f} {middle(rounds, 'processor'):>12.1f}"
            f" {peak:>9.2f} {rows / wall:>11,.0f} {middle(rounds, 'read') / MB:>9,.0f}"
            f" {middle(rounds, 'written') / MB:>11,.0f} {rounds[0]['told']['result_bytes'] / MB:>10,.1f}"
        )
    yield "rows/s are crossings; read and written count files in between as well; the result of ours has three tables"


def _stages(result: Result) -> Iterator[str]:
    yield f"{'persons':>12} {'contender':<10} {'stage':<10} {'wall s':>9} {'processor s':>12} {'of the wall':>12}"
    for persons, name, rounds in _all(result):
        whole = middle(rounds, "wall")
        for stage in rounds[0]["told"].get("stages", ()):
            wall, processor = (median(one["told"]["stages"][stage][unit] for one in rounds) for unit in UNITS)
            share = f"{100 * wall / whole:.0f} %"
            yield f"{int(persons):>12,} {name:<10} {stage:<10} {wall:>9.1f} {processor:>12.1f} {share:>12}"


UNITS = ("wall", "processor")


# --- what is asked ----------------------------------------------------------------------------------------------------


def _aims(result: Result) -> Iterator[str]:
    smallest, largest = min(result["registers"], key=int), max(result["registers"], key=int)
    for persons, register in result["registers"].items():
        ratios = _ratios(register["contenders"], "ours", "sorted")
        what = f"(a) ours to sorting, {int(persons):,} persons"
        bound = SORTED_AT_MOST if persons == largest else None
        yield _aim(what + (f", at most {bound:g}" if bound else ""), ratios, bound)
    contenders = result["registers"][smallest]["contenders"]
    ratios = _ratios(contenders, "pandas", "ours")
    yield _aim(f"(b) pandas to ours, {int(smallest):,} persons, at least {PANDAS_AT_LEAST:g}", ratios, -PANDAS_AT_LEAST)
    peak = max(one["peak"] for one in contenders["pandas"]) / GIB
    if peak > result["memory_gib"]:
        yield f"    pandas took {peak:.1f} GiB, more than it may: take fewer persons for (b)"
    yield from _by_days(result, contenders["ours"])
    yield from _growth(result)


def _ratios(contenders: Result, one: str, other: str) -> tuple[float, float]:
    wall, processor = (middle(contenders[one], unit) / middle(contenders[other], unit) for unit in UNITS)
    return wall, processor


def _aim(what: str, ratios: tuple[float, float], bound: float | None) -> str:
    """A line that says what was found; a negative bound is a least one. What was asked is asked of the wall."""
    line = f"{what:<62} {ratios[0]:>9,.2f} wall {ratios[1]:>9,.2f} processor"
    if bound is None:
        return line
    met = ratios[0] <= bound if bound > 0 else ratios[0] >= -bound
    return f"{line}   {'met' if met else 'MISSED'}"


def _by_days(result: Result, ours: list[Result]) -> Iterator[str]:
    rounds = [one["told"] for one in result["days"]]
    stays = rounds[0]["stays"]
    for question in rounds[0]["asked"]:
        spent = {unit: median(one["asked"][question][unit] for one in rounds) for unit in UNITS}
        bound = -DAYS_AT_LEAST if question == "until when" else None
        for name, stages in (("judging alone", ("screening",)), ("the whole job", None)):
            ratios = tuple(_rate(ours, stages, unit) / (stays / spent[unit]) for unit in UNITS)
            what = f"(c) a set of dates, {question}, to {name}"
            yield _aim(what + (f", at least {DAYS_AT_LEAST:g}" if bound else ""), (ratios[0], ratios[1]), bound)
        judged, whole = _rate(ours, ("screening",), "wall"), _rate(ours, None, "wall")
        yield (
            f"    {stays:,} stays of the slice, {stays / spent['wall']:,.0f} a second;"
            f" ours {judged:,.0f} judging alone, {whole:,.0f} in the whole job"
        )


def _rate(ours: list[Result], stages: tuple[str, ...] | None, unit: str) -> float:
    """Stays a second, of the whole process or of some stages."""
    if stages is None:
        seconds = middle(ours, unit)
    else:
        seconds = median(sum(one["told"]["stages"][stage][unit] for stage in stages) for one in ours)
    return float(ours[0]["told"]["stays"] / seconds)


def _growth(result: Result) -> Iterator[str]:
    names = list(result["registers"])
    ours = [result["registers"][name]["contenders"]["ours"] for name in names]
    if len(names) > 1:
        wall, processor = (middle(ours[-1], unit) / middle(ours[-2], unit) for unit in UNITS)
        times = int(names[-1]) / int(names[-2])
        what = f"(d) from {int(names[-2]):,} to {int(names[-1]):,} persons, at most {GROWTH_AT_MOST / 10 * times:g}"
        yield _aim(what, (wall, processor), GROWTH_AT_MOST / 10 * times)
    peak = max(one["peak"] for rounds in ours for one in rounds) / GIB
    met = "met" if peak <= result["memory_gib"] else "MISSED"
    what = f"(d) peak memory of ours, at most {result['memory_gib']:g} GiB"
    yield f"{what:<62} {peak:>9,.2f} GiB   {met}"


def _agreement(result: Result) -> Iterator[str]:
    for name, told in result["agreement"].items():
        share = 100 * told["compared"] / told["stays"]
        yield (
            f"{name}: {told['compared']:,} of {told['stays']:,} stays compared ({share:.1f} %), where one limit alone"
            f" decides; the same first unlawful day, or none, on {told['equal']:,}; {told['unlawful']:,} had one;"
            f" of {told['unknown']:,} more ours was not sure, {told['elsewhere']:,} the other did not have"
        )


if __name__ == "__main__":
    print(report(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
