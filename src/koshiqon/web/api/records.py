"""Records of the domain as JSON: the same dataclasses, field by field, and the description of each in OpenAPI.

A text becomes its words by language, a date what stands in the file (`2023-01`, `unknown`), a reference or provision
its address, a pair a list of two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from koshiqon.evidence import ProvisionId, Reference
from koshiqon.language import Text
from koshiqon.period import PartialDate

Schema = dict[str, Any]
PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    ProvisionId: {"type": "string", "description": "country/act/path"},
    Reference: {"type": "string", "description": "kind:name"},
    Text: {"$ref": "#/components/schemas/Words"},
    PartialDate: {"$ref": "#/components/schemas/WrittenDate"},
}
"""Types that are described at once."""
WORDS: Schema = {
    "type": "object",
    "description": "A text by language: en, ru, kk.",
    "additionalProperties": {"type": "string"},
}
WRITTEN_DATE: Schema = {
    "type": "string",
    "description": "A date as exactly as it is known: 2023-01-27, 2023-01, 2023, ..2019-07-22 (then or earlier), "
    "unknown.",
}


def record(value: object) -> Any:  # noqa: ANN401 (JSON holds anything)
    """A value of the domain as JSON has it. Raises TypeError for a kind that nobody described."""
    match value:
        case Text():
            return dict(value.by_language)
        case PartialDate():
            return value.text
        case ProvisionId() | Reference():
            return str(value)
        case StrEnum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case tuple() | list():
            return [record(item) for item in value]
        case Mapping():
            return {str(key): record(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: record(getattr(value, part.name)) for part in fields(value)}
    raise TypeError(type(value))


def described(kind: Any, named: dict[str, Schema]) -> Schema:  # noqa: ANN401 (a type, or what typing makes of several)
    """The description of a type; dataclasses are described once, in `named`, by their name."""
    if kind in PLAIN:
        return PLAIN[kind]
    if kind is Any:
        return {}
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [described(part, named) for part in get_args(kind)]}
    if get_origin(kind) in (tuple, list):
        return _listed(get_args(kind), named)
    if get_origin(kind) is not None and issubclass(get_origin(kind), Mapping):
        return {"type": "object", "additionalProperties": described(get_args(kind)[1], named)}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if not is_dataclass(kind) or not isinstance(kind, type):
        raise TypeError(kind)
    if kind.__name__ not in named:
        named[kind.__name__] = {}
        named[kind.__name__] |= _of_fields(kind, named)
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _listed(parts: tuple[Any, ...], named: dict[str, Schema]) -> Schema:
    if len(parts) == 2 and parts[1] is not Ellipsis:
        first, second = (described(part, named) for part in parts)
        items = first if first == second else {"anyOf": [first, second]}
        return {"type": "array", "items": items, "minItems": 2, "maxItems": 2}
    return {"type": "array", "items": described(parts[0], named)}


def _of_fields(kind: type, named: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    names = [part.name for part in fields(kind)]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {name: described(hints[name], named) for name in names},
        "required": names,
    }
