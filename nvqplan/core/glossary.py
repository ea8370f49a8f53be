"""The glossary: every word that nvqplan prints or asks for, explained to people once.

`nvqplan explain` and docs/glossary.md print these entries. To add one: its paragraph in `_TEXT`,
in alphabetical order, then `make docs`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple


class GlossaryEntry(NamedTuple):
    """A word, what it means, what else it is called, and which entries say more."""

    name: str
    means: str
    aliases: tuple[str, ...]
    see: tuple[str, ...]


_TEXT = """\
achieved; held, unit achieved -> RPL, APL, credit transfer, exempt
A unit is achieved when it has been assessed and signed off, or counts as if it had been. Curriculum
files and options call it held. A repair keeps achieved units, and a centre need not offer them.

adds -> have and need, new
What a unit adds to a sum that a rule looks at, such as 5 credits to the total. A unit that does not
count for a rule adds nothing to it.

alternative; choice, choice of alternatives -> rule of combination, pathway
One of several sets of conditions of which a rule asks for one, such as this set of units or that.

APL; accreditation of prior learning, accredited -> RPL, achieved
Accreditation of prior learning: an achievement of earlier study or work counts as the unit. Rules
can limit how many credits may come about in this way, so curriculum files list such units under
apl.

assessment criterion; assessment criteria, criterion, criteria -> learning outcome
One thing that a learner must be seen to do or to know. A unit page lists the criteria under each
learning outcome.

assessor -> IQA, EQA
Who judges a learner's evidence against the criteria of a unit.

attribute; figure, figure of the learner, attribute of the learner -> learner, registered
What rules ask of a learner beside age and registration date: an attribute such as a job role, a
figure such as hours of practice.

award; diploma, size of a qualification -> qualification, certificate
Award, Certificate and Diploma are sizes of a qualification: up to 12 credits, 13 to 36, and 37 or
more.

awarding body; awarding organisation -> centre, handbook, EQA
The organisation that makes a qualification, approves centres, and issues certificates to learners.
City & Guilds is one.

barred; bar, barred set -> rule of combination, conflict
Units that bar each other must not stand in the same mix, usually because they teach the same. Of
each barred set at most one unit may be taken.

baseline; known findings -> finding, suppression
A file of the findings that old curriculum files have now. With it nvqplan reports only what is new.
It changes no verdict.

catalogue; units.csv -> rulebook, unit
The table of all units that a rulebook knows, with their titles, levels, credits and hours.

centre; training centre, provider -> awarding body, offer
Who teaches and assesses learners: a college, a training company, or an employer.

certificate -> verdict, award
Two things. The paper that a learner earns, also a size of a qualification. And the file that
nvqplan check writes for an external quality assurer: it shows figure by figure why each pathway
meets the rules, and nvqplan verify works it out again.

cheapest finish -> achieved, new, GLH
Of all mixes that meet the rules and contain what a learner has achieved, the one that asks for the
fewest new guided learning hours, then for the fewest new units.

cohort -> learner
The learners who start together, or whom one centre looks after at one time.

component -> rule of combination, share
A part of a qualification that needs so much of its own. Each unit is used for one component only,
even where it would fit several; nvqplan finds a way to share the units out, and shows it.

conflict; cannot hold together, collide -> repair, wish
Rules and choices that no mix can meet all at once. nvqplan names only what counts: leave out any
one of them, and some mix meets the rest.

correction; slip, misprint, slip of the print -> reading, handbook
A slip in the print that is no rule, such as a wrong number of a unit. The rulebook keeps what is
printed beside what was meant, with the evidence.

counting cap; cap -> rule of combination, sum
A limit on how much of some units counts towards a sum. More of them may be taken; what is over the
cap does not count.

credit -> GLH, surplus
The size of a unit. One credit stands for about ten hours of learning, taught or not. A
qualification asks for so many credits in all.

credit transfer; transfer -> achieved, RPL, UAN
A unit that was achieved in another qualification or at another centre counts here without being
assessed again, because it is the same unit: it has the same UAN.

curriculum; curricula, curriculum file -> pathway, offer
A file in which a centre proposes pathways: the qualification, the learners' registration date, and
for each pathway its units.

distance; distance of two mixes -> mix, repair
How different two mixes are: the larger number of units that one has and the other has not.

draft; can be completed, completion -> final, pathway
A pathway that is not finished yet. It is right as long as some mix that meets the rules contains
it. The units that are still to be chosen complete it.

droppable; droppable unit, could be dropped -> surplus, minimal
A unit is droppable if the mix meets the rules without it, too. Such a unit is more to teach and to
assess than the qualification asks for.

endorsed title; title -> qualification
An addition to the name of a qualification for learners whose mix also meets further conditions,
such as "(Food and Beverage)".

EQA; external quality assurer, external quality assurance, external verifier -> IQA, awarding body
External quality assurer: the person whom the awarding body sends to see that a centre assesses
fairly. Ask this person where a rule can be read in two ways.

equivalent; equivalent units, one unit under two numbers -> UAN, unit
One unit under several numbers, because it was replaced or is numbered by two schemes. It counts
once.

exception; approved exception -> suppression, rule of combination
Somebody with the authority to do so has allowed a pathway to break one rule, until a day. The
pathway is still reported as not meeting the rules, but it no longer counts as an error.

exempt; exemption -> achieved, RPL
A learner is exempt from a unit if another certificate stands in for it. The unit counts, and is not
taught.

family; best of a family -> rule of combination, counting cap
Units of which only the best one counts towards a sum. The others may be taken, and count for
nothing there.

final -> draft, pathway
A pathway whose units are all chosen. Its verdict is about just these units.

finding; code, finding code -> remark, suppression, baseline
Something that nvqplan has to say about a file: a code such as NVQ301, the place in the file, and a
sentence. An error means that something does not meet the rules, a warning is to be looked into, a
remark is good to know.

fingerprint; hash -> mix
A short text that stays the same as long as rules and wishes stay the same. While it does, every mix
keeps its number in a list.

forced; forced unit -> impossible, free, mandatory
A unit that stands in every mix that meets the rules, whether or not the handbook calls it
mandatory.

free; free unit, can be chosen -> forced, impossible
A unit that stands in some of the mixes that meet the rules, and not in others.

GLH; guided learning hours, guided learning, hours, h -> credit, new
Guided learning hours: the hours in which a learner is taught, supervised or assessed by somebody.
They are what a unit costs a centre and a learner in time together.

group; group A, group B, group C, category -> mandatory, optional, level
The part of a qualification's structure in which a unit is listed, such as Group A for mandatory
units. The same unit can stand in one group of one qualification and in another of the next.

handbook; qualification handbook, print -> awarding body, rulebook, reading
The document in which an awarding body prints the units and the rules of a qualification. Where
nvqplan says "printed", it means the handbook.

have and need; have, need, short by, over by, slack -> adds, sum
What a mix has of something and what a rule needs, such as 20 of 21 credits: short by 1. Slack is
how much it could lose before the rule is broken.

imported; imported unit, unit from elsewhere -> credit transfer, rulebook
A unit of another qualification that a learner brings along, where the rules allow it. It is not in
the catalogue, so the pathway says what its level, credits and hours are.

impossible; impossible unit -> forced, free, barred
A unit that stands in no mix that meets the rules and the choices made so far.

IQA; internal quality assurer, internal quality assurance, internal verifier -> EQA, assessor
Internal quality assurer: the person at a centre who sees that its assessors judge alike and fairly.

learner; candidate, student -> cohort, registered
A person who works towards a qualification.

learning outcome; outcome -> assessment criterion, unit
What a learner can do or knows after a unit. A unit has several, each with its criteria.

legal; illegal, meets the rules, does not meet the rules -> verdict, rule of combination
nvqplan prints legal for a mix that meets all rules of combination of its qualification, and illegal
for one that does not. It says nothing about the law.

level -> group, qualification
How demanding a unit or a qualification is: Level 1 is the easiest. Rules ask for so many credits at
a level, or at a level or above.

mandatory; mandatory unit, compulsory -> optional, forced, group
A unit that every learner must take, because a rule says so.

minimal; minimal mix -> droppable, surplus
A mix from which no unit can be dropped: without any one of them it would not meet the rules.

mix; mix of units, combination -> rule of combination, pathway
A set of units that a learner takes or might take. The order of the units says nothing.

new; new unit, new GLH -> achieved, GLH
Not achieved yet. New units and new guided learning hours are what is still to be taught and
assessed.

NOS; national occupational standards, occupational standard -> unit, topic
National Occupational Standards: what people in a trade should be able to do at work, agreed by
employers. A unit names the standards that it assesses.

NVQ; national vocational qualification -> qualification, unit, assessor
National Vocational Qualification: it shows that somebody can do a job. It is assessed at work, unit
by unit.

offer; offered units, what a centre offers -> centre, curriculum
The units that a centre teaches. A pathway may use only these, beside units that are achieved
already.

optional; optional unit -> mandatory, group
A unit that a learner may choose, within the rules.

pathway; plan -> curriculum, mix, draft
A named mix in a centre's curriculum file: the units that a group of learners is to take.

pre-requisite; prerequisite, requires, builds on -> rule of combination
A unit that another one builds on: who takes the second must have the first in the mix as well.

prefer; avoid, preferred, avoided, prefer/avoid -> wish, topic
A wish that may be met in part. nvqplan suggest takes as much as can be of what is preferred, and as
little as can be of what is to be avoided. A unit or a topic can be named.

proof; labelled mix -> rulebook, verdict
A mix that the author of a rulebook has judged by hand, and labelled. nvqplan rules test shows
whether the rules say the same of it.

proven; proven best, confirmed by a second solver, second opinion -> verdict, conflict
What nvqplan calls proven follows from an exact search of all mixes, not from samples or guesses.
Every mix that it proposes has been confirmed by a second, independent method as well.

provenance; valid, verified, validity -> rulebook, registered
From when until when a rule or a unit counts, and who has held it against the handbook, and when.

QAN; qualification accreditation number, qualification number -> UAN, qualification
Qualification accreditation number: the official number of a qualification, such as 600/1136/1.

qualification -> award, QAN, rule of combination
What a learner works towards, such as a Level 3 NVQ Diploma. It has an id in nvqplan, a number at
the awarding body, and a QAN.

reading; verdict hangs on a reading, printed, intended -> correction, EQA, verdict
How a rule is understood that is misprinted or can be read in two ways. The printed reading takes
the handbook at its word; the intended one is what was most likely meant. A verdict that hangs on
the reading says so: ask your external quality assurer.

registered; registration, registration date, window, registration window -> provenance, learner
The day on which a learner is registered with the awarding body. Some rules count only for learners
who are registered before or after a date; the days between two such dates are a window.

remark; warning, error, severity -> finding
Findings are errors, warnings or remarks. A remark is good to know and never makes a check fail; a
warning is to be looked into; an error means that something does not meet the rules.

repair; no help, fix, nearest mix -> conflict, distance
The smallest change that makes a pathway meet the rules: units to drop, units to add. What looks
like a repair and is none is listed as no help, with the reason.

RPL; recognition of prior learning, prior learning -> achieved, APL, credit transfer
Recognition of prior learning: what a learner can do already, from work or earlier study, is
assessed and counts as a unit achieved, without the learner being taught it.

rule of combination; rules of combination, rule, RoC -> mix, rulebook, verdict
What an awarding body asks of a mix of units: so many credits, so many at a level, some units
together, others never. Only a mix that meets all of them earns the qualification.

rulebook; rules.toml -> catalogue, rule of combination, proof
The rules of one or several qualifications and the units that they speak of, in files that nvqplan
reads. The one of City & Guilds 3412 comes with it.

share -> rule of combination, sum
A rule about a part of the whole, such as: at least half of the optional credits are at Level 3.

status; taught -> achieved, APL, exempt
How a unit of a pathway comes about: it is taught, held, accredited (apl) or exempt. Of a pathway,
whether it is a draft or final.

sum; measure, total -> credit, GLH, have and need
What a rule adds up over units of a mix: credits, hours, units or points. The total is the sum that
the whole qualification asks for.

suppression; ignore, comment -> finding, exception, baseline
A comment in a curriculum file that says which finding is not to be reported there, why, and until
when. It changes no verdict.

surplus; over the total -> credit, droppable
Credits of a mix over the total that the qualification asks for.

tight; becomes tight -> have and need, droppable
A pathway becomes tight under new rules if it still meets them, with nothing to spare any more.

topic -> prefer, NOS
What a unit is about, such as sales or health-and-safety. Topics serve to find units and to say what
is preferred.

UAN; unit accreditation number, URN, unit reference number -> QAN, credit transfer, unit
Unit accreditation number: the official number of a unit, such as L/503/0394. It is the same in
every qualification that offers the unit.

unit; unit number, module -> UAN, credit, group
The smallest part of a qualification that is assessed and certificated by itself. It has a number
such as 204, a title, a level, credits and guided learning hours.

verdict; judgement, not judged, earns -> legal, reading, exception
Whether a mix meets the rules. A pathway that names a unit nobody knows is not judged.

wish; wishes, with, without -> prefer, conflict
What somebody wants of a mix beside the rules: these units in it, those not, at most so many hours
or credits.
"""
"""An entry a paragraph. Its first line: the name; what else it is called -> what to see as well."""


@cache
def entries() -> tuple[GlossaryEntry, ...]:
    """The glossary in the order of the alphabet."""
    return tuple(map(_entry, _TEXT.rstrip().split("\n\n")))


def _entry(paragraph: str) -> GlossaryEntry:
    head, *lines = paragraph.split("\n")
    names, _, see = head.partition(" -> ")
    name, _, aliases = names.partition("; ")
    return GlossaryEntry(name, " ".join(lines), _listed(aliases), _listed(see))


def _listed(names: str) -> tuple[str, ...]:
    return tuple(names.split(", ")) if names else ()


@cache
def _by_name() -> dict[str, GlossaryEntry]:
    return {name.casefold(): each for each in entries() for name in (each.name, *each.aliases)}


def find_entry(name: str) -> GlossaryEntry | None:
    """The entry that is called so, in capital or small letters, one or several."""
    known, written = _by_name(), name.casefold()
    return known.get(written) or known.get(written.removesuffix("s"))


def all_names() -> Iterator[str]:
    """Every name of every entry, as it is written."""
    return (name for each in entries() for name in (each.name, *each.aliases))


def join_names(words: Sequence[str]) -> list[str]:
    """The words, those of a name such as `rule of combination` joined; so are those near one."""
    joined, at = list[str](), 0
    while at < len(words):
        size = next((size for size in range(4, 1, -1) if _is_name(words[at : at + size], size)), 1)
        joined.append(" ".join(words[at : at + size]))
        at += size
    return joined


def _is_name(words: Sequence[str], size: int) -> bool:
    """Whether so many words are a name of the glossary, or one that is mistyped."""
    from difflib import get_close_matches

    long = [name for name in _by_name() if name.count(" ") == size - 1]
    return len(words) == size and bool(get_close_matches(" ".join(words).casefold(), long, 1, 0.85))
