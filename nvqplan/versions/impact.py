"""Which mixes a new version of a qualification gains and loses: how many, and the smallest."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from nvqplan.advice.suggestions import numbers_ascending
from nvqplan.core.findings import Finding
from nvqplan.core.units import Mix, sort_units
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import amount, listing
from nvqplan.rules.learner import Learner
from nvqplan.rules.qualification import Judged, Qualification, machines_of
from nvqplan.rules.rule import Reading
from nvqplan.rules.terms import Terms
from nvqplan.rules.wording import say_outcome, say_sources
from nvqplan.solving.counting import count_accepted
from nvqplan.solving.derived import difference
from nvqplan.solving.diagram import arrange, compile_in_order
from nvqplan.solving.layers import GIBIBYTE, OutgrownError
from nvqplan.solving.linear import Linear
from nvqplan.solving.machine import Machine
from nvqplan.space.proof import DisagreementError

SAMPLES = 3
"""How many mixes gained or lost are shown."""


class Sample(NamedTuple):
    """A mix that is legal in one version only; units in ascending order, figures as there.

    In the other one some units are not `offered`, or rules are `broken`, or both.
    """

    units: tuple[str, ...]
    credits: int
    glh: int
    not_offered: tuple[str, ...]
    broken: tuple[Judged, ...]


class Impact(NamedTuple):
    """How many mixes a qualification has in two versions, and how many of them are in both.

    `old` or `new` is None where that version does not have it. Samples are among the smallest mixes
    of those gained and lost; there are none where finding them would take too much memory.
    """

    id: str
    old: Qualification | None
    new: Qualification | None
    before: int
    after: int
    both: int
    lost_samples: tuple[Sample, ...] = ()
    gained_samples: tuple[Sample, ...] = ()

    @property
    def lost(self) -> int:
        return self.before - self.both

    @property
    def gained(self) -> int:
        return self.after - self.both


class _Side(NamedTuple):
    """A qualification on the terms in force, over the units of both versions."""

    qualification: Qualification
    learner: Learner
    reading: Reading
    machines: list[Machine]

    @classmethod
    def of(cls, qualification: Qualification, terms: Terms, units: Mix) -> "_Side":
        """A unit that is not offered is left: no mix that holds one is legal here."""
        learner = terms.learner(qualification)
        reading = terms.rules_read_as_intended(qualification)
        machines = machines_of(qualification.demands(learner, reading))
        foreign = sort_units(units - qualification.offering.units.keys())
        if foreign:
            machines.append(Linear("not offered", dict.fromkeys(foreign, 1), upper=0))
        return cls(qualification, learner, reading, machines)

    @property
    def units(self) -> Mix:
        return frozenset(self.qualification.offering.units)

    def judge(self, mix: Mix) -> tuple[Judged, ...]:
        """The rules that the mix breaks, units that are not offered weighing nothing."""
        return self.qualification.judge(mix, self.learner, self.reading).broken


def measure_impact(
    old: Qualification | None, new: Qualification | None, terms: Terms, memory: int = GIBIBYTE
) -> Impact:
    """The impact on one qualification, which one of the versions may not have.

    Learners without a date of registration are registered in each version's newest window. Raises
    OutgrownError where counting would take more than `memory` bytes.
    """
    known = [each for each in (new, old) if each is not None]
    units = frozenset().union(*[each.offering.units for each in known])
    order = sort_units(units)
    sides = [None if each is None else _Side.of(each, terms, units) for each in (old, new)]
    before, after = (count_accepted(order, side.machines, memory) if side else 0 for side in sides)
    one, other = sides
    if one is None or other is None:
        return Impact(known[0].id, old, new, before, after, 0)
    both = before
    if one.machines != other.machines:
        both = count_accepted(order, [*one.machines, *other.machines], memory)
    impact = Impact(known[0].id, old, new, before, after, both)
    with suppress(OutgrownError):
        lost = _samples(one, other, impact.lost, memory)
        gained = _samples(other, one, impact.gained, memory)
        return impact._replace(lost_samples=lost, gained_samples=gained)
    return impact


def _samples(here: _Side, there: _Side, count: int, memory: int) -> tuple[Sample, ...]:
    """Mixes that are legal here and not there, of which there are so many.

    The smallest one, then the smallest of those whose units are offered there, too: of the fewest
    credits, then of the least GLH, fewest units, unit numbers ascending.
    """
    if not count:
        return ()
    machines = [*here.machines, *there.machines]
    order = arrange(sort_units(here.units | there.units), machines)
    whole, part = (compile_in_order(order, each, memory) for each in (here.machines, machines))
    only_here = difference(whole, part, memory)
    if only_here.count() != count:
        raise DisagreementError(f"{only_here.count()} mixes where {count} were counted")
    from nvqplan.solving.best import best

    offered = here.qualification.offering.units
    orders = numbers_ascending(offered)
    weights = {n: (-unit.credits, -unit.glh, -1, orders[n]) for n, unit in offered.items()}
    shared = only_here.given((), here.units - there.units)
    smallest, of_shared = (
        [mix for _, mix in islice(best(each, weights), SAMPLES)] for each in (only_here, shared)
    )
    chosen = dict.fromkeys((*smallest[:1], *of_shared, *smallest[1:]))
    return tuple(_sample(mix, here, there) for mix in islice(chosen, SAMPLES))


def _sample(mix: Mix, here: _Side, there: _Side) -> Sample:
    _verify(mix, here, there)
    units = [here.qualification.offering.units[number] for number in sort_units(mix)]
    return Sample(
        sort_units(mix),
        sum(unit.credits for unit in units),
        sum(unit.glh for unit in units),
        sort_units(mix - there.units),
        there.judge(mix),
    )


def _verify(mix: Mix, here: _Side, there: _Side) -> None:
    """Raise DisagreementError unless python-constraint and the rules tell the mix apart, too."""
    from nvqplan.solving.problem import satisfies

    units = sort_units(here.units | there.units)
    for side, legal in ((here, True), (there, False)):
        says_legal = mix <= side.units and not side.judge(mix)
        if satisfies(side.machines, units, mix) != legal or says_legal != legal:
            raise DisagreementError(f"{sorted(mix)} was said to be legal in one version only")


def tell_impact(impact: Impact) -> Iterator[Finding]:
    """The mixes lost, as a warning, and the mixes gained, with a few of each."""
    known = impact.new or impact.old
    assert known is not None
    figures = f"{impact.before:,} before, {impact.after:,} after"
    for code, count, samples, turn in (
        ("NVQ526", impact.lost, impact.lost_samples, "lost"),
        ("NVQ527", impact.gained, impact.gained_samples, "gained"),
    ):
        if count:
            mixes, are = ("mix", "is") if count == 1 else ("mixes", "are")
            message = f"{count:,} legal {mixes} of {impact.id} {are} {turn}: {figures}"
            help = "\n".join(say_samples(impact, samples, turn))
            yield Finding(known.place.location, code, message, help, impact.id)


def say_samples(impact: Impact, samples: Sequence[Sample], turn: str) -> Iterator[str]:
    """Each mix with its figures, and why it is not legal in the other version."""
    if not samples and impact.old is not None and impact.new is not None:
        yield "none is shown: finding one would take more memory than is allowed"
    for each in samples:
        credits = amount(each.credits, "credits") if each.credits else ""
        figures = ", ".join(filter(None, (credits, amount(each.glh, "glh"))))
        why = "; ".join(_say_reasons(each, turn))
        yield f"{turn}, for one: {' '.join(each.units)} ({figures}): {why}"
    yield from say_sources(judged.rule for each in samples for judged in each.broken)


def _say_reasons(sample: Sample, turn: str) -> Iterator[str]:
    if sample.not_offered:
        yield say_not_offered(sample.not_offered, "any more" if turn == "lost" else "before")
    for judged in sample.broken:
        for outcome in judged.broken:
            yield f"rule '{judged.rule.id}': {say_outcome(outcome)}"


def say_not_offered(units: tuple[str, ...], when: str) -> str:
    is_are, was_were = ("is", "was") if len(units) == 1 else ("are", "were")
    are = is_are if when == "any more" else was_were
    return f"{listing(units)} {are} not offered {when}"
