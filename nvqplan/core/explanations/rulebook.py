"""NVQ4xx: the rulebook itself."""

from nvqplan.core.explanations.explanation import RULES, UNITS, Explanation, curriculum, rulebook

RULEBOOK = {
    "NVQ401": Explanation(
        "Something in the rules file is unknown or contradicts itself. Nothing is checked against "
        "rules that are only partly understood.",
        "Mend what the message names. In an editor, the schema that nvqplan schema rulebook "
        "writes shows such slips while you type.",
        rulebook(RULES.replace("credits = { at_least", "credit = { at_least")),
        "nvqplan rules --data .",
    ),
    "NVQ402": Explanation(
        "A row of the unit catalogue cannot be used: a figure is missing or is none, or a unit "
        "number stands twice.",
        "Mend the cell that the message points at; figures are whole numbers.",
        rulebook(units=UNITS.replace("Bread,2,4,", "Bread,2,four,")),
        "nvqplan rules --data .",
    ),
    "NVQ403": Explanation(
        "The rules of the qualification contradict each other for these learners, so that no mix "
        "of units can be legal. No pathway is to blame.",
        "Hold the rules that the message names against the handbook.",
        {
            **rulebook(RULES.replace(" 6", " 60")),
            **curriculum("qualification: baker\npathways:\n  bread: {units: [B1, B2]}\n"),
        },
        "nvqplan check example.yaml --data .",
    ),
}
