"""How long one assessment of ten stays takes, beside a plain calculator that walks through the days.

    make bench

One citizen of Uzbekistan came to Kazakhstan ten times and is still there: until when may the stay last? Three answer
in turn, in one run: `assess`, which judges all rules, papers, duties and readings; its core, which finds the last
lawful day under one reading; and a set of dates asked day by day, which knows nothing but 30 days an entry and 90 in
180. All three must name the same day. Printed are medians and what each costs against the calculator.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import process_time

from koshiqon.sources.country_folder import load_country
from koshiqon.stay.assessment import assess, with_assumptions
from koshiqon.stay.case import StayCase
from koshiqon.stay.matter import Matter
from koshiqon.stay.presence import Stay, in_order
from koshiqon.stay.reach import reach
from koshiqon.stay.readings import readings_of

ROUNDS = 200
ONE = timedelta(days=1)
ON = date(2026, 11, 22)
STAYS = (
    *(Stay(entry, entry + 11 * ONE) for entry in (date(2025, month, 5) for month in (2, 4, 6, 8, 10, 12))),
    *(Stay(entry, entry + 24 * ONE) for entry in (date(2026, month, 3) for month in (3, 6, 9))),
    Stay(date(2026, 11, 15)),
)
PER_ENTRY, IN_WINDOW, WINDOW = 30, 90, 180


def by_a_set_of_dates() -> date:
    """The last day on which neither limit is exceeded, found by trying one day after another."""
    lengths = [(stay.entry, ((stay.exit or ON) - stay.entry).days + 1) for stay in STAYS]
    present = {entry + number * ONE for entry, length in lengths for number in range(length)}
    entry, day = STAYS[-1].entry, STAYS[-1].entry
    while True:
        present.add(day)
        used = sum(day - back * ONE in present for back in range(WINDOW))
        if (day - entry).days + 1 > PER_ENTRY or used > IN_WINDOW:
            return day - ONE
        day += ONE


def microseconds_of(asked: Callable[[], object]) -> float:
    start = process_time()
    asked()
    return 1_000_000 * (process_time() - start)


def main() -> int:
    country = load_country("kaz")
    case = with_assumptions(StayCase("UZB", STAYS), country)
    readings = readings_of(country)

    def core() -> date | None:
        return reach(Matter(country, case, in_order(case.stays), readings), ON).last

    ways: dict[str, Callable[[], object]] = {
        "assess, the whole answer": lambda: assess(case, country, ON).last_lawful_day,
        "its core, the last lawful day under one reading": core,
        "a set of dates, day by day": by_a_set_of_dates,
    }
    told = {name: asked() for name, asked in ways.items()}
    if len(set(told.values())) > 1:
        print("The answers differ:", told)
        return 1
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, asked in ways.items():
            taken[name].append(microseconds_of(asked))
    plain = median(taken["a set of dates, day by day"])
    print(f"Ten stays, all three answer {by_a_set_of_dates()}. Medians of {ROUNDS} rounds, processor time:")
    for name, times in taken.items():
        print(f"{median(times):10,.0f} microseconds {median(times) / plain:8.2f} x  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
