"""What carbon performance assessments state: emissions per unit of output, observed and aimed at.

Two assessments of one company's target are two readings of it, so that nothing is told of it where
they would tell different things; two of one past year contradict each other, unless one is merely rounded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from kg.formats.columns import row
from kg.formats.named import Codes, one_or_many, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.formats.batch import Node
    from kg.formats.climate.assessments import Assessment

_RECKONED: Final = "-reckoned"
_LEAST_DECIMALS: Final = 2
_MOST_DIGITS: Final = 400  # more than a number that is read can have


@dataclass(frozen=True)
class _Subject:
    """Whom and what an assessment is of: a company's plan, and its sector's measure."""

    company: str
    plan: str
    business: str
    indicator: str


class Intensities:
    """Writes down the assessments of one table, the older ones first."""

    def __init__(self, rows: Sequence[Assessment]) -> None:
        """Take all of them, by which companies get their ids and codes; then call `of` in the order of days."""
        self._ids = _company_ids(rows)
        self._codes = Codes()
        self._bad: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for one in rows:
            self._codes.add(
                self._ids[one.company, one.country], "isin", one.isins, self._bad[one.number]
            )
        self._identities = self._codes.by_company()
        self._measures: dict[str, tuple[Node, ...]] = {}
        self._units: dict[str, Node] = {}
        self._observed: dict[tuple[str, str, int], tuple[str, str]] = {}
        self._aimed: dict[tuple[str, str, int], dict[Decimal, str]] = {}

    def of(
        self, source: str, rows: Sequence[Assessment], left_out: Counter[str]
    ) -> tuple[list[Node], list[Node]]:
        """Return the things and the statements of the assessments of one day."""
        things: dict[str, Node] = {}
        statements: list[Node] = []
        seen = set[str]()
        for one in rows:
            left_out.update(self._bad[one.number])
            subject = self._subject(one)
            key = f"{source}.{subject.business}"
            if key in seen:
                left_out["assessments that the table has twice"] += 1
                continue
            seen.add(key)
            made = [
                *self._observations(key, source, one, subject),
                *self._targets(key, source, one, subject),
            ]
            if made:
                used = {str(each["indicator"]) for each in made}
                for thing in (*self._whose(one, subject), *self._measured(one, subject, used)):
                    things.setdefault(thing["id"], thing)
            statements += made
        return list(things.values()), statements

    def _subject(self, one: Assessment) -> _Subject:
        company = self._ids[one.company, one.country]
        business = slug(f"{one.sector} {one.subsector}")
        return _Subject(
            company,
            f"{company}-carbon-performance",
            f"{company.removeprefix('tpi-')}.{business}",
            f"tpi-{business}-{slug(one.unit)}",
        )

    def _whose(self, one: Assessment, subject: _Subject) -> Iterator[Node]:
        codes = one_or_many(self._identities.get(subject.company, {}))
        yield {"id": subject.company, "type": "Company", "label": one.company, **codes}
        yield {
            "id": subject.plan,
            "type": "Initiative",
            "label": "carbon performance",
            "company": subject.company,
            "kind": "climate",
        }

    def _measured(self, one: Assessment, subject: _Subject, used: set[str]) -> Iterator[Node]:
        # Of spellings that come to one id the first is kept: a thing has one name.
        unit, *indicators = self._measures.setdefault(subject.indicator, _measure(one, subject))
        yield self._units.setdefault(unit["id"], unit)
        yield from (indicator for indicator in indicators if indicator["id"] in used)

    def _observations(
        self, key: str, source: str, one: Assessment, subject: _Subject
    ) -> Iterator[Node]:
        for year, value in sorted(one.observed.items()):
            name = f"{key}.{year}"
            of = subject.plan, subject.indicator, year
            before = self._observed.get(of)
            self._observed[of] = name, value
            differs = before is not None and not is_rounded(before[1], value)
            yield {
                "id": name,
                "type": "Observation",
                "about": subject.plan,
                "indicator": subject.indicator,
                # Worked out by the assessor, and often otherwise the next time: no last digit decides.
                "comparator": "approximately",
                "value": value,
                # Measured over the year, so that it holds at its end.
                "when_start": f"{year}-01-01",
                "when": f"{year}-12-31",
                "when_precision": "year",
                "kind": "estimated",
                "mode": "reporters-own",
                "contradicts": before[0] if before and differs else None,
                "row": row(source, one.number),
            }

    def _targets(self, key: str, source: str, one: Assessment, subject: _Subject) -> Iterator[Node]:
        for year, value in sorted(one.targets.items()):
            name = f"{key}.target-{year}"
            # No emissions are none per unit of output, whatever is assumed of the output.
            reckoned = one.reckoned and Decimal(value) != 0
            indicator = subject.indicator + (_RECKONED if reckoned else "")
            aimed = self._aimed.setdefault((subject.plan, indicator, year), {})
            before, first = aimed.get(Decimal(value)), next(iter(aimed.values()), None)
            aimed.setdefault(Decimal(value), name)
            yield {
                "id": name,
                "type": "Target",
                "about": subject.plan,
                "indicator": indicator,
                "value": value,
                "due": f"{year}-12-31",
                "due_precision": "year",
                "speaker": subject.company,
                "mode": "inferred" if reckoned else "paraphrased",
                "note": _note(one, reckoned=reckoned),
                "confirms": before,
                # Of readings that say the same the first alone is held against the others.
                "differs_from": None if first == aimed[Decimal(value)] else first,
                "row": row(source, one.number),
            }


def is_rounded(one: str, other: str) -> bool:
    """Tell whether two numbers are the same, or one is the other with fewer decimals.

    Spreadsheets leave out noughts at the end, so that 0.5 may as well be 0.50.

    >>> is_rounded("0.84", "0.841305441"), is_rounded("0.84", "0.86"), is_rounded("0.5", "0.52")
    (True, False, False)
    """
    rough, fine = sorted((Decimal(one), Decimal(other)), key=_decimals)
    with localcontext(prec=_MOST_DIGITS):
        return fine.quantize(Decimal(1).scaleb(-_decimals(rough))) == rough


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, _LEAST_DECIMALS) if isinstance(exponent, int) else _LEAST_DECIMALS


def _note(one: Assessment, *, reckoned: bool) -> str:
    against = f" against the benchmark {one.benchmark}" if one.benchmark else ""
    assessed = f"Assessed on {one.assessed}{against}."
    if not reckoned:
        return assessed
    return (
        f"{assessed} Reckoned by the Transition Pathway Initiative from the company's targets, with"
        " assumptions of its own that its table names."
    )


def _measure(one: Assessment, subject: _Subject) -> tuple[Node, Node, Node]:
    """Return the unit of an assessment, its indicator, and that of targets which the assessor reckoned."""
    words, _, rest = one.unit.partition("(")
    unit = rest.rpartition(")")[0].strip() or rest.strip() or one.unit
    what = words.strip() or one.unit
    business = one.sector + (f", {one.subsector}" if one.subsector else "")
    label = f"{what[:1].lower()}{what[1:]} in {business} (TPI)"
    common = {
        "type": "Indicator",
        "unit": f"tpi-unit-{slug(unit)}",
        "direction": "less-is-better",
        "aggregation": "ratio",
    }
    made = (
        f"{what} of a company's business in the sector {business} in a year, in {unit}, as the Transition"
        " Pathway Initiative works it out"
    )
    return (
        {"id": common["unit"], "type": "Unit", "label": unit, "symbol": unit},
        {
            "id": subject.indicator,
            "label": label,
            "definition": f"{made} by its own method from what the company discloses.",
            **common,
        },
        {
            "id": subject.indicator + _RECKONED,
            "label": f"{label}, as reckoned from targets",
            "definition": f"{made} from targets that the company has set otherwise, by assuming such things"
            " as how much it is going to produce: not comparable with what it discloses.",
            **common,
        },
    )


def _company_ids(rows: Sequence[Assessment]) -> dict[tuple[str, str], str]:
    """Return the ids of companies by name and country: readable, and never one for two of them."""
    named = {(one.company, one.country) for one in rows}
    by_id: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, country in sorted(named):
        by_id["-".join(filter(None, ("tpi", slug(name), slug(country))))].append((name, country))
    ids: dict[tuple[str, str], str] = {}
    for plain, same in by_id.items():
        for one in same:
            alone = len(same) == 1
            ids[one] = (
                plain if alone else f"{plain}-{sha256('|'.join(one).encode()).hexdigest()[:8]}"
            )
    return ids
