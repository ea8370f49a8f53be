"""What `nvqplan init` writes: a curriculum that is legal, a configuration, and a CI workflow."""

import re
from collections.abc import Iterable
from datetime import date
from textwrap import dedent

from nvqplan import __version__
from nvqplan.advice.suggestions import Suggestion
from nvqplan.findings import Findings
from nvqplan.qualification import Qualification
from nvqplan.reading.yaml_tree import read_yaml
from nvqplan.terms import Terms
from nvqplan.wording import amount, listing

SCHEMA = "curriculum.schema.json"
"""The schema of curriculum files, beside them."""

FOLDER = "curricula"

SAMPLE = date(2026, 9, 1)
"""A date of registration to be replaced by the learners' own."""

GITLAB = """\
# For GitLab: copy this file, or include it, and set the variables where you need others.
#
#   include:
#     - local: ci/nvqplan.gitlab-ci.yml
#
# The job fails where a pathway cannot earn its qualification; the merge request shows the findings.

nvqplan:
  image: python:3.12-slim
  stage: test
  variables:
    NVQPLAN_PATHS: curricula # files and folders, between spaces
    NVQPLAN_ARGUMENTS: "" # such as --strict
    NVQPLAN_PACKAGE: nvqplan # such as nvqplan==0.1.0
  before_script:
    - python -m pip install --quiet "$NVQPLAN_PACKAGE"
  script:
    - nvqplan check --output gitlab=gl-code-quality-report.json $NVQPLAN_ARGUMENTS -- $NVQPLAN_PATHS
  artifacts:
    when: always
    expose_as: nvqplan
    paths:
      - gl-code-quality-report.json
    reports:
      codequality: gl-code-quality-report.json
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""
"""Also the template ci/nvqplan.gitlab-ci.yml."""

GITHUB = f"""\
# CI is red where a pathway in a curriculum file cannot earn its qualification.
name: nvqplan
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install --quiet nvqplan=={__version__}
      - run: nvqplan check --format github {FOLDER}
"""


def write_config(data: str | None) -> str:
    """nvqplan.toml, in which a rulebook of one's own is settled and all else only shown."""
    named = f"data = {quoted(data)}" if data is not None else '# data = "rulebook"'
    return dedent(f"""\
        # What nvqplan does here where no option says otherwise. Take a # away to settle something.

        # The folder with your own units.csv and rules.toml:
        {named}

        # How misprinted or open rules are read, printed or intended:
        # reading = "intended"

        # The findings that are told, by their codes or how these begin, and those that are not:
        # select = ["NVQ1", "NVQ2", "NVQ3"]
        # ignore = ["NVQ501"]

        # What makes a check fail: error, warning, remark or never.
        # fail-on = "warning"

        # Known findings, which are not told until they change:
        # baseline = "nvqplan-baseline.json"
        """)


def write_curriculum(qualification: Qualification, example: Suggestion) -> str:
    """A curriculum with one pathway that is legal and a draft that can be completed."""
    units = [unit.number for unit in example.units]
    sums = example.totals.sums_beside
    size = listing(tuple(amount(sum, measure) for measure, sum in sums.items()))
    head = [
        f"# yaml-language-server: $schema={SCHEMA}",
        "#",
        "# What this centre proposes towards one qualification, to be checked with: nvqplan check",
        "",
        "centre: Your centre",
        f"qualification: {scalar(qualification.id)}  # {qualification.title}",
        *_learners(qualification),
        "",
        "# The units that you deliver; without this line, all:",
        f"# offer: {flow(units)}",
        "",
        "pathways:",
        f"  # A legal mix of {size}. For others:",
        f"  # nvqplan suggest -q {qualification.id}",
        "  example:",
        "    units:",
    ]
    listed = [
        f"      - {scalar(unit.number)}  # {unit.title} (level {unit.level}"
        f"{', ' + amount(unit.credits, 'credits') if unit.credits else ''})"
        for unit in example.units
    ]
    tail = [
        "    # Of these, units already achieved or evidenced (RPL):",
        f"    # held: {flow(units[:1])}",
        "",
        "  # A draft is not complete yet: some legal mix must contain its units.",
        "  draft:",
        "    status: draft",
        f"    units: {flow(units[:2])}",
    ]
    return "\n".join((*head, *listed, *tail)) + "\n"


def _learners(qualification: Qualification) -> Iterable[str]:
    """What the rules ask of the learners; what they do not ask is shown as a comment."""
    newest = qualification.windows[-1]
    asks = len(qualification.windows) > 1
    day = max(newest, SAMPLE) if asks else SAMPLE
    yield f"{'' if asks else '# '}registered: {day}  # the learners' date of registration"
    lowest = Terms(day).lowest_age(qualification)
    mark = "" if lowest is not None else "# "
    yield f"{mark}youngest: {lowest or 16}  # the youngest learner's age at registration"


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
