"""What the assessment of a stay means, one day after another: slow, obvious, and shares nothing with the program.

A life is plain data (`lives.Life`). An answer is True (yes, lawful), False (no, unlawful) or None (nobody knows). A
stay is a pair (entry, exit), exit None: still there; the stay judged is the last of a list. A period is a pair (since,
until), each a pair of days between which the change lies; until None: it has no end. Nothing changes after the
horizon of a life any more, so who may stay until then may stay for ever.
"""

from datetime import date, timedelta

ONE = timedelta(days=1)
ENTRY, TITLES_END, ALL_PAPERS = "entry.date", "stay.titles_end", "papers.all_given"


# --- three values ----------------------------------------------------------------------------------------------------


def any_of(answers):
    answers = list(answers)
    return True if True in answers else None if None in answers else False


def all_of(answers):
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def not_(answer):
    return None if answer is None else not answer


def come(change, day):
    """Has the day of a change come? Nobody knows between its first and its last possible day."""
    first, last = change
    return False if day < first else True if day >= last else None


def in_force(period, day):
    since, until = period
    return all_of([come(since, day), True if until is None else not_(come(until, day))])


# --- rules -----------------------------------------------------------------------------------------------------------


def is_believed(rule, readings):
    return all(readings.get(name) == option for name, option in rule.under.items())


def is_present(stay, day):
    entry, leave = stay
    return entry <= day and (leave is None or day <= leave)


def day_of_law(rule, stay, day):
    """A rule for stays begun looks at the law of the day of entry, every other one at the law of the day."""
    return stay[0] if rule.stays_begun else day


def holds(rule, life, stay, day):
    condition = True if rule.fact is None else life.facts.get(rule.fact)
    return all_of([in_force(rule.period, day_of_law(rule, stay, day)), condition])


def day_called(name, life, stay, titles_end):
    """The day that a rule names, or None: nobody said it."""
    if isinstance(name, date):
        return name
    return {ENTRY: stay[0], TITLES_END: titles_end}.get(name, life.facts.get(name))


def takes_away(rule, life, readings, stay, day):
    """Does this exception take the titles away that it overrides?"""
    if rule.shape != "ends":
        there = True
    elif (start := day_called(rule.start, life, stay, None)) is None:
        there = None
    elif is_present(stay, start) and day > start + rule.days * ONE:
        there = True if rule.surely else None
    else:
        there = False
    return all_of([holds(rule, life, stay, day), there, not_(is_taken_away(rule, life, readings, stay, day))])


def is_taken_away(rule, life, readings, stay, day):
    over_it = [other for other in life.titles if rule.name in other.overrides and is_believed(other, readings)]
    return any_of(takes_away(other, life, readings, stay, day) for other in over_it)


# --- papers ----------------------------------------------------------------------------------------------------------


def under_paper(rule, life, readings, stay, day):
    """Is there a valid paper of a kind that the rule takes, and the rule in force?"""
    valid = []
    for kind, since, until in life.papers:
        if kind in rule.kinds and since <= day and (until is None or day <= until):
            valid.append(None if rule.days is not None and day > since + rule.days * ONE else True)
    taken_away = is_taken_away(rule, life, readings, stay, day)
    return all_of([any_of(valid), holds(rule, life, stay, day), not_(taken_away)])


def is_outside(life, readings, stays, day):
    """Is the day under a paper whose days count for no limit? A day of two stays is one of the later stay."""
    stay = [stay for stay in stays if is_present(stay, day)][-1]
    rules = [rule for rule in life.titles if rule.outside and is_believed(rule, readings)]
    return any_of(under_paper(rule, life, readings, stay, day) for rule in rules)


# --- counting --------------------------------------------------------------------------------------------------------


def counts(stay, day, readings, outside):
    """Does the day of a stay count, for whom days `outside` do not?"""
    entry, leave = stay
    if not is_present(stay, day) or outside:
        return False
    if day == entry and readings.get("entry_day") == "next_day":
        return False
    return not (day == leave and readings.get("exit_day") == "left_out")


def counts_on(life, readings, stays, day):
    """Does the day count for the entry of the last stay ("entry"), and in windows since each day of the law (None:
    all)? Two answers each: if a day perhaps under a paper counts, and if not.
    """
    there = [stay for stay in stays if is_present(stay, day)]
    outside = is_outside(life, readings, stays, day) if there else False
    stops, leaves = readings.get("permit_clock") != "runs_on", readings.get("permit_days") != "in_window"
    told = {}
    for since in {"entry", *(since_when(rule, readings) for rule in life.titles)}:
        if since == "entry":
            asked, left_out = [stays[-1]], stops
        else:
            asked, left_out = [stay for stay in there if since is None or stay[0] >= since], leaves
        told[since] = [
            any(counts(stay, day, readings, left_out and surely) for stay in asked)
            for surely in (outside is True, outside is not False)
        ]
    return told


def used_days(life, readings, stays, last):
    """How many days have counted by the end of each day; days so long before the last stay that no window holds them
    are left out.
    """
    day, used = stays[-1][0] - life.longest_window * ONE, {}
    while day <= last:
        add_day(used, counts_on(life, readings, stays, day), day)
        day += ONE
    return used


def add_day(used, told, day):
    for since, (most, least) in told.items():
        totals = used.setdefault(since, {})
        before = totals.get(day - ONE, (0, 0))
        totals[day] = (before[0] + most, before[1] + least)


def since_when(rule, readings):
    """The day from which entries count in a window."""
    return None if readings.get("earlier_entries") == "counted" else rule.counts_from


def in_window(used, day, window, since):
    """Days used in the window that ends with a day, at most and at least."""
    now, before = used[since].get(day, (0, 0)), used[since].get(day - window * ONE, (0, 0))
    return now[0] - before[0], now[1] - before[1]


def within(limit, used, day, since):
    """Within the limit however many days count; or not, however few."""
    per_entry, days, window = limit
    told = [True, True]
    if per_entry is not None:
        told = [per_entry > 0 and spent <= per_entry for spent in used["entry"][day]]
    if days is not None:
        told = [fits and spent <= days for fits, spent in zip(told, in_window(used, day, window, since), strict=True)]
    most, least = told
    return True if most else None if least else False


# --- what a title covers ---------------------------------------------------------------------------------------------


def rows_of(life, citizenship):
    return [row for row in life.rows if row.citizenship == citizenship]


def window_applies(row, readings, day):
    """Is the window of a row applied on the day? The reading `practice` waits until the border does so."""
    return True if readings.get("limits") != "practice" or row.enforced is None else come(row.enforced, day)


def by_row(row, rule, life, readings, stay, day, used):
    """Is the day within the limits of the row? None also where the row sets no limit to an entry: nobody knows how
    long one may stay.
    """
    law_of, since = day_of_law(rule, stay, day), since_when(rule, readings)
    if row.per_entry is None:
        return None
    entry_alone = within((row.per_entry, None, None), used, day, since)
    if row.window is not None:
        full = within((row.per_entry, row.days, row.window), used, day, since)
        applied = window_applies(row, readings, law_of)
        return full if applied or full == entry_alone else entry_alone if applied is False else None
    general = [
        other
        for other in rows_of(life, "*")
        if other.window is not None
        and in_force(other.period, law_of) is not False
        and window_applies(other, readings, law_of) is not False
    ]
    if not general or not rule.empty_is_unknown:
        return entry_alone
    narrower = [within((row.per_entry, other.days, other.window), used, day, since) for other in general]
    return True if all(told is True for told in narrower) else None if entry_alone is not False else False


def by_regime(rule, life, readings, stay, day, used):
    """Each row on its own days; where a row that contradicts it may be in force and says otherwise, nobody knows."""
    law_of = day_of_law(rule, stay, day)
    rows = [row for row in rows_of(life, life.citizenship) if row.code in rule.codes]
    force = {row.name: in_force(row.period, law_of) for row in rows}
    told = {
        row.name: all_of([force[row.name], by_row(row, rule, life, readings, stay, day, used)])
        for row in rows
        if force[row.name] is not False
    }
    agreed = [
        told[row.name] if all(told.get(rival, told[row.name]) == told[row.name] for rival in row.rivals) else None
        for row in rows
        if row.name in told
    ]
    return any_of(agreed)


def covers(rule, life, readings, stay, day, used, titles_end):
    """Is the day one that this title speaks of, if its rule holds?"""
    if rule.shape == "paper":
        return under_paper(rule, life, readings, stay, day)
    if rule.shape == "regime":
        return by_regime(rule, life, readings, stay, day, used)
    if rule.shape == "limit":
        return within(rule.limit, used, day, since_when(rule, readings))
    if rule.shape == "term":
        start = day_called(rule.start, life, stay, titles_end)
        return None if start is None else start <= day <= start + rule.days * ONE
    return False


def is_silent(life, day):
    """May it be that no row speaks of the citizenship? Nothing follows from silence, so nobody knows.

    Every way in which the changes of which nobody knows the day may have come or not is tried. One row may end by the
    very change by which another begins.
    """
    if not any(rule.shape == "regime" for rule in life.titles):
        return False
    periods = [row.period for row in rows_of(life, life.citizenship)]
    doubtful = {change for period in periods for change in period if change and come(change, day) is None}
    worlds = [{}]
    for change in doubtful:
        worlds = [{**world, change: has_come} for world in worlds for has_come in (True, False)]
    return any(not any(holds_in(world, period, day) for period in periods) for world in worlds)


def holds_in(world, period, day):
    since, until = (world.get(change, change is not None and come(change, day)) for change in period)
    return since and not until


# --- how each day stands ---------------------------------------------------------------------------------------------


def standing(life, readings, stay, day, used, titles, titles_end):
    """Lawful if any title covers the day, unlawful if surely none does."""
    told = [None] if is_silent(life, day) else []
    for rule in titles:
        if is_believed(rule, readings):
            answer = covers(rule, life, readings, stay, day, used, titles_end)
            taken_away = is_taken_away(rule, life, readings, stay, day)
            told.append(all_of([holds(rule, life, stay, day), answer, not_(taken_away)]))
    answer = any_of(told)
    asks = life.asks_for_all_papers and life.facts.get(ALL_PAPERS) is not True
    return None if answer is False and asks else answer


def first_titles(life):
    """All but those that ask when the others end."""
    return [rule for rule in life.titles if rule.start != TITLES_END]


def stand(life, readings, stays, last, titles, titles_end):
    """How each day of the last stay stands by these titles, through its exit or the day `last`."""
    stay = stays[-1]
    used, day = used_days(life, readings, stays, stay[0] - ONE), stay[0]
    while day <= last and is_present(stay, day):
        add_day(used, counts_on(life, readings, stays, day), day)
        yield day, standing(life, readings, stay, day, used, titles, titles_end)
        day += ONE


def walk(life, readings, stays, last):
    """How each day of the last stay stands, through its exit or the day `last`: one day after another."""
    first, end = first_titles(life), None
    if first != life.titles:
        end = end_of_titles(stand(life, readings, stays, last, first, None), stays[-1])
    return stand(life, readings, stays, last, life.titles, end)


def end_of_titles(told, stay):
    """The last day covered without a gap; None where nobody knows it, or where it never comes."""
    for day, answer in told:
        if answer is not True:
            return None if answer is None else day - ONE
    return stay[1]


def last_lawful_day(life, readings, stays, asked):
    """Of the lawful days that the day asked belongs to, or of those before it, if the person stayed on; None: never
    ends.
    """
    *before, (entry, _) = stays
    last = entry - ONE
    for day, answer in walk(life, readings, [*before, (entry, None)], life.horizon):
        if answer is True and (day <= asked or last == day - ONE):
            last = day
        elif day >= asked:
            break
    else:
        return None
    if readings.get("exit_day") == "left_out":
        leaves = [*before, (entry, last + ONE)]
        if dict(walk(life, readings, leaves, last + ONE))[last + ONE] is True:
            return last + ONE
    return last


def overstay_days(life, readings, stays, through):
    return sum(answer is False for _, answer in walk(life, readings, stays, through))


def days_back(life, readings, stays, through, window, since):
    """The days on which days used in the window that ends `through` leave it."""
    days = [through - back * ONE for back in range(window)]
    used = used_days(life, readings, stays, through)
    return sorted(day + window * ONE for day in days if in_window(used, day, 1, since)[0])


# --- coming again ----------------------------------------------------------------------------------------------------


def is_barred(bar, life, readings, stay, day):
    if not is_believed(bar, readings):
        return False
    there = True
    if bar.start is not None:
        start = day_called(bar.start, life, stay, None)
        there = None if start is None else start <= day <= start + bar.days * ONE
    return all_of([holds(bar, life, stay, day), there])


def may_enter(life, readings, stay, used):
    """Is the day of entry of a stay lawful, and does nothing bar it?"""
    day, end = stay[0], None
    if (first := first_titles(life)) != life.titles:
        end = end_of_titles([(day, standing(life, readings, stay, day, used, first, None))], stay)
    lawful = standing(life, readings, stay, day, used, life.titles, end)
    return all_of([lawful, *(not_(is_barred(bar, life, readings, stay, day)) for bar in life.bars)])


def earliest_entry(life, readings, stays, on):
    """Try to enter on each day in turn; who is still there leaves on `on`. The answer, the day, and until when one may
    stay then; where no day is surely lawful, the first day on which entry may be.
    """
    gone = [(entry, on if leave is None or leave > on else leave) for entry, leave in stays]
    used = used_days(life, readings, [*gone, (on, None)], on - ONE)
    doubtful, day = None, on
    while day <= life.horizon:
        entered = [*gone, (day, None)]
        add_day(used, counts_on(life, readings, entered, day), day)
        answer = may_enter(life, readings, entered[-1], used)
        if answer is True:
            return True, day, last_lawful_day(life, readings, entered, day)
        if answer is None and doubtful is None:
            doubtful = day
        stays_away = [*gone, (date.max, None)]
        add_day(used, counts_on(life, readings, stays_away, day), day)
        day += ONE
    return (False if doubtful is None else None), doubtful, None


def fit(life, readings, stays, on):
    """Do all days of the trip in mind stand in law, and which is the first that does not surely?"""
    planned = [*((entry, on if leave is None else leave) for entry, leave in stays), life.plan]
    entry, leave = life.plan
    enters = may_enter(life, readings, life.plan, used_days(life, readings, planned, entry))
    if enters is not True:
        return enters, entry
    told = dict(walk(life, readings, planned, leave))
    return all_of(told.values()), next((day for day, answer in told.items() if answer is not True), None)
