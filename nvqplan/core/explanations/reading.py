"""NVQ1xx: reading a file."""

from nvqplan.core.explanations.explanation import Explanation, curriculum

READING = {
    "NVQ101": Explanation(
        "The file does not exist, is a directory without curriculum files, or may not be read.",
        "Look for a mistyped path, and whether you may read what it names.",
        {},
        "nvqplan check nowhere.yaml",
    ),
    "NVQ102": Explanation(
        "Files are text in UTF-8, with or without a byte order mark. This one holds bytes that "
        "UTF-8 does not know, so it was saved in another encoding.",
        "Open it in your editor and save it again as UTF-8.",
        {"example.yaml": b"centre: Caf\xe9 College\n"},
    ),
    "NVQ103": Explanation(
        "Files over 2 MB are refused: no curriculum or catalogue is that large.",
        "Name the file that you meant. One that really is so large is better split by "
        "qualification, one file each.",
        {"example.yaml": "#" * 2_000_001},
    ),
    "NVQ104": Explanation(
        "The text is not valid YAML, TOML or CSV, so nothing in it could be read.",
        "Mend what the message names: most often a bracket or a quotation mark that is never "
        "closed, or a line that is indented too far.",
        curriculum("qualification: l3-diploma\npathways: {sales: {units: [101, 204}}\n"),
    ),
    "NVQ105": Explanation(
        "The file holds no value at all, so there is nothing to check.",
        "Write a curriculum into it (nvqplan init begins one), or take it out of what is checked.",
        curriculum("# to be written next term\n"),
    ),
    "NVQ106": Explanation(
        "A key stands twice in one mapping; which value was meant is not ours to guess.",
        "Keep the one that is right and delete the other.",
        curriculum(
            "qualification: l1-award\n"
            "registered: 2026-09-01\n"
            "registered: 2025-09-01\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103]}\n"
        ),
    ),
    "NVQ107": Explanation(
        "A key that nothing reads is most often a mistyped one, so it is never passed over.",
        "Write the key that the message offers, or delete it. Notes belong in comments.",
        curriculum(
            "qualification: l1-award\n"
            "registerd: 2026-09-01\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103]}\n"
        ),
    ),
    "NVQ108": Explanation(
        "The value is not of the kind that its key takes, such as text where a date belongs.",
        "Write what the message asks for. A date and a number stand without quotation marks.",
        curriculum(
            "qualification: l1-award\n"
            "registered: next autumn\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103]}\n"
        ),
    ),
    "NVQ109": Explanation(
        "A key that the file cannot do without is not there.",
        "Add it. A curriculum needs qualification and pathways, and each pathway its units.",
        curriculum("pathways:\n  first: {units: [101, 201, 102, 103]}\n"),
    ),
    "NVQ110": Explanation(
        "Anchors, aliases, merge keys and tags are refused: each value is written where it counts, "
        "so that whoever reads a pathway sees all of it.",
        "Write the value itself, as often as it is needed.",
        curriculum(
            "qualification: l1-award\n"
            "registered: 2026-09-01\n"
            "pathways:\n"
            "  first: {units: &same [101, 201, 102, 103]}\n"
        ),
    ),
    "NVQ111": Explanation(
        "A comment that speaks to nvqplan names codes in brackets and says why. The word until "
        "begins a date, and the date ends the comment.",
        "Write it as # nvqplan: ignore[NVQ504] and the reason, then until and a date if you like.",
        curriculum(
            "qualification: l1-award # nvqplan: ingore[NVQ504] adults only\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103]}\n"
        ),
    ),
    "NVQ112": Explanation(
        "Who reads the file next must see why a finding is not to be told. Without a reason "
        "nothing is suppressed.",
        "Write the reason behind the brackets.",
        curriculum(
            "qualification: l1-award # nvqplan: ignore[NVQ504]\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103]}\n"
        ),
    ),
    "NVQ113": Explanation(
        "No finding has this code, or it is one that nobody may hide: a file that cannot be read "
        "is never well, and no comment hides what is wrong with comments.",
        "Write the code that the finding shows, or mend what it tells.",
        curriculum(
            "qualification: l1-award # nvqplan: ignore[NVQ104] adults only\n"
            "pathways:\n"
            "  first: {units: [101, 201, 102, 103]}\n"
        ),
    ),
}
