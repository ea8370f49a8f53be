"""NVQ32x and NVQ52x: what a new version of a rulebook changes, and what it breaks."""

from nvqplan.core.explanations.explanation import RULES, UNITS, Explanation, curriculum, rulebook

BREAD = "qualification: baker\npathways:\n  bread: {units: [B1, B2]}\n"
FULL = BREAD.replace("B2]", "B2, B3]")
SEVEN = RULES.replace("credits = 6", "credits = 7").replace("least 6", "least 7")
SEVEN = SEVEN.replace("at_least = 6", "at_least = 7")
EASED = RULES.replace("credits = 6", "credits = 5").replace("least 6", "least 5")
EASED = EASED.replace("at_least = 6", "at_least = 5")
ELEVEN = SEVEN.replace("7", "11")
BARRED = """
[[qualification.rule]]
id = "one-loaf"
says = "Bread or sourdough, not both"
barred = [["B2", "B3"]]
"""
REMARK = """
[[qualification.remark]]
id = "large"
says = "More than most ovens hold"
credits = { at_least = 11 }
"""


def versions(
    new: str, new_units: str = UNITS, plans: str = "", old: str = RULES
) -> dict[str, str | bytes]:
    """Two folders, old and new, and a curriculum file where there are plans."""
    both = {"old": rulebook(old), "new": rulebook(new, new_units)}
    files = {f"{name}/{file}": text for name, book in both.items() for file, text in book.items()}
    return files | (curriculum(plans) if plans else {})


PLANS = "nvqplan diff old new --plans example.yaml --select"

BROKEN = {
    "NVQ321": Explanation(
        "The pathway meets the rules of the older version, and not those of the newer one: it "
        "breaks rules, or holds a unit that is not offered any more. The message has every reason.",
        "Make one of the repairs, or keep to the older version for learners whom it covers.",
        versions(SEVEN, plans=BREAD),
        f"{PLANS} NVQ321",
    ),
    "NVQ322": Explanation(
        "Some legal mix of the older version contains the units of the draft, and none of the "
        "newer one does.",
        "Change the draft; what cannot hold together stands below the message.",
        versions(RULES + BARRED, plans=FULL.replace("B3]", "B3], status: draft")),
        f"{PLANS} NVQ322",
    ),
    "NVQ323": Explanation(
        "The pathway meets the rules of the older version; the newer one has no qualification of "
        "that name, though perhaps one of the same number or QAN, which is told.",
        "Name the qualification that has taken its place, and check the pathway anew.",
        versions(RULES.replace('"baker"', '"master-baker"'), plans=BREAD),
        "nvqplan diff old new --plans example.yaml --select NVQ323",
    ),
}

VERSIONS = {
    "NVQ521": Explanation(
        "A unit was added to the catalogue, taken out or changed, or a column of it was.",
        "Hold it against the new handbook.",
        versions(RULES, UNITS.replace("Sourdough", "Sourdough bread")),
        "nvqplan diff old new",
    ),
    "NVQ522": Explanation(
        "A qualification was added or taken out, or its title, numbers, level or credits changed.",
        "Hold it against the new handbook.",
        versions(RULES.replace("Certificate in", "Diploma in")),
        "nvqplan diff old new",
    ),
    "NVQ523": Explanation(
        "A unit joins a group of the qualification, leaves one, or moves to another.",
        "Hold the groups against the new handbook.",
        versions(RULES.replace(', "B3"]', ']\ngroups.B = ["B3"]')),
        "nvqplan diff old new",
    ),
    "NVQ524": Explanation(
        "A rule was added, taken out or changed, or is only said in other words.",
        "Hold it against the new handbook.",
        versions(RULES.replace("At least 6 credits in all", "6 credits or more")),
        "nvqplan diff old new",
    ),
    "NVQ525": Explanation(
        "A remark of the rulebook or a correction of the print was added, taken out or changed; "
        "no verdict depends on it.",
        "Read it.",
        versions(RULES + REMARK),
        "nvqplan diff old new",
    ),
    "NVQ526": Explanation(
        "Mixes that are legal in the older version are not legal in the newer one. They are "
        "counted exactly, and the smallest are shown with what they break. Without --plans this "
        "fails.",
        "See with --plans whether a pathway of yours is among them.",
        versions(SEVEN),
        "nvqplan diff old new --select NVQ526",
    ),
    "NVQ527": Explanation(
        "Mixes that are not legal in the older version are legal in the newer one. They are "
        "counted exactly, and the smallest are shown with what they broke.",
        "Nothing, unless the new handbook is meant to be stricter.",
        versions(EASED),
        "nvqplan diff old new --select NVQ527",
    ),
    "NVQ528": Explanation(
        "The pathway still passes, but some rule spares nothing any more, or no unit can be left "
        "out though one could, or of a draft one legal mix is left: the next change may break it.",
        "Nothing has to be done; have another unit in mind.",
        versions(ELEVEN, plans=FULL),
        f"{PLANS} NVQ528",
    ),
    "NVQ529": Explanation(
        "The pathway does not meet the rules of the older version, and meets those of the newer "
        "one.",
        "Make sure that its learners are registered under the newer version.",
        versions(RULES, plans=BREAD, old=SEVEN),
        f"{PLANS} NVQ529",
    ),
}
