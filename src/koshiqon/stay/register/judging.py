"""SQL of judging: from the stays of a shard and the law to one verdict a stay, with reasons."""

from __future__ import annotations

from koshiqon.rules.sql import Dialect
from koshiqon.stay.register.law import RegisterLaw
from koshiqon.stay.register.present import first_look
from koshiqon.stay.register.runs import second_look
from koshiqon.stay.register.standing import verdicts
from koshiqon.stay.register.step import Step


def judging(law: RegisterLaw, dialect: Dialect) -> tuple[Step, ...]:
    """The steps from `stays`, `permits`, `penalties`, `profiles` and the tables of the law (`law_tables`) to `judged`,
    one row a stay in codes and numbers of days, and `segments`, days that stand alike of stays that one look did not
    settle. `written` says what people read.
    """
    return (*first_look(law), *second_look(law), *verdicts(law, dialect))
