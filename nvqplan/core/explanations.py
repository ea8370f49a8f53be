"""What each finding code means and what to do about it, with an example that fires it.

Only `nvqplan explain`, SARIF and the documents ask for it, and no file is read before they do; the
title and the severity of a code stand in `codes`. The texts stand in `explanations/`, a file a
hundred of codes, whose first line says what these are about. An entry is `## CODE`, a paragraph
that says what the code means, one that says what to do, and the example:

    with bakery in old      it begins with the files of that example, in a folder if one is named
    rules.toml              the lines below change this file, or write it where there is none
    - credits = 6           takes out a line, which stands in it just once
    + credits = 7           puts a line there, or at the end where none was taken out before
    $ nvqplan diff old new  the command, run in a folder of these files

An example can begin with any that stands above it. `examples.txt` is read first: it has examples on
which several codes build, each with a name, a sentence and no command. `a.yaml, in latin-1` is
written in that encoding, and `a.yaml, 9 times` repeats its lines without line ends.

**To add a code:** its line in `codes.CODES`, its entry in the file of its hundred, a golden case
that prints it, then `make docs`. Tests fail until all four are there, and they run every example.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from nvqplan.core.codes import CODES
from nvqplan.core.values import NamedTuple

SHARED = "examples"
HUNDREDS = ("reading", "naming", "rules", "rulebook", "remarks")

Example = dict[str, list[str]]
"""The files of an example by name, each as its lines."""


class Explanation(NamedTuple):
    """What a code means, what to do about it, and the shortest input that fires just this code.

    `files` are what a folder holds by name, text or bytes, in which `command` is run.
    """

    means: str
    remedy: str
    files: Mapping[str, str | bytes]
    command: str


@cache
def explanations() -> dict[str, Explanation]:
    """What there is to say of each code, in the order of the codes."""
    return {code: each for codes in hundreds().values() for code, each in codes.items()}


@cache
def hundreds() -> dict[str, dict[str, Explanation]]:
    """The explanations, by what each hundred of codes is about."""
    folder = Path(__file__).with_suffix("")
    names = (SHARED, *HUNDREDS)
    return read_hundreds({name: (folder / f"{name}.txt").read_text("utf-8") for name in names})


def read_hundreds(texts: Mapping[str, str]) -> dict[str, dict[str, Explanation]]:
    """What the files say, by name and in order; a ValueError names the entry that is at fault."""
    hundreds = dict[str, dict[str, Explanation]]()
    examples = dict[str, Example]()
    for file, text in texts.items():
        heading, *entries = text.rstrip("\n").split("\n\n## ")
        explained = hundreds[heading.removeprefix("# ")] = {}
        for entry in entries:
            name, _, paragraphs = entry.partition("\n")
            *sentences, example = paragraphs.split("\n\n")
            try:
                examples[name], command = _build(name, example.split("\n"), examples)
                if file != SHARED:
                    explained[name] = _explain(name, sentences, examples[name], command)
            except ValueError as fault:
                raise ValueError(f"{file}.txt, {name}: {fault}") from fault
    return {about: explained for about, explained in hundreds.items() if explained}


def _build(name: str, lines: Iterable[str], examples: Mapping[str, Example]) -> tuple[Example, str]:
    """The files of an example, made from what it begins with, and its command."""
    if name in examples:
        raise ValueError("stands here for the second time")
    files, command = Example(), ""
    file, place = "", 0
    for line in lines:
        match line.partition(" "):
            case "with", _, example:
                files |= _begin(example, examples)
            case "+" | "-", _, text if not file:
                raise ValueError(f"no file is named above the line {text}")
            case "+", _, text:
                files[file].insert(place, text)
                place += 1
            case "-", _, text:
                if files[file].count(text) != 1:
                    raise ValueError(f"{file} has no such line, or several: {text}")
                place = files[file].index(text)
                del files[file][place]
            case "$", _, command:
                pass
            case _:
                file, place = line, len(files.setdefault(line, []))
    return files, command


def _begin(named: str, examples: Mapping[str, Example]) -> Example:
    """The files with which an example begins, as yet unchanged: those of another, in a folder."""
    name, _, folder = named.partition(" in ")
    if name not in examples:
        raise ValueError(f"no example above is called {name}")
    return {str(PurePosixPath(folder, file)): lines[:] for file, lines in examples[name].items()}


def _explain(code: str, sentences: list[str], example: Example, command: str) -> Explanation:
    if code not in CODES:
        raise ValueError("there is no such code")
    match sentences:
        case means, remedy if command:
            files = dict(_write(heading, lines) for heading, lines in example.items())
            return Explanation(_flow(means), _flow(remedy), files, command)
    raise ValueError("not just what it means, what to do, and an example with its command")


def _flow(paragraph: str) -> str:
    return paragraph.replace("\n", " ")


def _write(heading: str, lines: Iterable[str]) -> tuple[str, str | bytes]:
    """The name of a file and what it holds."""
    name, _, how = heading.partition(", ")
    if how.endswith(" times"):
        return name, "".join(lines) * int(how.removesuffix(" times"))
    text = "".join(f"{line}\n" for line in lines)
    return name, text.encode(how.removeprefix("in ")) if how else text
