"""Every rule and how a mix stands to it, broken or not, in words."""

from collections.abc import Iterator

from nvqplan.core.units import Offering
from nvqplan.reports.painter import Painter
from nvqplan.rules.outcome import Outcome
from nvqplan.rules.qualification import Judged, Judgement
from nvqplan.rules.wording import say_counted, say_outcome


def say_judgement(
    judgement: Judgement, offering: Offering, paint: Painter, *, is_draft: bool
) -> Iterator[str]:
    """Each comparison of each rule: what the mix has and needs, its slack, and what counts.

    What a draft does not have yet is open.
    """
    for judged in judgement.rules:
        if not judged.outcomes:
            yield f"{paint('open  ', 'yellow')} {judged.rule.id}: nobody told what it asks"
        for outcome in judged.outcomes:
            held = paint("holds ", "green") if outcome.holds else paint("breaks", "red")
            if is_draft and outcome.short_by:
                held = paint("open  ", "yellow")
            yield f"{held} {_title(judged, outcome)}: {_say(outcome)}"
            for line in say_counted(outcome, offering).splitlines():
                yield f"         {line}"


def _title(judged: Judged, outcome: Outcome) -> str:
    about = f" of {outcome.about}" if outcome.about and not outcome.is_of_learner else ""
    return f"{judged.rule.id}{about}"


def _say(outcome: Outcome) -> str:
    told = say_outcome(outcome)
    return f"{told}, slack {outcome.slack}" if outcome.holds and outcome.slack is not None else told
