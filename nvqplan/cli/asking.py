"""What commands ask that look at all mixes: for whom they are legal, which are wanted."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from nvqplan.cli.options import (
    DataOption,
    LearnerOption,
    MemoryOption,
    ReadingOption,
    RegisteredOption,
    option,
    parse_memory,
    parse_registered,
    wrong_value,
)
from nvqplan.cli.session import Session, parse_learner
from nvqplan.cli.streams import write_notes
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import say_date
from nvqplan.rules.lookup import LearnerFacts, find_facts
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.terms import Terms

if TYPE_CHECKING:
    from nvqplan.space.mixes import Space
    from nvqplan.space.wishes import Wishes

WithOption = Annotated[
    list[str] | None, option("--with", "U,…", "Units that the mix must contain.")
]
WithoutOption = Annotated[
    list[str] | None, option("--without", "U,…", "Units that the mix must not contain.")
]
CreditsOption = Annotated[
    str | None, option("--credits", "N|N..M", "So many credits in all: 42, 42..45, 42.. or ..45.")
]
MaxGlhOption = Annotated[
    int | None, option("--max-glh", "N", "At most this many guided learning hours.", min=0)
]
MinimalOption = Annotated[
    bool, typer.Option("--minimal", help="Only mixes that hold no other: nothing can be dropped.")
]
HashOption = Annotated[
    str | None, option("--hash", "HASH", "Refuse if mixes are not numbered as where it was noted.")
]


class MixOptions(NamedTuple):
    """For which learners mixes are legal, as which rules are read, and how far one may count."""

    registered: RegisteredOption = None
    learner: LearnerOption = None
    reading: ReadingOption = "printed"
    data: DataOption = None
    memory: MemoryOption = None


def parse_credits(written: str | None) -> tuple[int | None, int | None]:
    """The value of --credits: `42`, `42..45`, `42..` or `..45`."""
    if written is None:
        return None, None
    parts = re.fullmatch(r"(\d{1,9})|(\d{0,9})\.\.(\d{0,9})", written)
    if parts is None or written == "..":
        raise wrong_value(
            "--credits", f"'{written}' is neither a number such as 42 nor a range such as 42..45"
        )
    if parts[1]:
        return int(parts[1]), int(parts[1])
    least, most = (int(bound) if bound else None for bound in (parts[2], parts[3]))
    if least is not None and most is not None and least > most:
        raise wrong_value("--credits", f"{least} is more than {most}")
    return least, most


def note_window(terms: Terms, qualification: Qualification) -> None:
    """Say which date of registration is assumed, where the rules depend on it."""
    if terms.registered is None and len(qualification.windows) > 1:
        first = say_date(qualification.windows[-1])
        write_notes([f"note: no --registered, taken to be {first} or later"])


def note_open(terms: Terms, *qualifications: Qualification) -> None:
    """Say which facts about learners the rules ask for and nobody gave."""
    learners = ((each.questions, terms.learner(each)) for each in qualifications)
    names = [name for questions, learner in learners for name in questions.open(learner)]
    for name in dict.fromkeys(names):
        says = "a mix counts that is legal for some learner"
        write_notes([f"note: no --learner {name}=…: {says}"])


def note_nothing(space: "Space") -> "Space":
    """Say what to do where no mix is left, and return the same space."""
    if not space.count():
        help = "nvqplan suggest with the same wishes tells what collides"
        write_notes([f"note: no mix fits; {help}"])
    return space


def note_age(terms: Terms, qualification: Qualification) -> None:
    """Say which age a learner must have, where nobody gave it."""
    lowest = terms.lowest_age(qualification)
    if lowest is not None:
        write_notes([f"note: learners must be {lowest} or older at registration"])
    for _, bounds in terms.unchecked(qualification):
        write_notes([f"note: learners must have {bounds}"])


def read_terms(session: Session, chosen: Qualification, options: MixOptions) -> Terms:
    """What the options say of the learner and of the reading."""
    age, written = parse_learner(options.learner, session.sources)
    facts = find_facts(written, chosen, session.found) or LearnerFacts()
    return Terms(parse_registered(options.registered), age, options.reading, *facts)


def read_wishes(
    session: Session,
    within: Qualification,
    taken: Sequence[str] | None,
    left: Sequence[str] | None,
    credits: str | None = None,
    max_glh: int | None = None,
) -> "Wishes":
    """The hard wishes that most commands know."""
    from nvqplan.space.wishes import Wishes

    return Wishes(
        taken=session.units("--with", taken, within),
        left=session.units("--without", left),
        credits=parse_credits(credits),
        max_glh=max_glh,
    )


def open_space(
    session: Session,
    chosen: Qualification,
    terms: Terms,
    wishes: "Wishes",
    memory: str | None,
    *,
    minimal: bool = False,
    hash: str | None = None,
) -> "Space":
    """What all options so far ask for, once everything about them is well.

    Under other rules, wishes or choices than those noted by `hash` numbers do not hold.
    """
    from nvqplan.space.mixes import Space

    allowed = parse_memory(memory)
    session.refuse_if_found()
    note_window(terms, chosen)
    note_open(terms, chosen)
    reading = terms.rules_read_as_intended(chosen)
    space = Space(chosen, terms.learner(chosen), reading, wishes, allowed)
    space = space.minimal() if minimal else space
    if hash is not None and hash.lower() != space.fingerprint:
        says = f"rules or wishes are not the same: here numbers hold for {space.fingerprint}"
        raise wrong_value("--hash", says)
    return space
