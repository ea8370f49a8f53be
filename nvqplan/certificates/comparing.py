"""What a certificate says and the rules do not, in words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from nvqplan.certificates.document import Document
from nvqplan.certificates.shape import Problem


def compare(given: Document, true: Document, place: str) -> Iterator[Problem]:
    """Every figure and text of one pathway that is not as it ought to be."""
    if given["reading"] != true["reading"]:
        message = f"read as {given['reading']}, the whole certificate as {true['reading']}"
        yield Problem(f"{place}.reading", message)
    for part in ("qualification", "totals"):
        yield from _compare_members(given[part], true[part], f"{place}.{part}", part)
    for number, unit in true["units"].items():
        where = f"{place}.units.{number}"
        yield from _compare_members(given["units"][number], unit, where, f"unit {number}")
    yield from _compare_rules(given["rules"], true["rules"], f"{place}.rules")


def _compare_members(
    given: Mapping[str, Any], true: Mapping[str, Any], place: str, what: str
) -> Iterator[Problem]:
    for key, value in true.items():
        if isinstance(value, dict):
            yield from _compare_adds(given[key], value, f"{place}.{key}", what)
        elif given[key] != value:
            said, meant = _say(given[key]), _say(value)
            message = f"{what}: the certificate says {key} {said}, the rules say {meant}"
            yield Problem(f"{place}.{key}", message)


def _compare_adds(
    given: Mapping[str, int], true: Mapping[str, int], place: str, what: str
) -> Iterator[Problem]:
    """What each unit adds to a sum."""
    for number in {**true, **given}:
        where = f"{place}.{number}"
        said, meant = given.get(number), true.get(number)
        if said is None:
            yield Problem(where, f"{what}: the certificate leaves out {number}, which adds {meant}")
        elif meant is None:
            yield Problem(where, f"{what}: {number} does not count, the certificate says it does")
        elif said != meant:
            message = f"{what}: the certificate says {number} adds {said}, the rules say {meant}"
            yield Problem(where, message)


def _compare_rules(given: list[Document], true: list[Document], place: str) -> Iterator[Problem]:
    """Comparison by comparison; one that is left out or made up is told as such."""
    meant = _by_name(true)
    said = _by_name(given)
    for name, (index, rule) in said.items():
        where = f"{place}[{index}]"
        if name in meant:
            yield from _compare_members(rule, meant[name][1], where, _title(rule))
        else:
            yield Problem(where, f"{_title(rule)}: no such rule applies")
    for name, (_, rule) in meant.items():
        if name not in said:
            yield Problem(place, f"{_title(rule)}: the rule applies, the certificate leaves it out")
    if said.keys() == meant.keys() and list(said) != list(meant):
        yield Problem(place, "the rules stand in another order than in the rulebook")


def _by_name(rules: list[Document]) -> dict[tuple[str, str, int], tuple[int, Document]]:
    """Each comparison with its index, by rule, what it is about, and how often that was before."""
    named: dict[tuple[str, str, int], tuple[int, Document]] = {}
    for index, rule in enumerate(rules):
        times = sum(name[:2] == (rule["id"], rule["about"]) for name in named)
        named[rule["id"], rule["about"], times] = index, rule
    return named


def _title(rule: Document) -> str:
    return f"{rule['id']} {rule['about']}".rstrip()


def _say(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
