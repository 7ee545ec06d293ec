"""Words for the codes that an assessment of a stay may hold; the codes of a country have theirs in the country."""

from __future__ import annotations

from koshiqon.render.phrases import N_

STANDING: dict[str, str] = {
    "lawful": N_("lawful"),
    "unlawful": N_("unlawful"),
    "unknown": N_("cannot be told"),
}

VERDICTS: dict[str, str] = {
    "yes": N_("yes"),
    "no": N_("no"),
    "unknown": N_("unknown"),
}

BY: dict[str, str] = {
    "person": N_("you"),
    "host": N_("the host"),
    "employer": N_("the employer"),
    "sponsor": N_("whoever invited you"),
    "authority": N_("the authority"),
}

OF: dict[str, str] = {
    "person": N_("for you"),
    "stay": N_("for this stay"),
    "host": N_("for the host"),
    "employer": N_("for the employer"),
}

TOUCHES: dict[str, str] = {
    "intervals": N_("which days are lawful"),
    "duties": N_("duties"),
    "consequences": N_("what follows from an overstay"),
    "bars": N_("what stands against entry"),
    "reentry": N_("the day of return"),
    "plan": N_("the trip in mind"),
}

MARKS: dict[str, str] = {
    "counted": N_("in the country, the day counts"),
    "uncounted": N_("in the country, the day does not count"),
    "unlawful": N_("unlawful"),
    "unknown": N_("cannot be told"),
    "ahead": N_("you may still stay"),
    "planned": N_("trip in mind"),
    "away": N_("not in the country"),
}

MARKS_OF_HISTORY: dict[str, str] = {
    "counted": N_("lawful, the day counts"),
    "uncounted": N_("lawful, the day does not count"),
    "unlawful": N_("unlawful"),
    "unknown": N_("cannot be told"),
    "away": N_("not in the country"),
}
"""What the marks say in the calendar of a worked history, in which every stay is judged."""

MEASURES: dict[str, str] = {
    "on": N_("the day judged"),
    "entry.date": N_("day of entry"),
    "person.citizenship": N_("citizenship"),
    "stay.days": N_("days of this stay so far"),
    "stay.days_in_window": N_("days used in the period"),
    "stay.titles_end": N_("last day covered by the other titles"),
    "overstay.days": N_("unlawful days of this stay so far"),
    "stay.lawful_today": N_("is the day judged lawful?"),
    "visit.planned_days": N_("days from entry to the planned exit"),
    "regime.exists": N_("is there a visa-free regime?"),
    "regime.days_per_entry": N_("days a visit under the visa-free regime"),
}

PENALTIES: dict[str, str] = {
    "warning": N_("a warning"),
    "fine": N_("a fine"),
    "arrest": N_("arrest"),
    "prison": N_("prison"),
}
"""Kinds of penalty that the program itself knows; a country adds its own under the scheme `penalty`."""
