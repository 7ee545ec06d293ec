"""Random lives before random laws, as plain data: what the assessment of a stay and its day-by-day reference both take.

They press on the limits: dense visits, months, seasons, same-day turns, several rows at once, rows that change within
a stay or contradict each other, papers before, in and across stays, dates known in part, facts left out, readings at
random. Dates are days; a period is (since, until), each a pair of the first and the last day the change may lie on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

Change = tuple[date, date]
Period = tuple[Change, Change | None]

START = date(2022, 6, 1)
LONG_AGO = (date(2000, 1, 1), date(2000, 1, 1))
LIMITS = [
    *[(30, 90, 180), (90, 90, 180), (14, 42, 180), (15, 30, 60), (5, 9, 20), (10, 12, 30), (3, 4, 9), (20, 21, 28)],
    *[(30, 30, 60), (20, 15, 40), (60, 60, 120), (10, 9, 20), (30, 42, 90), (90, 60, 150)],
    *[(30, None, None), (10, None, None), (5, None, None), (60, None, None)],
    *[(0, None, None), (None, 9, 20)],
]
"""Days per entry, days in a window, the window: with and without one, refused, and without a limit per entry."""
GENERAL = [(30, 90, 180), (30, 12, 30), (30, 30, 60), (30, 9, 20), (60, None, None)]
LENGTHS = {
    "dense": (1, 2, 3, 4),
    "month": (13, 14, 15, 29, 30, 31),
    "season": (41, 42, 43, 60, 89, 90, 91),
    "mixed": (1, 2, 4, 9, 10, 15, 29, 30, 31),
}
GAPS = {
    "dense": (-1, -1, 0, 1, 3),
    "month": (-1, -1, 0, 1, 5, 15, 30),
    "season": (-1, 0, 30, 88, 89, 90, 91),
    "mixed": (-1, -1, 0, 1, 10, 30, 60, 90),
}
OPTIONS = {
    "limits": ("law", "practice"),
    "entry_day": ("counts", "next_day"),
    "exit_day": ("counts", "left_out"),
    "earlier_entries": ("left_out", "counted"),
    "permit_days": ("outside", "in_window"),
    "permit_clock": ("stops", "runs_on"),
    "mercy": ("shown", "denied"),
}
"""The readings that counting knows, and one that only a rule asks for."""


@dataclass(frozen=True)
class Row:
    """A row of the regimes: the limits of one citizenship ("*": the general limit) under a code, in a period."""

    name: str
    citizenship: str
    code: str
    period: Period
    per_entry: int | None
    days: int | None
    window: int | None
    enforced: Change | None = None
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Title:
    """A rule: what a title covers ("regime", "limit", "paper", "term"), when titles end ("ends"), or a bar ("bar").

    `fact` is its condition; `days` are the longest term of a paper, or the term after the day `start`.
    """

    name: str
    shape: str
    period: Period = (LONG_AGO, None)
    stays_begun: bool = False
    counts_from: date | None = None
    fact: str | None = None
    under: dict[str, str] = field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    empty_is_unknown: bool = False
    limit: tuple[int | None, int | None, int | None] = (None, None, None)
    kinds: tuple[str, ...] = ()
    outside: bool = False
    start: date | str | None = None
    days: int | None = None
    surely: bool = True


@dataclass(frozen=True)
class Life:
    """One person before one law. `options` are the readings that the country lists, `readings` those taken."""

    stays: list[tuple[date, date | None]]
    on: date
    plan: tuple[date, date] | None
    citizenship: str | None
    papers: list[tuple[str, date, date | None]]
    facts: dict[str, bool | date]
    rows: list[Row]
    titles: list[Title]
    bars: list[Title]
    options: dict[str, tuple[str, ...]]
    readings: dict[str, str]
    asks_for_all_papers: bool

    @property
    def longest_window(self) -> int:
        named = [row.window for row in self.rows] + [title.limit[2] for title in self.titles]
        return max([1, *(window for window in named if window is not None)])

    @property
    def horizon(self) -> date:
        """A day so late that nothing changes after it: all rows, papers and terms are over or open, all windows and
        entries run full.
        """
        periods = [thing.period for thing in (*self.rows, *self.titles, *self.bars)]
        days = [day for period in periods for change in period if change is not None for day in change]
        days += [day for row in self.rows if row.enforced is not None for day in row.enforced]
        days += [day for _, since, until in self.papers for day in (since, until) if day is not None]
        days += [day for stay in self.stays for day in stay if day is not None] + [self.on]
        days += list(self.plan or ()) + [day for day in self.facts.values() if isinstance(day, date)]
        days += [title.start for title in (*self.titles, *self.bars) if isinstance(title.start, date)]
        terms = [title.days or 0 for title in (*self.titles, *self.bars)]
        entries = [row.per_entry for row in self.rows] + [title.limit[0] for title in self.titles]
        longest = max(terms, default=0) + max((days for days in entries if days is not None), default=0)
        return max(days) + timedelta(days=2 * longest + self.longest_window + 3)


# --- one life --------------------------------------------------------------------------------------------------------


def life(random: Random) -> Life:
    """One life; a gap of -1 is an entry on the day of the last exit."""
    stays = _stays(random)
    entry, leave = stays[-1]
    assert leave is not None
    inside = random.random() < 0.75
    on = _some_day(random, entry, leave if inside else leave + timedelta(days=40))
    if random.random() < 0.6 and on <= leave:
        stays[-1] = (entry, None)
    turning = [day for stay in stays for day in stay if day is not None]
    days = [*turning, on, *(entry + timedelta(days=random.randint(-40, 40)) for _ in range(6))]
    rows = _rows(random, days)
    titles = _titles(random, days, [stay[0] for stay in (*stays[-2:], stays[-1])])
    options = {name: told for name, told in OPTIONS.items() if random.random() < 0.5}
    return Life(
        stays=stays,
        on=on,
        plan=_plan(random, stays, on),
        citizenship=None if random.random() < 0.01 else "AAA",
        papers=_papers(random, days),
        facts=_facts(random, days),
        rows=rows,
        titles=titles,
        bars=_bars(random, days),
        options=options,
        readings={name: random.choice((*told, told[0])) for name, told in options.items()},
        asks_for_all_papers=random.random() < 0.1,
    )


def _some_day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randint(0, (last - first).days))


def _stays(random: Random) -> list[tuple[date, date | None]]:
    stays: list[tuple[date, date | None]] = []
    day, style = START + random.randrange(60) * timedelta(days=1), random.choice(list(LENGTHS))
    for _ in range(random.randint(1, 6)):
        leave = day + timedelta(days=random.choice(LENGTHS[style]) - 1)
        stays.append((day, leave))
        day = leave + timedelta(days=1 + random.choice(GAPS[style]))
    return stays


def _plan(random: Random, stays: list[tuple[date, date | None]], on: date) -> tuple[date, date] | None:
    if random.random() < 0.5:
        return None
    left = stays[-1][1]
    entry = max(on, left or on) + timedelta(days=random.choice([0, 0, 1, 10, 60]))
    return entry, entry + timedelta(days=random.choice([0, 4, 13, 29, 30]))


# --- its law ---------------------------------------------------------------------------------------------------------


def _change(random: Random, days: list[date]) -> Change:
    """A day of change near the days of the life; one in six is known only in part."""
    first = random.choice(days) + timedelta(days=random.choice([-1, 0, 0, 1, 2, 5]))
    return first, first + timedelta(days=random.choice([0] * 10 + [3, 20]))


def _chain(random: Random, days: list[date], most: int) -> list[Period]:
    """Periods one after another; at times the first begins late or on a day nobody knows, or the last one ends."""
    changes = sorted({_change(random, days) for _ in range(random.randint(1, most) - 1)})
    begin = LONG_AGO if random.random() < 0.93 else _change(random, days)
    begin = (date.min, random.choice(days)) if random.random() < 0.04 else begin
    end = _change(random, days) if random.random() < 0.07 else None
    edges = [begin, *(change for change in changes if change[0] > begin[1]), end]
    chain = [(since, until) for since, until in pairwise(edges) if since is not None]
    return [(since, until) for since, until in chain if until is None or until[0] > since[1]]


def _rows(random: Random, days: list[date]) -> list[Row]:
    rows = []
    for citizenship, code, chance, laws in (
        ("AAA", "a", 0.97, LIMITS),
        ("AAA", "b", 0.35, LIMITS),
        ("BBB", "a", 0.1, LIMITS),
        ("*", "any", 0.6, GENERAL),
    ):
        if random.random() < chance:
            for period in _chain(random, days, 3):
                limit = random.choice(laws)
                practice = limit[1] is not None and random.random() < 0.4
                enforced = _change(random, days) if practice else None
                rows.append(Row(f"{citizenship}/{code}/{len(rows)}", citizenship, code, period, *limit, enforced))
    return _with_rival(random, rows)


def _with_rival(random: Random, rows: list[Row]) -> list[Row]:
    """At times one row has a rival that says otherwise."""
    own = [row for row in rows if row.citizenship == "AAA"]
    if not own or random.random() > 0.12:
        return rows
    row, (per_entry, days, window) = random.choice(own), random.choice(LIMITS)
    rival = replace(row, name="rival", code=f"{row.code}-again", per_entry=per_entry, days=days, window=window)
    rival = replace(rival, rivals=(row.name,), enforced=None)
    return [replace(other, rivals=("rival",)) if other is row else other for other in rows] + [rival]


def _titles(random: Random, days: list[date], entries: list[date]) -> list[Title]:
    titles = _regime_titles(random, entries)
    if random.random() < 0.12:
        limit = random.choice([limit for limit in LIMITS if limit[0] or limit[1]])
        titles.append(Title("limit", "limit", stays_begun=random.random() < 0.3, limit=limit, fact=_condition(random)))
    if random.random() < 0.85:
        longest = random.choice([None, None, None, 5, 30])
        titles.append(Title("permit", "paper", kinds=("permit", "card"), outside=True, days=longest))
    if random.random() < 0.3:
        begun = random.random() < 0.3
        period = (_change(random, days), None) if random.random() < 0.3 else (LONG_AGO, None)
        titles.append(Title("visa", "paper", period, begun, kinds=("visa",), outside=begun, fact=_condition(random)))
    titles += _terms(random, days)
    names = [title.name for title in titles if title.shape in ("regime", "limit", "paper")]
    if random.random() < 0.1:
        start, name = random.choice(["fined", "entry.date", random.choice(days)]), random.choice(names)
        term = random.choice([0, 5, 15])
        titles.append(
            Title("end", "ends", start=start, days=term, surely=random.random() < 0.6, overrides=(name,), fact="guest")
        )
    if random.random() < 0.08:
        exception = Title("exception", "term", start="entry.date", days=7, overrides=(random.choice(names),))
        titles.append(replace(exception, fact=random.choice(["guest", "worker"])))
        if random.random() < 0.5:
            over = random.choice(["exception", "end"])
            titles.append(Title("counter", "term", start=random.choice(days), days=3, fact="worker", overrides=(over,)))
    return random.sample(titles, len(titles))


def _regime_titles(random: Random, entries: list[date]) -> list[Title]:
    """The rows under one title, under an old one and a new one that counts anew, or one title for each code."""
    begun, empty_is_unknown = random.random() < 0.2, random.random() < 0.6
    plain = Title(
        "free", "regime", stays_begun=begun, codes=("a", "a-again", "b", "b-again"), empty_is_unknown=empty_is_unknown
    )
    day = random.choice(entries)
    kind = random.random()
    if kind < 0.15:
        return [plain]
    if kind < 0.5:
        old, new = (LONG_AGO, (day, day)), ((day, day), None)
        return [replace(plain, name="old", period=old), replace(plain, name="new", period=new, counts_from=day)]
    if kind < 0.85:
        return [replace(plain, counts_from=day)]
    other = Title("other", "regime", codes=("b", "b-again"), counts_from=day, fact=_condition(random))
    return [replace(plain, codes=("a", "a-again")), replace(other, under=random.choice([{}, {"mercy": "shown"}]))]


def _condition(random: Random) -> str | None:
    return random.choice([None, None, "guest", "worker"])


def _terms(random: Random, days: list[date]) -> list[Title]:
    terms = []
    if random.random() < 0.1:
        start = random.choice(["entry.date", "fined", random.choice(days)])
        terms.append(Title("term", "term", start=start, days=random.choice([0, 3, 10]), fact=_condition(random)))
    if random.random() < 0.08:
        period = (LONG_AGO, None) if random.random() < 0.5 else (_change(random, days), None)
        terms.append(Title("grace", "term", period, start="stay.titles_end", days=random.choice([2, 10])))
    return terms


def _bars(random: Random, days: list[date]) -> list[Title]:
    if random.random() > 0.12:
        return []
    start = random.choice([None, "fined", random.choice(days)])
    period = ((_change(random, days)), None) if random.random() < 0.3 else (LONG_AGO, None)
    if start is None:
        day = random.choice(days)
        period = (LONG_AGO, (day + timedelta(days=20), day + timedelta(days=20)))
    return [Title("bar", "bar", period, start=start, days=30, fact=_condition(random))]


# --- what is given about it ------------------------------------------------------------------------------------------


def _papers(random: Random, days: list[date]) -> list[tuple[str, date, date | None]]:
    papers = []
    for _ in range(random.choice([0, 0, 1, 1, 2, 3])):
        since = random.choice(days) + timedelta(days=random.choice([-10, -1, 0, 0, 1, 5]))
        until = None if random.random() < 0.04 else since + timedelta(days=random.choice([0, 4, 5, 6, 19, 30, 45]))
        papers.append((random.choice(["permit", "permit", "card", "visa", "licence"]), since, until))
    return papers


def _facts(random: Random, days: list[date]) -> dict[str, bool | date]:
    """Yes, no, or not said."""
    facts: dict[str, bool | date] = {}
    for name in ("guest", "worker", "papers.all_given"):
        if random.random() < 0.8:
            facts[name] = random.random() < 0.5
    if random.random() < 0.7:
        facts["fined"] = random.choice(days)
    return facts
