"""Says what each finding code means and what to do about it, with an example that fires it.

Only `nvqplan explain` and the documents read this; a code's title and severity stand in `codes`.

**To add a code:** its line in `codes.CODES`, its explanation in the file here that explains its
hundred, a golden case that prints it, then `make docs`. Tests fail until all four are there, and
they run every example.
"""

from collections.abc import Mapping

from nvqplan.core.explanations.explanation import Explanation
from nvqplan.core.explanations.linting import LINTING, OFFERS
from nvqplan.core.explanations.naming import NAMING
from nvqplan.core.explanations.proofs import PROOFS
from nvqplan.core.explanations.reading import READING
from nvqplan.core.explanations.remarks import REMARKS
from nvqplan.core.explanations.rulebook import RULEBOOK
from nvqplan.core.explanations.rules import RULES
from nvqplan.core.explanations.versions import BROKEN, VERSIONS

HUNDREDS: Mapping[str, tuple[str, Mapping[str, Explanation]]] = {
    "NVQ1": ("Reading a file", READING),
    "NVQ2": ("Naming units and qualifications", NAMING),
    "NVQ3": ("Rules of combination", {**RULES, **BROKEN}),
    "NVQ4": ("The rulebook itself", {**RULEBOOK, **LINTING, **PROOFS, **OFFERS}),
    "NVQ5": ("Remarks and warnings", {**REMARKS, **VERSIONS}),
}
"""What each hundred of codes is about, and what there is to say of each of them."""

EXPLANATIONS: Mapping[str, Explanation] = {
    code: explanation for _, told in HUNDREDS.values() for code, explanation in told.items()
}
