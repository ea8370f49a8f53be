"""What `nvqplan init` writes: a curriculum that is legal, a configuration, and a CI workflow."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from string import Template

from nvqplan import __version__
from nvqplan.advice.suggestions import Suggestion
from nvqplan.authoring.templates import template
from nvqplan.core.findings import Findings
from nvqplan.core.words import amount, listing
from nvqplan.reading.yaml_tree import read_yaml
from nvqplan.rules.qualification import Qualification
from nvqplan.rules.terms import Terms

SCHEMA = "curriculum.schema.json"
"""The schema of curriculum files, beside them."""

FOLDER = "curricula"

SAMPLE = date(2026, 9, 1)
"""A date of registration to be replaced by the learners' own."""


def write_ci(service: str) -> Mapping[str, str]:
    """The files by which a service runs the check; that for GitLab is also in ci/."""
    if service == "gitlab":
        return {".gitlab-ci.yml": template("gitlab.yml")}
    text = Template(template("github.yml")).substitute(version=__version__, folder=FOLDER)
    return {".github/workflows/nvqplan.yml": text} if service == "github" else {}


def write_config(data: str | None) -> str:
    """nvqplan.toml, in which a rulebook of one's own is settled and all else only shown."""
    named = f"data = {quoted(data)}" if data is not None else '# data = "rulebook"'
    return Template(template("nvqplan.toml")).substitute(named=named)


def first_learners(qualification: Qualification) -> Iterator[Terms]:
    """Everybody who may be registered now, told apart by what rules ask; who fits them best first.

    Of each figure they have the least that breaks the fewest rules.
    """
    questions, newest = qualification.questions, qualification.windows[-1]
    asks = len(qualification.windows) > 1
    day = max(newest, SAMPLE) if asks else SAMPLE
    printed = [rule.printed for rule in qualification.rules]
    kinds = [*printed, *(inner for kind in printed for inner in kind.conditions())]
    all_bounds = [each for kind in kinds for each in kind.asks_of_learner]
    figures = tuple(
        (name, min(steps, key=lambda step: sum(not each.allow(name, step) for each in all_bounds)))
        for name, steps in questions.figures.items()
    )
    somebody = Terms(day, figures=figures)
    for each in reversed(questions.alternatives(somebody.learner(qualification))):
        terms = somebody._replace(age=each.age, attributes=each.attributes)
        if terms.age is None:
            terms = terms._replace(age=terms.lowest_age(qualification, in_choices=True))
        yield terms


def write_curriculum(qualification: Qualification, terms: Terms, example: Suggestion) -> str:
    """A curriculum with one pathway that is legal and a draft that can be completed."""
    units = [unit.number for unit in example.units]
    sums = example.totals.sums_beside
    listed = (
        f"      - {scalar(unit.number)}  # {unit.title} (level {unit.level}"
        f"{', ' + amount(unit.credits, 'credits') if unit.credits else ''})"
        for unit in example.units
    )
    return Template(template("curriculum.yaml")).substitute(
        schema=SCHEMA,
        name=scalar(qualification.id),
        title=qualification.title,
        learners="\n".join(_learners(qualification, terms)),
        units=flow(units),
        size=listing(tuple(amount(sum, measure) for measure, sum in sums.items())),
        id=qualification.id,
        listed="\n".join(listed),
        achieved=flow(units[:1]),
        chosen=flow(units[:2]),
    )


def _learners(qualification: Qualification, terms: Terms) -> Iterator[str]:
    """What the rules ask of the learners; what they do not ask is shown as a comment."""
    asks = len(qualification.windows) > 1
    day = f"registered: {terms.registered}  # the learners' date of registration"
    yield day if asks else f"# {day}"
    mark = "" if terms.age is not None else "# "
    age = 16 if terms.age is None else terms.age
    yield f"{mark}youngest: {age}  # the youngest learner's age at registration"
    values = qualification.offering.declared.attributes
    facts = [(name, scalar(value), listing(values[name], "or")) for name, value in terms.attributes]
    asked = terms._replace(figures=()).unchecked(qualification, in_choices=True)
    for name, figure in terms.figures:
        bounds = "; ".join(bound for other, bound in asked if other == name)
        facts.append((name, str(figure), bounds or "rules may ask for it"))
    if facts:
        yield "learners:  # what rules ask of them; a pathway may tell its own"
        yield from (f"  {scalar(name)}: {value}  # {among}" for name, value, among in facts)


def scalar(name: str) -> str:
    """A name as YAML, with quotation marks where it would be read as something else."""
    node = read_yaml("", name, Findings())
    is_plain = node is not None and node.text == name and type(node.value) in (str, int, float)
    is_safe = re.fullmatch(r"[\w./-]+", name) and not re.fullmatch(r"0\d+", name)
    return name if is_plain and is_safe else quoted(name)


def flow(names: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, names))}]"


def quoted(text: str) -> str:
    """Text between quotation marks, as YAML and TOML both read it."""
    import json

    return json.dumps(text, ensure_ascii=False)
