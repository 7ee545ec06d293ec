"""The law of a day, and what changed between two days, as JSON: codes, days and numbers, with texts of one language."""

from __future__ import annotations

import json

from koshiqon.country import Country
from koshiqon.evidence import Basis, Practice
from koshiqon.law.acts import ParameterValue
from koshiqon.law.regimes import Regime
from koshiqon.period import Period, Truth
from koshiqon.rules.rule import Rule
from koshiqon.stay.law_days import Change, Changed, LawOnDay, Row

Plain = dict[str, object]


def law_json(law: LawOnDay, country: Country, language: str, program: str) -> str:
    """Keys: country, country_version, country_hash, program, on, rules, visa_free, law_read_until."""
    told: Plain = {
        **_edition(country, program),
        "on": law.on.isoformat(),
        "rules": [{"holds": _truth(rule.period.contains(law.on)), **_rule(rule, language)} for rule in law.rules],
        "visa_free": [{"holds": _truth(row.period.contains(law.on)), **_regime(row)} for row in law.regimes],
        "law_read_until": [
            {"act": one.act, "until": one.until.isoformat() if one.until else None, "late": one.late}
            for one in law.read
        ],
    }
    return _written(told)


def changes_json(told: Changed, country: Country, language: str, program: str) -> str:
    """Keys: country, country_version, country_hash, program, citizenship, after, through, changes, undated."""
    shown: Plain = {
        **_edition(country, program),
        "citizenship": told.citizenship,
        "after": told.first.isoformat(),
        "through": told.last.isoformat(),
        "changes": [_change(change, language) for change in told.changes],
        "undated": [str(reference) for reference in told.undated],
    }
    return _written(shown)


def _written(told: Plain) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def _edition(country: Country, program: str) -> Plain:
    return {
        "country": country.code,
        "country_version": country.version,
        "country_hash": country.content_hash,
        "program": program,
    }


def _truth(held: Truth) -> str:
    return "unknown" if held is None else "yes" if held else "no"


def _change(change: Change, language: str) -> Plain:
    kinds = {Regime: "regime", Rule: "rule", ParameterValue: "parameter", Practice: "practice"}
    return {
        "day": change.day.text,
        "sure": change.sure,
        "how": change.how.value,
        "what": kinds[type(change.row)],
        "name": change.name,
        "before": None if change.before is None else _row(change.before, language),
        "after": None if change.after is None else _row(change.after, language),
    }


def _row(row: Row, language: str) -> Plain:
    match row:
        case Regime():
            return _regime(row)
        case Rule():
            return _rule(row, language)
        case ParameterValue():
            provision = None if row.provision is None else str(row.provision)
            return {"value": row.value, "provision": provision, **_period(row.period), **_basis(row.basis)}
        case Practice():
            departs = [str(target) for target in row.departs_from]
            text = row.text.choose(language).words
            return {"text": text, "departs_from": departs, **_period(row.period), **_basis(row.basis)}


def _rule(rule: Rule, language: str) -> Plain:
    return {
        "rule": rule.name,
        "kind": rule.kind.value,
        "of": rule.of.value,
        "provision": str(rule.provision),
        "text": rule.text.choose(language).words,
        "condition": rule.written or None,
        "overrides": list(rule.overrides),
        "under": dict(rule.under),
        **_period(rule.period),
        **_basis(rule.basis),
    }


def _regime(row: Regime) -> Plain:
    return {
        "regime": row.name,
        "citizenship": row.citizenship,
        "code": row.regime,
        "per_entry": row.limit.per_entry,
        "in_window": row.limit.in_window,
        "window": row.limit.window,
        "enforced_since": None if row.enforced_since is None else row.enforced_since.text,
        "provision": None if row.provision is None else str(row.provision),
        **_period(row.period),
        **_basis(row.basis),
    }


def _period(period: Period) -> Plain:
    return {"since": period.since.text, "until": None if period.until is None else period.until.text}


def _basis(basis: Basis) -> Plain:
    return {"confidence": basis.confidence.value, "sources": list(basis.sources)}
