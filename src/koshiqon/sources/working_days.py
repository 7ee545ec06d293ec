"""Working days by the public holidays of a country, as the package `holidays` knows them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from koshiqon.rules.judging import AddWorkingDays, ReasonKind, Unknown, unknown

if TYPE_CHECKING:
    from holidays import HolidayBase

NOT_KNOWN = unknown(ReasonKind.NOT_MODELLED, "calendar")


def working_days_of(code: str) -> AddWorkingDays:
    """What adds working days by the holidays of `code` (ISO 3166-1, two letters): the n-th working day after a day, the
    day itself not counted; a negative number goes back, 0 is the day itself.

    Unknown (`calendar` not modelled) outside the years that the package knows, and everywhere where it knows no
    holidays of `code`. Weekends and days that a government moved are those of the package; for years to come it knows
    the rule and not yet each decree.
    """

    def add(day: date, amount: int) -> date | Unknown:
        holidays, left = _holidays(code), abs(amount)
        step = 1 if amount > 0 else -1
        while left:
            if holidays is None or not _knows(holidays, day) or not _knows(holidays, day := day + timedelta(days=step)):
                return NOT_KNOWN
            left -= holidays.is_working_day(day)
        return day

    return add


def _knows(holidays: HolidayBase, day: date) -> bool:
    return holidays.start_year <= day.year <= holidays.end_year


@cache
def _holidays(code: str) -> HolidayBase | None:
    """The holidays of a country, None where the package has none. Imported here: it takes most of a second, and few
    who read a country count working days.
    """
    from holidays import country_holidays  # noqa: PLC0415

    try:
        return country_holidays(code)
    except NotImplementedError:
        return None
