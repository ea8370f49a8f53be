"""Single questions of lint, on a small rulebook of bakers: what is told or not."""

import pytest

from tests.small_rulebooks import BAKERY_RULES as RULES
from tests.small_rulebooks import BAKERY_UNITS as UNITS
from tests.truths import lint_text

CAKES = UNITS + "B4,,Cakes,2,4,35,cakes,,,,Bakery book\n"
FOUR = RULES.replace('"B3"]', '"B3", "B4"]')


def found(rules: str = RULES, units: str = UNITS) -> list[str]:
    """Codes and messages."""
    return [f"{each.code} {each.message}" for each in lint_text(units, rules)]


def rule(id: str, *lines: str) -> str:
    return f'\n[[qualification.rule]]\nid = "{id}"\nsays = "Rule {id}"\n' + "\n".join(lines) + "\n"


def dated(id: str, when: str, unit: str) -> str:
    """A rule that closes a unit to those registered then."""
    closes = f'units = {{ of = ["{unit}"], at_most = 0 }}'
    return rule(id, f"when = {{ registered = {{ {when} }} }}", closes)


def test_a_clean_rulebook_has_no_findings() -> None:
    assert found() == found(FOUR, CAKES) == []


# The catalogue


@pytest.mark.parametrize("uan", ["D/503/0352", "d/503/0353", "D5030353", "D/503/353", "A/101", ""])
def test_uans_that_are_right_or_of_another_shape_are_not_told(uan: str) -> None:
    assert found(units=UNITS.replace("B1,,", f"B1,{uan},")) == []


@pytest.mark.parametrize("qan", ["600/1135/X", "600/1244/4", "60011352", "X", ""])
def test_qans_that_are_right_or_of_another_shape_are_not_told(qan: str) -> None:
    assert found(RULES.replace('qan = ""', f'qan = "{qan}"')) == []


def test_a_uan_is_shared_however_it_is_spelt() -> None:
    units = UNITS.replace("B1,,", "B1,D/503/0352,").replace("B3,,", "B3,d5030352,")
    assert found(units=units) == ["NVQ421 units B1 and B3 share the UAN d5030352"]


@pytest.mark.parametrize(
    "title", ["bread", "Breads", "Bre-ad", "bread.", "B r e a d", "BREAD'S", '"Bread,"']
)
def test_titles_that_differ_in_little_are_one_title(title: str) -> None:
    (told,) = found(units=UNITS.replace("Sourdough", title))
    spelt = title.strip('"')
    assert told == f"NVQ423 the title '{spelt}' of unit B3 is 'Bread' in B2"


@pytest.mark.parametrize("title", ["Bread", "Bread 2", "Breads and rolls", "Breed", "Bread+"])
def test_other_titles_are_other_titles(title: str) -> None:
    assert found(units=UNITS.replace("Sourdough", title)) == []


def test_signs_and_words_for_and_are_alike_and_those_that_mean_something_are_not() -> None:
    units = UNITS.replace("Bread", "Bread & rolls").replace("Sourdough", "Bread and rolls")
    assert [each[:6] for each in found(units=units)] == ["NVQ423"]
    assert found(units=UNITS.replace("Bread", "C++").replace("Sourdough", "C#")) == []


def test_the_spelling_of_most_units_is_the_usual_one() -> None:
    units = CAKES.replace("Cakes", "Bread").replace("Bread,2,4,30", "breads,2,4,30")
    assert found(FOUR, units.replace("Sourdough", "Bread")) == [
        "NVQ423 the title 'breads' of unit B2 is 'Bread' in B3 and B4"
    ]


@pytest.mark.parametrize(
    ("credits", "hours", "codes"),
    [
        ("5", "1", 0),
        ("5", "50", 0),
        ("5", "51", 1),
        ("5", "0", 1),
        ("60", "600", 0),
        ("61", "600", 1),
        ("61", "611", 2),
    ],
)
def test_the_range_of_credits_and_hours(credits: str, hours: str, codes: int) -> None:
    told = found(units=UNITS.replace("3,5,40", f"3,{credits},{hours}"))
    assert [each[:6] for each in told] == ["NVQ424"] * codes


def test_columns_that_are_not_in_use_are_not_asked() -> None:
    units = UNITS.replace(",2,10,", ",0,0,").replace(",4,30,", ",0,0,").replace(",5,40,", ",0,0,")
    rules = RULES.replace("credits = 6", "credits = 0").replace("credits = {", "units = {")
    assert found(rules.replace("at_least = 6", "at_least = 2"), units) == []


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (",1.1-1.3", ""),
        ("1,1.1-1.3", ""),
        ("2,1.1-1.3 2.1", ""),
        (",3", ""),
        ("3,3", ""),
        ("3,", ""),
        ("4,3", "there are 3 criteria for 4 outcomes: each outcome has one at least"),
        (",1.1 1.3 2.2", "there is no 1.2; there is no 2.1"),
        (",1.1 1.4", "there is no 1.2 and 1.3"),
        (",1.1 3.1", "there is none of outcome 2"),
        ("3,1.1 2.1", "there is none of outcome 3"),
        ("1,1.1 2.1", "they are of 2 outcomes, not 1"),
        (",1.1-1.3 1.2", "1.2 twice"),
    ],
)
def test_the_numbers_of_criteria(counts: str, told: str) -> None:
    messages = found(units=UNITS.replace("2,4,30,bread,,,", f"2,4,30,bread,,{counts}"))
    assert messages == ([f"NVQ425 criteria of unit B2: {told}"] if told else [])


CORRECTION = (
    '\n[[correction]]\nunit = "B3"\nfield = "title"\nprinted = "Breads (index)"\n'
    'intended = "Bread"\nwhy = "Evidence"\n'
)


def test_a_slip_on_record_is_one_remark_and_no_second_alarm() -> None:
    finding, *others = lint_text(UNITS.replace("Sourdough", "Breads"), RULES + CORRECTION)
    assert others == []
    assert finding.code == "NVQ427"
    assert (finding.location.line, finding.location.column) == (4, 5)
    assert finding.help.splitlines() == [
        "Evidence",
        "found here: the title 'Breads' of unit B3 is 'Bread' in B2",
    ]
    assert finding.related[0].says == "on record here"
    assert finding.related[0].location.line == RULES.count("\n") + 2


def test_a_correction_does_not_account_for_another_slip_of_the_same_field() -> None:
    told = found(RULES + CORRECTION, UNITS.replace("Sourdough", "BREAD"))
    assert [each[:6] for each in told] == ["NVQ423", "NVQ427"]


# Dates


def test_a_day_between_before_and_after_is_told() -> None:
    rules = FOUR + dated("a", "before = 2026-07-01", "B3") + dated("b", "after = 2026-07-01", "B4")
    message = "baker says nothing of registration on 1 July 2026: rule 'a' ends before"
    assert found(rules, CAKES) == [f"NVQ438 {message}, rule 'b' begins after"]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("until = 2026-07-01", "after = 2026-07-01"),
        ("before = 2026-07-01", "from = 2026-07-01"),
        ("until = 2026-07-01", "from = 2026-07-01"),
    ],
)
def test_rules_that_follow_upon_each_other_leave_no_dates_between(first: str, then: str) -> None:
    assert found(FOUR + dated("a", first, "B3") + dated("b", then, "B4"), CAKES) == []


def test_more_days_between_are_told_only_of_rules_for_the_same_units() -> None:
    first, then = "until = 2026-07-01", "from = 2026-08-01"
    assert found(FOUR + dated("a", first, "B3") + dated("b", then, "B4"), CAKES) == []
    (told,) = found(FOUR + dated("a", first, "B3") + dated("b", then, "B3"), CAKES)
    assert "registration from 2 July 2026 until 31 July 2026" in told


def test_a_rule_for_the_day_itself_closes_the_gap() -> None:
    ends = dated("a", "before = 2026-07-01", "B3") + dated("b", "after = 2026-07-01", "B4")
    assert found(FOUR + ends + dated("c", "on = 2026-07-01", "B2"), CAKES) == []


# Windows and readings


def test_a_unit_that_some_window_offers_is_not_dead() -> None:
    assert found(FOUR + dated("a", "before = 2026-07-01", "B3"), CAKES) == []
    both = dated("a", "before = 2026-07-01", "B3") + dated("b", "from = 2026-07-01", "B3")
    (told,) = found(FOUR + both, CAKES)
    assert told == "NVQ433 no legal mix of baker holds unit B3"


def test_a_rule_that_bites_in_one_window_bites() -> None:
    rules = FOUR + rule("a", 'units = { of = ["B2", "B3"], at_least = 1 }')
    assert found(rules, CAKES) == []
    late = "when = { registered = { from = 2026-07-01 } }"
    assert found(rules + rule("b", late, 'mandatory = ["B2"]'), CAKES) == []
    told = found(rules + rule("b", 'mandatory = ["B2"]'), CAKES)
    assert told == ["NVQ435 rule 'a' of baker never bites"]


def test_no_mix_in_one_window_is_told_with_the_window() -> None:
    when = "when = { registered = { before = 2026-07-01 } }"
    told = found(RULES + rule("a", when, "credits = { at_most = 5 }"))
    assert told == [
        "NVQ432 no mix of units meets the rules of baker, registered until 30 June 2026"
    ]


def test_no_mix_in_one_reading_is_told_with_the_reading() -> None:
    meant = (
        '\n[qualification.rule.intended]\nsays = "More"\ncredits = { at_least = 60 }\nwhy = "?"\n'
    )
    codes = {each for each in found(RULES + meant) if "NVQ432" in each}
    assert codes == {"NVQ432 no mix of units meets the rules of baker, read as intended"}


def test_what_holds_in_one_reading_is_told_with_the_reading() -> None:
    meant = '\n[qualification.rule.intended]\nsays = "B2"\nmandatory = ["B2"]\nwhy = "?"\n'
    other = rule("a", 'requires = { B2 = ["B4"] }')
    told = found(FOUR + rule("m", 'mandatory = ["B3"]') + meant + other, CAKES)
    forced = [each for each in told if each.startswith("NVQ434")]
    message = "every legal mix of baker holds unit B4, which no rule makes mandatory"
    assert forced == [f"NVQ434 {message}, read as intended"]


def test_rules_about_the_learner_are_not_said_never_to_bite() -> None:
    assert found(RULES + rule("age", "age = { at_least = 16 }")) == []


def test_units_under_absent_are_told_of_either_reading() -> None:
    rules = RULES.replace("{ at_least = 6 }", '{ absent = ["B8"], at_least = 6 }')
    meant = '\n[qualification.rule.intended]\nsays = "More"\nwhy = "?"\n'
    told = found(rules + meant + 'credits = { absent = ["B9", "B10"], at_least = 7 }\n')
    named = [each.split(", which")[0] for each in told if each.startswith("NVQ430")]
    assert named == [
        f"NVQ430 rule 'total' of baker names unit {unit}" for unit in ("B8", "B9", "B10")
    ]


def test_a_sum_that_is_right_is_not_told_and_one_that_is_wrong_shows_the_units() -> None:
    assert found(RULES.replace("groups.A", "sums.A = 11\ngroups.A")) == []
    (finding,) = lint_text(UNITS, RULES.replace("groups.A", "sums.A = 10\ngroups.A"))
    assert finding.help == "B1 (2) + B2 (4) + B3 (5)"
    assert finding.message == "baker declares 10 credits for Group A, and its units have 11"


def test_a_sum_of_any_measure_is_held_against_the_units() -> None:
    right = "sums.A = { credits = 11, units = 3, glh = 80 }\ngroups.A"
    assert found(RULES.replace("groups.A", right)) == []
    wrong = right.replace("units = 3", "units = 4").replace("80", "90")
    assert [
        (each.message, each.help) for each in lint_text(UNITS, RULES.replace("groups.A", wrong))
    ] == [
        ("baker declares 4 units for Group A, and it has 3", "B1 + B2 + B3"),
        ("baker declares 90 GLH for Group A, and its units have 80", "B1 (10) + B2 (30) + B3 (40)"),
    ]


def test_the_sum_of_a_group_is_that_of_the_groups_in_it() -> None:
    groups = 'groups.A.one = ["B1", "B2"]\ngroups.A.two = ["B3"]'
    rules = RULES.replace(
        'groups.A = ["B1", "B2", "B3"]', f'sums.A = 11\nsums."A.one" = 6\n{groups}'
    )
    assert found(rules) == []
    assert found(rules.replace("sums.A = 11", "sums.A = 12")) == [
        "NVQ431 baker declares 12 credits for Group A, and its units have 11"
    ]


def test_titles_that_are_only_told_cannot_be_broken_and_are_no_idle_rules() -> None:
    of = 'of."With Bread" = { mandatory = ["B2"] }'
    assert found(RULES + rule("title", f"titles = {{ at_least = 0, {of} }}")) == []
    idle = f"titles = {{ at_most = 1, {of} }}"
    assert found(RULES + rule("title", idle)) == ["NVQ435 rule 'title' of baker never bites"]
