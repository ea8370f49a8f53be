"""The rulebook 3412: what was worked out by hand, by others, or twice."""

import os
import subprocess
import sys
from datetime import date
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.advice.conflicts import find_conflict
from nvqplan.advice.suggestions import Preferences, suggest
from nvqplan.reading.rulebook import find_data
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import PRINTED
from nvqplan.rules.terms import Terms
from nvqplan.solving import settling
from nvqplan.solving.layers import GIBIBYTE, NODE_BYTES
from nvqplan.solving.problem import mixes
from nvqplan.space.mixes import Space
from nvqplan.space.wishes import Wishes
from tests.oracle import Handbook, Mix
from tests.rulebook_3412 import ANY, IDS, QUALIFICATIONS, RULEBOOK, SALES, space
from tests.tapes import cases

FIRST_OF_JULY = date(2017, 7, 1)
FILES = ("units.csv", "rules.toml")


def mix(units: str) -> Mix:
    return frozenset(units.split())


def is_legal(id: str, units: str, terms: Terms) -> bool:
    qualification = QUALIFICATIONS[id]
    reading = terms.rules_read_as_intended(qualification)
    return qualification.is_legal(mix(units), terms.learner(qualification), reading)


@pytest.mark.parametrize(
    ("id", "count"),
    list(
        zip(IDS, (126_924, 45_706, 14_438_875_441, 153_389_687_974_836, 2_147_270_640), strict=True)
    ),
)
def test_how_many_mixes_are_legal_on_any_date(id: str, count: int) -> None:
    assert space(id).count() == count


@pytest.mark.parametrize(("id", "nodes"), list(zip(IDS, (60, 120, 1_100, 3_500, 160), strict=True)))
def test_all_legal_mixes_fit_into_a_small_diagram(id: str, nodes: int) -> None:
    assert space(id).diagram.size < nodes


def test_sums_that_are_looked_at_together_need_fewer_nodes() -> None:
    plain = space("l3-diploma").diagram
    with patch.multiple(settling, WIDE=1, EVERY=1):
        qualification = QUALIFICATIONS["l3-diploma"]
        learner = ANY.learner(qualification)
        diploma = Space(qualification, learner, memory=NODE_BYTES * (plain.size - 1))
        assert diploma.diagram.size < 2_100
        assert diploma.diagram.count() == plain.count() == 153_389_687_974_836


@pytest.mark.parametrize(
    "terms", [Terms(), Terms(date(2026, 9, 1)), Terms(date(2017, 7, 2)), Terms(date(2016, 1, 1))]
)
def test_how_many_level_3_mixes_are_legal_on_one_date(terms: Terms) -> None:
    assert space("l3-diploma", terms=terms).count() == 102_259_424_811_118


def test_on_the_first_of_july_2017_either_number_of_one_unit_is_accepted() -> None:
    count = space("l3-diploma", terms=Terms(FIRST_OF_JULY)).count()
    assert count == space("l3-diploma").count()


@pytest.mark.parametrize(("id", "least"), list(zip(IDS, (35, 67, 93, 100, 162), strict=True)))
def test_the_smallest_guided_learning_of_a_legal_mix(id: str, least: int) -> None:
    assert suggest(space(id), Preferences(), 1, rank_surplus=False)[0].totals.glh == least
    assert space(id, Wishes(max_glh=least)).count() > 0
    too_few = space(id, Wishes(max_glh=least - 1))
    assert too_few.count() == 0
    assert suggest(too_few, Preferences(), 1, rank_surplus=True) == ()
    conflict = find_conflict(too_few.qualification, too_few.demands, GIBIBYTE)
    assert [each.id for each in conflict if each.is_wish] == [f"--max-glh {least - 1}"]
    assert [each for each in conflict if not each.is_wish]


@pytest.mark.parametrize(
    ("id", "credits", "count"),
    list(zip(IDS, (12, 21, 28, 42, 42), (17, 478, 9_562, 1_735_000, 72), strict=True)),
)
def test_how_many_mixes_have_the_total_exactly(id: str, credits: int, count: int) -> None:
    assert QUALIFICATIONS[id].credits == credits
    assert space(id, Wishes(credits=(credits, credits))).count() == count
    assert space(id, Wishes(surplus=0)).count() == count


@pytest.mark.parametrize("registered", ["any", None])
def test_everything_sales_at_level_3(registered: None) -> None:
    asked = space("l3-diploma", terms=Terms(registered))
    best, *others = suggest(asked, Preferences(preferred=SALES), 10, rank_surplus=True)
    assert best.mix == mix("101 301 204 303 305 405 229 328 329 330")
    assert (best.totals.credits, best.surplus, best.preferred, best.totals.glh) == (42, 0, 30, 169)
    with_310 = next(
        each for each in others if each.mix == mix("101 301 204 310 305 405 229 328 329 330")
    )
    assert (with_310.totals.credits, with_310.preferred, with_310.totals.glh) == (42, 30, 179)


def test_a_mix_whose_verdict_hangs_on_the_reading() -> None:
    units = "101 301 204 304 305 404 405 406 408"
    assert not is_legal("l3-diploma", units, Terms(reading="printed"))
    assert is_legal("l3-diploma", units, Terms(reading="intended"))
    qualification = QUALIFICATIONS["l3-diploma"]
    judgement = qualification.judge(mix(units), Terms().learner(qualification), PRINTED)
    (broken,) = judgement.broken
    (level,) = broken.broken
    assert (level.have, level.at_least, level.short_by) == (12, 23, 11)


def test_read_literally_the_level_4_diploma_makes_309_and_316_compulsory() -> None:
    for unit in ("309", "316"):
        assert space("l4-diploma", Wishes(left=(unit,))).count() == 0
        assert space("l4-diploma", Wishes(left=(unit,)), Terms("any", None, "intended")).count() > 0


@pytest.mark.parametrize(
    ("id", "age", "feasible"),
    [
        ("l2-certificate", 13, True),
        ("l3-diploma", 15, False),
        ("l3-diploma", 16, True),
        ("l4-diploma", 17, False),
        ("l4-diploma", 18, True),
    ],
)
def test_how_old_a_learner_must_be(id: str, age: int, feasible: bool) -> None:
    assert (space(id, terms=Terms("any", age)).count() > 0) == feasible


@pytest.mark.parametrize(
    ("registered", "legal"),
    [
        (date(2017, 6, 30), ["319"]),
        (FIRST_OF_JULY, ["319", "619"]),
        (date(2017, 7, 2), ["619"]),
        ("any", ["319", "619"]),
        (None, ["619"]),
    ],
)
def test_one_unit_has_two_numbers_in_turn(registered: date | None, legal: list[str]) -> None:
    base = "101 301 204 303 305 405 229 328 329 330"
    with_one = [
        unit
        for unit in ("319", "619")
        if is_legal("l3-diploma", f"{base} {unit}", Terms(registered))
    ]
    assert with_one == legal
    assert not is_legal("l3-diploma", f"{base} 319 619", Terms(registered))


@pytest.mark.parametrize(
    ("registered", "told"), [(FIRST_OF_JULY, ["first-of-july"]), (date(2017, 7, 2), [])]
)
def test_of_the_day_that_the_print_forgets_a_remark_tells(
    registered: date, told: list[str]
) -> None:
    qualification = QUALIFICATIONS["l3-diploma"]
    units = mix("101 301 204 303 305 405 229 328 329 330 619")
    remarks = qualification.remarks_on(units, Learner((registered,)))
    assert [remark.id for remark in remarks] == told


def test_of_42_credits_at_level_4_a_remark_tells_that_the_parts_make_43() -> None:
    qualification = QUALIFICATIONS["l4-diploma"]
    (best,) = suggest(space("l4-diploma"), Preferences(), 1, rank_surplus=True)
    more = next(unit for unit in qualification.offering.units if unit not in best.mix)
    learner = Terms().learner(qualification)
    told = [
        [remark.id for remark in qualification.remarks_on(units, learner)]
        for units in (best.mix, best.mix | {more})
    ]
    assert told == [["parts-make-43"], []]


@pytest.mark.parametrize(
    "name", ["l2-certificate", "3412-03", "600/1135/X", "6001135x", " L2-Certificate "]
)
def test_a_qualification_is_known_by_its_id_its_number_and_its_qan(name: str) -> None:
    assert [each.id for each in RULEBOOK.named(name)] == ["l2-certificate"]


def test_no_qualification_is_known_by_nothing() -> None:
    assert RULEBOOK.named("") == ()


@pytest.mark.parametrize("id", ["l1-award", "l1-certificate"])
def test_both_solvers_list_the_same_legal_mixes_of_level_1(id: str) -> None:
    asked = space(id)
    machines = [machine for demand in asked.demands for machine in demand.machines]
    searched = list(mixes(machines, tuple(asked.qualification.offering.units)))
    walked = set(asked.mixes())
    assert len(searched) == asked.count()
    assert set(searched) == walked


@cases(60)
@given(
    st.sampled_from(IDS),
    st.sampled_from([ANY, Terms(date(2016, 1, 1), 17, "intended")]),
    st.lists(st.integers(-9, 1), min_size=60, max_size=60),
)
def test_verdicts_near_the_border_follow_the_written_rules(
    id: str, terms: Terms, weights: list[int]
) -> None:
    qualification = QUALIFICATIONS[id]
    units, rules = (Path(find_data(), name).read_text("utf-8") for name in FILES)
    handbook = Handbook(units, rules, id)
    days = handbook.days() if terms is ANY else [date(2016, 1, 1)]
    reading = terms.rules_read_as_intended(qualification)
    weighed = {unit: (weights[place],) for place, unit in enumerate(handbook.units)}
    for _, legal in islice(space(id).best(weighed), 2):
        for changed in (legal, *(legal ^ {unit} for unit in handbook.units)):
            said = qualification.is_legal(changed, terms.learner(qualification), reading)
            assert said == handbook.is_legal(changed, days, terms.age, reading)


SCRIPT = """
from itertools import islice
from nvqplan.advice.conflicts import find_conflict
from nvqplan.advice.suggestions import Preferences, suggest
from nvqplan.space.wishes import Wishes
from tests.rulebook_3412 import IDS, SALES, space
for id in IDS:
    for preferences in (Preferences(), Preferences(SALES, frozenset({"101", "204", "312"}))):
        for each in suggest(space(id), preferences, 20, rank_surplus=True):
            print(id, each.units, each.surplus, each.totals.glh)
    for score, legal in islice(space(id).best({}), 20):
        print(id, sorted(legal))
    too_few = space(id, Wishes(taken=("101",), left=("201", "301"), max_glh=34, credits=(1, 11)))
    conflict = find_conflict(too_few.qualification, too_few.demands, too_few.memory)
    print([demand.id for demand in conflict])
"""


def test_the_same_bytes_under_any_hash_seed() -> None:
    told = set()
    for hash_seed in "0123":
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=Path(__file__).parents[1],
            env=environment,
            capture_output=True,
            check=True,
        )
        told.add(ran.stdout)
    assert len(told) == 1
    assert told.pop().count(b"\n") > 200
