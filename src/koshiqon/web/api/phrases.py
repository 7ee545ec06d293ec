"""What the API says in sentences: what kinds of problem there are, and what of a request has not its form."""

from __future__ import annotations

from koshiqon.render.phrases import N_

TAGS: dict[str, str] = {
    "One person": N_("One person"),
    "The law": N_("The law"),
    "On file": N_("What is on file"),
    "Review": N_("Review"),
}
"""Headings of the routes."""

TITLES: dict[str, str] = {
    "form": N_("The request has not the form that is asked for"),
    "question": N_("What is asked cannot be answered"),
    "not_found": N_("There is no such thing here"),
    "method": N_("This address is asked in another way"),
    "slow": N_("The request did not come whole"),
    "too_large": N_("The request is too large"),
    "media": N_("The request is not JSON by its content type"),
    "busy": N_("Somebody else is being answered"),
    "broken": N_("Something here is broken"),
}
"""Kinds of problem."""

DETAILS: dict[str, str] = {
    "form": N_(
        "Each fault below names its field and what to write. The form of every request stands in the documentation."
    ),
    "question": N_(
        "It has the right form, but does not fit together or names what is not on file. Each fault says what."
    ),
    "not_found": N_("The address leads to nothing. The documentation lists every address."),
    "method": N_("The header «Allow» names the methods that this address takes."),
    "slow": N_("It was awaited for a while and did not end. Send it again."),
    "too_large": N_("Send less at once: one case, or at most a hundred people in a table."),
    "media": N_("Send the body as JSON in UTF-8, with the header «Content-Type: application/json»."),
    "busy": N_("A review takes some seconds, and one is made at a time. Ask again in a few seconds."),
    "broken": N_(
        "The fault is ours, not yours, and nothing of what you sent was kept. Try again; if it stays so, tell those "
        "who run this server."
    ),
}
"""What to do about each kind of problem."""

FAULTS: dict[str, str] = {
    "api_not_json": N_("{field}: this is not JSON ({reason}). Send one JSON object in UTF-8."),
    "api_not_utf8": N_("{field}: this is not UTF-8, so letters of Kazakh or Russian would be lost. Send UTF-8."),
    "api_too_deep": N_(
        "{field}: lists and objects stand too deep in each other. A case needs no more than four levels."
    ),
    "api_no_number": N_("{field}: «{value}» is no number that can be reckoned with. Write a number of everyday size."),
    "api_half_letter": N_(
        "{field}: this text holds half a character (a lone surrogate), which nobody can write back. Remove it."
    ),
    "api_key_twice": N_("{field}: the key «{key}» stands twice, so one of the two would be lost. Keep one."),
    "api_field_missing": N_("{field} is missing. Add it."),
    "api_field_unknown": N_(
        "{field} is not known here, so nobody would read it. Near to it: {near}. Mend its name or remove it."
    ),
    "api_not_text": N_("{field} should be a text but is «{value}». Put it in quotes."),
    "api_not_list": N_("{field} should be a list but is «{value}». Put it in square brackets."),
    "api_not_object": N_("{field} should be an object but is «{value}». Write its fields by name in curly brackets."),
    "api_not_yes_or_no": N_("{field} should be true or false but is «{value}»."),
    "api_too_long": N_("{field} is longer than this door takes: at most {most}. Send less at once."),
    "api_too_short": N_("{field} is empty. Write its value, or leave it out."),
    "api_not_answer": N_(
        "{field} is «{value}», which is no value of a fact. Write true, false, a number, a text in quotes or a list of "
        "texts."
    ),
    "api_day_far": N_("{field}: {value} is too far away. Days of a case lie between the years {first} and {last}."),
    "api_act_unknown": N_(
        "{field}: «{value}» is no act on file. The list of acts names each: kaz/477-IV, for example."
    ),
    "api_indicator_unknown": N_("{field}: «{value}» is no series on file. The list of series names each."),
    "api_days_out_of_order": N_("{field}: {first} is not before {last}. Exchange the two days."),
}
"""What may be wrong with a request; of a case, an answer or a day the sentences of `render` speak."""
