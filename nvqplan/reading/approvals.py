"""Approved exceptions of a pathway: what rule, why, by whom, until when."""

from collections.abc import Mapping

from nvqplan.core.curricula import Approval
from nvqplan.core.fields import (
    as_date,
    as_list,
    as_mapping,
    as_name,
    as_text,
    check_known,
    read_member,
)
from nvqplan.core.findings import Findings, Located

KEYS = ("rule", "reason", "by", "until")


def read_approvals(
    members: Mapping[str, Located], pathway: str, found: Findings
) -> tuple[Approval, ...]:
    """Those of a pathway that are whole; one with a slip is told, and is no approval."""
    if "exceptions" not in members:
        return ()
    what = f"an exception of {pathway}"
    nodes = as_list(members["exceptions"], "exceptions", found)
    read = [_read_approval(node, what, found) for node in nodes]
    return tuple(approval for approval in read if approval is not None)


def _read_approval(node: Located, what: str, found: Findings) -> Approval | None:
    """All four keys must be there: an approval without a last day would stay for ever."""
    members = as_mapping(node, what, found)
    if not isinstance(node.value, dict):
        return None
    check_known(members, KEYS, what, "NVQ107", found)
    for key in KEYS:
        if key not in members:
            found.add(node, "NVQ109", f"'{key}' is missing in {what}", subject=key)
    rule = read_member(members, "rule", as_name, found)
    reason = read_member(members, "reason", as_text, found)
    by = read_member(members, "by", as_text, found)
    until = read_member(members, "until", as_date, found)
    is_doubtful = any(members[key].is_doubtful for key in KEYS if key in members)
    if rule is None or reason is None or by is None or until is None or is_doubtful:
        return None
    return Approval(members["rule"], reason, by, until)
