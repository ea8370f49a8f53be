"""The verdict on a pathway in a few words, the same in every format."""

from nvqplan.results import Case

UNJUDGED = "not judged"

_WORDS = {
    (False, True): "legal for",
    (False, False): "illegal for",
    (True, True): "draft, can be completed to",
    (True, False): "draft, cannot be completed to",
}


def verdict_words(case: Case) -> str:
    """`legal for`, to stand before the name of the qualification."""
    return _WORDS[case.assessment.proposal.draft, case.assessment.passes]


def say_verdict(case: Case) -> str:
    return f"{verdict_words(case)} {case.qualification.id}"
