"""What the pages of figures say in Python: findings computed from figures, names of ways, lines and periods."""

from __future__ import annotations

from collections.abc import Sequence

from koshiqon.render.phrases import N_
from koshiqon.render.words import Voice
from koshiqon.review.finding import decimals_of
from koshiqon.trends.choice import Chosen
from koshiqon.trends.cut import WHOLE, Part, SeriesLine, Way, grain
from koshiqon.trends.series import Indicator, Observation

SAID = {
    "only": N_("{value} ({period}): the only figure there is."),
    "highest": N_("{value} ({period}): the highest figure of the series (the first: {first})."),
    "lowest": N_("{value} ({period}): the lowest figure of the series (the first: {first})."),
    "between": N_("{value} ({period}). Highest: {highest} ({when}); lowest: {lowest} ({then})."),
    "unequal": N_("{value} ({period}). The periods differ in length, so these figures cannot be compared."),
    "unit": N_("Unit: {unit}."),
    "largest": N_("Largest ({period}), {unit}: {list}."),
    "newest": N_("Newest figures, {unit}: {list}."),
    "named": N_("{name} {value}"),
    "named_dated": N_("{name} {value} ({period})"),
    "way_total": N_("all together"),
    "way_counterpart": N_("by country"),
    "way_sex": N_("women and men"),
    "way_age": N_("by age"),
    "way_dimension": N_("by: {dimension}"),
    "way_of_part": N_("{way}; only {part}"),
    "each_any": N_("all periods"),
    "each_year": N_("whole years"),
    "each_half": N_("half-years"),
    "each_quarter": N_("quarters"),
    "each_month": N_("months"),
    "each_day": N_("days"),
    "each_years": N_("several years at once"),
    "each_part": N_("parts of years"),
    "look_reported": N_("Solid line, full mark: reported."),
    "look_estimated": N_("Dashed line, hollow mark: estimated."),
    "look_preliminary": N_("Dotted line, hollow mark: preliminary."),
    "look_besides": N_("Amber hollow mark: another figure for the same period."),
    "look_doubted": N_("Hatched bar: estimated, preliminary or doubted."),
    "unmet_show": N_("This series cannot be laid out as «{value}». It is shown in its usual way."),
    "unmet_each": N_("There are no figures of the period «{value}» here. The usual ones are shown."),
    "unmet_line": N_("«{value}» is not one of the lines of this series, so it is left out."),
    "unmet_beside": N_("«{value}» cannot stand beside this series: it is counted otherwise, or has too few figures."),
    "unmet_years": N_("There are no figures for the years {value}. All years are shown."),
    "unmet_most": N_("{value} lines were asked for; a chart holds six. The first six are drawn."),
    "too_short": N_("Single figures: a line needs at least three periods counted alike."),
}


def told(voice: Voice, code: str, **values: object) -> str:
    """One of these sentences."""
    return voice.translations.gettext(SAID[code]).format(**values)


def value_words(voice: Voice, row: Observation) -> str:
    """A figure with its unit."""
    value = voice.number(row.value, decimals_of(row.value))
    return voice.form("unit_value", value=value, unit=voice.word("unit", row.unit))


def code_name(voice: Voice, dimension: str, code: str) -> str:
    """A code on a dimension in words: a country, a sex, an age, a value of the country's own."""
    if dimension == "counterpart":
        return voice.area(code)
    return voice.word(dimension if dimension in ("sex", "age") else f"dimension:{dimension}", code)


def part_words(voice: Voice, part: Part) -> str:
    """What a figure is of, beyond the whole."""
    return " · ".join(code_name(voice, dimension, code) for dimension, code in part)


def way_words(voice: Voice, way: Way) -> str:
    """How figures are laid beside each other."""
    if way.by in ("counterpart", "sex", "age"):
        said = told(voice, f"way_{way.by}")
    elif way.by == WHOLE:
        if way.rest:
            return part_words(voice, way.rest)
        said = told(voice, "way_total")
    else:
        said = told(voice, "way_dimension", dimension=voice.word("dimension", way.by))
    return told(voice, "way_of_part", way=said, part=part_words(voice, way.rest)) if way.rest else said


def line_name(voice: Voice, chosen: Chosen, indicator: Indicator, line: SeriesLine) -> str:
    """What a line is called: its code in words, or the indicator where it is of the whole."""
    if line.code:
        return code_name(voice, chosen.way.by, line.code)
    return part_words(voice, chosen.way.rest) or voice.text(indicator.title).words


# --- findings --------------------------------------------------------------------------------------------------------


def finding(voice: Voice, chosen: Chosen) -> str:
    """What the figures shown say at once: the newest, the highest and the lowest, or the largest of several."""
    if len(chosen.lines) == 1:
        return _of_one(voice, chosen.lines[0][1].rows)
    newest = [(line_name(voice, chosen, held, line), line.rows[-1]) for held, line in chosen.lines]
    periods = {row.period for _, row in newest}
    few = newest[:3]
    unit = voice.word("unit", few[0][1].unit)
    if len(periods) == 1 and len({held.name for held, _ in chosen.lines}) == 1:
        named = [told(voice, "named", name=name, value=_bare(voice, row)) for name, row in few]
        return told(voice, "largest", period=voice.span(few[0][1].period), unit=unit, list="; ".join(named))
    dated = [
        told(voice, "named_dated", name=name, value=_bare(voice, row), period=voice.span(row.period))
        for name, row in few
    ]
    return told(voice, "newest", unit=unit, list="; ".join(dated))


def _of_one(voice: Voice, rows: Sequence[Observation]) -> str:
    last, high, low = rows[-1], max(rows, key=lambda row: row.value), min(rows, key=lambda row: row.value)
    value, period = value_words(voice, last), voice.span(last.period)
    if len(rows) == 1:
        return told(voice, "only", value=value, period=period)
    if incomparable(rows):
        return told(voice, "unequal", value=value, period=period)
    if last.value in (high.value, low.value) and high.value != low.value:
        code = "highest" if last.value == high.value else "lowest"
        return told(voice, code, value=value, period=period, first=voice.span(rows[0].period))
    return told(
        voice,
        "between",
        value=value,
        period=period,
        highest=_bare(voice, high),
        when=voice.span(high.period),
        lowest=_bare(voice, low),
        then=voice.span(low.period),
    )


def incomparable(rows: Sequence[Observation]) -> bool:
    """Are these counts over parts of years of any length?"""
    return all(grain(row.period) == "part" for row in rows) and rows[0].unit != "percent"


def _bare(voice: Voice, row: Observation) -> str:
    return voice.number(row.value, decimals_of(row.value))
