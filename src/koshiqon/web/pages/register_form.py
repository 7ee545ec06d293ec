"""What the form of a register asks, looked at before a process begins: the place of a register, the day, the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePath

from koshiqon.asking.letters import letter_of, letters
from koshiqon.engine.duckdb import UnreadableRegister
from koshiqon.engine.intake_files import files_of
from koshiqon.language import Text
from koshiqon.render.phrases import N_
from koshiqon.sources.country_folder import load_reading
from koshiqon.sources.register_mapping import MADE, UnreadableMapping, form_without_mapping, read_mapping
from koshiqon.stay.register.form import RegisterForm
from koshiqon.web.jobs import Asked, Job
from koshiqon.web.jobs_upload import UnfitUpload
from koshiqon.web.site import Site

LONGEST = 2_000
"""Signs of a condition."""

SAYS: dict[str, str] = {
    "day": N_("Say through which day stays are judged: the year, the month and the day, such as 2025-12-31."),
    "reading": N_("Choose one of the two readings of the law."),
    "reform": N_("Choose one of the changes of law in the list, or none."),
    "where_and_reform": N_(
        "A comparison of two laws judges all stays. Leave the condition out, or ask without a change of law."
    ),
    "where_signs": N_(
        "The condition is longer than {most} signs, or holds signs that no keyboard writes. Write one short condition."
    ),
    "no_mapping": N_(
        "Nothing says what the columns of the register are, nor in which time zone its clocks ran. Write it down as a "
        "mapping."
    ),
    "outside": N_(
        "The mapping names files outside the folder of the register ({files}). Only files beside the register are "
        "read: name these."
    ),
    "links_outside": N_(
        "{file} leads out of the folders from which this server takes registers. Put the file itself there."
    ),
    "none": N_("Choose the files of a register."),
    "both": N_("Either choose files, or name a place on the server, not both."),
    "path": N_(
        "There is no register «{path}» in the folders from which this server takes registers. Write its name as it "
        "stands there."
    ),
    "too_large": N_(
        "This is larger than the {size} MB that this server takes, and nothing of it was kept. Send a part of the "
        "register, have the limit raised (KOSHIQON_UPLOAD_MEGABYTES), or use koshiqon screen on your own machine."
    ),
    "name": N_(
        "The file name «{name}» has signs that could be misread. Use letters, digits, spaces, dots and hyphens; "
        "nothing was kept."
    ),
    "kind": N_(
        "{name} is neither CSV (.csv, .tsv, .txt) nor Parquet (.parquet). Unpack it, or save it as one of these; "
        "nothing was kept."
    ),
    "twice": N_("The file {name} came twice. Give each file a name of its own; nothing was kept."),
    "mapping_large": N_(
        "The mapping file is larger than any mapping is. Perhaps it is the register itself? Nothing was kept."
    ),
    "form": N_("The form came in pieces that cannot be put together, and nothing was kept. Please send it again."),
    "disk": N_(
        "The disk of this server has no room for the register, and nothing of it was kept. Have room made, or delete "
        "an earlier run."
    ),
    "unwritable": N_("The folder of runs cannot be written ({reason}). Those who run this server can mend that."),
    "full": N_(
        "This server keeps {most} runs at once, and has so many. Delete one that you no longer need, or wait until the "
        "oldest are deleted."
    ),
}


def say(site: Site, language: str, code: str, **values: object) -> str:
    """A letter of this form."""
    return site.voices[language].translations.gettext(SAYS[code]).format(**values)


def unfit(problem: UnfitUpload, site: Site, language: str) -> str:
    """Why an upload was not taken."""
    voice = site.voices[language]
    most = voice.number(site.settings.upload_megabytes)
    return say(site, language, problem.code, name=problem.name, size=most)


def asked_of(fields: Mapping[str, str]) -> Asked:
    """What the fields ask, as they were typed."""
    return Asked(**{name: fields.get(name, "") for name in ("on", "reading", "where", "reform")})


# --- where the register is -------------------------------------------------------------------------------------------


def place_within(asked: str, folders: Iterable[Path]) -> Path | None:
    """The file or folder of that name in one of these folders, links followed; None where there is none, or it lies
    elsewhere: who asks does not learn which of the two.
    """
    roots = _resolved(folders)
    for root in roots:
        place = _real(root / asked)
        if place is not None and any(place.is_relative_to(one) for one in roots):
            return place
    return None


def source_of(upload: Path, files: list[Path]) -> Path:
    """What is judged of an upload: its only file, or the folder where there are several or one that says what it is."""
    return files[0] if len(files) == 1 and files[0].name != MADE else upload


def _resolved(folders: Iterable[Path]) -> list[Path]:
    return [place for folder in folders if (place := _real(folder)) is not None]


def _real(path: Path) -> Path | None:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None


# --- what is wrong with a question -----------------------------------------------------------------------------------


def faults_of(job: Job, site: Site, language: str) -> tuple[str, ...]:
    """What keeps a process from beginning, in words. What only the register itself can show, the process says."""

    def said(code: str, **values: object) -> str:
        return say(site, language, code, **values)

    return (*_faults_of_question(job.asked, site, said), *_faults_of_files(job, site, language, said))


def _faults_of_question(asked: Asked, site: Site, said: Callable[..., str]) -> Iterator[str]:
    if not is_day(asked.on):
        yield said("day")
    if asked.reading and asked.reading not in options_of(site):
        yield said("reading")
    if asked.reform and asked.reform not in load_reading(site.settings.country).reforms:
        yield said("reform")
    if asked.reform and asked.where:
        yield said("where_and_reform")
    if len(asked.where) > LONGEST or not all(sign.isprintable() or sign in "\r\n\t" for sign in asked.where):
        yield said("where_signs", most=LONGEST)


def options_of(site: Site) -> dict[str, Text]:
    """The options of the reading that a register may be judged by, with their words, the usual one first."""
    reading = site.country.readings.get("limits")
    if reading is None:
        return {}
    options = sorted(reading.options, key=lambda option: option.name != reading.default)
    return {option.name: option.text for option in options}


def is_day(text: str) -> bool:
    """Whether this is a day, written exactly YYYY-MM-DD."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _faults_of_files(job: Job, site: Site, language: str, said: Callable[..., str]) -> tuple[str, ...]:
    """The mapping is read, and every file that it leads to must lie where registers may be taken from."""
    if not job.mapping.is_file() and not (job.source / MADE).is_file():
        return (said("no_mapping"),)
    try:
        form = read_mapping(job.mapping) if job.mapping.is_file() else form_without_mapping(job.source)
        outside = [files for files in _named(form) if not _beside(files)]
        if outside:
            return (said("outside", files=", ".join(outside)),)
        roots = _resolved([job.upload] if job.uploaded else site.settings.registers_from)
        strays = [file.name for file in files_of(form, job.source) if not _lies_in(file, roots)]
    except UnreadableMapping as problem:
        return tuple(letters(problem.faults, language))
    except UnreadableRegister as problem:
        return (letter_of(problem.code, problem.values, language),)
    return tuple(said("links_outside", file=name) for name in strays)


def _named(form: RegisterForm) -> Iterator[str]:
    for table in (form.checkpoints, form.permits, form.penalties, form.links):
        if table is not None:
            yield table.files


def _beside(files: str) -> bool:
    """Whether a pattern of file names stays in its folder."""
    return bool(files.strip()) and not PurePath(files).is_absolute() and ".." not in PurePath(files).parts


def _lies_in(file: Path, roots: Iterable[Path]) -> bool:
    place = _real(file)
    return place is not None and any(place.is_relative_to(root) for root in roots)
