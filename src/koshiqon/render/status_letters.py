"""Letters of the interview: what of an answer cannot be read, and what to write instead."""

from __future__ import annotations

from koshiqon.render.phrases import N_

STATUS_FAULTS: dict[str, str] = {
    "interview_no_answer": N_(
        "«{value}» does not answer this question. Write {allowed}. If you do not know, leave the line empty."
    ),
    "interview_entry_ahead": N_(
        "{value} is later than the day asked, {on}. Write the day on which you came; leave the line empty if you have "
        "not come yet."
    ),
    "interview_first": N_(
        "This is the first question, so there is none before it. Answer it, or leave the line empty."
    ),
    "interview_not_json": N_(
        'This line cannot be read: {value}. Write one object a line: {{"answer": …}}, {{"answer": null}} for what is '
        'not known, {{"back": true}} or {{"stop": true}}.'
    ),
}
