"""NVQ44x: what a rulebook says of itself, and the proofs that it carries."""

from nvqplan.core.explanations.explanation import RULES, UNITS, Explanation, curriculum, rulebook

LEGAL = "  bread: {units: [B1, B2], legal: true}\n"
SHORT = "  hygiene: {units: [B1], illegal: [total]}\n"
VERIFIED = RULES.replace("level = 2", 'verified = { on = 2026-11-01, by = "A. Author" }\nlevel = 2')
COLUMNS = (
    "verified_on,verified_by",
    "2026-11-01,A. Author",
    "2026-11-01,A. Author",
    "2026-11-01,A. Author",
)


def _with(columns: tuple[str, ...]) -> str:
    """The catalogue with more columns, a text a line."""
    lines = zip(UNITS.splitlines(), columns, strict=True)
    return "".join(f"{line},{more}\n" for line, more in lines)


def _proofs(mixes: str, rules: str = RULES, units: str = UNITS) -> dict[str, str | bytes]:
    """A folder that holds a small rulebook and one file of proofs."""
    text = f"qualification: baker\nmixes:\n{mixes}"
    return {**rulebook(rules, units), "proofs/baker.yaml": text}


TEST = "nvqplan rules test ."
STRICT = f"{TEST} --strict --today 2026-12-01"

PROOFS = {
    "NVQ441": Explanation(
        "The author says that this mix is legal, or breaks just these rules, and the rules say "
        "otherwise. One of both is wrong: the label, or what was typed of the print.",
        "Work the mix out by hand from the print, then mend the label or the rule.",
        _proofs(LEGAL + SHORT + "  cakes: {units: [B1, B3], illegal: [total]}\n"),
        TEST,
    ),
    "NVQ442": Explanation(
        "No proof breaks this rule alone, so nobody would notice if it were missing or too weak. "
        "Some mix does break it alone, and is shown.",
        "Add a proof that just fails this rule, worked out from the print.",
        _proofs(LEGAL),
        TEST,
    ),
    "NVQ443": Explanation(
        "The qualification has no proof, or none of a legal mix, so nobody would notice if its "
        "rules refused everything.",
        "Add a mix that the print allows, best one that just meets its figures.",
        _proofs(SHORT),
        TEST,
    ),
    "NVQ444": Explanation(
        "The same units on the same terms stand in two proofs, so that the second proves nothing.",
        "Delete one of them, or write what was meant.",
        _proofs(LEGAL + SHORT + "  loaf: {units: [B2, B1], legal: true}\n"),
        TEST,
    ),
    "NVQ446": Explanation(
        "The rulebook knows this unit, or these rules, to count for other registration dates only. "
        "The verdict does not change: what counts instead is not in the rulebook.",
        "Ask the awarding body what counts for these learners, or use the rulebook of their date.",
        {
            **rulebook(units=_with(("valid_until", "", "2027-08-31", ""))),
            **curriculum(
                "qualification: baker\n"
                "registered: 2027-09-01\n"
                "pathways:\n"
                "  bread: {units: [B1, B2]}\n"
            ),
        },
        "nvqplan check --data . example.yaml",
    ),
    "NVQ447": Explanation(
        "Nobody says when a rule or a unit was held against the print, or where the print has it.",
        "Hold it against the print, with the page that nvqplan rules print writes, and note under "
        "verified when that was and who did it.",
        _proofs(LEGAL + SHORT, RULES, _with(COLUMNS)),
        STRICT,
    ),
    "NVQ448": Explanation(
        "A rule or a unit no longer counts for learners who are registered today, or not yet.",
        "Look for the print that counts now, and write its rules or units.",
        _proofs(
            LEGAL + SHORT,
            VERIFIED.replace("level = 2", "valid = { until = 2026-08-31 }\nlevel = 2"),
            _with(COLUMNS),
        ),
        STRICT,
    ),
    "NVQ449": Explanation(
        "A rule or a unit was held against the print more than three years ago, or before the day "
        "from which it counts, so that a newer print may say something else.",
        "Hold it against the print that counts now, and note the new date under verified.",
        _proofs(LEGAL + SHORT, VERIFIED.replace("2026-11-01", "2020-11-01"), _with(COLUMNS)),
        STRICT,
    ),
}
