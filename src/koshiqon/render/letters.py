"""Letters about faults: what is wrong, why it matters, what to do. A letter about a file begins with `file:line:`."""

from __future__ import annotations

import gettext
from collections.abc import Mapping

from koshiqon.render.case_letters import CASE_FAULTS, CASE_VERDICTS
from koshiqon.render.cluster_letters import CLUSTER_FAULTS
from koshiqon.render.law_letters import LAW_FAULTS
from koshiqon.render.phrases import N_
from koshiqon.render.publication_letters import PUBLICATION_FAULTS
from koshiqon.render.register_letters import REGISTER_FAULTS
from koshiqon.render.screening_letters import SCREENING_FAULTS
from koshiqon.render.serve_letters import SERVE_FAULTS, SERVE_SAYS
from koshiqon.render.status_letters import STATUS_FAULTS

FAULTS: dict[str, str] = {
    # files
    "file_missing": N_(
        "the file is not there. A country needs it, even empty. Add the file; docs/reference/country-files.md shows its form."
    ),
    "not_utf8": N_("this line is not UTF-8, so letters of Kazakh or Russian would be lost. Save the file as UTF-8."),
    "not_yaml": N_("this is not YAML: {reason}. Check quotes, brackets and indentation here and on the line before."),
    "not_csv": N_("this is not CSV: {reason}. Check the quotes in this record."),
    "key_twice": N_("the key «{key}» stands twice, so one of the two would be lost. Keep one."),
    "column_missing": N_(
        "the column «{column}» is missing. Add it to the header; cells may be empty where the form allows it."
    ),
    "column_unknown": N_("the column «{column}» is not known here. Known are: {columns}. Remove it or mend its name."),
    "record_length": N_(
        "the record has {has} cells, the header {wanted}. A comma inside a text needs quotes around the text."
    ),
    "not_a_datapackage": N_(
        "this is not the description of the series that is needed ({reason}). Each resource has name, path, title, producer, citation, date and licenses."
    ),
    # fields
    "field_missing": N_("{field} is missing. The form needs it; write «unknown» where a date is not known."),
    "field_unknown": N_("{field} is not a field of this form, so nobody would read it. Mend its name or remove it."),
    "not_text": N_("{field} should be a text but is «{value}». Put it in quotes."),
    "not_a_text": N_(
        "{field} should hold the same sentence in each language, such as {{en: …, ru: …, kk: …}}, but is «{value}»."
    ),
    "language_missing": N_(
        "{field} has no words in: {languages}. Every text for readers stands in each language of the country. Add them."
    ),
    "language_unknown": N_(
        "{field} has words in «{language}», which country.yaml does not list. Listed are: {languages}."
    ),
    "not_a_date": N_(
        "{field} is «{value}», which is no date. Write 2023-01-27, 2023-01, 2023, ..2019-07-22 (then or earlier) or unknown."
    ),
    "not_a_whole_number": N_("{field} should be a whole number but is «{value}»."),
    "not_a_number": N_("{field} should be a number but is «{value}»."),
    "not_yes_or_no": N_("{field} should be true or false but is «{value}»."),
    "not_a_list": N_("{field} should be a list but is «{value}». Write [one, two] or lines that begin with a hyphen."),
    "not_a_map": N_("{field} should be a record of named fields but is «{value}»."),
    "not_one_of": N_("{field} is «{value}». Allowed are: {allowed}."),
    "not_a_reference": N_(
        "{field} is «{value}», which is no reference. Write kind:id, such as event:2023-01-27-visa-runs-end."
    ),
    "not_a_provision": N_(
        "{field} is «{value}», which is no provision. Write country/number/path, such as kaz/477-IV/art_6/para_4."
    ),
    "not_dimensions": N_(
        "{field} is «{value}». Write key=value pairs separated by semicolons, in the order of the alphabet."
    ),
    "empty": N_("{field} is empty. Write its value."),
    "no_source": N_("{field} names no source. A fact without a source cannot be checked; name one of sources.yaml."),
    "too_few": N_("{field} has too few entries: {reason}."),
    "out_of_range": N_(
        "{field} is {value}, outside {low} to {high}. Check the number, or mend the range if the law really says so."
    ),
    "event_without_date": N_(
        "the change has neither a day of adoption nor one in force. A register is ordered by date: give at least a year."
    ),
    "explanation_and_state": N_("a conflict that is explained needs its explanation. Add it, or write state: open."),
    "not_a_day": N_(
        "{field} is «{value}», which is not one day. What is computed from it needs the very day: write it as 2023-01-27."
    ),
    "not_a_moment": N_(
        "{field} is «{value}», which is no day of a case. Write one day, such as 2023-01-27, or the name of a date, such as entry.date."
    ),
    "not_a_quantity": N_(
        "{field} is «{value}», which is no quantity. Write a whole number, a term such as 3 working days, or the name of a parameter."
    ),
    "assume_does_not_fit": N_(
        "{field} is «{value}», which a fact of type {type} (codes: {values}) cannot be. What may be assumed is yes or no, a whole number, one of the codes or a country; days, lists and free texts must be asked for."
    ),
    "then_does_not_fit": N_(
        "{field} holds «{keys}», which no rule of kind {kind} says. Its keys are those of one of these forms: {forms}."
    ),
    "sanction_without_penalty": N_(
        "{field} names no penalty, so nothing would follow from the breach. Write at least one of warning, fine, arrest_days, prison_years, or, with."
    ),
    # across files
    "name_twice": N_(
        "{name} stands here again; it was first at {first}. Names are unique: join the two or rename one."
    ),
    "source_unknown": N_(
        "the source «{source}» is not in sources.yaml, so nobody can open it. Add it there or mend the name."
    ),
    "source_orphan": N_("nothing cites the source «{source}». Cite it where it belongs or remove it."),
    "reference_unknown": N_("{target} is nowhere in this country. Mend the name or add the row."),
    "provision_unknown": N_(
        "no act holds the provision {provision}. Add it to its act, with a gist in each language, or mend the name."
    ),
    "conflict_one_sided": N_(
        "this row says that {target} contradicts it, but that row ({place}) does not say so. Name this row there."
    ),
    "area_unknown": N_(
        "«{area}» is no country code of ISO 3166-1 (three letters) and is not listed among the extra areas. Mend it or list it."
    ),
    "period_backwards": N_(
        "the period ends ({until}) before it begins ({since}). `until` is the first day that no longer belongs."
    ),
    "periods_overlap": N_(
        "{second} overlaps {first}: two versions of one thing on one day. Mend the dates, or let each name the other in conflicts_with."
    ),
    "window_without_days": N_(
        "a window needs its length and the days allowed in it (window_days and days_in_window; in a rule window and in_window), and one is missing. Add it."
    ),
    "code_without_words": N_(
        "«{value}» ({scheme}) has no words. Add it to codes.yaml (units and dimensions: to series/) in each language."
    ),
    "unit_differs": N_(
        "the unit is «{value}», but {indicator} is counted in «{wanted}». Convert the figure or mend the unit."
    ),
    "indicator_without_figures": N_("no figure of {indicator} is there. Add figures or remove the indicator."),
    "resource_unmatched": N_(
        "«{path}» is either described here and not there, or there and not described. Every file of figures has producer and licence here."
    ),
    "theme_selects_nothing": N_("{part} names «{value}», and nothing is called so. Mend the name or remove it."),
    "slots_differ": N_(
        "the sentence has other slots in another language ({slots}), so a figure would be lost. Give each language the same slots."
    ),
    "without_theme": N_("{name} belongs to no theme, so no chapter would show it. Add it to a theme in themes.yaml."),
    # rules, readings, reforms
    "holidays_unknown": N_(
        "holidays is «{value}», which is no country code of two letters (ISO 3166-1), so no working day could be counted. Write it like KZ."
    ),
    "regime_code_unknown": N_(
        "no row of regimes.csv has the regime «{regime}», so nobody could stay by it. Mend the code or add its rows."
    ),
    "regime_without_title": N_(
        "regimes.csv has the regime «{regime}», but no title in rules/ names it, so nobody could stay by it. Name it in a title."
    ),
    "counts_nothing": N_(
        "counts_from is {since}, but this rule holds no limit of days, so nobody would read it. Remove it, or move it to the title that holds the limit."
    ),
    "ends_no_title": N_(
        "this rule ends titles but names none in overrides, so nothing would end. Name the titles that end."
    ),
    "quantity_of_another_kind": N_(
        "{field} is «{value}», counted in {unit}, but here {needed} is needed. Name another parameter or write the number."
    ),
    "moment_unknown": N_(
        "«{name}» is no date of a case, so no term could run from it. Name a fact of type date from facts.yaml, or stay.titles_end."
    ),
    "title_condition_moves": N_(
        "this title rests on «{name}», which changes from day to day of one stay, but a title is judged once for a stay. Say its days in `then`, or ask about entry.date or visit.planned_days."
    ),
    "overrides_another_kind": N_(
        "this rule is of kind {kind}, but «{name}», which it overrides, is of kind {other}: one cannot stand in the place of the other. Override a rule of the same kind."
    ),
    "overrides_in_a_circle": N_(
        "these rules are exceptions to one another in a circle: {names}. None could be judged before the others. Take one of the overrides away."
    ),
    "exceptions_unordered": N_(
        "{first} and {second} are both exceptions to {name}, may hold in one case, and neither gives way to the other. Let one override the other, or write conditions that exclude each other."
    ),
    "default_not_an_option": N_(
        "the default «{default}» is none of the options: {options}. Mend it or add the option."
    ),
    "reading_option_unknown": N_(
        "«{option}» is no way in which the program can read «{reading}». It knows: {known}. Mend the name or remove the option."
    ),
    "reading_missing": N_(
        "the country has rules but not these readings: {names}. How days count would be chosen in silence. Add each with its default and its sources."
    ),
    "pays_for_no_number": N_("pays_for is «{name}», no fact of type number. Name one that says how often to pay."),
    "readings_too_many": N_("the readings that touch days combine in {number} ways; at most {most} can be. Use fewer."),
    "name_of_a_measure": N_(
        "«{name}» is what the program computes itself, so a condition could mean either. Give it another name."
    ),
    "reform_reaches_back": N_(
        "{name} changes on {since}, but the reform begins on {day}, and what was before it must stay. Write one day on or after it, or let the reform begin earlier."
    ),
    # worked histories
    "history_trip": N_(
        "{field} holds a trip that is not one or two days («{value}»). Write [2026-08-01, 2026-08-20] for entry and exit, or [2026-10-05] for somebody who has not left."
    ),
    "history_backwards": N_("{field}: {last} is to be the last day and {first} the first. Exchange the two."),
    "history_overlap": N_(
        "the trip that begins on {entry} begins before the one before it has ended. Write trips in order, each but the last with its exit."
    ),
    "history_ahead": N_(
        "the trip that begins on {entry} is still ahead on the day judged ({on}). Judge a later day or leave the trip out."
    ),
    # conditions of rules
    "condition_stops_early": N_(
        "the condition «{text}» stops before it is complete. Finish it: after and, or, not, a comparison or an open bracket something must follow."
    ),
    "condition_letter": N_(
        "«{letter}» (column {column}) has no place in a condition. Names are in small Latin letters, codes stand in straight single quotes ('work'), and the words are and, or, not."
    ),
    "condition_word_out_of_place": N_(
        "«{word}» (column {column}) cannot stand here. A condition joins comparisons and yes/no names by and, or, not; brackets make the order plain."
    ),
    "condition_name_undeclared": N_(
        "the name «{name}» is declared nowhere, so nothing could give its value. Names near to it: {near}. Mend it, or declare it: facts in facts.yaml, parameters in their act."
    ),
    "condition_not_yes_no": N_(
        "«{text}» is of type {type}, so it is neither true nor false by itself. Compare it with something."
    ),
    "condition_types_differ": N_("«{text}» is of type {type}, but {wanted} is needed here. Compare like with like."),
    "condition_no_order": N_(
        "«{text}» asks {operator} of the type {type}, which does not allow it. Numbers and dates have an order, codes, countries and yes/no only = and !=; ask of a list whether something is in it."
    ),
    "condition_code_unknown": N_(
        "the code «{code}» is none of those declared: {allowed}. The comparison could never hold; mend the code or declare it."
    ),
    "condition_not_a_country": N_(
        "«{code}» is no country. Write the three capital letters of ISO 3166-1, such as 'UZB'."
    ),
    "condition_not_a_list": N_(
        "«{name}» is of type {type}, so nothing can be in it. Name a list, or write one in square brackets."
    ),
    "condition_not_a_date": N_("the calendar has no day {date}. Mend it."),
    "condition_no_sum": N_(
        "«{text}» joins {first} and {second} by + or -, which gives nothing. Allowed are number ± number, date ± duration (30 days, 5 working days, 1 month) and date - date, which counts days."
    ),
    "condition_unit_unknown": N_(
        "«{text}» counts in «{unit}», which is no unit here. Write days, working days, months or years."
    ),
    "condition_broken_unit": N_("«{text}» is no whole number of units. Law counts whole ones; write a smaller unit."),
    "condition_table_unasked": N_(
        "the table «{name}» stands here without what it is asked by. Write names of these types in round brackets: {wanted}."
    ),
    "condition_not_a_table": N_(
        "«{name}» is a {kind}, not a table, so it is asked by nothing. Remove the brackets after it."
    ),
    "condition_wrong_arguments": N_(
        "the table «{name}» is asked by {wanted}, but is given {given}. Give it names of these types, in this order."
    ),
    # whole countries
    "no_such_country": N_(
        "There is no country «{folder}»: neither one that ships ({shipped}) nor a folder of that path. Name one of these."
    ),
    "no_country_in_folder": N_(
        "The folder {folder} holds no country.yaml. Name the folder of a country, or one that ships: {shipped}."
    ),
    "country_file_unreadable": N_(
        "{folder}/country.yaml:{line}: cannot be read, and without it nothing else can. It names the code, the languages and the version of the country."
    ),
    "country_has_faults": N_(
        "The country in {folder} has faults ({number}), the first at {first}, so nothing is computed from it. Run: koshiqon check {folder}"
    ),
    # doors
    "language_unavailable": N_("There is no interface in «{language}». Ships: {languages}."),
    "bad_day": N_("«{value}» is no day for {option}. Write YYYY-MM-DD, such as 2026-11-22."),
    "days_out_of_order": N_(
        "--since {since} is later than --on {on}: nothing would be left to review. Turn them round."
    ),
    "format_unknown": N_("«{value}» is no format of the review. Known are: {known}. Several are separated by commas."),
    "chapter_unknown": N_(
        "«{value}» is no chapter of this review. Known are: {known}. Several are separated by commas."
    ),
    "theme_unknown": N_("«{value}» is no theme of this country. Known are: {known}."),
    "edition_not_there": N_(
        "The earlier edition {path} cannot be opened: {reason}. Name the JSON file that an earlier run wrote with --format json."
    ),
    "edition_not_json": N_(
        "The earlier edition {path} is not JSON ({reason}). Name the JSON file that an earlier run wrote with --format json."
    ),
    "edition_of_another_kind": N_(
        "{path} is JSON, but not an edition of the review ({schema}). Name the file that an earlier run wrote with --format json."
    ),
    "cannot_write": N_("{path} cannot be written: {reason}. Choose another folder with --out, or make room."),
}

VERDICTS: dict[str, str] = {
    "check_clean": N_("{folder}: no faults. {counts}"),
    "check_counts": N_(
        "Acts {acts}, provisions {provisions}, parameters {parameters} ({values} values), regimes {regimes}, abroad {abroad}, events {events}, indicators "
        "{indicators}, observations {observations}, categories {categories}, rules {rules}, readings {readings}, reforms {reforms}, sources {sources}, conflicts {conflicts}, questions {questions}."
    ),
    "written": N_("Written: {path}"),
}


def letter(code: str, values: Mapping[str, str], translations: gettext.NullTranslations) -> str:
    """The sentence for a fault or verdict in the reader's language. A code without a letter is shown as it is, with its values."""
    of_registers = CLUSTER_FAULTS | PUBLICATION_FAULTS | REGISTER_FAULTS | SCREENING_FAULTS
    others = CASE_FAULTS | CASE_VERDICTS | LAW_FAULTS | STATUS_FAULTS
    of_the_server = SERVE_FAULTS | SERVE_SAYS
    template = (FAULTS | VERDICTS | others | of_registers | of_the_server).get(code)
    if template is None:
        return f"{code}: {dict(values)}"
    return translations.gettext(template).format(**values)
