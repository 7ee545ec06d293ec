"""Every sentence about who a person is in law, and of the interview, by its code, in English.

`{name}` stands for a value. Nothing here says what somebody is not: what was not decided is not on file.
"""

from __future__ import annotations

from koshiqon.render.phrases import N_

STATUS_PARTS: dict[str, str] = {
    "categories": N_("What else holds"),
    "may_ask": N_("What may still be asked for"),
    "rights": N_("What you may do"),
    "authority": N_("What the state must do, and by when"),
    "decided": N_("What only an officer or a court decides"),
    "flags": N_("Where law and practice part, and what to watch"),
    "perhaps": N_("What may also apply, as far as it is known"),
}
"""The parts of an answer that an answer about a stay has not."""

STATUS_SAYS: dict[str, str] = {
    # who somebody is in law
    "page_title": N_("Who is this person in law? {country}"),
    "governs": N_("On {day} this status governs your stay: {categories}."),
    "governs_unnamed": N_(
        "On {day} no status with a name of its own governs your stay. This question decided it: {question}"
    ),
    "governs_open": N_("Which status governs your stay on {day} cannot be told yet. It may be: {categories}."),
    "governs_open_unnamed": N_("Which status governs your stay on {day} cannot be told yet."),
    "order_missing": N_("How to find the status that governs a stay is not written down for this country."),
    "perhaps": N_("perhaps {category}"),
    "unnamed": N_("no status with a name of its own"),
    "care": N_(
        "This says what is on file and what may be asked for. It refuses nothing: what nobody has decided, only an "
        "officer or a court decides."
    ),
    "in_what_sense": N_("In what sense: {layer}."),
    "step_decides": N_("Question {number}: {question}"),
    "step_decides_by_yes": N_("Question {number}: {question} Yes."),
    "step_decides_by_no": N_("Question {number}: {question} No."),
    "step_may_lead": N_("It may lead to: {categories}."),
    "untold_categories": N_("Whether these hold cannot be told yet: {categories}."),
    "not_on_file": N_("not on file"),
    "and_more": N_("and {n} more"),
    "more_steps": N_("Later questions of the order that are still open: {n}."),
    # rights, duties
    "right_until": N_("Until {day}: {right}"),
    "right_late": N_("The last day in time was {day}; being late refuses nothing, it may still be asked for: {right}"),
    "right_undated": N_("By which day cannot be told yet: {right}"),
    "office_reached": N_("Where: {office} ({ways})"),
    "authority_by": N_("By {day}: {duty}"),
    "authority_passed": N_("The last day was {day}: {duty}"),
    # what is not known
    "perhaps_rights": N_("Rights: {names}."),
    "perhaps_duties": N_("Duties: {names}."),
    "perhaps_decisions": N_("Decisions of an officer or a court: {names}."),
    "perhaps_flag": N_("To watch: {flag}"),
    "untold_consequences": N_(
        "Penalties and grounds to refuse entry are named only where something on file points to them."
    ),
    "more_open": N_("Further open points, which change no more than single rights, duties or penalties: {n}."),
    "flag_when": N_("When: {flag}"),
    "next_question": N_("Ask next: {question}"),
    # why something is asked
    "why_step": N_("It helps to answer this question of the order in which law is applied: {question}"),
    "why_category": N_("It shows whether this holds: {category}."),
    "why_rule": N_("A term depends on it: {text}"),
    # the interview
    "welcome": N_(
        "I ask one thing at a time, and no more than needed. What you say stays here: nothing is stored unless you "
        "named a file with --save."
    ),
    "how_to_talk": N_(
        "An empty line: I do not know. «?»: why do you ask? «{back}»: the question before. «{stop}»: the answer, as "
        "far as it is known."
    ),
    "back": N_("back"),
    "stop": N_("stop"),
    "none": N_("none"),
    "question_number": N_("{number}. {question}"),
    "yes_or_no": N_("{yes} or {no}"),
    "choice": N_("{number} {words}"),
    "one_of": N_("a number or a word of the list"),
    "a_day": N_("a day, such as 2026-11-22"),
    "a_number": N_("a number"),
    "a_country": N_("three letters of ISO 3166-1, such as UZB; XXA for a stateless person"),
    "countries": N_("three letters of ISO 3166-1 for each, such as UZB, KGZ; «{none}» if there is none"),
    "a_text": N_("a few words"),
    "a_paper": N_("to name one, write its kind with its first and last day, such as {example}; kinds: {kinds}"),
    "paper_noted": N_("Noted: {paper}"),
    "enough": N_("Nothing more that you could say would change which status governs your stay."),
    "left_open": N_(
        "Everything that could still decide which status governs your stay has been asked; some of it you do not know. "
        "Whoever finds out can answer it later."
    ),
}
