"""Counting caps: of some units only so much counts towards a sum; more is allowed, for nothing.

`credits = { at_least = 42, counting = [{ of = { group = "C" }, at_most = 7 }] }`. It is linear:
with parts that share no unit, `rest + min(part, cap) + …` reaches a bound just where every choice
between each part and its cap does, since a least of two reaches it where both do:

    rest + min(p, c) + min(q, d) >= n   <=>   rest + p + q >= n  and  rest + c + q >= n
                                              and  rest + p + d >= n  and  rest + c + d >= n

So k caps are 2^k plain sums. Of a maximum that is not true: `min(p, c) <= n` holds where one of
the two keeps under n, and that is a choice, no sum; so caps go with `at_least` alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nvqplan.fields import as_list, as_mapping, as_whole, check_known
from nvqplan.findings import Findings, Located
from nvqplan.rules.filters import Filter, parse_filter
from nvqplan.rules.outcome import Beyond
from nvqplan.solving.linear import Linear
from nvqplan.units import Offering, by_number

MOST_CAPS = 4
"""So many caps one sum may have: they are 2^4 sums."""


class Cap(NamedTuple):
    """Of these units at most so much counts."""

    of: Filter
    at_most: int

    def __str__(self) -> str:
        return f"at most {self.at_most} of {self.of}"


Part = tuple[frozenset[str], Cap]
"""The units of a sum that fall under a cap."""


class Counted(NamedTuple):
    """What a mix has that counts, unit by unit, and what it has beyond the caps."""

    amounts: Mapping[str, int]
    beyond: tuple[Beyond, ...]


def parse_caps(node: Located, of: Filter, offering: Offering, found: Findings) -> tuple[Cap, ...]:
    """Read the `counting` of a sum over `of`: caps that share no unit, none of them idle."""
    problems = len(found)
    if node.value == []:
        found.add(node, "NVQ401", "counting names no cap")
    listed = as_list(node, "counting", found)
    caps = [cap for each in listed if (cap := _parse_cap(each, offering, found))]
    if len(listed) > MOST_CAPS:
        found.add(node, "NVQ401", f"{len(listed)} caps in one sum, more than {MOST_CAPS}")
    if len(found) == problems:
        _check_parts(list(zip(listed, caps, strict=True)), of, offering, found)
    return tuple(caps)


def _check_parts(
    caps: Sequence[tuple[Located, Cap]], of: Filter, offering: Offering, found: Findings
) -> None:
    summed = set(of.select(offering))
    taken: set[str] = set()
    for node, cap in caps if summed else ():
        part = summed.intersection(cap.of.select(offering))
        if not part:
            found.add(node, "NVQ401", "this cap is of no unit that the sum counts")
        elif part & taken:
            unit = min(part & taken, key=by_number)
            found.add(node, "NVQ401", f"unit '{unit}' falls under two caps of one sum")
        taken |= part


def _parse_cap(node: Located, offering: Offering, found: Findings) -> Cap | None:
    problems = len(found)
    members = as_mapping(node, "a counting cap", found)
    check_known(members, ("of", "at_most"), "a counting cap", "NVQ401", found)
    if len(found) == problems:
        for key in ("of", "at_most"):
            if key not in members:
                found.add(node, "NVQ401", f"a counting cap needs '{key}'")
    of = parse_filter(members.get("of"), offering, found)
    most = as_whole(members["at_most"], "at_most", found) if "at_most" in members else None
    return Cap(of, most) if most is not None and len(found) == problems else None


def parts_of(caps: Sequence[Cap], offering: Offering) -> tuple[Part, ...]:
    return tuple((frozenset(cap.of.select(offering)), cap) for cap in caps)


def at_least_counted(
    name: str, weights: Mapping[str, int], parts: Sequence[Part], least: int
) -> Iterator[Linear]:
    """One sum for each choice between the parts and their caps, see above.

    A part that cannot pass its cap is never less than it.
    """
    if not parts:
        yield Linear(name, weights, least)
        return
    (units, cap), *rest = parts
    yield from at_least_counted(name, weights, rest, least)
    if sum(weights.get(unit, 0) for unit in units) > cap.at_most:
        others = {unit: weight for unit, weight in weights.items() if unit not in units}
        yield from at_least_counted(name, others, rest, least - cap.at_most)


def count_up(weights: Mapping[str, int], parts: Sequence[Part], mix: frozenset[str]) -> Counted:
    """What each unit of the mix adds; of a part the first ones, until its cap is reached."""
    amounts = {number: weight for number, weight in weights.items() if number in mix}
    beyond = []
    for units, cap in parts:
        left, passed = cap.at_most, 0
        for number in [each for each in amounts if each in units and amounts[each]]:
            has = amounts.pop(number)
            if left:
                amounts[number] = min(has, left)
            passed += max(has - left, 0)
            left = max(left - has, 0)
        if passed:
            beyond.append(Beyond(str(cap.of), passed))
    in_order = {number: amounts[number] for number in weights if number in amounts}
    return Counted(in_order, tuple(beyond))
