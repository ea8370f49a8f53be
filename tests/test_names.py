"""The nearest real name to a mistyped one."""

import pytest

from nvqplan.core.words import did_you_mean

KEYS = ("centre", "qualification", "registered", "youngest", "offer", "pathways")


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("center", "centre"),
        ("pathway", "pathways"),
        ("qualifcation", "qualification"),
        ("Registred", "registered"),
        ("OFFER", "offer"),
        ("yuongest", "youngest"),
    ],
)
def test_nearest_name_is_offered(written: str, near: str) -> None:
    assert did_you_mean(written, KEYS) == f"did you mean '{near}'?"


@pytest.mark.parametrize("written", ["", "x", "title", "401"])
def test_nothing_is_offered_where_nothing_is_near(written: str) -> None:
    assert did_you_mean(written, KEYS) == ""


def test_name_is_offered_in_its_own_spelling() -> None:
    assert did_you_mean("l/503/0395", ["L/503/0394"]) == "did you mean 'L/503/0394'?"


def test_nothing_is_offered_where_nothing_is_known() -> None:
    assert did_you_mean("centre", []) == ""


@pytest.mark.parametrize("numbers", [["201", "204", "224", "284"], ["284", "224", "204", "201"]])
def test_letter_for_a_digit_is_seen_through_whatever_the_order(numbers: list[str]) -> None:
    assert did_you_mean("2o4", numbers) == "did you mean '204'?"
