"""Where findings go: standard output, files, a job summary; each is written for itself."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import NoReturn

import typer

from nvqplan.cli.options import wrong_value
from nvqplan.cli.streams import (
    Put,
    is_terminal,
    new_painter,
    open_text,
    terminal_width,
    write_notes,
)
from nvqplan.cli.writers import new_report, refuse_format
from nvqplan.core.codes import FAILING, FailOn
from nvqplan.core.findings import Finding
from nvqplan.core.sources import Sources, gather
from nvqplan.reading.rulebook import FILES, find_data
from nvqplan.reports.report import Report, Run
from nvqplan.reports.results import Checked, Tally, in_order
from nvqplan.reports.terminal import Painter

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable that names the file of the job summary."""


def _parse_outputs(written: Sequence[str]) -> list[tuple[str, str]]:
    """The values of --output, each a format and a path, refused where they cannot be meant."""
    files = list(map(_parse_output, written))
    places = [os.path.realpath(path) for _, path in files]
    for (_, path), place in zip(files, places, strict=True):
        if places.count(place) > 1:
            raise wrong_value("--output", f"'{path}' would be written twice")
    return files


def _parse_output(written: str) -> tuple[str, str]:
    format, _, path = written.partition("=")
    problem = (
        refuse_format(format) if path else f"'{written}' is not FORMAT=FILE: sarif=found.sarif"
    )
    if path == "-" and not problem:
        problem = f"standard output takes --format {format}"
    if problem:
        raise wrong_value("--output", problem)
    return format, path


class Output:
    """One format on its way to one place; what goes wrong there touches no other."""

    def __init__(self, name: str, report: Report, place: AbstractContextManager[Put]) -> None:
        self._name = name
        self.report = report
        self.is_lost = False
        self._put: Put | None = None
        self._stack = ExitStack()
        with self._minding():
            self._put = self._stack.enter_context(place)

    def write(self, lines: Iterable[str]) -> None:
        if self._put is not None:
            with self._minding():
                self._put("".join([f"{line}\n" for line in lines]))

    def close(self) -> None:
        with self._minding():
            self._stack.close()

    def drop(self, error: BaseException) -> None:
        """Leave nothing half written behind."""
        self._put = None
        with suppress(OSError):
            self._stack.__exit__(type(error), error, error.__traceback__)

    def lose(self, error: OSError) -> None:
        self.drop(error)
        self.is_lost = True
        write_notes([f"nvqplan: {self._name} cannot be written: {error.strerror or error}"])

    @contextmanager
    def _minding(self) -> Iterator[None]:
        """A reader who has gone away is no error, a full disk is."""
        try:
            yield
        except BrokenPipeError as error:
            self.drop(error)
        except OSError as error:
            self.lose(error)


class Outputs:
    """All outputs of one run; where it breaks off, none is left half written."""

    def __init__(
        self,
        format: str,
        files: Sequence[str] | None,
        failing: FailOn,
        reading: str = "printed",
        command: str = "check",
    ) -> None:
        """The values of --format and --output are refused where they cannot be meant."""
        if problem := refuse_format(format):
            raise wrong_value("--format", problem)
        width = terminal_width() if is_terminal(sys.stdout) else None
        paint = new_painter(sys.stdout)
        self.run = Run(Sources(), reading, paint, FAILING[failing], width=width, command=command)
        self.tally = Tally()
        self._format, self._paths = format, _parse_outputs(files or ())
        self._failing: FailOn = failing
        self._more: list[tuple[str, Report, str]] = []
        self._all: list[Output] = []
        self._files: dict[str, Output] = {}

    def refuse_to_overwrite(self, *rulebooks: str | None) -> None:
        """Never put results in the place of a file of these rulebooks; None is the one in force."""
        folders = [each or find_data() for each in rulebooks]
        files = [os.path.realpath(Path(each, name)) for each in folders for name in FILES]
        for _, path in self._paths:
            if os.path.realpath(path) in files:
                raise wrong_value("--output", f"'{path}' is a file of the rulebook")

    def say_sum(self, say_sum: Callable[[Tally], str]) -> None:
        """Have the outcome of the whole run told in other words."""
        self.run = self.run._replace(say_sum=say_sum)

    def add(self, name: str, report: Report, path: str) -> None:
        """One more report, to a file."""
        self._more.append((name, report, path))

    def report_faults(self, found: Iterable[Finding]) -> None:
        """Report what is wrong with the rulebook in every format; text goes where refusals go."""
        self.write(by_file(found), with_text=False)

    def write(
        self,
        checked: Iterable[Checked],
        results: object = None,
        shown: Report | None = None,
        *,
        with_text: bool = True,
    ) -> None:
        """Write file after file, to all; a bug or an interruption leaves no file behind.

        Standard output shows a report of its own instead of the format, where one is given.
        """
        try:
            self._open(results, shown, with_text=with_text)
            self._write(checked)
        except BaseException as error:
            for output in self._all:
                output.drop(error)
            raise

    @property
    def are_lost(self) -> bool:
        return any(output.is_lost for output in self._all)

    def exit(self) -> NoReturn:
        """End the command by what was found, or by what could not be written."""
        raise typer.Exit(2 if self.are_lost else self.tally.exit_code(self._failing))

    def _open(self, results: object, shown: Report | None, *, with_text: bool) -> None:
        wanted = {self._format, *(format for format, _ in self._paths)}
        summary = os.environ.get(SUMMARY, "") if "github" in wanted else ""
        run = self.run._replace(summarised=bool(summary) and self._add_summary(summary))
        if self._format != "text" or with_text:
            report = shown or new_report(self._format, run, results)
            self._all.append(Output("the results", report, open_text(None)))
        plain = run._replace(paint=Painter(coloured=False), width=None)
        for format, path in self._paths:
            report = new_report(format, plain, results)
            self._open_file(f"--output '{format}={path}'", report, path)
        for more in self._more:
            self._open_file(*more)

    def _open_file(self, name: str, report: Report, path: str) -> None:
        output = Output(name, report, open_text(path))
        self._all.append(output)
        self._files[os.path.realpath(path)] = output

    def _add_summary(self, path: str) -> bool:
        """Whether a job summary can be written."""
        from nvqplan.reports.check_markdown import job_summary

        written = Path(path).stat().st_size if Path(path).is_file() else 0
        place = open_text(path, append=True)
        summary = Output(f"the job summary '{path}'", job_summary(self.run, written), place)
        self._all.append(summary)
        return not summary.is_lost

    def _write(self, checked: Iterable[Checked]) -> None:
        for output in self._all:
            output.write(output.report.head())
        for each in checked:
            self.tally.add(each)
            self._spare(each)
            for output in self._all:
                output.write(output.report.file(each))
        for output in self._all:
            output.write(output.report.tail(self.tally))
            output.close()

    def _spare(self, checked: Checked) -> None:
        """Never put results in the place of a file that was checked."""
        if self._files and checked.is_file:
            output = self._files.pop(os.path.realpath(checked.path), None)
            if output is not None:
                output.lose(OSError("it is one of the files to check"))


def by_file(found: Iterable[Finding]) -> Iterator[Checked]:
    """Findings file by file."""
    each_file = groupby(in_order(found), key=lambda finding: finding.location.path)
    return (Checked(path, findings=tuple(each)) for path, each in each_file)


def check_files(
    paths: Sequence[str], sources: Sources, check: Callable[[str], Checked]
) -> Iterator[Checked]:
    """Check file after file; what has been reported of one is not kept."""
    for path in gather(paths):
        if isinstance(path, Finding):
            yield Checked(path.location.path, findings=(path,))
        else:
            yield check(path)
            sources.forget(path)
