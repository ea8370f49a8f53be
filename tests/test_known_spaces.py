"""Every question to the five spaces of the rulebook 3412, answered twice."""

import os
import subprocess
import sys
import tracemalloc
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from nvqplan.rules.terms import Terms
from nvqplan.solving.listing import draw, lines
from nvqplan.space.mixes import Frequency, Space
from nvqplan.space.wishes import Wishes
from tests.oracle import Mix, in_order, rows_of
from tests.rulebook_3412 import ANY, IDS, INTENDED, space

BOTH = [(id, terms) for id in IDS for terms in (ANY, INTENDED)]
LEVEL_1 = [(id, terms) for id, terms in BOTH if id in ("l1-award", "l1-certificate")]

both_readings = pytest.mark.parametrize(("id", "terms"), BOTH)
level_1 = pytest.mark.parametrize(("id", "terms"), LEVEL_1)


def positions(asked: Space, size: int) -> list[int]:
    count = asked.count()
    return [0, 1, count - 2, count - 1, *draw(count, size, 1, replace=True)]


def smallest(asked: Space, mixes: list[Mix]) -> set[Mix]:
    """The mixes that hold no other: of each subset, is it one, or holds a part of it one?"""
    forced = frozenset[str].intersection(*mixes)
    free = [unit for unit in asked.order if unit not in forced]
    bits = {unit: 1 << place for place, unit in enumerate(free)}
    masks = {sum(bits[unit] for unit in mix - forced): mix for mix in mixes}
    holding = bytearray(1 << len(bits))
    found = set()
    for mask in range(len(holding)):
        if any(holding[mask ^ bit] for bit in bits.values() if mask & bit):
            holding[mask] = 1
        elif mask in masks:
            holding[mask] = 1
            found.add(masks[mask])
    return found


@both_readings
def test_numbers_and_mixes_are_inverse_to_each_other(id: str, terms: Terms) -> None:
    for asked in (space(id, terms=terms), space(id, terms=terms).minimal()):
        numbers = positions(asked, 200)
        found = [asked.nth(number) for number in numbers]
        assert [asked.rank(mix) for mix in found] == numbers
        assert in_order(found, asked.order) == [asked.nth(number) for number in sorted(numbers)]
        qualification, learner = asked.qualification, asked.learner
        assert all(qualification.is_legal(mix, learner, asked.reading) for mix in found)


@both_readings
def test_rows_far_inside_are_those_that_their_numbers_name(id: str, terms: Terms) -> None:
    asked = space(id, terms=terms)
    for start in positions(asked, 6):
        part = [asked.nth(number) for number in range(start, min(start + 70, asked.count()))]
        assert list(asked.slice(start, start + 70)) == part
        told = b"".join(text for text, _ in asked.lines(start, start + 70))
        assert told == rows_of(part, asked.order)


@both_readings
def test_sums_are_counted_as_wishes_count_them(id: str, terms: Terms) -> None:
    asked = space(id, terms=terms)
    level = f"level {asked.qualification.level}"
    by = {measure: asked.count_by(measure) for measure in ("credits", "glh", "units", level)}
    assert {sum(counts.values()) for counts in by.values()} == {asked.count()}
    credits = list(by["credits"])
    for total in (credits[0], credits[len(credits) // 3], credits[-1]):
        wished = space(id, Wishes(credits=(total, total)), terms)
        assert wished.count() == by["credits"][total]
    hours = list(by["glh"])
    few = hours[len(hours) // 4]
    fewer = sum(count for total, count in by["glh"].items() if total <= few)
    assert space(id, Wishes(max_glh=few), terms).count() == fewer


@both_readings
def test_folded_or_not_the_count_is_the_same(id: str, terms: Terms) -> None:
    folded = space(id, terms=terms).count()
    whole = space(id, terms=terms)
    assert whole.diagram.count() == whole.count() == folded


def test_the_status_of_every_unit_of_level_3_is_what_wishes_count() -> None:
    asked = space("l3-diploma")
    told = asked.status()
    assert list(told) == list(asked.qualification.offering.units)
    for unit, status in told.items():
        assert status == Frequency(
            space("l3-diploma", Wishes(taken=(unit,))).count(), asked.count()
        )
        assert status.mixes == asked.given((unit,)).count()


def test_the_status_after_choices_is_that_of_a_fresh_space() -> None:
    for id in IDS:
        asked = space(id)
        units = list(asked.qualification.offering.units)
        for taken, left in ((units[3:5], units[7:9]), (units[-2:], units[10:12])):
            fresh = space(id, Wishes(taken=(*taken,), left=(*left,)))
            assert asked.given(taken, left).status() == fresh.status()


@both_readings
def test_mandatory_units_are_forced_and_none_is_impossible(id: str, terms: Terms) -> None:
    kinds = {unit: status.kind for unit, status in space(id, terms=terms).status().items()}
    forced = {
        "l1-award": ["101", "201"],
        "l1-certificate": ["101", "201"],
        "l2-certificate": ["101", "201"],
        "l3-diploma": ["101", "301"],
        "l4-diploma": ["101", "309", "316", "401"] if terms is ANY else ["101", "401"],
    }
    assert [unit for unit, kind in kinds.items() if kind == "forced"] == forced[id]
    assert "impossible" not in kinds.values()


@level_1
def test_level_1_listed_in_full_answers_every_question(id: str, terms: Terms) -> None:
    asked = space(id, terms=terms)
    every = list(asked.mixes())
    assert len(set(every)) == len(every) == asked.count()
    assert in_order(every, asked.order) == every
    step = len(every) // 500
    assert [asked.rank(mix) for mix in every[::step]] == list(range(0, len(every), step))
    taken = Counter(unit for mix in every for unit in mix)
    units = asked.qualification.offering.units
    assert asked.status() == {unit: Frequency(taken[unit], len(every)) for unit in units}
    for measure in ("credits", "glh", "units"):
        counts = Counter(sum(units[u].measure(measure) for u in mix) for mix in every)
        assert asked.count_by(measure) == dict(sorted(counts.items()))
    assert b"".join(text for text, _ in asked.lines(0, len(every))) == rows_of(every, asked.order)


@level_1
def test_the_minimal_mixes_of_level_1_hold_no_other(id: str, terms: Terms) -> None:
    asked = space(id, terms=terms)
    found = list(asked.minimal().mixes())
    assert found == in_order(smallest(asked, list(asked.mixes())), asked.order)


@pytest.mark.parametrize("shards", [7, 1_000])
def test_shards_of_level_1_are_everything_once(shards: int) -> None:
    asked = space("l1-award")
    parts = [list(asked.shard(index, shards)) for index in range(shards)]
    assert [mix for part in parts for mix in part] == list(asked.mixes())
    assert {len(part) for part in parts} <= {126_924 // shards, -(-126_924 // shards)}


def test_shards_of_a_huge_space_join_without_gaps() -> None:
    asked = space("l3-diploma")
    bounds = [asked.shard_bounds(index, 9_999) for index in range(9_999)]
    assert bounds[0][0] == 0
    assert bounds[-1][1] == asked.count()
    assert all(one[1] == other[0] for one, other in pairwise(bounds))
    assert len({stop - start for start, stop in bounds}) == 2
    assert next(asked.shard(17, 9_999)) == asked.nth(bounds[17][0])


def test_the_best_of_level_1_are_those_of_the_sorted_list() -> None:
    asked = space("l1-certificate")
    units = asked.qualification.offering.units
    weights = {u: (unit.credits % 3 - 1, -unit.glh) for u, unit in units.items()}
    scored = [
        (tuple(sum(weights[u][place] for u in mix) for place in (0, 1)), mix)
        for mix in asked.mixes()
    ]
    ranked = sorted(scored, key=lambda one: [-number for number in one[0]])
    assert list(asked.best(weights, 300)) == ranked[:300]


def test_the_nearest_of_level_1_are_those_of_the_sorted_list() -> None:
    asked = space("l1-award")
    units = list(asked.qualification.offering.units)
    proposal = frozenset(units[5:7])
    told = list(asked.nearest(proposal, locked=units[5:6], k=100))
    keeping = [mix for mix in asked.mixes() if units[5] in mix]
    ranked = sorted(keeping, key=lambda mix: len(mix ^ proposal))
    assert [edit.mix for edit in told] == ranked[:100]
    assert [edit.cost for edit in told] == [(len(mix ^ proposal),) for mix in ranked[:100]]


def test_a_million_rows_are_streamed_in_little_memory() -> None:
    asked = space("l3-diploma")
    start, rows = asked.count() // 3, 0
    tracemalloc.start()
    for chunk, (text, told) in enumerate(lines(asked.diagram, start, start + 1_000_000)):
        if told and chunk % 50 == 0:
            first = asked.nth(start + rows)
            assert text[1:].partition(b"\n")[0] == rows_of([first], asked.order)[1:]
            assert text.count(b"\n") == told
        rows += told
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == 1_000_000
    assert peak < 20_000_000


def test_samples_are_spread_over_the_whole_of_level_3() -> None:
    asked = space("l3-diploma")
    drawn = [asked.rank(mix) for mix in asked.sample(2_000, 5)]
    assert drawn == list(draw(asked.count(), 2_000, 5))
    tenths = Counter(10 * number // asked.count() for number in drawn)
    assert sum((count - 200) ** 2 / 200 for count in tenths.values()) < 40
    shares = asked.status()
    of_units = Counter(unit for mix in asked.sample(2_000, 6) for unit in mix)
    for unit, status in shares.items():
        assert abs(of_units[unit] / 2_000 - status.mixes / status.of) < 0.07


SCRIPT = """
from nvqplan.rules.terms import Terms
from nvqplan.space.wishes import Wishes
from tests.rulebook_3412 import IDS, INTENDED, space
def told(*mixes):
    print(*[sorted(mix) for mix in mixes])
for id in IDS:
    asked = space(id, Wishes(left=("107", "305")), INTENDED)
    weights = {unit: (place % 5, -place) for place, unit in enumerate(asked.order)}
    for one in (asked, asked.minimal(), asked.given(asked.order[:2], asked.order[-2:])):
        print(id, one.fingerprint, one.count(), one.order, one.count_by("glh"), one.status())
        if one.count():
            told(*one.slice(7, 60), *one.sample(9, 3, replace=True))
            told(*one.sample(min(20, one.count()), 3))
            print(*one.lines(5, 90))
        for score, mix in one.best(weights, 30):
            print(score, asked.rank(mix))
        for edit in one.nearest({"204", "205", "999"}, k=20):
            print(edit[:3])
"""


def test_the_same_bytes_under_any_hash_seed() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in "123"
    }
    assert len(told) == 1
    assert told.pop().count(b"\n") > 500
