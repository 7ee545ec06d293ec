"""Letters about registers: one that cannot be made, and a run over one that cannot begin or go on."""

from __future__ import annotations

from koshiqon.render.phrases import N_

SCREENING_FAULTS: dict[str, str] = {
    # a synthetic register
    "persons_out_of_range": N_("--persons is {persons}. Write a whole number from 1 to {most}."),
    "days_backwards": N_(
        "--since {since} is later than --until {until}, so the register would have no day. Turn them round."
    ),
    "year_without_weight": N_(
        "The year {year} has no weight in synthetic.yaml, so nobody would know how many enter in it. The years known "
        "are {first} to {last}: choose --since and --until among them, or add a row to the list «years»."
    ),
    "folder_not_empty": N_(
        "The folder {folder} holds files already, which a new register could be mixed up with. Choose another with "
        "--out, or empty it."
    ),
    "no_synthetic_register": N_(
        "The country in {folder} has no {file}, so nothing says what a synthetic register of it should resemble. Add "
        "the file; docs/reference/country-files.md shows its form."
    ),
    "register_unwritten": N_(
        "{path} cannot be written: {reason}. The register there is not complete: empty the folder, make room or choose "
        "another with --out, and start again."
    ),
    "making_interrupted": N_(
        "Stopped. The register in {path} is not complete: empty the folder before you start again, or choose another "
        "with --out."
    ),
    # a run over a register
    "run_asked_otherwise": N_(
        "The folder {folder} holds a run that was asked something else; what differs: {differs}. Choose another folder "
        "with --out, or remove this one."
    ),
    "run_at_work": N_(
        "Another run (process {process}) is at work in the folder {folder}. Wait until it has ended, or choose another "
        "folder with --out."
    ),
    "run_folder_foreign": N_(
        "The folder {folder} holds other files ({file}), among which no run should write. Choose a new or empty one "
        "with --out."
    ),
    "run_note_unreadable": N_(
        "{path} cannot be read, so nobody knows how far the run there had come. Remove the folder of the run, and "
        "start again."
    ),
    "rows_lost": N_(
        "Rows that came in: {rows}; accounted for: {found}. That is a fault of this program, and no result is written. "
        "Please tell its authors."
    ),
    "screening_unwritten": N_(
        "{path} cannot be written: {reason}. Make room, then start the same command again: what is done stays done."
    ),
    "screening_interrupted": N_("Stopped. What is done is kept in {folder}; to go on, start the same command again."),
    "where_unreadable": N_(
        "--where «{where}» cannot be understood: {reason}. Write one condition on the columns of stays.parquet, such "
        "as citizenship = 'UZB' AND overstay_days > 3."
    ),
    "where_not_allowed": N_(
        "--where «{where}» holds more than one condition that compares the columns of a stay ({what}). Leave that out."
    ),
    "where_unknown_column": N_(
        "--where «{where}» names «{name}», which is no column of stays.parquet. Known are: {known}."
    ),
    "where_no_condition": N_(
        "--where «{where}» is neither true nor false of a stay. Compare it with something, such as overstay_days > 3."
    ),
    # a change of law
    "reform_not_there": N_(
        "There is no reform «{value}»: neither one of the country ({known}) nor a file of that path. Name one of "
        "these, or write one; docs/reference/country-files.md shows the form."
    ),
    "reform_begins_later": N_(
        "The reform {reform} begins on {since}, after the day judged, {on}, so it would change nothing. Choose a later "
        "--on, or a reform that begins earlier."
    ),
    "consented_unreadable": N_(
        "The file {path} of persons who agreed to be shown cannot be read: {reason}. Name a text file with one id a "
        "line."
    ),
    "consented_not_text": N_(
        "The file {path} of persons who agreed to be shown is not UTF-8. Save it as UTF-8, one id a line."
    ),
    "option_of_no_reading": N_(
        "--reading «{value}» is an option of no open reading. Write NAME=OPTION; the readings are: {known}."
    ),
    "option_of_several_readings": N_(
        "--reading «{value}» could mean several things: {known}. Write one of these in full."
    ),
    "register_reading": N_(
        "The reading {reading}={option} cannot be judged for a whole register, only for one person (koshiqon stay). "
        "Leave it out."
    ),
    "register_law_ends": N_(
        "The rule {rule} ends at an event of a stay and is ended by another rule, which tables of a register cannot "
        "say yet. A register of this country cannot be judged; one person can (koshiqon stay)."
    ),
    "register_law_later": N_(
        "The rule {rule} lasts from the end of other titles in a way that tables of a register cannot say yet. A "
        "register of this country cannot be judged; one person can (koshiqon stay)."
    ),
    "register_reasons": N_(
        "Reasons for which something may be unknown: {count}; a register can keep {most} apart. Judge with fewer rules."
    ),
    "register_titles": N_(
        "Titles to stay: {count}; a register can be judged by {most} at most. Judge with fewer rules."
    ),
}

ASKED: dict[str, str] = {
    "inputs": N_("the files of the register"),
    "country": N_("the rules of the country"),
    "on": N_("the day"),
    "readings": N_("the readings"),
    "where": N_("the condition of --where"),
    "form": N_("the mapping file"),
    "program": N_("the version of the program"),
    "engine": N_("the version of DuckDB"),
    "reform": N_("the change of law"),
    "consented": N_("the persons who agreed to be shown"),
}
"""What a run was asked, as parts that may differ."""
