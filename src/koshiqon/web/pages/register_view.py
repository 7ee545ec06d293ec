"""What the pages of registers show: the form with what was typed, a job with its state, its progress, its results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from koshiqon.engine.run_progress import PHASES, Progress, read_progress
from koshiqon.render.phrases import N_
from koshiqon.render.screening_words import pace_in_words, saying
from koshiqon.render.words import Voice
from koshiqon.sources.country_folder import load_reading
from koshiqon.web.jobs import Asked, Job, State, ends_at, letters_of
from koshiqon.web.jobs_results import Kind, results_of
from koshiqon.web.pages.register_form import is_day, options_of
from koshiqon.web.site import Site

SIZES = ((1024**3, N_("{size} GB")), (1024**2, N_("{size} MB")), (1024, N_("{size} kB")), (1, N_("{size} bytes")))


def form_values(site: Site, language: str, asked: Asked) -> dict[str, Any]:
    """What the form of a question shows."""
    voice = site.voices[language]
    reforms = load_reading(site.settings.country).reforms.values()
    return {
        "asked": asked,
        "readings": {name: voice.text(text).words for name, text in options_of(site).items()},
        "reforms": {reform.name: (voice.text(reform.text).words, reform.since) for reform in reforms},
        "folders": [str(folder) for folder in site.settings.registers_from],
        "hours": site.settings.keep_hours,
        "largest": size_in_words(site.settings.upload_megabytes * 1024**2, voice),
    }


def job_values(job: Job, state: State, site: Site, language: str) -> dict[str, Any]:
    """What the page of a job shows."""
    voice = site.voices[language]
    shown: dict[str, Any] = {
        "job": job,
        "state": state.value,
        "told": letters_of(job) if state in (State.REFUSED, State.GONE) else (),
        "there": job.uploaded and job.upload.is_dir(),
        "size": size_in_words(job.bytes, voice),
        "ends": moment_in_words(ends_at(job, site.settings), voice),
        "results": _results(job, voice) if state is State.DONE else {},
        "mapping": job.mapping.read_text(encoding="utf-8", errors="replace") if job.mapping.is_file() else "",
        "reform": _reform(job, site, voice),
        "day": voice.day(date.fromisoformat(job.asked.on)) if is_day(job.asked.on) else "",
    }
    shown |= _progress(job, state, voice)
    return form_values(site, language, job.asked) | shown


def size_in_words(size: int, voice: Voice) -> str:
    """A size in bytes, as exactly as a reader needs it."""
    unit, words = next((entry for entry in SIZES if size >= entry[0]), SIZES[-1])
    decimals = 1 if unit > 1 and size < 10 * unit and size % unit else 0
    return voice.translations.gettext(words).format(size=voice.number(size / unit, decimals))


def moment_in_words(moment: datetime, voice: Voice) -> dict[str, str]:
    """The day and the hour of a moment by the clock of this server, with that clock's distance from Greenwich."""
    here = moment.astimezone()
    offset = here.strftime("%z")
    return {"day": voice.day(here.date()), "hour": here.strftime("%H:%M"), "clock": f"UTC{offset[:3]}:{offset[3:]}"}


def _reform(job: Job, site: Site, voice: Voice) -> str:
    known = load_reading(site.settings.country).reforms.get(job.asked.reform)
    return voice.text(known.text).words if known else ""


def _results(job: Job, voice: Voice) -> dict[str, list[tuple[str, str]]]:
    """Names and sizes of the files of a run, by what they are for."""
    found: dict[str, list[tuple[str, str]]] = {kind.value: [] for kind in Kind}
    for result in results_of(job.run):
        found[result.kind.value].append((result.name, size_in_words(result.bytes, voice)))
    return found


# --- how far ---------------------------------------------------------------------------------------------------------


def _progress(job: Job, state: State, voice: Voice) -> Mapping[str, Any]:
    """The phases of a run in words, each done, at work or to come; what is done of the one at work, and how quickly."""
    progress = read_progress(job.progress) if state is State.AT_WORK and job.began is not None else None
    at = PHASES.index(progress.phase) if progress else -1
    said = saying(voice.translations)
    return {
        "phases": [(said(phase), _place(place - at)) for place, phase in enumerate(PHASES)],
        "part": (progress.done, progress.of) if progress and progress.of > 1 else None,
        "pace": _pace(progress, voice) if progress else "",
    }


def _place(ahead: int) -> str:
    if ahead < 0:
        return "done"
    return "to_come" if ahead else "now"


def _pace(progress: Progress, voice: Voice) -> str:
    """Rate and time left; of rows only, since stages of reading are of very different lengths."""
    left = progress.seconds_left
    if progress.phase != "screening" or progress.rate is None or left is None:
        return ""
    return pace_in_words(progress.rate, left, voice.translations)
