"""Letters about questions to the law of a day, and about files of worked cases: what is wrong, and what to do."""

from __future__ import annotations

from koshiqon.render.phrases import N_

LAW_FAULTS: dict[str, str] = {
    "law_days_out_of_order": N_(
        "FROM is {first} and TO is {last}, so no day lies between them. Write the earlier day first."
    ),
    "no_rule_known": N_(
        "No rule of {country} is known for {day}. The first one begins on {first}. Ask about a day from then on."
    ),
    "rule_kind_unknown": N_("«{value}» is no kind of rule. Known are: {known}. Several are separated by commas."),
    "worked_no_list": N_(
        "this file holds no worked cases. It is a list, each entry with case, sources, on and expect; "
        "docs/reference/worked-cases.md shows the form."
    ),
    "worked_expects_nothing": N_(
        "nothing is expected, so this case could never fail. Write what must come out, such as last_lawful_day."
    ),
    "worked_expectation_empty": N_(
        "{field} is empty, so it says nothing of what must come out. Write a value, or a field of the record, or leave "
        "it out; [] in place of a list expects that there is none."
    ),
    "worked_not_asked": N_(
        "{field} is no part of the answer to a case that asks «{asks}», so nothing could be compared. Write asks: stay "
        "or asks: status, or expect something else."
    ),
    "worked_name_unknown": N_(
        "{field}: the country has nothing called «{name}», so it could never be found. Near to it: {near}. Mend the "
        "name."
    ),
    "worked_outcome_unfounded": N_(
        "the outcome is «{outcome}», but what is expected does not say so. An unknown case expects something unknown, "
        "a conflict names one or expects two sums, a known case expects neither. Mend one of the two."
    ),
    "worked_because": N_(
        "the outcome is «{outcome}»: a case that is unknown or in conflict says in «because» which question or "
        "conflict of the country leaves it open, and a known case has no «because». Mend one of the two."
    ),
    "worked_because_unknown": N_(
        "«{name}» is no question or conflict of the country, so nothing shows why the case is open. Near to it: {near}."
    ),
}
