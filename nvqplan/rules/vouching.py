"""`valid = { from = DATE, until = DATE }` and `verified = { on = DATE, by = "NAME" }`."""

from collections.abc import Mapping

from nvqplan.core.fields import as_date, as_mapping, as_text, check_known, read_member
from nvqplan.core.findings import Findings, Located
from nvqplan.core.validity import UNKNOWN, Provenance, Validity, Verified

KEYS = ("valid", "verified")


def parse_provenance(
    members: Mapping[str, Located], found: Findings, default: Provenance = UNKNOWN
) -> Provenance:
    """What a rule or a qualification says of itself; the default where it says nothing."""
    valid, verified = default
    if "valid" in members:
        valid = _parse_valid(members["valid"], found)
    if "verified" in members:
        verified = _parse_verified(members["verified"], found)
    return Provenance(valid, verified)


def _parse_valid(node: Located, found: Findings) -> Validity:
    bounds = as_mapping(node, "valid", found)
    check_known(bounds, ("from", "until"), "valid", "NVQ401", found)
    if node.value == {}:
        found.add(node, "NVQ401", "'valid' needs 'from', 'until' or both")
    first, last = (read_member(bounds, name, as_date, found) for name in ("from", "until"))
    valid = Validity(first or Validity().first, last or Validity().last)
    if valid.first > valid.last:
        message = f"'valid' begins on {valid.first}, after its end on {valid.last}"
        found.add(node, "NVQ401", message)
    return valid


def _parse_verified(node: Located, found: Findings) -> Verified | None:
    members = as_mapping(node, "verified", found)
    check_known(members, ("on", "by"), "verified", "NVQ401", found)
    for key in ("on", "by"):
        if isinstance(node.value, dict) and key not in members:
            found.add(node, "NVQ401", f"'verified' needs '{key}'")
    on = read_member(members, "on", as_date, found)
    by = read_member(members, "by", as_text, found)
    return Verified(on, by) if on is not None and by is not None else None
