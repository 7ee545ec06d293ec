"""Sentences and words of the pages about a register, by code, in English; locale/ holds the other languages."""

from __future__ import annotations

from koshiqon.render.phrases import N_

REGISTER_SAYS: dict[str, str] = {
    "title": N_("Stays in a border register, judged by the law"),
    "country": N_("{country}, through {day}"),
    "no_decision": N_(
        "This page counts stays. It decides about nobody, and no decision about a person may rest on it."
    ),
    "synthetic": N_(
        "Every person and crossing in it was made up by a program. No figure here says anything about real people."
    ),
    "percent": N_("{number}%"),
    # findings
    "found_yes": N_("{yes} of {stays} stays surely lasted longer than the law allowed: {share}."),
    "found_yes_hidden": N_("How many of {stays} stays surely lasted longer than the law allowed may not be told."),
    "found_unknown": N_("{unknown} stays ({share}) cannot be judged from what this register holds."),
    "found_derived": N_(
        "{derived} stays ({share}) rest on a guess, because a crossing is missing or contradicts another. They "
        "are counted apart."
    ),
    "found_persons": N_("{yes} of {persons} persons surely stayed longer than allowed at least once: {share}."),
    # charts
    "chart_certainty": N_("{share} of stays surely lasted too long, {unknown} cannot be told"),
    "chart_certainty_plain": N_("How sure the judgement is"),
    "chart_certainty_measured": N_("Stays by how sure the judgement is."),
    "chart_citizenship": N_("Most stays that surely lasted too long: {citizenship}, {count}"),
    "chart_citizenship_plain": N_("Stays that surely lasted too long, by citizenship"),
    "chart_citizenship_measured": N_(
        "Stays that surely lasted longer than allowed, and their share of all stays of the citizenship. A "
        "hidden number has no bar."
    ),
    "chart_month": N_("Stays that surely lasted too long were most among entries of {month}: {count}"),
    "chart_month_plain": N_("Stays that surely lasted too long, by month of entry"),
    "chart_year": N_("Stays that surely lasted too long were most among entries of {year}: {count}"),
    "chart_year_plain": N_("Stays that surely lasted too long, by year of entry"),
    "chart_time_measured": N_(
        "Stays that surely lasted longer than allowed, by entry. A hidden number is a gap with {sign}. The last"
        " stays may not have ended yet."
    ),
    "data_below": N_("The figures"),
    # tables
    "table_citizenship": N_("Stays by citizenship"),
    "table_persons_citizenship": N_("Persons by citizenship"),
    "persons_note": N_(
        "Each person is counted once: with the citizenship of the latest stay, under the worst that any stay "
        "turned out to be."
    ),
    "table_overstay": N_("Stays that surely lasted too long, by how much"),
    "table_consequence": N_("What the law says of these stays"),
    "consequence_note": N_(
        "The rule whose condition is met by the days alone. Whether somebody is punished, an officer or a court"
        " decides."
    ),
    "table_sex_age": N_("Stays by sex and age at entry"),
    "age_note": N_("Age is the year of entry less the year of birth, so it may be a year too high."),
    "table_purpose": N_("Stays by purpose of the visit"),
    "table_title": N_("Stays by the title that they rest on"),
    "table_reason": N_("Stays that cannot be judged, by what is missing"),
    "reason_note": N_("A stay for which several things are missing is counted under «several reasons»."),
    "table_end": N_("Stays that have ended, and stays without an exit"),
    "end_note": N_("A stay without an exit may be a person who is still here, or an exit that nobody recorded."),
    "table_guess": N_("Stays that rest on a guess, and how they would be judged"),
    "table_marks": N_("What cleaning found, by row of the input"),
    "marks_note": N_(
        "No row was thrown away: each is part of a stay, in the list of duplicates or in quarantine. A row may "
        "have several marks."
    ),
    # warnings
    "warn_law": N_(
        "The figures rest on rules as this program holds them. Rules of acts read only to an earlier day may "
        "have changed since."
    ),
    "warn_open": N_(
        "{open} stays have no exit. Some of these people left without a record, so days that look unlawful may "
        "not have been."
    ),
    "warn_overlap": N_("A count of stays is no count of persons: who crosses often is counted often."),
    "warn_registered": N_(
        "Counted is who crosses at checkpoints and is written down. Who never crossed one is not here."
    ),
    # assumptions
    "reading_line": N_("{reading} {option}"),
    "assume_permits_absent": N_(
        "No table of permits was given. A stay that a permit would cover is therefore unknown, not unlawful."
    ),
    "assume_permits_partial": N_(
        "The table of permits is declared partial. Who is not in it may still hold one, so such a stay is unknown."
    ),
    "assume_permits_complete": N_(
        "The table of permits is declared complete. Who is not in it is judged as holding none."
    ),
    "assume_penalties_absent": N_("No table of penalties was given, so earlier penalties are unknown."),
    "assume_penalties_partial": N_(
        "The table of penalties is declared partial. Who is not in it may still have had one."
    ),
    "assume_penalties_complete": N_(
        "The table of penalties is declared complete. Who is not in it is judged as having had none."
    ),
    "assume_links_absent": N_(
        "No table of linked documents was given. Who used two passports is counted as two persons."
    ),
    "assume_links_partial": N_(
        "The table of linked documents is declared partial. Some who used two passports are counted as two persons."
    ),
    "assume_links_complete": N_(
        "The table of linked documents is declared complete: passports of one person count together."
    ),
    "assume_extracted_on_day_judged": N_(
        "Nobody said when the register was extracted. It was taken to be complete through the day judged."
    ),
    "assume_zone_of_register": N_("Checkpoints that name no time zone were taken to lie in the register’s own."),
    "assume_facts_of_door": N_("Facts that the register does not hold were taken for everybody as the command said."),
    "only_where": N_("Only these stays were counted: {where}"),
    "read_until": N_("{act}: read until {day}"),
    # what is hidden
    "hidden_why": N_(
        "A number from 1 to {most} is hidden, and so is a number of stays made by fewer than {threshold} "
        "persons. Further numbers are hidden so that none can be computed back. {sign} stands for each, "
        "whatever the reason. A zero is a zero."
    ),
    "hidden_folded": N_(
        "Groups too small to be named are counted together as «others». In tables of years and months, so are "
        "years with few stays."
    ),
    "hidden_months": N_("Months have too few stays in this register, so no table of months is published."),
    "hidden_lost": N_("{table}: {cells} numbers hidden; {share} of stays stand only in totals."),
    "hidden_cells": N_("{table}: {cells} numbers hidden."),
    "hidden_none": N_("No number had to be hidden in these tables."),
    # reforms
    "reform_title": N_("What a change of law would touch"),
    "reform_fixed": N_(
        "Crossings are held fixed: the same people cross on the same days under both laws. In truth behaviour "
        "would change, so this is no forecast."
    ),
    "reform_since": N_("The law is changed from {day} on; what was before stays as it was."),
    "reform_stays": N_(
        "Stays that surely last too long: {before} by the law as it is, {after} by the law as changed ({difference})."
    ),
    "reform_persons": N_(
        "Persons with such a stay: {before} by the law as it is, {after} by the law as changed ({difference})."
    ),
    "reform_days": N_(
        "Surely unlawful days: {before} by the law as it is, {after} by the law as changed ({difference})."
    ),
    "reform_unknown_days": N_(
        "Days that cannot be told: {before} by the law as it is, {after} by the law as changed ({difference})."
    ),
    "reform_nothing": N_("No stay in this register could be compared."),
    "reform_derived": N_(
        "Left out are {derived} stays that rest on a guess: of these nothing is sure under either law."
    ),
    "reform_hidden": N_(
        "A sum of days is hidden too where few persons make it, or where it differs for few persons. A difference is "
        "not told where one of its two numbers is hidden."
    ),
    "reform_months": N_("Stays that began before the law is changed are counted together, whatever their month."),
    "chart_reform": N_("The change is largest for {citizenship}: {difference} stays"),
    "chart_reform_told": N_("The largest change that may be told: {citizenship}, {difference} stays"),
    "chart_reform_plain": N_("Stays that surely last too long by both laws, by citizenship"),
    "chart_reform_measured": N_(
        "Stays that surely last longer than allowed: hollow by the law as it is, filled by the law as changed. "
        "Crossings held fixed. Groups with a hidden number are not drawn."
    ),
    "table_reform_citizenship": N_("Stays that surely last too long, by citizenship"),
    "table_reform_purpose": N_("Stays that surely last too long, by purpose of the visit"),
    "table_reform_sex": N_("Stays that surely last too long, by sex"),
    "table_reform_age": N_("Stays that surely last too long, by age at entry"),
    "table_reform_entered": N_("Stays that surely last too long, by month of entry"),
    "table_reform_persons": N_("Persons with a stay that surely lasts too long, by citizenship"),
    "table_reform_days": N_("Surely unlawful days, by citizenship"),
    "table_reform_unknown_days": N_("Days that cannot be told, by citizenship"),
    "days_note": N_(
        "A sum is hidden where fewer than {threshold} persons make it. Even so one person may make most of a small sum."
    ),
    "table_sides": N_("Stays that change side"),
    "table_examples": N_("Examples of who changes side"),
    "examples_synthetic": N_("These people were made up."),
    "examples_consented": N_("These people agreed to be shown."),
    "stay_open": N_("{entry}, no exit recorded"),
    "stay_ended": N_("{entry} to {exit}"),
    "no_rule": N_("no title covers it"),
    "stays_more": N_("earlier ones: {number}"),
    "rule_of_both": N_("{rule}: {text}."),
    "rule_of_law": N_("{rule}, {law}: {text}."),
    "first_unlawful": N_("unlawful from {day}"),
    "overlong_days": N_("unlawful days: {days}"),
}

REGISTER_TITLES: dict[str, str] = {
    "care": N_("Read with care"),
    "found": N_("What was found"),
    "citizenship": N_("By citizenship"),
    "time": N_("By time of entry"),
    "follows": N_("How long, and what follows"),
    "whom": N_("By sex, age, purpose and title"),
    "unknown": N_("What cannot be told, and why"),
    "cleaned": N_("What was cleaned and guessed"),
    "assumed": N_("What was assumed"),
    "law": N_("How far the law was read"),
    "hidden": N_("What is hidden"),
    "synthetic": N_("Synthetic register"),
    "edition": N_("Of which data, law and program"),
    "sides": N_("Who changes side"),
    "examples": N_("Examples"),
    "groups": N_("By purpose, sex, age and month"),
    "days": N_("Days"),
    "persons": N_("Persons"),
}

REGISTER_WORDS: dict[str, str] = {
    # dimensions
    "citizenship": N_("Citizenship"),
    "year": N_("Year of entry"),
    "month": N_("Month of entry"),
    "certainty": N_("Judgement"),
    "judged": N_("Judgement if the guess is right"),
    "ended": N_("End"),
    "sex": N_("Sex"),
    "age": N_("Age at entry"),
    "purpose": N_("Purpose"),
    "title": N_("Title"),
    "overstay": N_("Days too long"),
    "consequence": N_("Rule"),
    "reason": N_("What is missing"),
    "guess": N_("Guess"),
    "kind": N_("Mark"),
    "outcome": N_("What became of the row"),
    "before": N_("Law as it is"),
    "after": N_("Law as changed"),
    "difference": N_("Difference"),
    "entered": N_("Month of entry"),
    "person": N_("Person"),
    "stay": N_("Stay"),
    "earlier_stays": N_("Stays in the year before"),
    "count_stays": N_("Stays"),
    "count_persons": N_("Persons"),
    "count_marks": N_("Marks"),
    "all": N_("All"),
    # categories
    "other": N_("others"),
    "not_known": N_("not known"),
    "none": N_("none"),
    "certainty:yes": N_("surely too long"),
    "certainty:unknown": N_("cannot be told"),
    "certainty:no": N_("surely lawful"),
    "certainty:derived": N_("rests on a guess"),
    "ended:ended": N_("with an exit"),
    "ended:open": N_("no exit"),
    "sex:female": N_("female"),
    "sex:male": N_("male"),
    "age:0-15": N_("under 16"),
    "age:60-": N_("60 and over"),
    "overstay:366-": N_("over 365"),
    "reason:several": N_("several reasons"),
    "title:none": N_("no title found"),
    "consequence:none": N_("no rule known"),
    "outcome:stay": N_("in a stay"),
    "outcome:duplicate": N_("in the list of duplicates"),
    "outcome:quarantine": N_("in quarantine"),
    "entered:earlier": N_("earlier"),
    # marks and guesses
    "kind:row_malformed": N_("no readable record"),
    "kind:person_missing": N_("no person"),
    "kind:direction_unknown": N_("direction not known"),
    "kind:moment_missing": N_("no moment"),
    "kind:moment_unreadable": N_("moment cannot be read"),
    "kind:moment_impossible": N_("moment impossible"),
    "kind:exit_unreadable": N_("exit cannot be read"),
    "kind:exit_before_its_entry": N_("exit before the entry of the same row"),
    "kind:duplicate": N_("repeats another row"),
    "kind:missing_exit": N_("exit missing, taken as late as it can be"),
    "kind:missing_entry": N_("entry missing, taken as early as it can be"),
    "kind:overlap": N_("overlaps the stay before it, cut"),
    "kind:exit_before_entry": N_("exit recorded before its entry, put right"),
    "kind:citizenship_from_other_rows": N_("citizenship taken from other rows of the person"),
    "kind:open": N_("not ended"),
    "kind:same_day_turn": N_("left and came back on one day"),
    "kind:contradiction": N_("entry and exit tell different things of the person"),
    "kind:unknown_citizenship": N_("citizenship not known"),
    "kind:zone_unknown": N_("time zone of the checkpoint not known"),
    # edition
    "edition_day": N_("Judged through"),
    "edition_rows": N_("Rows of the input"),
    "edition_input": N_("Fingerprint of the input"),
    "edition_country": N_("Country data"),
    "edition_hash": N_("Fingerprint of the country data"),
    "edition_program": N_("Program"),
    "edition_threshold": N_("Smallest number shown"),
    "edition_reform": N_("Change of law"),
    "hidden_sign": N_("hidden"),
    "sheet_reading": N_("Read first"),
    "sheet_table": N_("Table"),
}
