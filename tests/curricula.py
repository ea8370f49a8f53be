"""Random curriculum files: sound and unsound pathways under names that nobody should choose."""

from dataclasses import dataclass

from hypothesis import strategies as st

from nvqplan.checking.checks import check_curriculum
from nvqplan.core.findings import Findings
from nvqplan.core.sources import Sources
from nvqplan.reading.curriculum import read_curriculum
from nvqplan.reports.results import Checked
from tests.rulebook_3412 import CACHE

NASTY = [
    *["::error::", "::set-output name=a::b", "##[error]", "%0A::warning::x", "a,b=c:d", "100%"],
    *["]]>", "<b>&amp;</b>", "<!-- ", " -->", '"', "'", "`", "``", "|", "\\", "\\|", "**a**"],
    *["[a](b)", "![a](b)", "@team", "#1", "# a", "- a", "1. a", "> a", "---", "~~a~~", "$a$"],
    *["\n", "\r\n", "\t", "\x00", "\x1b[31m", "\x07", "\x7f", "\x9b31m", "\x85", "\u2028"],
    *["\u202e", "\ufeff", "\ufffe", "😀", "你好", "é", "{0}", "a" * 600, " ", "", "https://a.b"],
]
NAMES = st.lists(st.sampled_from(NASTY) | st.text(max_size=3), min_size=1, max_size=4).map("".join)
FILES = NAMES.map(lambda name: name.replace("/", "").replace("\x00", "")[:60] + ".yaml")

UNITS = ["101", "201", "204", "212", "318", "301", "305", "401", "999", "2o4", "`|`"]
QUALIFICATIONS = ["l1-award", "l2-certificate", "l3-diploma", "l4-diploma", "l5"]


@dataclass(frozen=True)
class Drawn:
    """A curriculum file: its name, its text, and the names of its pathways."""

    path: str
    text: str
    names: tuple[str, ...]


@st.composite
def drawn_curricula(draw: st.DrawFn) -> Drawn:
    names = tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)))
    lines = [f"centre: {_quoted(draw(NAMES))}"]
    lines += [f"qualification: {draw(st.sampled_from(QUALIFICATIONS))}"]
    lines += [draw(st.sampled_from(["", "registered: 2026-09-01", "youngest: 12", "offer: [101]"]))]
    lines += [draw(st.sampled_from(["", "", "", f"{_quoted(draw(NAMES))}: 1"])), "pathways:"]
    for name in names:
        units = ", ".join(map(_quoted, draw(st.lists(st.sampled_from(UNITS), max_size=6))))
        rest = draw(st.sampled_from(["", "", ", status: draft", ", held: [101]", ", status: odd"]))
        lines += [f"  {_quoted(name)}: {{units: [{units}]{rest}}}"]
    return Drawn(draw(FILES), "\n".join(lines) + "\n", names)


def check_file(path: str, sources: Sources) -> Checked:
    """What `nvqplan check` finds in a file."""
    found = Findings()
    curriculum = read_curriculum(path, sources, found)
    if curriculum is None:
        return Checked(path, findings=tuple(found))
    return check_curriculum(curriculum, CACHE, "printed", found)


def _quoted(text: str) -> str:
    """A YAML string in which nothing stands as itself that need not."""
    return '"' + "".join(c if c.isalnum() and c < "~" else f"\\U{ord(c):08X}" for c in text) + '"'
