"""What a question can be asked about, as an example: of the graph that is served, whatever is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import lengthen
from kg.query import THINGS, select_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.query import Index, Parameter, Question

_SPOKEN: Final = "?any cp:speaker ?x"
_ASKED: Final[Mapping[str, str]] = {
    "company": "?x cp:hasPromise ?any . ?x a cp:Company",
    "speaker": _SPOKEN,
    "place": "?any cp:place ?x",
    "initiative": "?any cp:about ?x . ?x a cp:Initiative",
    "thing": "?any cp:about ?x",
    "condition": "?any cp:dependsOn ?x",
    "indicator": "?any cp:indicator ?x",
}
"""What a parameter is asked about, by its name."""


def suggest_values(index: Index) -> dict[str, str]:
    """Return for each kind of parameter what most is said of in a graph, by shortest name.

    >>> import kg
    >>> suggested = suggest_values(kg.build(check=False).index)
    >>> suggested["company"], suggested["place"]
    ('xiaomi', 'india')
    """
    found: dict[str, str] = {}
    for name, pattern in _ASKED.items():
        query = f"""SELECT ?x (COUNT(DISTINCT ?any) AS ?n) {{ {pattern} FILTER isIRI(?x) }}
            GROUP BY ?x HAVING (COUNT(DISTINCT ?any) > 0) ORDER BY DESC(?n) ?x LIMIT 1"""
        for most, _ in select_rows(index, query):
            found[name] = str(most)
    return found


def example_of(
    index: Index,
    question: Question,
    parameter: Parameter,
    suggested: Callable[[], Mapping[str, str]],
) -> str:
    """Return with what one parameter of a question can be asked alone, as an example, or "".

    It is the question's own where a graph has that, else what is `suggested`; where something else has to be said
    as well, there is none.
    """
    own = parameter.example or ""
    others = (one for one in question.parameters if one is not parameter and one.type in THINGS)
    if any(one.default and lengthen(one.default) not in index for one in others):
        return ""
    if not own or parameter.type not in THINGS:
        return own
    return own if lengthen(own) in index else suggested().get(parameter.name, "")
