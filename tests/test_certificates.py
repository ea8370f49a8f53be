"""A certificate holds where it is true, and nothing in it can be changed unseen."""

import copy
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nvqplan.certificates.document import digest_of, is_certifiable, write_whole
from nvqplan.rules.terms import Terms
from nvqplan.space.mixes import Space
from tests.certificates import (
    BAKERY,
    Book,
    Certificate,
    checked_alone,
    make,
    open_book,
    told,
    verified,
    with_new_digest,
    write,
)
from tests.rulebooks import Asked, asked
from tests.tapes import FUZZ, cases

NEW = date(2026, 9, 1)
OLD = date(2016, 9, 1)
FIRST_OF_JULY = date(2017, 7, 1)
L3 = "101,301,204,304,305,306,307,404,408,"
L4 = {"printed": "101,304,307,309,316,401,408,506", "intended": "101,304,401,404,405,408,502,508"}

MADE = {
    f"{id} {registered} {reading}": (folder, id, mix, registered, age, reading)
    for reading in ("printed", "intended")
    for folder, id, mix, registered, age in (
        ("", "l1-award", "101,103,104,201", NEW, None),
        ("", "l1-certificate", "101,103,104,105,106,112,201", None, 15),
        ("", "l2-certificate", "101,201,203,204,205,308,323,112", NEW, 17),
        ("", "l3-diploma", L3 + "319", OLD, 16),
        ("", "l3-diploma", L3 + "619", NEW, 17),
        ("", "l3-diploma", L3 + "319", FIRST_OF_JULY, None),
        ("", "l3-diploma", L3 + "619", None, 40),
        ("", "l4-diploma", L4[reading], NEW, 18),
        (BAKERY, "baker", "B1,B2,B4", NEW, 17),
        (BAKERY, "baker", "B1,B5,B4", None, None),
    )
}

CENTRES_OWN = {"nvqplan", "date", "path", "pathway", "centre", "registered", "age"}
"""What no rulebook tells, so that only the digest says whether it was changed."""


@pytest.fixture(autouse=True)
def _parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-alone script runs thousands of times here, on the same rules."""
    monkeypatch.setattr(tomllib, "loads", lru_cache(tomllib.loads))


def made(name: str) -> tuple[Book, Certificate]:
    folder, id, mix, registered, age, reading = MADE[name]
    book = open_book(folder)
    return book, make(book, id, frozenset(mix.split(",")), told(registered, age), reading)


Path_ = tuple[str | int, ...]


def leaves(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every figure and text of a document, null too."""
    if isinstance(value, dict | list):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in members:
            yield from leaves(each, (*path, key))
    else:
        yield path, value


def changed(document: Certificate, path: Path_, value: Any) -> Certificate:
    """The document with another value at a place; all else is shared with it."""
    key, *below = path
    copied: Any = copy.copy(document)
    copied[key] = changed(copied[key], tuple(below), value) if below else value
    return copied  # type: ignore[no-any-return]


def forgeries(value: Any, key: str | int) -> list[Any]:
    """Other values that a leaf could have, of the same kind and of another."""
    if key in ("date", "registered"):
        return ["2018-01-31", None if value else "2016-01-01"]
    if key == "reading":
        return ["intended" if value == "printed" else "printed", "otherwise"]
    if isinstance(value, int):
        return [value + 1, value - 1, str(value), float(value), bool(value), None]
    if value is None:
        return [0, 1, 30, ""]
    return [f"{value}x", value[:-1] if value else " ", value.swapcase() + "1", None, 1]


@pytest.mark.parametrize("name", MADE)
def test_a_true_certificate_holds(name: str, tmp_path: Path) -> None:
    book, certificate = made(name)
    assert write(certificate) + "\n" == write_whole(certificate)
    assert verified(certificate, book) == []
    assert checked_alone(certificate, book, tmp_path / "c.json")


@pytest.mark.parametrize("name", MADE)
def test_no_leaf_can_be_changed(name: str, tmp_path: Path) -> None:
    book, certificate = made(name)
    for path, value in leaves(certificate):
        first, *others = forgeries(value, path[-1])
        forged = changed(certificate, path, first)
        assert not checked_alone(forged, book, tmp_path / "c.json"), path
        for each in (forged, *[changed(certificate, path, other) for other in others]):
            refused = verified(each, book)
            assert refused, path
            assert not any(digest_of(each) in problem for problem in refused)  # not for forgers


@pytest.mark.parametrize("name", MADE)
def test_no_fact_can_be_changed_by_one_who_makes_a_new_digest(name: str, tmp_path: Path) -> None:
    book, certificate = made(name)
    for path, value in leaves({**certificate, "digest": {}}):
        is_own = path[-1] in CENTRES_OWN
        for index, forged_value in enumerate(forgeries(value, path[-1])):
            forged = with_new_digest(changed(certificate, path, forged_value))
            refused = verified(forged, book)
            assert refused or is_own, (path, forged_value)
            if index > 0 and FUZZ <= 1:
                continue
            # Of the centre's own, the script looks only at what a rule looks at.
            holds = checked_alone(forged, book, tmp_path / "c.json")
            assert (holds or refused) if is_own else not holds, (path, forged_value)


def reshaped(certificate: Certificate) -> Iterator[tuple[str, Certificate]]:
    """Certificates in which something is left out, made up, doubled, renamed or moved."""
    for path, value in containers(certificate):
        members = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for key, each in members:
            forged = copy.deepcopy(value)
            del forged[key]
            yield f"{path} without {key}", put(certificate, path, forged)
            if isinstance(value, list):
                yield f"{path} doubled {key}", put(certificate, path, [*value, each])
            else:
                renamed = {f"{k}x" if k == key else k: v for k, v in value.items()}
                yield f"{path} renamed {key}", put(certificate, path, renamed)
        if len(members) > 1:
            turned: Any = list(reversed(members))
            turned = dict(turned) if isinstance(value, dict) else [each for _, each in turned]
            yield f"{path} turned", put(certificate, path, turned)
        if isinstance(value, dict):
            yield f"{path} with more", put(certificate, path, {**value, "note": "seen"})


def containers(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    if isinstance(value, dict | list):
        yield path, value
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in members:
            yield from containers(each, (*path, key))


def put(certificate: Certificate, path: Path_, value: Any) -> Certificate:
    return changed(certificate, path, value) if path else value


DOUBLED = "('pathways',) doubled 0"
"""Two certificates of one pathway say nothing false."""


@pytest.mark.parametrize("name", [name for name in MADE if "printed" in name])
def test_nothing_can_be_left_out_made_up_or_moved(name: str, tmp_path: Path) -> None:
    book, certificate = made(name)
    without = {key: value for key, value in certificate.items() if key != "digest"}
    for what, forged in reshaped(without):
        if what != DOUBLED:
            again = with_new_digest(forged)
            assert verified(again, book), what
            assert not checked_alone(again, book, tmp_path / "c.json"), what
    assert verified(without, book) == ["digest: is missing"]


def test_every_part_of_what_differs_is_told_in_words() -> None:
    book, certificate = made("l3-diploma 2026-09-01 printed")
    rules = certificate["pathways"][0]["rules"]
    group_b = next(index for index, rule in enumerate(rules) if rule["id"] == "group-b")
    place = ("pathways", 0, "rules", group_b)
    told_of = {
        (*place, "have"): (43, "group-b: the certificate says have 43, the rules say 32"),
        (*place, "at_least"): (20, "group-b: the certificate says at_least 20, the rules say 21"),
        (*place, "adds", "204"): (7, "group-b: the certificate says 204 adds 7, the rules say 5"),
        (*place, "adds", "619"): (4, "group-b: 619 does not count, the certificate says it does"),
        ("pathways", 0, "totals", "glh"): (1, "glh 1, the rules say 108"),
        ("pathways", 0, "units", "204", "title"): (
            "Sales",
            'title "Sales", the rules say "Carry out direct sales activities in a contact centre"',
        ),
        ("pathways", 0, "qualification", "id"): (
            "l5-diploma",
            "the rulebook has no qualification 'l5-diploma'",
        ),
        ("pathways", 0, "reading"): (
            "intended",
            "read as intended, the whole certificate as printed",
        ),
    }
    for path, (value, says) in told_of.items():
        (problem,) = verified(with_new_digest(changed(certificate, path, value)), book)
        assert problem.endswith(says)


def test_an_illegal_mix_cannot_be_certified(tmp_path: Path) -> None:
    book = open_book()
    for mix in ("101,301", "101,301,204,304,305,404,405,406,408", L3 + "212,318"):
        certificate = make(book, "l3-diploma", frozenset(mix.split(",")), told(NEW, 17))
        assert any("the rule is not met" in problem for problem in verified(certificate, book))
        assert not checked_alone(certificate, book, tmp_path / "c.json")
    young = make(book, "l3-diploma", frozenset((L3 + "619").split(",")), told(NEW, 15))
    assert "age: the rule is not met, it misses by 1" in verified(young, book)[0]
    assert not checked_alone(young, book, tmp_path / "c.json")


def test_another_catalogue_or_other_rules_are_refused(tmp_path: Path) -> None:
    _, certificate = made("baker 2026-09-01 printed")
    bakery = open_book(BAKERY)
    for name in ("units.csv", "rules.toml"):
        folder = tmp_path / name
        folder.mkdir()
        for each in ("units.csv", "rules.toml"):
            text = Path(BAKERY, each).read_bytes()
            (folder / each).write_bytes(text + b"\n" if each == name else text)
        other = open_book(str(folder))
        (problem,) = verified(certificate, other)
        assert problem.startswith(f"{name}: the certificate is of another {name}, with the hash")
        assert not checked_alone(certificate, other, tmp_path / "c.json")
    assert verified(certificate, bakery) == []


def test_the_digest_is_told_together_with_another_hash() -> None:
    _, certificate = made("baker 2026-09-01 printed")
    forged = changed(certificate, ("date",), "2026-10-02")
    places = [problem.split(":")[0] for problem in verified(forged, open_book())]
    assert places == ["digest", "units.csv", "rules.toml"]


@cases(60)
@given(
    st.sampled_from(["l1-award", "l1-certificate", "l2-certificate", "l3-diploma", "l4-diploma"]),
    st.sampled_from([OLD, FIRST_OF_JULY, NEW, None]),
    st.sampled_from(["printed", "intended"]),
    st.sampled_from([None, 18, 60]),
    st.integers(0, 10**30),
)
def test_certificates_of_any_legal_mix_hold(
    id: str, registered: date | None, reading: Any, age: int | None, number: int
) -> None:
    book = open_book()
    space = legal_mixes(id, registered, reading)
    mix = frozenset(space.nth(number % space.count()))
    certificate = make(book, id, mix, told(registered, age), reading)
    assert verified(certificate, book) == []
    with TemporaryDirectory() as folder:
        assert checked_alone(certificate, book, Path(folder, "c.json"))


@lru_cache
def legal_mixes(id: str, registered: date | None, reading: Any) -> Space:
    chosen = open_book().named(id)
    terms = Terms(registered, None, reading)
    return Space(chosen, terms.learner(chosen), terms.rules_read_as_intended(chosen))


MASKS = st.integers(0, 2**9 - 1)
READINGS = st.sampled_from(["printed", "intended"])


@cases(150)
@given(asked(plain=True), MASKS, READINGS)
def test_both_agree_on_any_mix_of_plain_sums(asking: Asked, mask: int, reading: Any) -> None:
    """Every filter, window and column that random rulebooks have."""
    assert is_certifiable(asking.book.read())
    _write_and_check(asking, mask, reading)


@cases(150)
@given(asked(), MASKS, READINGS)
def test_what_a_certificate_cannot_show_is_refused(asking: Asked, mask: int, reading: Any) -> None:
    """Of every kind of rule; and the script that knows sums only takes none for legal."""
    _write_and_check(asking, mask, reading)


def _write_and_check(asking: Asked, mask: int, reading: Any) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "units.csv").write_text(asking.book.units, encoding="utf-8")
        Path(folder, "rules.toml").write_text(asking.book.rules, encoding="utf-8")
        _check_any(asking, Path(folder), mask, reading)


def _check_any(asking: Asked, folder: Path, mask: int, reading: Any) -> None:
    book = open_book(str(folder))
    chosen = book.rulebook.qualifications[0]
    units = [unit for place, unit in enumerate(chosen.offering.units) if mask >> place & 1]
    registered = None if asking.registered == "any" else asking.registered
    terms = Terms(registered, asking.age, reading)
    certificate = make(book, "q", frozenset(units), told(registered, asking.age), reading)
    legal = chosen.is_legal(
        frozenset(units), terms.learner(chosen), terms.rules_read_as_intended(chosen)
    )
    if not is_certifiable(chosen):
        assert verified(certificate, book)
        assert legal or not checked_alone(certificate, book, folder / "c.json")
        return
    assert (verified(certificate, book) == []) == legal
    assert checked_alone(certificate, book, folder / "c.json") == legal


UNITS = """\
unit,uan,title,level,credits,glh,topics,nos,outcomes,criteria,source,points
 101 ,,"Bread,  and
more",02,4, 30 ,bread  cakes,,,,Book,3
102,A/1,Cakes,3,6,40,cakes,,,,Book,5

103,,Tea,1,2,10,,,,,Book,0
"""

RULES = """\
[[qualification]]
id = "q"
title = "Q"
number = ""
qan = ""
level = 2
credits = 10
source = "Book"
groups."core craft" = [101, 102]
groups.core = [103]
[[qualification.rule]]
id = "total"
says = "10 credits"
credits = { at_least = 10 }
[[qualification.rule]]
id = "scalar"
says = "One group, topics and levels, each written another way"
points = { of = { group = "core craft", topic = ["cakes"], level = { at_least = 2 } }, exactly = 8 }
[[qualification.rule]]
id = "level"
says = "One level"
units = { of = { level = 2, units = [101, 103] }, at_least = 1, at_most = 1 }
[[qualification.rule]]
id = "mandatory"
says = "Unquoted numbers"
mandatory = [102, 101]
[[qualification.rule]]
id = "barred"
says = "Twice the same"
barred = [[101, 103], [101, 103]]
[[qualification.rule]]
id = "builds-on"
says = "One on another"
requires = { 101 = [102], 103 = [101, 102] }
[[qualification.rule]]
id = "age"
says = "16"
age = { at_least = 16 }
when = { registered = { from = 2017-07-01, until = 2027-07-01 } }
"""


def test_both_read_all_that_authors_may_write(tmp_path: Path) -> None:
    """Byte order marks, Windows line ends, unquoted numbers, spaces, lines inside of cells."""
    for name, text in (("units.csv", UNITS), ("rules.toml", RULES)):
        data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        (tmp_path / name).write_bytes(data)
    book = open_book(str(tmp_path))
    for registered, rules in ((NEW, 9), (OLD, 8), (None, 8)):
        certificate = make(book, "q", frozenset({"101", "102"}), told(registered, 17))
        (pathway,) = certificate["pathways"]
        assert len(pathway["rules"]) == rules
        assert pathway["units"]["101"]["title"] == "Bread, and more"
        assert verified(certificate, book) == []
        assert checked_alone(certificate, book, tmp_path / "c.json")
