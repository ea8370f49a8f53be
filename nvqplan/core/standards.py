"""National Occupational Standards (NOS) and the old numbers they replace."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Standard(NamedTuple):
    """One National Occupational Standard; `replaces` are numbers as the units cite them (CC18).

    `approved` and `review` are months such as 2021-02; `review` is the indicative review date.
    """

    urn: str
    title: str
    replaces: tuple[str, ...]
    approved: str
    review: str
    keywords: tuple[str, ...]


def successors(standards: Iterable[Standard]) -> Mapping[str, str]:
    """From each old number to the URN of the standard that replaces it."""
    return {old: standard.urn for standard in standards for old in standard.replaces}
