"""Amounts that the law sets in units of an index, in money of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from koshiqon.country import Country
from koshiqon.rules.rule import Quantity
from koshiqon.stay.matter import quantity_on


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount: units of the index, and their worth in the country's currency: several `sums` where sources differ on
    the index, none where it is not known.
    """

    units: Decimal
    up_to: bool
    sums: tuple[Decimal, ...]
    halved: tuple[Decimal, ...] = ()


def sum_of(units: Quantity, country: Country, on: date) -> Sum | None:
    """So many units of the index, and their worth on a day: one sum for each value that sources give. None where the
    number of units is not known on that day.
    """
    number = quantity_on(units, country, on)
    if not isinstance(number, int | Decimal):
        return None
    index = country.parameters.get(country.penalty_unit)
    values = index.on(on) if index is not None else ()
    sums = dict.fromkeys(Decimal(number) * Decimal(str(value.value)) for value in values)
    return Sum(Decimal(number), False, tuple(sums))
