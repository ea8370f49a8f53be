"""The outcome of `check` as JUnit XML: a suite a file, a test case a pathway.

All of it is plain ASCII, so that it is what its first line says whatever the stream's encoding.
"""

from collections.abc import Iterable, Iterator

from nvqplan.core.codes import CODES
from nvqplan.core.findings import Finding
from nvqplan.core.values import NamedTuple
from nvqplan.core.words import printable
from nvqplan.reports.places import say_path
from nvqplan.reports.report import UNJUDGED, Run, remedy_lines, say_verdict
from nvqplan.reports.results import Checked, Tally, in_order
from nvqplan.reports.terminal import shorten

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;"})

THE_FILE = "the file as a whole"


class _Test(NamedTuple):
    """A test case: what fails it, if anything does, its findings and advice."""

    name: str
    fault: str = ""
    """The element that tells why it did not pass: `failure`, or `error` for what was not read."""
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    advice: tuple[str, ...] = ()


class JunitReport:
    def __init__(self, run: Run) -> None:
        self._failing = run.failing

    def head(self) -> Iterator[str]:
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield '<testsuites name="nvqplan">'

    def file(self, checked: Checked) -> Iterator[str]:
        tests = tuple(self._tests(checked))
        path = say_path(checked.path)
        faults = [test.fault for test in tests]
        failures, errors = faults.count("failure"), faults.count("error")
        counts = {"tests": len(tests), "failures": failures, "errors": errors, "skipped": 0}
        yield f"  <testsuite{_attributes(name=path, **counts)}>"
        for test in tests:
            yield from _case(path, test)
        yield "  </testsuite>"

    def tail(self, tally: Tally) -> Iterator[str]:
        yield "</testsuites>"

    def _tests(self, checked: Checked) -> Iterator[_Test]:
        """What concerns the whole file is a test of its own, where there is anything to tell."""
        if checked.findings:
            stopping = [each for each in checked.findings if CODES[each.code].stops]
            fault = "error" if stopping else self._fault(checked.findings)
            reason = (stopping or checked.findings)[0].message
            yield _Test(THE_FILE, fault, reason, in_order(checked.findings))
        for name in checked.unjudged:
            fault = "error" if self._failing else ""
            yield _Test(name, fault, f"{UNJUDGED}, see {THE_FILE}")
        for proof in checked.proofs:
            findings = in_order(proof.findings)
            reason = findings[0].message if findings else ""
            yield _Test(proof.name, self._fault(findings), reason, findings)
        for case in checked.cases:
            findings, advice = in_order(case.findings), tuple(remedy_lines(case))
            fault = self._fault(findings)
            yield _Test(case.pathway.name, fault, say_verdict(case), findings, advice)

    def _fault(self, findings: Iterable[Finding]) -> str:
        fails = any(CODES[each.code].severity in self._failing for each in findings)
        return "failure" if fails else ""


def _case(path: str, test: _Test) -> Iterator[str]:
    head = f"    <testcase{_attributes(classname=path, name=test.name)}"
    lines = [line for finding in test.findings for line in _say(finding)]
    body = "\n".join([*lines, *map(_text, test.advice)])
    if not (test.fault or body):
        yield f"{head}/>"
        return
    yield f"{head}>"
    if test.fault:
        yield f"      <{test.fault}{_attributes(message=test.reason)}>{body}</{test.fault}>"
    else:
        verdict = "" if test.name == THE_FILE else f"{_text(test.reason)}\n"
        yield f"      <system-out>{verdict}{body}</system-out>"
    yield "    </testcase>"


def _say(finding: Finding) -> Iterator[str]:
    location = finding.location._replace(path=say_path(finding.location.path))
    severity = CODES[finding.code].severity
    yield _text(f"{location}: {severity}[{finding.code}] {finding.message}")
    for line in finding.help.splitlines():
        yield _text(f"  = {line}")


def _attributes(**values: object) -> str:
    return "".join(f' {name}="{_text(str(value))}"' for name, value in values.items())


def _text(text: str) -> str:
    """Text as XML may hold it; escaped by hand, since the library's way imports urllib."""
    escaped = printable(shorten(text)).translate(_ESCAPED)
    return escaped.encode("ascii", "xmlcharrefreplace").decode()
