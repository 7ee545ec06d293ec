"""The columns of a country's tables. Texts for readers stand beside them once a language (`text_en`)."""

from __future__ import annotations

REGIME_COLUMNS = (
    "citizenship",
    "regime",
    "since",
    "until",
    "enforced_since",
    "per_entry_days",
    "days_in_window",
    "window_days",
    "basis",
    "provision",
)
ABROAD_COLUMNS = (
    "host",
    "citizenship",
    "regime",
    "since",
    "until",
    "per_entry_days",
    "days_in_window",
    "window_days",
    "window_kind",
    "registration_within",
    "registration_unit",
    "registration_from",
    "basis",
)
EVENT_COLUMNS = ("id", "adopted", "in_force", "instrument", "provisions", "area", "group")
CODING_COLUMNS = ("change", "coverage", "departure", "pol_area", "pol_tool", "target_group", "target_origin", "force")
BELIEF_COLUMNS = ("confidence", "sources", "conflicts_with")
