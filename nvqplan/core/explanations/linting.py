"""NVQ420 to NVQ439, and NVQ450: what lint finds in a rulebook."""

from nvqplan.core.explanations.explanation import RULES, UNITS, Explanation, rulebook

LINT = "nvqplan lint --data . --fail-on remark"

CAKES = UNITS + "B4,,Cakes,2,4,35,cakes,,,,Bakery book\n"
FOUR = RULES.replace('"B3"]', '"B3", "B4"]')


def _rule(id: str, says: str, *lines: str) -> str:
    """One more rule of the example."""
    head = f'\n[[qualification.rule]]\nid = "{id}"\nsays = "{says}"\n'
    return head + "".join(f"{line}\n" for line in lines)


CATALOGUE = {
    "NVQ420": Explanation(
        "The letter of a UAN and the last character of a QAN follow from the digits; here they do "
        "not, so that one of them is mistyped. Numbers of another shape are not asked.",
        "Look the number up where the awarding body publishes it: learners are registered by it.",
        rulebook(units=UNITS.replace("B1,,", "B1,D/503/0353,")),
        LINT,
    ),
    "NVQ421": Explanation(
        "A UAN names one unit. Where two have it, one of them is misprinted, and nobody can name "
        "either of them by it.",
        "Look both up, and mend the wrong one; or record the slip as a correction of its uan.",
        rulebook(units=UNITS.replace("B2,,", "B2,D/503/0352,").replace("B3,,", "B3,D/503/0352,")),
        LINT,
    ),
    "NVQ422": Explanation(
        "The catalogue has a unit that no qualification offers, so that no mix can hold it. Most "
        "often it was forgotten in a group, and legal mixes are told to be illegal.",
        "Add it to its group, or take it out of the catalogue.",
        rulebook(units=CAKES),
        LINT,
    ),
    "NVQ423": Explanation(
        "Two titles differ in nothing but letter case, spaces, punctuation or a plural s.",
        "Choose one spelling; or record the slip as a correction of the title.",
        rulebook(units=UNITS.replace("Sourdough", "BREADS")),
        LINT,
    ),
    "NVQ424": Explanation(
        "A unit has 1 to 60 credits, and at least one guided hour and no more than ten for each "
        "credit, for which it stands. A column that is 0 throughout is not in use, and not asked.",
        "Hold the figure against the handbook: sums of it decide verdicts.",
        rulebook(units=UNITS.replace("5,40", "5,400")),
        LINT,
    ),
    "NVQ425": Explanation(
        "The criteria of the unit are numbered with a gap, or twice, or there are fewer than "
        "outcomes. Gaps can be told only where the column criteria has the numbers.",
        "Hold them against the unit's page; if it is misprinted, record a correction of criteria.",
        rulebook(units=UNITS.replace("bread,,,,", "bread,,1,1.1-1.3 1.5,", 1)),
        LINT,
    ),
    "NVQ427": Explanation(
        "The rulebook has this slip of the print on record. What else lint would have said of it "
        "is told here, and not a second time.",
        "Nothing, until a new edition mends it: then take the correction out.",
        rulebook(
            RULES + '\n[[correction]]\nunit = "B3"\nfield = "title"\nprinted = "Sour dough"\n'
            'intended = "Sourdough"\nwhy = "the index spells it so"\n'
        ),
        LINT,
    ),
}

RULES_OF_COMBINATION = {
    "NVQ430": Explanation(
        "The print names a unit that no table has, and the rule says so under absent. It weighs "
        "nothing.",
        "Ask the awarding body which unit was meant, and write that as the intended reading.",
        rulebook(RULES.replace("{ at_least", '{ absent = ["B9"], at_least')),
        LINT,
    ),
    "NVQ431": Explanation(
        "The print declares how many credits all units of a group have, or how much of another "
        "measure, and they have another number: a unit is missing or too many, or has a wrong one.",
        "Hold the group against the print; if that is wrong, record a correction whose field is "
        "credits of Group A.",
        rulebook(RULES.replace('"B3"]\n', '"B3"]\nsums.A = 12\n')),
        LINT,
    ),
    "NVQ432": Explanation(
        "No mix of units meets these rules together, so that nobody can earn the qualification; "
        "leave out any one of them, and some mix meets the rest.",
        "Hold each of them against the handbook: one has a wrong figure or a wrong list.",
        rulebook(RULES + _rule("most", "At most 5 credits", "credits = { at_most = 5 }")),
        LINT,
    ),
    "NVQ433": Explanation(
        "The unit is on offer, and no legal mix holds it, whenever the learner is registered. The "
        "rules named are all it takes.",
        "Hold those rules against the handbook, or take the unit out of its group.",
        rulebook(
            FOUR
            + _rule("low", "No unit of level 3", "units = { of = { level = 3 }, at_most = 0 }"),
            CAKES,
        ),
        LINT,
    ),
    "NVQ434": Explanation(
        "Every legal mix holds the unit, though no rule names it as mandatory, nor asks for all "
        "units that it is about. The rules named are all it takes. Often a figure or a level is "
        "wrong.",
        "Hold those rules against the handbook.",
        rulebook(
            FOUR.replace("6", "10")
            + _rule("first", "B1 is mandatory", 'mandatory = ["B1"]')
            + _rule("next", "B1 needs B2", 'requires = { B1 = ["B2"] }'),
            CAKES,
        ),
        LINT,
    ),
    "NVQ435": Explanation(
        "No mix that meets the other rules breaks this one, whenever the learner is registered: "
        "the rules named imply it. It may be superfluous, or its figure too weak.",
        "Hold its figure against the handbook.",
        rulebook(RULES + _rule("some", "At least one unit", "units = { at_least = 1 }")),
        LINT,
    ),
    "NVQ436": Explanation(
        "No legal mix meets the bound exactly, so that it asks for more than it says. The mix "
        "shown comes nearest. What is past a counting cap is not counted here either.",
        "Hold the figure against the handbook; if it is right, tell learners the real one.",
        rulebook(
            FOUR
            + _rule(
                "bread", "At least 3 of bread", 'credits = { of = ["B2", "B3"], at_least = 3 }'
            ),
            CAKES,
        ),
        LINT,
    ),
    "NVQ437": Explanation(
        "No mix that meets the other rules gets as far as this maximum, so that it forbids "
        "nothing. The mix shown has the most.",
        "Hold the figure and the list against the handbook.",
        rulebook(RULES + _rule("most", "At most nine units", "units = { at_most = 9 }")),
        LINT,
    ),
    "NVQ438": Explanation(
        "One rule ends before these dates of registration and another begins after them, so that "
        "the print says nothing of learners registered then. Both are open on those dates.",
        "Ask the awarding body. Write until or from in place of before or after, or record a "
        "correction whose field is registration and the dates, as the message has them.",
        rulebook(
            FOUR
            + _rule(
                "old",
                "B3 comes later",
                "when = { registered = { before = 2026-07-01 } }",
                'units = { of = ["B3"], at_most = 0 }',
            )
            + _rule(
                "new",
                "B4 is no more",
                "when = { registered = { after = 2026-07-01 } }",
                'units = { of = ["B4"], at_most = 0 }',
            ),
            CAKES,
        ),
        LINT,
    ),
    "NVQ439": Explanation(
        "The rule is misprinted or open, and verdicts hang on how it is read: so many mixes are "
        "legal in one reading only. The other rules are read as printed.",
        "Ask the external quality assurer which reading counts, before learners rely on it.",
        rulebook(
            FOUR + '\n[qualification.rule.intended]\nsays = "At least 7 credits in all"\n'
            'credits = { at_least = 7 }\nwhy = "the index says 7"\n',
            CAKES,
        ),
        LINT,
    ),
}

LINTING = CATALOGUE | RULES_OF_COMBINATION

OFFERS = {
    "NVQ450": Explanation(
        "No legal mix earns the title, or meets the alternative of the choice: learners are "
        "promised what nobody can have. The rules named leave no room for it; where none is named, "
        "what it asks for cannot be had at all. Mixes with imported units are left aside.",
        "Hold the conditions of the title, and those rules, against the handbook.",
        rulebook(
            FOUR
            + _rule("bars", "Bread and cakes bar each other", 'barred = [["B2", "B4"]]')
            + _rule(
                "title",
                "A title for who bakes everything",
                "[qualification.rule.titles]",
                "at_least = 0",
                'of.Baker = { mandatory = ["B2", "B4"] }',
            ),
            CAKES,
        ),
        LINT,
    ),
}
