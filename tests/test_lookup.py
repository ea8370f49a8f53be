"""Names that people write, looked up in our own rulebook."""

from pathlib import Path

import pytest

from nvqplan.core.findings import Findings, Located, Location
from nvqplan.core.sources import Sources
from nvqplan.core.units import Catalogue, Unit, by_number, sort_units
from nvqplan.reading.rulebook import find_data, read_rulebook
from nvqplan.rules.lookup import (
    Named,
    find_at_level,
    find_qualification,
    find_topics,
    find_units,
    offered,
)
from nvqplan.rules.qualification import Qualification, Rulebook
from tests.readers import book, read_book, told

PLACE = Location("curriculum.yaml", 4, 12)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    read = read_rulebook(find_data(), Sources(), Findings())
    assert read is not None
    return read


SOURCE = "3412 handbook v3.0 (October 2017), Structure, Level 3 NVQ Diploma"


def write(*names: str) -> list[Located]:
    """Names as somebody wrote them, side by side in one line."""
    return [
        Located(name, Location(PLACE.path, PLACE.line, PLACE.column + 10 * index), name)
        for index, name in enumerate(names)
    ]


def units_of(catalogue: Catalogue, *names: str) -> tuple[list[str], list[str]]:
    found = Findings()
    named = find_units(write(*names), catalogue, found)
    return [each.number for each in named], told(found)


def qualification_of(rulebook: Rulebook, name: str) -> tuple[str | None, list[str]]:
    found = Findings()
    qualification = find_qualification(write(name)[0], rulebook, found)
    return qualification.id if qualification else None, told(found)


def at_level(rulebook: Rulebook, level: int) -> tuple[Qualification | None, list[str]]:
    found = Findings()
    return find_at_level(Located(level, PLACE, str(level)), rulebook, found), told(found)


# Units


@pytest.mark.parametrize(
    "written",
    [
        "205",
        " 205 ",
        "3412-205",
        "H/503/0403",
        "H5030403",
        "h/503/0403",
        "h5030403",
        "H/5030403",
        "H 503 0403",
        " H/503/0403\n",
    ],
)
def test_unit_is_named_by_number_or_uan(written: str, rulebook: Rulebook) -> None:
    catalogue = rulebook.catalogue
    assert catalogue.units["205"].uan == "H/503/0403"
    assert units_of(catalogue, written) == (["205"], [])


def test_every_unit_is_named_by_its_number_and_most_by_their_uan(rulebook: Rulebook) -> None:
    catalogue = rulebook.catalogue
    for number, unit in catalogue.units.items():
        assert catalogue.named(number) == catalogue.named(f"3412-{number}") == (number,)
        assert number in catalogue.named(unit.uan)


def test_unit_keeps_the_place_where_it_was_written(rulebook: Rulebook) -> None:
    named = find_units(write("101", "3412-204"), rulebook.catalogue, Findings())
    assert named == (Named("101", PLACE), Named("204", Location(PLACE.path, 4, 22)))


@pytest.mark.parametrize("written", ["L/503/0394", "l5030394"])
def test_uan_that_two_units_share_is_told(written: str, rulebook: Rulebook) -> None:
    message = f"NVQ201 '{written}' is the UAN of 203 and 204; write the unit number"
    assert units_of(rulebook.catalogue, written) == ([], [message])


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("2o4", "; did you mean '204'?"),
        ("20", "; did you mean '"),
        ("2044", "; did you mean '204'?"),
        ("3412-2o4", ""),
        ("9", ""),
        ("sales", ""),
        ("0112", "; did you mean '112'?"),
        ("-204", ""),
        ("x-204", ""),
    ],
)
def test_unknown_unit_is_told_with_the_nearest(written: str, help: str, rulebook: Rulebook) -> None:
    numbers, messages = units_of(rulebook.catalogue, written)
    assert numbers == []
    assert len(messages) == 1
    assert messages[0].startswith(f"NVQ201 there is no unit '{written}'{help}")


def test_unknown_units_are_all_told_where_they_stand(rulebook: Rulebook) -> None:
    found = Findings()
    named = find_units(write("abc", "204", "L/503/0394", "9999"), rulebook.catalogue, found)
    assert [each.number for each in named] == ["204"]
    assert [each.location.column for each in found] == [12, 32, 42]


def test_unit_that_is_listed_twice_is_named_twice(rulebook: Rulebook) -> None:
    assert units_of(rulebook.catalogue, "204", "3412-204") == (["204", "204"], [])


@pytest.mark.parametrize("written", ["/", "", " ", "//"])
def test_no_name_names_the_units_without_a_uan(written: str) -> None:
    catalogue = Catalogue({n: Unit(n, "", "No UAN", 1, 1, 1) for n in ("1", "2")})
    assert catalogue.named(written) == ()


def test_unit_number_with_a_dash_is_a_name_of_its_own() -> None:
    units = {n: Unit(n, "", "A unit", 1, 1, 1) for n in ("204", "7-204")}
    catalogue = Catalogue(units, schemes=("7", "8"))
    assert catalogue.named("7-204") == ("7-204",)
    assert catalogue.named("8-204") == ("204",)


def test_unit_of_another_scheme_is_never_taken_for_ours(rulebook: Rulebook) -> None:
    found = Findings()
    assert find_units(write("3411-204"), rulebook.catalogue, found) == ()
    assert told(found) == ["NVQ201 there is no unit '3411-204'"]


def test_units_outside_the_qualification_are_told_and_weigh_nothing(rulebook: Rulebook) -> None:
    (diploma,) = rulebook.named("l3-diploma")
    found = Findings()
    named = find_units(write("101", "401", "204"), rulebook.catalogue, found)
    assert offered(named, diploma, found) == {"101", "204"}
    assert told(found) == [
        f"NVQ202 unit 401 is in no group of l3-diploma; it counts for nothing here\n{SOURCE}"
    ]
    assert [each.location.column for each in found] == [22]


def test_units_are_sorted_as_numbers_are_though_they_are_text() -> None:
    assert sort_units(["204", "99", "101", "0112", "99"]) == ("99", "101", "204", "0112")
    assert sorted(["101", "99"], key=by_number) == ["99", "101"]


# Qualifications


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("l3-diploma", "l3-diploma"),
        ("L3-Diploma", "l3-diploma"),
        (" l3-diploma ", "l3-diploma"),
        ("3412-04", "l3-diploma"),
        ("600/1136/1", "l3-diploma"),
        ("60011361", "l3-diploma"),
        ("600/1135/X", "l2-certificate"),
        ("600/1135/x", "l2-certificate"),
        ("6001135X", "l2-certificate"),
        ("3412-03", "l2-certificate"),
        ("600/1244/4", "l1-award"),
    ],
)
def test_qualification_is_named_by_id_number_or_qan(
    written: str, id: str, rulebook: Rulebook
) -> None:
    assert qualification_of(rulebook, written) == (id, [])


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("3412-40", "did you mean '3412-04'?"),
        ("l3-dipolma", "did you mean 'l3-diploma'?"),
        ("L2-CERTIFICAT", "did you mean 'l2-certificate'?"),
        ("600/1136/2", "did you mean '600/1136/1'?"),
        ("zzz", "known: l1-award, l1-certificate, l2-certificate, l3-diploma, l4-diploma"),
        ("", "known: l1-award, l1-certificate, l2-certificate, l3-diploma, l4-diploma"),
    ],
)
def test_unknown_qualification_is_told_with_the_nearest(
    written: str, help: str, rulebook: Rulebook
) -> None:
    message = f"NVQ204 there is no qualification '{written}'; {help}"
    assert qualification_of(rulebook, written) == (None, [message])


def test_number_of_two_qualifications_is_told(tmp_path: Path) -> None:
    rulebook, _ = read_book(tmp_path, book() + book().replace("award", "diploma"))
    assert rulebook is not None
    message = "NVQ204 '9999-01' names award, diploma; write the id"
    assert qualification_of(rulebook, "9999-01") == (None, [message])
    assert qualification_of(rulebook, "diploma") == ("diploma", [])


def test_no_name_names_the_qualifications_without_a_number(rulebook: Rulebook) -> None:
    assert [each.id for each in rulebook.qualifications if not each.number] != []
    assert rulebook.named("") == rulebook.named("/") == ()


@pytest.mark.parametrize(
    ("level", "id"), [(2, "l2-certificate"), (3, "l3-diploma"), (4, "l4-diploma")]
)
def test_level_of_one_qualification_names_it(level: int, id: str, rulebook: Rulebook) -> None:
    qualification, messages = at_level(rulebook, level)
    assert messages == []
    assert qualification is not None
    assert qualification.id == id


def test_level_of_two_qualifications_names_both(rulebook: Rulebook) -> None:
    qualification, messages = at_level(rulebook, 1)
    assert qualification is None
    assert messages == [
        "NVQ204 level 1 has 2 qualifications: l1-award, l1-certificate; choose one with -q"
    ]


@pytest.mark.parametrize("level", [0, 5, -1])
def test_level_without_a_qualification_names_the_levels(level: int, rulebook: Rulebook) -> None:
    qualification, messages = at_level(rulebook, level)
    assert qualification is None
    assert messages == [f"NVQ204 there is no qualification at level {level}; known: 1, 2, 3, 4"]


# Topics


def test_topic_names_all_its_units(rulebook: Rulebook) -> None:
    found = Findings()
    units = find_topics(write("Sales "), rulebook.catalogue, found)
    assert list(found) == []
    assert units == {n for n, unit in rulebook.catalogue.units.items() if "sales" in unit.topics}
    assert "204" in units


def test_topics_and_units_may_be_mixed(rulebook: Rulebook) -> None:
    found = Findings()
    units = find_topics(write("sales", "101", "H/503/0403"), rulebook.catalogue, found)
    assert list(found) == []
    assert {"101", "204", "205"} <= units


def test_uan_of_two_units_is_told_among_topics_too(rulebook: Rulebook) -> None:
    found = Findings()
    assert find_topics(write("L/503/0394"), rulebook.catalogue, found) == frozenset()
    assert told(found) == ["NVQ201 'L/503/0394' is the UAN of 203 and 204; write the unit number"]


@pytest.mark.parametrize(
    ("written", "help"),
    [("sale", "did you mean 'sales'?"), ("2o4", "did you mean '204'?"), ("zzz", "topics: ")],
)
def test_unknown_topic_is_told_with_the_nearest(
    written: str, help: str, rulebook: Rulebook
) -> None:
    found = Findings()
    assert find_topics(write(written), rulebook.catalogue, found) == frozenset()
    assert told(found)[0].startswith(f"NVQ201 there is no topic or unit '{written}'; {help}")
