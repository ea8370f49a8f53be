"""Random pathways: a random small rulebook, and what somebody proposes under it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from hypothesis import strategies as st

from nvqplan.advice.cache import RulebookCache
from nvqplan.advice.proposal import Proposal
from nvqplan.advice.remedies import Remedy, find_remedy
from nvqplan.advice.repairs import Repair
from nvqplan.core.units import Catalogue
from nvqplan.rules.qualification import Rulebook
from tests.oracle import Handbook, Mix
from tests.rulebooks import DAYS, Book, books


@dataclass(frozen=True)
class Pathway:
    """A random rulebook and what somebody proposes under it."""

    book: Book
    proposal: Proposal

    @cached_property
    def remedy(self) -> Remedy:
        qualification = self.proposal.qualification
        catalogue = Catalogue(qualification.offering.units)
        return find_remedy(
            self.proposal, RulebookCache(Rulebook("", catalogue, (qualification,), ()))
        )

    @cached_property
    def handbook(self) -> Handbook:
        return self.book.handbook()

    @cached_property
    def legal(self) -> set[Mix]:
        """Every legal mix for a learner old enough, by brute force over the book's own words."""
        days, age = self.proposal.learner.dates, self.proposal.terms.age
        return self.handbook.legal(days, age, self.proposal.reading, aside=True)

    def price(self, mix: Mix) -> tuple[int, ...]:
        """Held units lost, units not on offer, edits: what makes a mix cheaper than another."""
        proposal = self.proposal
        offer = mix if proposal.offer is None else proposal.offer
        mine = proposal.held | proposal.held_beside
        lost = len(proposal.held - mix) if not proposal.may_drop_held else 0
        added = len(mix - proposal.mix - mine) if not proposal.draft else 0
        return lost, len(mix - offer - mine), len(proposal.named - mix) + added

    def is_kept_by(self, mix: Mix) -> bool:
        """Whether a mix has all that is proposed, and adds only what is on offer."""
        proposal = self.proposal
        offer = mix if proposal.offer is None else proposal.offer
        return mix >= proposal.mix and mix - proposal.mix <= offer | proposal.held_beside


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    book = draw(books())
    qualification = book.read()
    some = st.frozensets(st.sampled_from(sorted(qualification.offering.units)))
    mix = draw(some)
    held = draw(st.sampled_from([frozenset(), mix]) | some)
    reading: Literal["printed", "intended"] = draw(st.sampled_from(["printed", "intended"]))
    registered = draw(st.none() | st.sampled_from(DAYS))
    proposal = Proposal(
        qualification,
        mix,
        book.terms(registered, draw(st.sampled_from([None, 14, 19])), reading),
        held=mix & held,
        offer=draw(st.none() | some),
        draft=draw(st.booleans()),
        may_drop_held=draw(st.booleans()),
        held_beside=held - mix,
        named=mix | draw(st.sampled_from([frozenset(), frozenset(["555"])])),
    )
    return Pathway(book, proposal)


def repairs_of(remedy: Remedy) -> list[Repair]:
    told = [*remedy.repairs, *(each for c in remedy.conflicts for each in c.repairs)]
    return list({(each.drop, each.add): each for each in told}.values())


def edits(repairs: tuple[Repair, ...]) -> list[tuple[str, str]]:
    return [(" ".join(each.drop), " ".join(each.add)) for each in repairs]
