"""What every measure of a stay means, one day after another: slow, obvious, and shares nothing with the program.

A stay is a pair (entry, exit), exit None: still there. A reading is a tuple: does the day of entry count, does the day
of exit count, pairs (since, until) of days that do not count (until is the first day that counts again, None: never),
and the day from which entries count in a window (None: all). A law is a list of (since, per entry, in window, window)
by day, each in force until the next.
"""

from datetime import timedelta

ONE = timedelta(days=1)


def is_uncounted(day, reading):
    return any(since <= day and (until is None or day < until) for since, until in reading[2])


def is_present(stay, day):
    entry, leave = stay
    return entry <= day and (leave is None or day <= leave)


def counts(stay, day, reading):
    entry, leave = stay
    if not is_present(stay, day) or is_uncounted(day, reading):
        return False
    if day == entry and not reading[0]:
        return False
    return not (day == leave and not reading[1])


def counts_in_a_window(stay, day, reading):
    return (reading[3] is None or stay[0] >= reading[3]) and counts(stay, day, reading)


def days_of_stay(stay, on, reading):
    number, day = 0, stay[0]
    while day <= on:
        number += counts(stay, day, reading)
        day += ONE
    return number


def days_in_window(stays, on, window, reading):
    days = [on - back * ONE for back in range(window)]
    return sum(any(counts_in_a_window(stay, day, reading) for stay in stays) for day in days)


def days_of_absence(stays, first, last):
    number, day = 0, first
    while day <= last:
        number += not any(is_present(stay, day) for stay in stays)
        day += ONE
    return number


def used_days_back(stays, on, window, reading):
    """Each day after `on` on which a used day leaves the window, for a person who is away after `on`."""
    days = [on - back * ONE for back in range(window)]
    used = [day for day in days if any(counts_in_a_window(stay, day, reading) for stay in stays)]
    return sorted(day + window * ONE for day in used)


def in_force(law, day):
    return [row for row in law if row[0] <= day][-1]


def used_days(stays, reading, through):
    """Every day that counts in a window, through a day."""
    used = set()
    for stay in stays:
        day = stay[0]
        while day <= through:
            if counts_in_a_window(stay, day, reading):
                used.add(day)
            day += ONE
    return used


def exceeded(spent, used, stay, law, day, reading):
    """Which limits the stay exceeds on `day`: a set of "entry" and "window". Before that day `spent` days of the stay
    counted, and `used` are the days that count in a window.
    """
    _, per_entry, in_window, window = in_force(law, day)
    if is_uncounted(day, reading):
        return set()
    found = set()
    if per_entry is not None and (per_entry == 0 or spent + counts(stay, day, reading) > per_entry):
        found.add("entry")
    if counts_in_a_window(stay, day, reading):
        used = used | {day}
    if in_window is not None:
        before_it = day - window * ONE
        if sum(before_it < one <= day for one in used) > in_window:
            found.add("window")
    return found


def walk(stays, law, reading, horizon):
    """Each day of the last stay, with the limits exceeded if the person is there as recorded, and if it leaves then."""
    earlier, stay = stays[:-1], stays[-1]
    spent, used = 0, used_days(earlier, reading, horizon)
    day, leave = stay
    while day <= horizon and (leave is None or day <= leave):
        leaving = (stay[0], day)
        yield (
            day,
            exceeded(spent, used, stay, law, day, reading),
            exceeded(spent, used, leaving, law, day, reading),
        )
        spent += counts(stay, day, reading)
        if counts_in_a_window(stay, day, reading):
            used.add(day)
        day += ONE


def first_unlawful_day(stays, law, reading, horizon):
    """The day, and which limits are exceeded on it."""
    for day, here, _ in walk(stays, law, reading, horizon):
        if here:
            return day, here
    return None, set()


def last_lawful_day(stays, law, reading, horizon):
    """Try each day of exit in turn until one makes a day of the stay unlawful."""
    staying = [*stays[:-1], (stays[-1][0], None)]
    for day, here, leaving in walk(staying, law, reading, horizon):
        if leaving:
            return day - ONE
        if here:
            return day
    return None


def earliest_reentry(stays, law, on, reading, horizon):
    """Try to enter on each day in turn; who is still there leaves on `on`."""
    history = [(entry, leave if leave is not None and leave <= on else on) for entry, leave in stays if entry <= on]
    used, day = used_days(history, reading, on), on
    while day <= horizon:
        if not exceeded(0, used, (day, None), law, day, reading):
            return day
        day += ONE
    return None
