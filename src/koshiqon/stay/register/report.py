"""What a page about a screened register tells: what was asked, of which register, with which law, and the published
tables. Plain values; sentences are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from koshiqon.statistics.disclosure import THRESHOLD
from koshiqon.stay.register.form import Coverage
from koshiqon.stay.register.groups import Publication

SIDE_TABLES = ("permits", "penalties", "links")
ASSUMED = ("extracted_on_day_judged", "zone_of_register", "facts_of_door")
"""What a door may have taken for granted: the register was extracted on the day judged; checkpoints that name no zone
lie in the register's own; facts that the register does not tell are what the options of the command say of everybody.
"""


@dataclass(frozen=True, slots=True)
class RegisterAsked:
    """What was asked: the last day judged, the option of each reading, which stays were kept (SQL; None: all)."""

    on: date
    readings: Mapping[str, str]
    where: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """Everything a page about one screening says. The law is that of the country the page is written about.

    `rows` came in; `fingerprint` is a short hash of the inputs; `coverage` is by SIDE_TABLES; `read_until` is the
    newest change known to the text that was read, by act; `reasons` are names `kind:name` as the tables have them.
    `synthetic` registers say so on every page.
    """

    asked: RegisterAsked
    synthetic: bool
    rows: int
    fingerprint: str
    coverage: Mapping[str, Coverage]
    publication: Publication
    assumed: tuple[str, ...] = ()
    read_until: Mapping[str, date] = field(default_factory=dict)
    threshold: int = THRESHOLD
