"""What holds of every input, however spoilt: one check for each kind of file.

Nothing is written to a disk: bytes are staged under the path of a file, as when files are mended.
"""

import json
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema

from nvqplan.authoring.proving import Proving
from nvqplan.certificates.shape import NotACertificateError, parse_certificate
from nvqplan.certificates.text import (
    say_verification,
    verify_document,
)
from nvqplan.certificates.verifying import Verification, verify
from nvqplan.checking.baseline import read_baseline, write_baseline
from nvqplan.checking.configuration import read_configuration
from nvqplan.checking.filters import FindingFilters
from nvqplan.cli.check import Checking, CheckOptions
from nvqplan.cli.session import Session
from nvqplan.cli.writers import FORMATS, new_report
from nvqplan.core.codes import CODES
from nvqplan.core.findings import Finding, Findings
from nvqplan.core.sources import Sources
from nvqplan.fixing.fixer import Fixer
from nvqplan.reading.proofs import read_proofs
from nvqplan.reading.rulebook import read_rulebook
from nvqplan.reports.report import Run
from nvqplan.reports.results import Checked, Tally
from nvqplan.reports.terminal import Painter, write_findings
from tests.certificates import BAKERY, open_book
from tests.filtered import TODAY
from tests.readers import FULL_RULES, UNITS
from tests.transcripts import ROOT

SLOWEST = 2.0
"""Seconds of computing that no input may take."""

PATH = "folder/c.yaml"
PLAIN = Painter(coloured=False)


class NotHardError(BaseException):
    """Something took too long; not to be caught by what is tested."""


@contextmanager
def in_time() -> Iterator[None]:
    """Breaks off what takes too long, whatever else the machine is busy with."""

    def stop(*_: object) -> None:
        raise NotHardError(f"takes over {SLOWEST} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SLOWEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def _session() -> Session:
    return Session(None)


@cache
def _checking() -> Checking:
    context: Any = None
    _session().group.filters = FindingFilters(TODAY)
    return Checking(_session(), CheckOptions(context))


def look(path: str, sources: Sources) -> Checked:
    """What `nvqplan check` finds in a file, with the rulebook that comes with it."""
    return _checking().file(path, sources)


def check_curriculum(data: bytes) -> None:
    sources = Sources()
    sources.stage(PATH, data)
    with in_time():
        checked = _checking().file(PATH, sources)
    _check_places(checked.shown_and_settled, {PATH: data}, sources)
    _check_exit_code(checked)
    _check_red(checked)
    with in_time():
        _check_reports(checked, sources, int(sha256(data).hexdigest(), 16))
    known = {data: checked}
    for unsafe in (False, True):
        with in_time():
            _check_fixes(data, known, unsafe=unsafe)


def _check_places(found: Iterable[Finding], files: dict[str, bytes], sources: Sources) -> None:
    """Every finding has a known code and stands inside its file."""
    for finding in found:
        assert finding.code in CODES
        assert finding.message
        for path, line, column in (finding.location, *(each.location for each in finding.related)):
            if path not in files:
                assert Path(path).parent == Path(_session().group.folder), path
                continue
            lines = sources.lines(path) or _lines_of_no_text(files[path])
            assert 1 <= line <= len(lines), finding
            assert 1 <= column <= len(lines[line - 1]) + 1, finding
        line = len(sources.line(finding.location))
        assert (
            finding.location.column <= sources.end_column(finding.location) <= max(line, 0) + 1
            or not line
        )


def _lines_of_no_text(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _check_exit_code(checked: Checked) -> None:
    tally = Tally()
    tally.add(checked)
    told = {CODES[each.code].severity for each in checked.all_findings}
    if any(CODES[each.code].stops for each in checked.all_findings):
        assert {tally.exit_code(each) for each in ("error", "warning", "remark", "never")} == {2}
        return
    error = "error" in told or bool(checked.unjudged)
    assert tally.exit_code("error") == error
    assert tally.exit_code("warning") == (error or "warning" in told)
    assert tally.exit_code("remark") == bool(checked.unjudged or told)
    assert tally.exit_code("never") == 0


def _check_red(checked: Checked) -> None:
    """What cannot earn its qualification is told, or settled by somebody; the rest is judged."""
    assert checked.cases or checked.unjudged or checked.findings
    for case in checked.cases:
        settled = (each.finding for each in checked.settled)
        found = [*case.findings, *(each for each in settled if each.pathway == case.pathway.name)]
        errors = [each for each in found if CODES[each.code].severity == "error"]
        assert case.verdict.passes or errors


def check_proofs(data: bytes) -> None:
    """Labelled mixes for the rulebook that comes with nvqplan."""
    sources, found = Sources(), Findings()
    sources.stage(PATH, data)
    with in_time():
        checked = Proving(_session().rulebook).file(read_proofs(PATH, sources, found), found)
    assert checked.proofs or checked.unjudged or checked.findings
    for proof in checked.proofs:
        assert proof.agrees != ("NVQ441" in {each.code for each in proof.findings})
    _check_places(checked.shown_and_settled, {PATH: data}, sources)
    _check_exit_code(checked)
    with in_time():
        _check_reports(checked, sources, int(sha256(data).hexdigest(), 16), "rules test")


@cache
def _validator(command: str) -> Any:
    path = ROOT / "schemas" / f"{command.replace(' ', '-')}.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


def _check_reports(checked: Checked, sources: Sources, number: int, command: str = "check") -> None:
    """Text and JSON, and of the other formats one, whichever; the number is the input's own."""
    others = sorted(set(FORMATS) - {"text", "json"})
    for format in ("text", "json", others[number % len(others)]):
        run = Run(sources, "printed", PLAIN, verbose=bool(number // 7 % 2), command=command)
        report = new_report(format, run)
        tally = Tally()
        tally.add(checked)
        lines = [*chain(report.head(), report.file(checked), report.tail(tally))]
        if format in ("text", "github", "markdown"):
            check_printable(lines)
        elif format == "junit":
            ET.fromstring("\n".join(lines))  # noqa: S314 - it is our own
        else:
            document = json.loads("\n".join(lines))
            if format == "json" and number // 11 % 20 == 0:
                _validator(command).validate(document)


def check_printable(lines: Iterable[str]) -> None:
    """Nothing in them moves the cursor, colours the terminal, or turns the writing round."""
    for line in lines:
        assert line.isprintable() or line.replace("\t", "").isprintable(), repr(line)


def _check_fixes(data: bytes, known: dict[bytes, Checked], *, unsafe: bool) -> None:
    """Mending twice gives the same, and nothing is touched that was not sound.

    What is `known` of some bytes is not worked out once more.
    """

    def check(path: str, sources: Sources) -> Checked:
        staged = sources._staged[path]
        if staged in known:
            sources.read(path, Findings())
        else:
            known[staged] = _checking().file(path, sources)
        return known[staged]

    checked = known[data]
    if not checked.cases or any(CODES[each.code].stops for each in checked.findings):
        return
    fixer = Fixer(_session().rulebook.catalogue, check, unsafe=unsafe)
    fixed = fixer.fix(PATH, data)
    assert (fixed.after != data) == bool(fixed.changes)
    if fixed.changes:
        judged = {case.pathway.name for case in checked.cases}
        assert {each.pathway for each in fixed.changes} <= judged
        again = fixer.fix(PATH, fixed.after)
        assert again.after == fixed.after, again.changes


def _check_book(rules: bytes, units: bytes) -> None:
    sources, found = Sources(), Findings()
    files = {"book/rules.toml": rules, "book/units.csv": units}
    for path, data in files.items():
        sources.stage(path, data)
    with in_time():
        rulebook = read_rulebook("book", sources, found)
        assert (rulebook is None) == (len(found) > 0)
        _check_findings(found, files, sources)


def check_rules(data: bytes) -> None:
    _check_book(data, UNITS.encode())


def check_units(data: bytes) -> None:
    _check_book(FULL_RULES.encode(), data)


def _check_findings(found: Findings, files: dict[str, bytes], sources: Sources) -> None:
    _check_places(found, files, sources)
    check_printable(write_findings(found, sources, PLAIN))


def check_configuration(data: bytes) -> None:
    sources, found = Sources(), Findings()
    sources.stage("nvqplan.toml", data)
    with in_time():
        configuration = read_configuration("nvqplan.toml", sources, found)
    assert (configuration is None) == (len(found) > 0)
    _check_findings(found, {"nvqplan.toml": data}, sources)


def check_baseline(data: bytes) -> None:
    sources, found = Sources(), Findings()
    sources.stage("known.json", data)
    with in_time():
        baseline = read_baseline("known.json", sources, found)
    assert (baseline is None) == (len(found) > 0)
    _check_findings(found, {"known.json": data}, sources)
    if baseline is not None:
        written = write_baseline(baseline.files)
        sources.stage("known.json", written)
        again = read_baseline("known.json", sources, found)
        assert again is not None
        assert write_baseline(again.files) == written


def check_certificate(data: bytes) -> None:
    """A certificate that was changed holds no more, and whatever it says is told in clean lines."""
    book = open_book(BAKERY)
    with in_time():
        try:
            text = data.decode()
            certificate = parse_certificate(text)
        except UnicodeDecodeError:
            return
        except NotACertificateError as error:
            assert error.problems  # noqa: PT017 - any file may be none
            refused = Verification(None, tuple(error.problems))
            check_printable(say_verification("c.json", refused, PLAIN))
            json.dumps(verify_document("c.json", refused))
            return
        found = verify(certificate, text, book.rulebook, book.hashes)
        check_printable(say_verification("c.json", found, PLAIN))
        json.dumps(verify_document("c.json", found))
        true = (ROOT / "tests" / "cases" / "certificates" / "bakery.json").read_text("utf-8")
        assert not found.holds or text.splitlines() == true.splitlines()


CHECKS: dict[str, Callable[[bytes], None]] = {
    "curriculum": check_curriculum,
    "proofs": check_proofs,
    "rules": check_rules,
    "units": check_units,
    "configuration": check_configuration,
    "baseline": check_baseline,
    "certificate": check_certificate,
}
"""What holds of a file of each kind."""
