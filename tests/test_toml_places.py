"""Places in TOML: on documents by hand, on our own rulebook and on documents made at random.

tomllib is the oracle: the same paths, and at every place a text that it reads as the same value.
"""

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nvqplan.reading.rulebook import find_data
from nvqplan.reading.toml_places import KeyPath, Place, find_places
from tests.tapes import FUZZ, cases

KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")


def walk(value: Any, path: KeyPath = ()) -> dict[KeyPath, Any]:
    """Every value that tomllib finds, by its path."""
    found = {path: value}
    if isinstance(value, dict):
        for key, each in value.items():
            found |= walk(each, (*path, key))
    if isinstance(value, list):
        for index, each in enumerate(value):
            found |= walk(each, (*path, index))
    return found


def check_places(text: str) -> None:
    """Hold the places of a document against what tomllib reads there."""
    values = walk(tomllib.loads(text))
    places = find_places(text)
    assert set(places) == set(values)
    starts = sorted({offset for place in places.values() for offset in place} | {len(text)})
    for path, value in values.items():
        if path:
            check_key(text, path, places[path])
            check_value(text, value, places[path], starts)
        if isinstance(value, list):
            offsets = [places[*path, index].value for index in range(len(value))]
            assert all(one < other for one, other in pairwise(offsets))


def check_key(text: str, path: KeyPath, place: Place) -> None:
    if isinstance(path[-1], int):
        return
    written = KEY.match(text, place.key)
    assert written is not None
    assert tomllib.loads(f"{written[0]} = 0") == {path[-1]: 0}


def check_value(text: str, value: Any, place: Place, starts: list[int]) -> None:
    if isinstance(value, list):
        assert text[place.value] == "["
    elif isinstance(value, dict):
        assert text[place.value] in "[{" or place.value <= place.key
    else:
        end = starts[starts.index(place.value) + 1]
        assert repr(read_longest(text[place.value : end])) == repr(value)


def read_longest(text: str) -> Any:
    """What stands at the beginning of a text; what follows it may be no TOML."""
    for end in range(len(text), 0, -1):
        try:
            return tomllib.loads(f"x = {text[:end]}")["x"]
        except tomllib.TOMLDecodeError:
            continue
    return f"no value: {text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n# only a comment",
        "a = 1",
        "a=1 # b = 2",
        "  a\t=\t1  \n\t\n b = 2",
        "a.b.c = 1\na.b.d = 2\na.e = 3",
        "a . b = 1\n'a'.\"c\" = 2",
        "\"\" = 1\n[a]\n''.b = 2",
        "\"a.b\".'c]d' = 1",
        '"\\u0061\\"=#" = 1\n\'b\\\' = 2',
        "1.2 = 3\n-1 = 4",
        "2017-07-01 = 2017-07-01",
        "a = 2017-07-01 10:00:00 # space\nb = 2017-07-01T10:00:00.5Z\nc=2017-07-01",
        "a = [2017-07-01 10:00:00, 2017-07-01, 07:30:00]",
        "a = [2017-07-01, 2017-07-01 ,2017-07-01]",
        "a = {b=2017-07-01 10:00:00,c=1}",
        "a = inf\nb = -nan\nc = 1e5\nd = -0.0\ne = 0x1F\nf = 1_000",
        "a = [1,2,[3,[4]],]",
        "a = [ # ]\n  1, # [ \"\n  2 # ,\n  , # '''\n]\nb = 1",
        "a = []\nb = [ ]\nc = [\n]\nd = [[],[[]]]",
        "a = {}\nb = { }\nc = [{}, {d = {}}]",
        'a = { b.c = 1, b.d = "}", "e f" = [ { g = "," } ] }',
        'a = "]" # "\nb = "#"\nc = "\\""\nd = "\\\\"\ne = \'\\\'',
        'a = ["]", "[", ",", "#", "\\"", \'"\', "\'"]',
        "a = \"\"\"\"\"\"\nb = ''''''\nc = \"\"\nd = ''",
        'a = """a"b""c\\"""d"""\nb = 1',
        'a = """"one""""\nb = """""two"""""\nc = \'\'\'\'three\'\'\'\'\nd = 1',
        'a = """\n[b]\nc = 1\n"""\nd = 2',
        "a = '''\n[b]\n# c = \"\\'''\nd = 2",
        'a = """x \\\n\n   y\\\\"""\nb = 3',
        "a = [\"\"\"\n]\n\"\"\", '''\n,''', 3]",
        "[a]\nb = 1\n[c]\nd = 2",
        "[ a . 'b' ] # [c]\nd = 1\n",
        "[a.b.c]\nd = 1\n[a]\ne = 2\n[a.b]\nf = 3",
        "[[a]]\nb = 1\n[[a]]\nb = 2",
        "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2",
        "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2\n[[a]]\n[[a.b]]\nc = 3\n[a.b.d]\ne = 4",
        "[[a.b]]\nc = 1\n[a]\nd = 2\n[[a.b]]\nc = 3",
        '[["a.b"]]\n[["a.b".\'c]\']]\nd = 1',
        "[a]\n[[a.b]]\n[[a.b.c]]\n[a.b.c.d]\nx.y = 1",
        "[a]\nb.c = 1\n[a.d]\n[e]",
        "a = [[1, 2], [{b = [3]}]]\n[c]\n",
        '"é😀" = "ü"\nb = "é"\n',
        "[[a]]\n" * 20,
    ],
)
def test_places_are_those_where_tomllib_reads_the_same(text: str) -> None:
    check_places(text)


def test_places_of_our_own_rulebook() -> None:
    text = (FilePath(find_data()) / "rules.toml").read_text(encoding="utf-8")
    assert len(find_places(text)) > 500
    check_places(text)


@pytest.mark.parametrize(
    ("text", "path", "at"),
    [
        ('says = "x"', ("says",), ('"x"', "says")),
        ("a.b.c = 7", ("a", "b", "c"), ("7", "c = 7")),
        ("a.b.c = 7", ("a", "b"), ("a.b.c", "b.c")),
        ("[rule.age]\nx = 7", ("rule", "age"), ("[rule", "age]")),
        ("[[rule]]\n[[rule]]\nid = 7", ("rule", 1), ("[[rule]]\nid", "rule]]\nid")),
        ("[[rule]]\n[[rule]]\nid = 7", ("rule",), ("[[rule]]\n[[", "rule]]\n[[")),
        ("a = [1, { b = 7 }]", ("a", 1), ("{ b", "{ b")),
        ("a = [1, { b = 7 }]", ("a", 1, "b"), ("7", "b =")),
        ("a = { 'b' = { c = 7 } }", ("a", "b"), ("{ c", "'b'")),
    ],
)
def test_value_and_key_have_places_of_their_own(
    text: str, path: KeyPath, at: tuple[str, str]
) -> None:
    assert find_places(text)[path] == Place(*(text.index(snippet) for snippet in at))


def test_table_stands_at_its_own_header_even_below_its_parts() -> None:
    text = "[a.b]\nc = 1\n[a]\nd = 2\n"
    assert find_places(text)["a",] == Place(text.index("[a]"), text.index("a]\n"))


# Documents at random: a tree of values, written in one of the many ways to write it.


CHARACTERS = st.sampled_from("""ab1 "#[]{}',=.\\\n\té😀\x07_-""")
TEXTS = st.text(CHARACTERS, max_size=8)
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=-5, minutes=-30))])
TIMES = st.times().map(lambda moment: moment.replace(fold=0))
SCALARS = st.one_of(
    TEXTS,
    st.integers(-(2**40), 2**40),
    st.floats(),
    st.booleans(),
    st.dates(date(1000, 1, 1)),
    st.builds(datetime.combine, st.dates(date(1000, 1, 1)), TIMES, ZONES),
    TIMES,
)
KEYS = st.one_of(
    st.sampled_from(["a", "b", "c1", "-", "7", "a.b"]), st.text(CHARACTERS, max_size=3)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)


class Writer:
    """Writes a tree as TOML; each choice of how is drawn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def flip(self) -> bool:
        return self.draw(st.booleans())

    def document(self, tree: dict[str, Any]) -> str:
        return self.blank() + self.table(tree, ()) + self.pick("", "\n", "# end")

    def table(self, tree: dict[str, Any], path: tuple[str, ...]) -> str:
        """The pairs of a table, and below them what has a header of its own."""
        pairs, sections = "", []
        for key, value in tree.items():
            below = (*path, key)
            if isinstance(value, dict) and self.flip():
                sections.append(self.section(value, below))
            elif is_list_of_tables(value) and self.flip():
                header = "[[" + self.dotted(below) + "]]"
                sections += [self.line(header) + self.table(each, below) for each in value]
            else:
                pairs += self.line(self.pair(key, value))
        return pairs + "".join(sections)

    def section(self, tree: dict[str, Any], path: tuple[str, ...]) -> str:
        """A table with its header; one of nothing but tables may stand without, or below them."""
        header = self.line("[" + self.dotted(path) + "]")
        if not tree or not all(isinstance(each, dict) for each in tree.values()):
            return header + self.table(tree, path)
        sections = "".join(self.section(each, (*path, key)) for key, each in tree.items())
        return {"above": header + sections, "none": sections, "below": sections + header}[
            self.pick("above", "none", "below")
        ]

    def pair(self, key: str, value: Any) -> str:
        """`key = value`; a table of one member may be written with a dotted key."""
        keys = [key]
        while isinstance(value, dict) and len(value) == 1 and self.flip():
            ((key, value),) = value.items()
            keys.append(key)
        return self.dotted(keys) + self.space() + "=" + self.space() + self.value(value)

    def dotted(self, keys: list[str] | tuple[str, ...]) -> str:
        dot = self.space() + "." + self.space()
        return self.space() + dot.join(self.key(key) for key in keys) + self.space()

    def key(self, key: str) -> str:
        bare = re.fullmatch(r"[A-Za-z0-9_-]+", key) is not None
        return key if bare and self.flip() else self.line_string(key)

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = [self.pair(key, each) for key, each in value.items()]
            return "{" + self.space() + ",".join(pairs) + self.space() + "}"
        if isinstance(value, list):
            return self.list_of([self.value(each) for each in value])
        return self.scalar(value)

    def list_of(self, members: list[str]) -> str:
        text = "[" + self.blank()
        text += "".join(each + self.blank() + "," + self.blank() for each in members[:-1])
        text += "".join(each + self.blank() for each in members[-1:])
        return text + ("," + self.blank() if members and self.flip() else "") + "]"

    def scalar(self, value: Any) -> str:
        if isinstance(value, str):
            return self.block_string(value) if self.flip() else self.line_string(value)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return self.pick(str(value), f"{value:_}", hex(value) if value >= 0 else f"{value}")
        if isinstance(value, datetime):
            text = value.isoformat(self.pick("T", " ", "t"))
            return text.replace("+00:00", self.pick("Z", "+00:00"))
        return value.isoformat() if isinstance(value, date | time) else repr(value)

    def line_string(self, text: str) -> str:
        if not re.search(r"['\n\x07]", text) and self.flip():
            return f"'{text}'"
        return '"' + "".join(escape(each) for each in text) + '"'

    def block_string(self, text: str) -> str:
        start = self.pick("\n", "") if not text.startswith("\n") else "\n"
        if not re.search(r"'''|\x07", text) and self.flip():
            return f"'''{start}{text}'''"
        body = text.replace("\\", "\\\\").replace("\x07", "\\u0007").replace('"""', '""\\"')
        gap = self.pick("", "\\\n", "\\  \n\n  ")
        body = body if re.match(r"[ \t\n]", body) else gap + body
        return f'"""{start}{body}"""'

    def line(self, text: str) -> str:
        return self.pick("", " ", "\t") + text + self.pick("\n", " # ]\"'''\n", "\n\n# a = [\n")

    def blank(self) -> str:
        return self.pick("", "", " ", "\n", ' # ] } "\n', "\n\t# '''\n\n")

    def space(self) -> str:
        return self.pick("", "", " ", "\t ")


def is_list_of_tables(value: Any) -> bool:
    return bool(value) and isinstance(value, list) and all(isinstance(v, dict) for v in value)


def escape(character: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\x07": "\\u0007", "é": "\\U000000E9"}
    return escapes.get(character, character)


@st.composite
def documents(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    tree = draw(DOCUMENTS)
    return tree, Writer(draw).document(tree)


WAYS = {
    "table": r"(?m)^[ \t]*\[[^\[]",
    "list of tables": r"(?m)^[ \t]*\[\[[ \t]*[\w\"']",
    "dotted key": r"""[\w"'-][ \t]*\.[ \t]*[\w"'][^\]\n]*=""",
    "quoted key": r"(?m)^[ \t]*\"[^\"\n]*\"[ \t]*=",
    "basic string": r'=[ \t]*"[^"]',
    "literal string": r"=[ \t]*'[^']",
    "basic block": r'=[ \t]*"""',
    "literal block": r"=[ \t]*'''",
    "escape": r"\\u0007",
    "inline table": r"=[ \t]*\{[ \t]*[^}]",
    "list in a list": r"\[[ \n]*\[[ \n]*[^\[]",
    "list over lines": r"=[ \t]*\[\n",
    "trailing comma": r",[ \t\n]*\]",
    "comment": r"(?m)#.*$",
    "date": r"\d{4}-\d\d-\d\d[ \t]*[\n#,\]}]",
    "date with a time": r"\d{4}-\d\d-\d\d \d\d:",
    "hexadecimal": r"0x[0-9a-f]",
    "number with a fraction": r"=[ \t]*-?\d+\.\d",
}


def test_documents_at_random_read_as_they_were_written_and_have_places_as_tomllib_has() -> None:
    """And they are written in every way, where there are enough of them."""
    texts = []

    @settings(cases(250), suppress_health_check=[*HealthCheck])
    @given(documents())
    def check(document: tuple[dict[str, Any], str]) -> None:
        tree, text = document
        assert repr(sort(tomllib.loads(text))) == repr(sort(tree))
        check_places(text)
        texts.append(text)

    check()
    missing = [way for way, found in WAYS.items() if not any(re.search(found, t) for t in texts)]
    assert missing == [] or FUZZ < 1


def sort(value: Any) -> Any:
    """A tree in which the order of members says nothing."""
    if isinstance(value, dict):
        return {key: sort(value[key]) for key in sorted(value)}
    return [sort(each) for each in value] if isinstance(value, list) else value
