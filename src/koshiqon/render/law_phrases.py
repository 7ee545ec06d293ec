"""Sentences about the law of a day and about what changed, by code, in English; locale/ holds the other languages."""

from __future__ import annotations

from koshiqon.render.phrases import N_

LAW_PARTS: dict[str, str] = {
    "title": N_("Titles to stay"),
    "category": N_("Who belongs to which category"),
    "right": N_("Rights"),
    "duty": N_("Duties"),
    "sanction": N_("Penalties"),
    "bar": N_("Grounds to refuse entry"),
    "discretion": N_("What somebody may decide"),
    "visa_free": N_("Stay without a visa, in short"),
    "read_until": N_("Until when the law was read"),
    "changes": N_("Changes by day"),
    "undated": N_("Rows without a known day: nobody can say whether it lies between"),
}

RULE_KINDS: dict[str, str] = {
    "title": N_("title to stay"),
    "category": N_("category"),
    "right": N_("right"),
    "duty": N_("duty"),
    "sanction": N_("penalty"),
    "bar": N_("ground to refuse entry"),
    "discretion": N_("power to decide"),
}

LAW_SAYS: dict[str, str] = {
    "law_title": N_("{country}: rules in force on {day}"),
    "since": N_("in force since {since}"),
    "since_until": N_("in force since {since}, no longer from {until}"),
    "may_hold": N_("Whether it held on this day is not known."),
    "only_under": N_("Only where one reads it so: {text} {option}"),
    "no_rules_of_kind": N_("No rule of these kinds is known for this day."),
    "states": N_("{limits}: {areas}"),
    "doubtful": N_("? means: whether the row held on this day is not known."),
    "days_not_known": N_("days not known"),
    "general_limit": N_("general limit for all who come without a visa"),
    "act_until": N_("{act}: read until {day}"),
    "act_unread": N_("{act}: the text itself was not read"),
    "changed_title": N_("{country}: what changed for the citizenship {area}"),
    "changed_days": N_(
        "Changes from {following} through {last}, both included. What was already so on {first} is what they change."
    ),
    "changed_whom": N_(
        "Told is what could concern these citizens; penalties of hosts and employers are left out. The names of "
        "sources are explained at the end."
    ),
    "nothing_changed": N_("No change is known in these days."),
    "regime_begun": N_("{regime} begins: {after}"),
    "regime_ended": N_("{regime} ends; it was: {before}"),
    "regime_replaced": N_("{regime}: {after}; before: {before}"),
    "regime_renewed": N_("{regime}: {after}, as before, on a new ground"),
    "regime_enforced": N_("{regime}: the border begins to apply the limit {after}"),
    "rule_begun": N_("New rule ({kind}). {after}"),
    "rule_ended": N_("A rule ends ({kind}). {before}"),
    "rule_replaced": N_("A rule changes ({kind}). {after}"),
    "before": N_("Before: {before}"),
    "value_begun": N_("{label}: {after}"),
    "value_ended": N_("{label}: no longer set; before: {before}"),
    "value_replaced": N_("{label}: {after}; before: {before}"),
    "practice_begun": N_("A practice begins. {after}"),
    "practice_ended": N_("A practice ends. {before}"),
    "unsure_day": N_("The day is not known well enough: it may lie outside the days asked."),
    "sources": N_("Sources: {sources}"),
}
