"""Letters about one person's case: what is wrong in an option, a case file or a table of people, and what to do."""

from __future__ import annotations

from koshiqon.render.phrases import N_

CASE_FAULTS: dict[str, str] = {
    # days and trips
    "case_not_a_day": N_("{field}: «{value}» is no day. Write YYYY-MM-DD, such as 2026-11-22."),
    "case_no_such_day": N_("{field}: the calendar has no day {value}. Mend the day or the month."),
    "case_day_too_far": N_(
        "{field}: {value} is no day of a life today. Days from {first} to {last} can be judged. Mend the year."
    ),
    "case_not_a_trip": N_(
        "{field}: «{value}» is no trip. Write ENTRY:EXIT, such as 2026-08-01:2026-08-20; leave EXIT empty while the "
        "person is in the country. In a file: {{entry: 2026-08-01, exit: 2026-08-20}}, or the same in quotes."
    ),
    "case_exit_before_entry": N_(
        "{field}: the trip ends on {exit}, before it begins on {entry}. Exchange the two days if they stand in the "
        "wrong order; leave the exit empty if the person is still in the country."
    ),
    "case_trips_overlap": N_(
        "{field}: the trips {earlier} and {later} overlap, and nobody is in a country twice. Add the missing exit or "
        "mend the later entry. Leaving and coming back on one day is no overlap."
    ),
    "case_trip_twice": N_("{field}: one trip is given twice. Keep one of the two."),
    "case_trip_ahead": N_(
        "{field}: the trip that begins on {entry} is still ahead on the day asked, {on}. Give it as the trip in mind "
        "(plan), or ask about a later day (on)."
    ),
    "case_plan_in_past": N_(
        "{field}: the trip in mind begins on {entry}, before the day asked, {on}. Give it as a trip, or ask about an "
        "earlier day (on)."
    ),
    "case_plan_over_trip": N_(
        "{field}: the trip in mind, {plan}, and the trip {trip} overlap, and nobody is in a country twice. Let the "
        "trip in mind begin after that exit, or mend the exit."
    ),
    "case_plan_without_end": N_(
        "{field}: the trip in mind that begins on {entry} has no last day, so nobody can tell whether it fits. Write "
        "ENTRY:EXIT."
    ),
    # permits
    "case_not_a_permit": N_(
        "{field}: «{value}» is no permit. Write KIND:FIRST:LAST, such as trp:2026-03-01:2026-06-01; leave LAST empty "
        "if no end is set. In a file: {{kind: trp, since: 2026-03-01, until: 2026-06-01}}, or the same in quotes."
    ),
    "case_permit_unknown": N_(
        "{field}: «{value}» is no kind of paper of this country. Near to it: {near}. Known are: {known}."
    ),
    "case_permit_backwards": N_(
        "{field}: the paper ends on {until}, before it begins on {since}. Exchange the two days if they stand in the "
        "wrong order."
    ),
    # citizenship
    "case_citizenship_near": N_(
        "{field}: «{value}» is no citizenship in three letters of ISO 3166-1. Perhaps you mean: {near}."
    ),
    "case_citizenship_unknown": N_(
        "{field}: «{value}» is no citizenship. Write the three letters of ISO 3166-1, such as UZB, or XXA for a "
        "stateless person."
    ),
    "case_two_citizenships": N_(
        "{field}: {value} are several citizenships, and different days may hold for each. Give the one of the passport "
        "used to enter; ask again for another."
    ),
    "case_own_citizen": N_(
        "{field}: {value} is this country itself. Its citizens may stay in it without a limit; these rules speak of "
        "foreigners."
    ),
    # facts and readings
    "case_fact_unknown": N_(
        "{field}: «{name}» is no fact that this country asks about. Near to it: {near}. Mend the name or remove it."
    ),
    "case_fact_value": N_("{field}: «{value}» does not answer {name}. Write it like this: {allowed}."),
    "case_fact_elsewhere": N_(
        "{field}: {name} follows from the citizenship and the trips. Give it there and remove it here."
    ),
    "case_fact_form": N_("{field}: «{value}» is no fact. Write NAME=VALUE, such as penalty.given=yes."),
    "case_given_twice": N_("{field}: «{name}» is given twice, with different values. Keep one."),
    "case_reading_form": N_("{field}: «{value}» is no reading. Write NAME=OPTION, such as limits=practice."),
    "case_reading_unknown": N_("{field}: «{value}» is no open reading of this country's law. Known are: {known}."),
    "case_option_unknown": N_("{field}: «{value}» is no option of the reading {reading}. Known are: {known}."),
    # files and doors
    "case_file_unreadable": N_("{path} cannot be opened: {reason}. Check the name and the folder."),
    "case_file_empty": N_("this is no case. A case is a record of these fields: {fields}."),
    "case_field_unknown": N_(
        "«{field}» is no field of a case, so nobody would read it. Near to it: {near}. Mend its name or remove it."
    ),
    "case_or_options": N_(
        "--case holds a whole case, so {options} cannot stand beside it. Write it into the file, or leave out --case."
    ),
    "table_or_case": N_(
        "--table asks about many people, so {options} cannot stand beside it. Write them into the table, or leave "
        "out --table."
    ),
    "table_out_unknown": N_("{path}: a table is written as .csv or .xlsx. Give --out such a name."),
    "table_out_needed": N_("--out belongs to --table: it names the file of answers. Add --table, or leave out --out."),
}

CASE_VERDICTS: dict[str, str] = {
    "table_answered": N_("{good} rows answered, {bad} could not be read: see the column «{column}»."),
}
