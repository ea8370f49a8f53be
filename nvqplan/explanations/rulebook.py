"""NVQ4xx: the rulebook itself."""

from nvqplan.explanations.explanation import RULES, UNITS, Explanation, rulebook

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
}
