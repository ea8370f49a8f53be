"""The random cases are worth having: hard ones, impossible ones and all kinds of rules occur."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.wishes import Wishes
from tests.oracle import Handbook, Mix, accepted, subsets
from tests.rulebooks import HUGE, Asked, Puzzle, asked, puzzles, wished

Case = TypeVar("Case")


def sample(strategy: SearchStrategy[Case], size: int) -> list[Case]:
    """The same cases at every run."""
    drawn: list[Case] = []

    @seed(3412)
    @settings(max_examples=size, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(strategy)
    def collect(case: Case) -> None:
        drawn.append(case)

    collect()
    return drawn


@cache
def drawn_puzzles() -> list[Puzzle]:
    return sample(puzzles(), 300)


@cache
def drawn_books() -> list[Asked]:
    return sample(asked(), 450)


@cache
def drawn_wishes() -> list[tuple[Asked, Wishes]]:
    return sample(wished(), 300)


def share(cases: list[Case], has: Callable[[Case], bool]) -> float:
    return sum(map(has, cases)) / len(cases)


def size_of_answer(mixes: int, subsets: int) -> str:
    if mixes in (0, subsets):
        return "none" if not mixes else "all"
    return "few" if mixes <= 3 else "some"


def machines(puzzle: Puzzle) -> Iterator[Machine]:
    yield from puzzle.machines
    for machine in puzzle.machines:
        if isinstance(machine, Either):
            for alternative in machine.alternatives:
                yield from machines(Puzzle(puzzle.variables, alternative))


def any_linear(has: Callable[[Linear], bool]) -> Callable[[Puzzle], bool]:
    return lambda puzzle: any(isinstance(m, Linear) and has(m) for m in machines(puzzle))


def any_either(has: Callable[[Either], bool]) -> Callable[[Puzzle], bool]:
    return lambda puzzle: any(isinstance(m, Either) and has(m) for m in machines(puzzle))


def has_rule(kind: str) -> Callable[[Asked], bool]:
    return lambda asked: any(kind in rule for rule in asked.book.handbook().rules)


def legal(
    handbook: Handbook, days: list[date], age: int | None, reading: frozenset[str]
) -> set[Mix]:
    return {mix for mix in subsets(handbook.units) if handbook.is_legal(mix, days, age, reading)}


def without(asked: Asked, kind: str) -> Handbook:
    """The rulebook with all rules of a kind struck out."""
    handbook = asked.book.handbook()
    handbook.rules = [rule for rule in handbook.rules if kind not in rule]
    return handbook


def hangs_on(kind: str) -> Callable[[Asked], bool]:
    def differs(asked: Asked) -> bool:
        terms = asked.days(), asked.age, frozenset[str]()
        return legal(asked.book.handbook(), *terms) != legal(without(asked, kind), *terms)

    return differs


def test_puzzles_have_none_few_some_or_all_mixes() -> None:
    answers = Counter(
        size_of_answer(len(accepted(puzzle.machines, puzzle.variables)), 2 ** len(puzzle.variables))
        for puzzle in drawn_puzzles()
    )
    assert {answer for answer, count in answers.items() if count >= 15} == {
        *("none", "few", "some", "all")
    }


def test_puzzles_have_weights_and_bounds_of_every_sort() -> None:
    cases = drawn_puzzles()
    assert share(cases, any_linear(lambda m: min(m.weights.values(), default=0) < 0)) > 0.3
    assert share(cases, any_linear(lambda m: 0 in m.weights.values())) > 0.2
    assert share(cases, any_linear(lambda m: not m.weights)) > 0.04
    assert share(cases, any_linear(lambda m: m.lower is None)) > 0.25
    assert share(cases, any_linear(lambda m: m.upper is None)) > 0.3
    assert share(cases, any_linear(lambda m: m.lower is not None and m.lower < 0)) > 0.3
    assert share(cases, any_linear(lambda m: m.lower == m.upper is not None)) > 0.07
    assert share(cases, any_linear(lambda m: HUGE in (m.lower, m.upper))) > 0.1


def test_puzzles_have_rules_for_one_variable_that_nothing_meets() -> None:
    impossible = any_linear(lambda m: len(m.variables) == 1 and not accepted([m], m.variables))
    assert share(drawn_puzzles(), impossible) > 0.02


def test_puzzles_have_choices_of_every_shape() -> None:
    cases = drawn_puzzles()
    assert share(cases, any_either(lambda m: not m.alternatives)) > 0.03
    assert share(cases, any_either(lambda m: () in m.alternatives)) > 0.05
    assert share(cases, any_either(lambda m: len(m.alternatives) > 1)) > 0.1
    assert share(cases, any_either(lambda m: m.at_most is not None)) > 0.05
    assert share(cases, any_either(lambda m: m.at_least > 1)) > 0.05
    assert share(cases, any_either(lambda m: any(map(is_nested, m.alternatives)))) > 0.05
    assert share(cases, lambda puzzle: not puzzle.variables) > 0.04
    assert share(cases, lambda puzzle: not puzzle.machines) > 0.06


def is_nested(alternative: tuple[Machine, ...]) -> bool:
    return any(isinstance(machine, Either) for machine in alternative)


def test_rulebooks_have_none_few_some_or_all_mixes() -> None:
    answers = Counter(
        size_of_answer(
            len(legal(asked.book.handbook(), asked.days(), asked.age, asked.reading)),
            2 ** len(asked.book.handbook().units),
        )
        for asked in drawn_books()
    )
    assert answers["none"] >= 25
    assert answers["few"] >= 15
    assert answers["some"] >= 75


def test_rulebooks_have_rules_of_every_kind() -> None:
    for kind in (
        *("credits", "units", "glh", "mandatory", "barred", "requires", "age"),
        *("share", "implies", "together", "equivalent", "choose", "components", "learner", "best"),
    ):
        assert share(drawn_books(), has_rule(kind)) > 0.03, kind
    assert share(drawn_books(), has_rule("points")) > 0.03


def test_sums_have_every_filter_and_bound() -> None:
    written = Counter(
        key
        for asked in drawn_books()
        for rule in asked.book.handbook().rules
        for measure in ("credits", "units", "glh", "points")
        for key in keys(rule.get(measure, {}))
    )
    bounds, filters = {"at_least", "at_most", "exactly"}, {"of", "list", "group", "topic", "units"}
    filters |= {"except", "any", "counting", "status", "imported"}
    levels = {"level", "level number", "level list", "level at_least", "level at_most"}
    assert {key for key, count in written.items() if count >= 2} == bounds | filters | levels


def keys(wanted: dict[str, Any]) -> Iterator[str]:
    yield from wanted
    of = wanted.get("of", {})
    yield from ["list"] if isinstance(of, list) else of
    level = of.get("level") if isinstance(of, dict) else None
    yield from (f"level {bound}" for bound in level) if isinstance(level, dict) else ()
    yield from ["level number"] if isinstance(level, int) else []
    yield from ["level list"] if isinstance(level, list) else []


def test_rules_that_name_units_and_shares_change_what_is_legal() -> None:
    for kind in (
        *("mandatory", "barred", "requires", "share", "implies", "together", "equivalent"),
        *("choose", "components", "best"),
    ):
        assert share(drawn_books(), hangs_on(kind)) > 0.006, kind


def test_caps_on_what_counts_change_what_is_legal() -> None:
    def uncapped(handbook: Handbook) -> Handbook:
        handbook.rules = [
            {key: _without(value, "counting") for key, value in rule.items()}
            for rule in handbook.rules
        ]
        return handbook

    def differs(asked: Asked) -> bool:
        terms = asked.days(), asked.age, frozenset[str]()
        plain = uncapped(asked.book.handbook())
        return legal(asked.book.handbook(), *terms) != legal(plain, *terms)

    assert share(drawn_books(), differs) > 0.02


def _without(value: Any, key: str) -> Any:
    return {k: v for k, v in value.items() if k != key} if isinstance(value, dict) else value


def test_groups_nest_and_one_unit_of_several_may_do() -> None:
    def nests(asked: Asked) -> bool:
        return any("." in unit["group"] for unit in asked.book.handbook().units.values())

    def has_choice(asked: Asked) -> bool:
        lists = [rule.get("mandatory", []) for rule in asked.book.handbook().rules]
        lists += [n for r in asked.book.handbook().rules for n in r.get("requires", {}).values()]
        return any(isinstance(each, list) for entries in lists for each in entries)

    def names_one_of_several_numbers(asked: Asked) -> bool:
        handbook = asked.book.handbook()
        entries = [each for rule in handbook.rules for each in rule.get("mandatory", [])]
        return any(
            {*same} & {*entries}
            for same in handbook.alike
            if not any(isinstance(each, list) for each in entries)
        )

    assert share(drawn_books(), nests) > 0.2
    assert share(drawn_books(), has_choice) > 0.05
    assert share(drawn_books(), names_one_of_several_numbers) > 0.002


def test_sets_are_barred_across_groups() -> None:
    def crosses(asked: Asked) -> bool:
        units = asked.book.handbook().units
        sets = [each for rule in asked.book.handbook().rules for each in rule.get("barred", [])]
        return any(len({units[unit]["group"] for unit in each}) > 1 for each in sets)

    assert share(drawn_books(), crosses) > 0.05


def test_what_is_legal_hangs_on_the_date_the_age_and_the_reading() -> None:
    def hangs_on_date(asked: Asked) -> bool:
        handbook = asked.book.handbook()
        verdicts = [legal(handbook, [day], None, frozenset()) for day in handbook.days()]
        return any(verdict != verdicts[0] for verdict in verdicts)

    def hangs_on_age(asked: Asked) -> bool:
        young, old = (
            legal(asked.book.handbook(), asked.days(), age, frozenset()) for age in (14, 20)
        )
        return young != old

    def hangs_on_reading(asked: Asked) -> bool:
        terms = asked.book.handbook(), asked.days(), asked.age
        return legal(*terms, frozenset()) != legal(*terms, asked.reading)

    assert share(drawn_books(), hangs_on_date) > 0.15
    assert share(drawn_books(), hangs_on_age) > 0.07
    assert share(drawn_books(), hangs_on_reading) > 0.04


def test_what_is_legal_hangs_on_what_is_said_of_the_learner() -> None:
    def hangs(*fields: str) -> Callable[[Asked], bool]:
        def differs(asked: Asked) -> bool:
            said = asked.book.said
            less = replace(asked.book, said=replace(said, **dict.fromkeys(fields, ())))
            terms = asked.days(), asked.age, asked.reading
            return legal(asked.book.handbook(), *terms) != legal(less.handbook(), *terms)

        return differs

    def differs_among_people(asked: Asked) -> bool:
        handbook, day = asked.book.handbook(), asked.days()[-1]
        verdicts = {
            frozenset(
                mix
                for mix in subsets(handbook.units)
                if not list(handbook.broken(mix, day, age, asked.reading, attributes))
            )
            for age, attributes in handbook.people(asked.age)
        }
        return len(verdicts) > 1

    cases = drawn_books()
    assert share(cases, differs_among_people) > 0.04
    assert share(cases, hangs("figures")) > 0.003
    assert share(cases, hangs("statuses")) > 0.003
    assert share(cases, lambda asked: bool(asked.book.said.imported)) > 0.2


def test_learners_have_one_date_any_date_or_told_none() -> None:
    cases = drawn_books()
    assert share(cases, lambda asked: asked.registered == "any") > 0.1
    assert share(cases, lambda asked: isinstance(asked.registered, date)) > 0.3
    assert share(cases, lambda asked: asked.registered is None) > 0.05
    assert share(cases, lambda asked: asked.age is None) > 0.2


def test_requires_makes_machines_with_negative_weights() -> None:
    def has_negative(asked: Asked) -> bool:
        qualification = asked.book.read()
        demands = qualification.demands(asked.learner(qualification), asked.reading)
        return any(
            weight < 0
            for demand in demands
            for m in demand.machines
            for weight in m.weights.values()
        )

    assert share(drawn_books(), has_negative) > 0.1


def test_wishes_can_be_met_or_collide_with_the_rules_or_with_each_other() -> None:
    def answer(case: tuple[Asked, Wishes]) -> str:
        asked, wishes = case
        handbook = asked.book.handbook()
        fitting = {mix for mix in subsets(handbook.units) if handbook.fits(mix, wishes)}
        if not fitting:
            return "collide"
        possible = legal(handbook, asked.days(), asked.age, asked.reading)
        return "met" if fitting & possible else "against the rules" if possible else "no matter"

    answers = Counter(map(answer, drawn_wishes()))
    assert {answer for answer, count in answers.items() if count >= 10} == {
        *("collide", "met", "against the rules", "no matter")
    }
