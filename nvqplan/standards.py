"""National Occupational Standards (NOS) and the old numbers they replace."""

from typing import NamedTuple


class Standard(NamedTuple):
    """One National Occupational Standard; `replaces` are numbers as the units cite them (CC18)."""

    urn: str
    title: str
    replaces: tuple[str, ...]
    approved: str
    review: str
    keywords: tuple[str, ...]
