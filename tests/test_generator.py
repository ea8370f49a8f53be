"""The random cases are worth having: hard ones, impossible ones and all kinds of rules occur."""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from nvqplan.rules.kinds import KINDS
from nvqplan.solving.either import Either
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.space.wishes import Wishes
from tests.oracle import Handbook, Mix, accepted, subsets
from tests.puzzles import HUGE, Puzzle, puzzles
from tests.rulebooks import Asked, Book, asked, wished
from tests.versions import pairs

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
    return sample(asked(), 600)


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
    return lambda asked: any(kind in rule for rule in rules_of(asked))


@cache
def handbook_of(book: Book) -> Handbook:
    return book.handbook()


def rules_of(asked: Asked) -> list[dict[str, Any]]:
    return handbook_of(asked.book).rules


def mentions(asked: Asked, *keys: str) -> bool:
    """Whether rules have one of these keys; what none asks nothing hangs on."""
    return any(f"'{key}':" in str(rules_of(asked)) for key in keys)


@cache
def days_of(asked: Asked) -> tuple[date, ...]:
    return tuple(asked.days())


@cache
def legal(asked: Asked, reading: frozenset[str] = frozenset()) -> set[Mix]:
    return handbook_of(asked.book).legal(days_of(asked), asked.age, reading)


def legal_by(asked: Asked, rules: list[dict[str, Any]]) -> set[Mix]:
    """What other rules would make of the same units and the same learner."""
    handbook = copy(handbook_of(asked.book))
    handbook.rules = rules
    return handbook.legal(days_of(asked), asked.age, frozenset())


def hangs_on(kind: str) -> Callable[[Asked], bool]:
    """Whether other mixes are legal with all rules of a kind struck out."""

    def differs(asked: Asked) -> bool:
        rules = rules_of(asked)
        others = [rule for rule in rules if kind not in rule]
        return others != rules and legal(asked) != legal_by(asked, others)

    return differs


def test_every_kind_of_rule_is_drawn() -> None:
    """And so judged by the oracle, which knows no other keys than it has judges for."""
    drawn = {key for asked in drawn_books() for rule in rules_of(asked) for key in rule}
    assert KINDS.keys() - drawn == set()


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


def test_rulebooks_are_no_copies_of_each_other() -> None:
    assert len({asked.book.rules for asked in drawn_books()}) > 0.99 * len(drawn_books())


def test_rulebooks_have_none_few_some_or_all_mixes() -> None:
    answers = Counter(
        size_of_answer(
            len(legal(asked, asked.reading)),
            2 ** len(handbook_of(asked.book).units),
        )
        for asked in drawn_books()
    )
    assert answers["none"] >= 60
    assert answers["few"] >= 60
    assert answers["some"] >= 200


def test_rulebooks_have_rules_of_every_kind() -> None:
    for kind in (
        *("credits", "units", "glh", "mandatory", "barred", "requires", "age"),
        *("share", "implies", "together", "equivalent", "choose", "components", "learner", "best"),
    ):
        assert share(drawn_books(), has_rule(kind)) > 0.08, kind
    assert share(drawn_books(), has_rule("points")) > 0.08
    assert share(drawn_books(), has_rule("titles")) > 0.02


def test_sums_have_every_filter_and_bound() -> None:
    written = Counter(
        key
        for asked in drawn_books()
        for rule in rules_of(asked)
        for measure in ("credits", "units", "glh", "points")
        for key in keys(rule.get(measure, {}))
    )
    bounds, filters = {"at_least", "at_most", "exactly"}, {"of", "list", "group", "topic", "units"}
    filters |= {"except", "any", "counting", "status", "imported"}
    levels = {"level", "level number", "level list", "level at_least", "level at_most"}
    assert {key for key, count in written.items() if count >= 8} == bounds | filters | levels


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
        *("choose", "components", "best", "age", "learner", "credits", "units", "glh", "points"),
    ):
        assert share(drawn_books()[:400], hangs_on(kind)) > 0.03, kind


def test_caps_on_what_counts_change_what_is_legal() -> None:
    def differs(asked: Asked) -> bool:
        rules = rules_of(asked)
        plain = [{k: _without(value, "counting") for k, value in rule.items()} for rule in rules]
        return plain != rules and legal(asked) != legal_by(asked, plain)

    assert share(drawn_books(), differs) > 0.04


def _without(value: Any, key: str) -> Any:
    return {k: v for k, v in value.items() if k != key} if isinstance(value, dict) else value


def test_groups_nest_and_one_unit_of_several_may_do() -> None:
    def nests(asked: Asked) -> bool:
        return any("." in unit["group"] for unit in handbook_of(asked.book).units.values())

    def has_choice(asked: Asked) -> bool:
        lists = [rule.get("mandatory", []) for rule in rules_of(asked)]
        lists += [n for r in rules_of(asked) for n in r.get("requires", {}).values()]
        return any(isinstance(each, list) for entries in lists for each in entries)

    def names_one_of_several_numbers(asked: Asked) -> bool:
        handbook = handbook_of(asked.book)
        entries = [each for rule in handbook.rules for each in rule.get("mandatory", [])]
        return any(
            {*same} & {*entries}
            for same in handbook.alike
            if not any(isinstance(each, list) for each in entries)
        )

    assert share(drawn_books(), nests) > 0.2
    assert share(drawn_books(), has_choice) > 0.08
    assert share(drawn_books(), names_one_of_several_numbers) > 0.01


def test_sets_are_barred_across_groups() -> None:
    def crosses(asked: Asked) -> bool:
        units = handbook_of(asked.book).units
        sets = [each for rule in rules_of(asked) for each in rule.get("barred", [])]
        return any(len({units[unit]["group"] for unit in each}) > 1 for each in sets)

    assert share(drawn_books(), crosses) > 0.05


def test_what_is_legal_hangs_on_the_date_the_age_and_the_reading() -> None:
    def hangs_on_date(asked: Asked) -> bool:
        handbook = handbook_of(asked.book)
        if not mentions(asked, "registered"):
            return False
        by_day: dict[date, set[Mix]] = {}
        for person, mixes in handbook.verdicts(handbook.days(), None, frozenset()).items():
            by_day.setdefault(person.day, set()).update(mixes)
        return len(set(map(frozenset, by_day.values()))) > 1

    def hangs_on_age(asked: Asked) -> bool:
        if not mentions(asked, "age"):
            return False
        young, old = (legal(replace(asked, age=age)) for age in (14, 20))
        return young != old

    def hangs_on_reading(asked: Asked) -> bool:
        return mentions(asked, "intended") and legal(asked) != legal(asked, asked.reading)

    assert share(drawn_books(), hangs_on_date) > 0.15
    assert share(drawn_books(), hangs_on_age) > 0.07
    assert share(drawn_books(), hangs_on_reading) > 0.04


def test_what_is_legal_hangs_on_what_is_said_of_the_learner() -> None:
    def hangs(field: str, *words: str) -> Callable[[Asked], bool]:
        def differs(asked: Asked) -> bool:
            less = replace(asked.book, said=replace(asked.book.said, **{field: ()}))
            if less == asked.book or not mentions(asked, *words):
                return False
            return legal(asked) != legal(replace(asked, book=less))

        return differs

    def differs_among_people(asked: Asked) -> bool:
        verdicts = handbook_of(asked.book).verdicts(days_of(asked)[-1:], asked.age, asked.reading)
        return len(set(map(frozenset, verdicts.values()))) > 1

    cases = drawn_books()[:400]
    assert share(cases, differs_among_people) > 0.04
    assert share(cases, hangs("attributes", "role", "site")) > 0.02
    assert share(cases, hangs("figures", "learner")) > 0.02
    assert share(cases, hangs("statuses", "status")) > 0.03
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

    assert share(drawn_books()[:200], has_negative) > 0.1


def test_wishes_can_be_met_or_collide_with_the_rules_or_with_each_other() -> None:
    def answer(case: tuple[Asked, Wishes]) -> str:
        asked, wishes = case
        handbook = handbook_of(asked.book)
        fitting = {mix for mix in subsets(handbook.units) if handbook.fits(mix, wishes)}
        if not fitting:
            return "collide"
        possible = legal(asked, asked.reading)
        return "met" if fitting & possible else "against the rules" if possible else "no matter"

    answers = Counter(map(answer, drawn_wishes()))
    assert {answer for answer, count in answers.items() if count >= 10} == {
        *("collide", "met", "against the rules", "no matter")
    }


def test_pairs_of_versions_have_all_much_or_nothing_in_common() -> None:
    def kept(books: tuple[Book, Book]) -> set[Mix]:
        old, new = (
            Asked(replace(each, said=replace(each.said, imported=())), "any", None, frozenset())
            for each in books
        )
        return legal(old) ^ legal(new)

    cases = sample(pairs(), 100)
    assert share(cases, lambda books: books[0] == books[1]) > 0.05
    assert share(cases, lambda books: books[0] != books[1] and not kept(books)) > 0.1
    assert share(cases, lambda books: bool(kept(books))) > 0.4
    assert share(cases, lambda books: bool(books[0].said.imported)) > 0.15
    assert share(cases, lambda books: "status =" in books[0].rules + books[1].rules) > 0.15
    assert share(cases, lambda books: books[0].units != books[1].units) > 0.3
