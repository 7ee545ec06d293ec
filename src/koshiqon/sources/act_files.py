"""The acts of a country, one file each, with their provisions and parameters."""

from __future__ import annotations

from koshiqon.evidence import Reference
from koshiqon.law.acts import Act, Parameter, Value
from koshiqon.sources import shapes
from koshiqon.sources.faults import fault
from koshiqon.sources.files import Located
from koshiqon.sources.reader import Reader

COUNTED_WHOLE = frozenset({"days", "working_days", "months", "years"})
"""Units of terms: nobody can add half of one to a day."""


def read_acts(reader: Reader) -> tuple[dict[str, Act], dict[str, Parameter]]:
    """Every act by name, and the parameters of all acts by name."""
    acts: dict[str, Act] = {}
    parameters: dict[str, Parameter] = {}
    for name in reader.folder_of("acts"):
        located = reader.yaml(name)
        if located.value is None:
            continue
        shape = reader.shape(shapes.ActShape, located.value, name, located.line_of)
        if shape is None or not reader.place("act", shape.act, name, 1):
            continue
        acts[shape.act] = shape.build()
        _place_parts(reader, shape, name, located)
        for number, parameter in enumerate(shape.parameters):
            if reader.place("parameter", parameter.parameter, name, located.line_of(("parameters", number))):
                parameters[parameter.parameter] = parameter.build(shape.act)
                _place_values(reader, parameter, name, located, number)
    return acts, parameters


def _place_parts(reader: Reader, shape: shapes.ActShape, name: str, located: Located) -> None:
    for number, amendment in enumerate(shape.amended_by):
        line = located.line_of(("amended_by", number))
        reader.places.setdefault(Reference("amendment", f"{shape.act} by {amendment.act}"), (name, line))
    for number, provision in enumerate(shape.provisions):
        full, line = f"{shape.act}/{provision.provision}", located.line_of(("provisions", number))
        reader.places.setdefault(Reference("provision", full), (name, line))
        reader.place("provision", f"{full}@{provision.since.text}", name, line)


def _place_values(reader: Reader, parameter: shapes.ParameterShape, name: str, located: Located, number: int) -> None:
    """Note where the values of a parameter stand, and tell those that are no number or out of range."""
    low, high = parameter.range or (float("-inf"), float("inf"))
    for value_number, value in enumerate(parameter.values):
        line = located.line_of(("parameters", number, "values", value_number))
        reader.places.setdefault(Reference("parameter", f"{parameter.parameter}/{value.since.text}"), (name, line))
        reader.place("parameter", f"{parameter.parameter}/{value.since.text}/{value.value}", name, line)
        if (code := misfit(value.value, parameter.unit)) is not None:
            reader.faults.append(fault(name, line, code, field=parameter.parameter, value=value.value))
        if isinstance(value.value, int | float) and not low <= value.value <= high:
            bounds = {"low": f"{low:g}", "high": f"{high:g}"}
            reader.faults.append(
                fault(name, line, "out_of_range", field=parameter.parameter, value=value.value, **bounds)
            )


def misfit(value: Value, unit: str) -> str | None:
    """The code of the fault where a value is none of its unit: a word where there is no code, half a day of a term."""
    if isinstance(value, str) and unit != "code":
        return "not_a_number"
    return "not_a_whole_number" if isinstance(value, float) and unit in COUNTED_WHOLE else None
