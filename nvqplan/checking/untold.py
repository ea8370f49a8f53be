"""What is found about learners of whom not all is told that rules ask."""

from collections.abc import Iterable, Iterator

from nvqplan.core.curricula import Curriculum
from nvqplan.core.findings import Finding
from nvqplan.core.words import listing
from nvqplan.reports.results import ONE_MIX, Case
from nvqplan.rules.questions import AGE, Assumptions

MENU = 3
"""So many kinds of learners are named of those who pass, and of those who do not."""


def check_figures(curriculum: Curriculum, cases: Iterable[Case]) -> Iterator[Finding]:
    """Figures of learners that rules ask for and nobody told, each once for the whole file."""
    untold: dict[tuple[str, str], list[str]] = {}
    judged = list(cases)
    for case in judged:
        terms = case.proposal.terms
        for each in terms.unchecked(case.qualification, in_choices=True):
            untold.setdefault(each, []).append(case.pathway.name)
    option = "--learner" if curriculum.path == ONE_MIX else "learners:"
    for (name, bounds), pathways in untold.items():
        some = len(pathways) < len(judged)
        whose = f" of {listing(tuple(map(repr, pathways)))}" if some else ""
        message = f"no '{name}' is told{whose}: whether it is {bounds} is not checked"
        help = f"{option} {name}=120" if curriculum.path == ONE_MIX else f"{option} {{{name}: 120}}"
        yield Finding(curriculum.qualification.location, "NVQ515", message, help, name)


def check_openness(case: Case) -> Iterator[Finding]:
    """A verdict where rules ask what nobody told: it says for whom it is."""
    openness, place = case.nearby.openness, case.pathway.place
    if openness is None:
        return
    verdict = "passes" if case.verdict.passes else "fails"
    subject = " ".join(openness.hangs or openness.names)
    if not openness.hangs:
        names = listing(tuple(map(_say_name, openness.names)), "or")
        message = f"no {names} is told: it {verdict} whatever that is; told here is"
        yield Finding(place, "NVQ516", f"{message} {_say(openness.judged)}", _help(case), subject)
        return
    names = listing(tuple(map(_say_name, openness.hangs)), "or")
    message = (
        f"no {names} is told: '{case.pathway.name}' passes for ({_say_all(openness.passing)}),"
        f" it fails for ({_say_all(openness.failing)})"
    )
    yield Finding(place, "NVQ517", message, _help(case), subject)


def _say_name(name: str) -> str:
    return "age" if name == AGE else f"'{name}'"


def _say(told: Assumptions) -> str:
    return ", ".join(f"{name} {value}" for name, value in told)


def _say_all(learners: tuple[Assumptions, ...]) -> str:
    more = len(learners) - MENU
    others = (f"{more} others",) if more > 0 else ()
    return "; ".join((*map(_say, learners[:MENU]), *others))


def _help(case: Case) -> str:
    """How to tell it."""
    openness = case.nearby.openness
    assert openness is not None
    told = [(name, value) for name, value in openness.judged if name != AGE]
    age = ["youngest: 17"] if len(told) < len(openness.judged) else []
    values = ", ".join(f"{name}: {value.partition(' or ')[0]}" for name, value in told)
    return "; ".join([*age, *([f"learners: {{{values}}}"] if values else [])])
