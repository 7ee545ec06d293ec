"""Letters about the files of a register: what cannot be taken in, and what the machine has no room for."""

from __future__ import annotations

from koshiqon.render.phrases import N_

REGISTER_FAULTS: dict[str, str] = {
    # which files
    "register_not_there": N_("{path} is not there. Name a CSV or Parquet file, or a folder of them."),
    "register_no_files": N_(
        "The folder {path} holds no file of crossings or stays. Looked for: {kinds}; files whose names hold truth or "
        "permit are left out."
    ),
    "register_kinds_mixed": N_(
        "{first} and {other} are files of different kinds. Keep the parts of one register in one kind, CSV or Parquet."
    ),
    "register_empty": N_("{file} holds no row. Name a file that holds some."),
    "register_file_broken": N_(
        "{file} is cut off or no Parquet file ({reason}). Fetch or make it again; nothing was taken from it."
    ),
    "register_not_utf8": N_(
        "{file}, line {line}: this is not UTF-8, so names could be lost. Save the file as UTF-8, or name its encoding "
        "in the mapping file."
    ),
    "register_not_csv": N_("{file} is not CSV: {reason}. Check its quotes and its delimiter."),
    # columns
    "register_column_missing": N_(
        "{file} has no column «{column}». Found are: {found}. Say in a mapping file (--mapping) which column it is."
    ),
    "register_column_twice": N_("{file} has the column «{column}» twice. Give each column a name of its own."),
    "register_column_type": N_(
        "The column «{column}» is of type {found}, but {wanted} is needed. Convert it, or name another column in the "
        "mapping file."
    ),
    "register_types_differ": N_(
        "{file}: the column «{column}» is of type {found}, but of type {wanted} in {first}. Convert one of the two."
    ),
    "register_clock_unknown": N_(
        "The column «{column}» holds plain numbers ({found}), and nobody knows what they count. Say clock: {clocks} in "
        "the mapping file."
    ),
    "register_zone_unknown": N_("There is no time zone «{zone}». Write a name of the IANA list, such as Asia/Almaty."),
    "register_too_many_profiles": N_(
        "The register tells {found} different combinations of citizenship, purpose and other facts; the law can be "
        "judged for {most} at most. Name fewer facts in the mapping file, or join their values."
    ),
    "register_nothing_usable": N_(
        "Of {rows} rows none could be used: {kinds}. Compare the mapping file with a few rows; koshiqon register check "
        "shows what is missing."
    ),
    "register_hash_clash": N_(
        "Two persons would be taken for one, whichever of {seeds} ways their ids are numbered. That is all but "
        "impossible: please tell the authors of this program."
    ),
    "register_rows_lost": N_(
        "The register has {rows} rows, but {found} were found after reading them, so nothing is judged. Make sure that "
        "nobody changes its files meanwhile, and run the command again. If it happens once more, please tell the "
        "authors of this program."
    ),
    # the mapping file
    "register_zone_missing": N_(
        "Nothing says in which time zone {path} keeps its clocks, nor what its columns are. Name a mapping file with "
        "--mapping; docs/reference/register-files.md shows its form."
    ),
    "register_mapping_unreadable": N_("{path} cannot be read: {reason}. Name the mapping file with --mapping."),
    "register_mapping_empty": N_(
        "this is no mapping file. It says what a register holds, its columns and its zone; "
        "docs/reference/register-files.md shows its form."
    ),
    "register_citizenship_unknown": N_(
        "«{written}» is to mean «{value}», which is no citizenship. Write the three letters of ISO 3166-1, or XXA for "
        "stateless."
    ),
    "register_encoding_unknown": N_("«{value}» is no encoding known here. Write one such as utf-8 or windows-1251."),
    "register_not_one_sign": N_("{field} is «{value}». Write a single sign, in quotes."),
    "register_column_or_constant": N_(
        "{field} needs either a column or a constant, and only one of the two. Say where it stands, or what it is for "
        "all."
    ),
    "register_column_not_ours": N_("«{column}» is no column of a register. Known are: {known}."),
    "register_column_unmapped": N_(
        "nothing says which column is «{column}», which no register can do without. Name it."
    ),
    "register_value_unknown": N_("«{written}» is to mean «{value}», which is none of these: {allowed}. Mend it."),
    "register_since_too_early": N_(
        "since is {day}; a register can begin on {first} at the earliest. Write a later day."
    ),
    "register_days_backwards": N_("extracted_on {until} is before since {since}. Exchange the two, or mend one."),
    # the machine
    "register_disk_full": N_(
        "The disk is full ({reason}). Make room, then start the same command again: what is done stays done."
    ),
    "register_memory_full": N_(
        "The memory allowed is not enough ({reason}). Give more with --memory, or fewer --threads, then start again: "
        "what is done stays done."
    ),
    "register_unwritable": N_(
        "The folder cannot be written ({reason}). Choose another with --out, or have its rights changed."
    ),
}
