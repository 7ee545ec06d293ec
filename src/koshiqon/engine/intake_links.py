"""Two passports, one person: pairs of ids become groups, and every id of a group the smallest of it."""

from __future__ import annotations

from collections.abc import Iterable


def smallest_of_linked(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By id the smallest id that it is linked with, through others too; the smallest ids themselves
    are left out. Union by pointing at the smaller root, with the paths halved.
    """
    root: dict[str, str] = {}

    def find(one: str) -> str:
        while root.setdefault(one, one) != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return {one: find(one) for one in root if find(one) != one}
