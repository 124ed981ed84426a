"""Small nasty worlds, each as values and as the text of its sources: the same seed gives the same world.

Days and numbers are few, so that what is said collides, repeats, straddles and gainsays.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from tests.benchmarks.generate import nquads
from tests.promises.oracle import Amount, Indicator, Observation, Report, Said, Target, World, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Choice = TypeVar("Choice")
Document = dict[str, Any]

INSIDE = {"india": "world", "karnataka": "india", "bengaluru": "karnataka", "china": "world"}
PLACES = (None, None, "india", "india", "karnataka", "world", "china", "bengaluru")
AGGREGATIONS = ("stock", "stock", "flow", "cumulative", "cumulative", "ratio", "ordinal")
DIRECTIONS = ("more-is-better", "more-is-better", "less-is-better", "neutral")
PRECISIONS = ("day", "day", "day", "month", "quarter", "half-year", "year", "year", "fiscal-year")
COMPARATORS = (
    None, None, None, "exactly", "approximately", "at-least", "at-most", "more-than", "less-than",
)  # fmt: skip
STATUSES = (
    "achieved", "achieved", "achieved", "abandoned", "underway", "announced", "postponed",
    "reduced", "missed", "considered",
)  # fmt: skip
KINDS = ("reported", "counted", "estimated", "reported", "reported", "reported", "forecast")
SAME_MOMENT = ("about", "indicator", "unit", "place", "when", "when_start", "when_precision")
UNITS = ("NUM", "NUM", "NUM", "NUM", "NUM", "TONNE")
MONTH_ENDS = ("03-31", "06-30", "09-30", "12-31")
OUTLETS = ("gazette", "herald", "mirror", "courier")
SPEAKERS = ("ann", "bob")
PROMISED = range(2017, 2020)


class Maker:
    """One world in the making."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a world, not a secret
        self.said: list[Said] = []
        companies = ["acme", "bolt"][: self.random.randint(1, 2)]
        plans = [f"plan-{n}" for n in range(self.random.randint(1, 3))]
        self.company = {plan: self.random.choice(companies) for plan in plans}
        self.indicators = {
            f"indicator-{n}": Indicator(
                self.random.choice(DIRECTIONS), self.random.choice(AGGREGATIONS), self.rarely(0.5)
            )
            for n in range(2)
        }
        # Of some worlds nobody knows which way is better, of others not how values add up.
        first = self.indicators["indicator-0"]
        if seed % 8 == 3:
            self.indicators["indicator-0"] = replace(first, direction="unknown-direction")
        elif seed % 8 == 7:
            self.indicators["indicator-0"] = replace(first, aggregation="unknown-aggregation")

    def rarely(self, chance: float) -> bool:
        return self.random.random() < chance

    def one(self, choices: Sequence[Choice]) -> Choice:
        return self.random.choice(choices)

    def world(self) -> World:
        for _ in range(self.random.randint(2, 4)):
            self.said.append(self.promise())
        for _ in range(self.random.randint(6, 14)):
            self.said.append(self.follow_up())
        return World(self.company, INSIDE, self.indicators, tuple(self.said))

    def promise(self) -> Said:
        earlier = [said for said in self.said if isinstance(said, Target)]
        return self.milestone() if self.rarely(0.25) else self.target(earlier)

    def follow_up(self) -> Said:
        return self.report() if self.rarely(0.35) else self.observation()

    # What all that is said has.

    def common(
        self, about: frozenset[str] | None = None, years: range = range(2018, 2024)
    ) -> Document:
        published = date(self.one(years), self.one((1, 6, 12)), self.one((1, 15, 30)))
        common: Document = {
            "name": f"s{len(self.said):02}",
            "publisher": self.one(OUTLETS),
            "published": published,
            "about": about or self.plans(),
            "low": self.rarely(0.1),
        }
        if self.rarely(0.4):
            common["speaker"] = self.one(SPEAKERS)
        if self.rarely(0.2):
            common["via"] = self.one(OUTLETS)
        if self.rarely(0.25):
            uttered, precision = (
                published - timedelta(days=self.one((0, 1, 40, 400))),
                self.one(PRECISIONS),
            )
            common |= {"uttered": self.last(uttered, precision), "uttered_precision": precision}
        return common

    def plans(self) -> frozenset[str]:
        plans = sorted(self.company)
        return frozenset(self.random.sample(plans, min(len(plans), 2 if self.rarely(0.07) else 1)))

    def last(self, day: date, precision: str) -> date:
        """Return the last day of a period, as the sources are asked to write it."""
        if precision == "fiscal-year":
            return date(day.year, self.one((3, 6, 9)), 30)
        return span(day, precision)[1]

    def day(self) -> date:
        return date(self.one(range(2018, 2022)), 1, 1).replace(
            month=self.one((3, 6, 9, 12)), day=self.one((1, 30))
        )

    def due(self) -> tuple[date, str]:
        precision = self.one(PRECISIONS)
        day = date.fromisoformat(f"{self.one((2019, 2020))}-{self.one(MONTH_ENDS)}")
        return (day if precision in {"day", "fiscal-year"} else span(day, precision)[1]), precision

    def amount(self, indicator: str) -> Document:
        low, high = Fraction(self.one((0, 4, 5, 6, 8, 10, 12, 20))), None
        comparator = self.one(COMPARATORS)
        if self.rarely(0.15):
            comparator, high = "between", low + self.one((0, 1, 4, 10))
        return {"indicator": indicator, "unit": self.one(UNITS), "comparator": comparator,
                "low_end": low, "high_end": low if high is None else high}  # fmt: skip

    # What is said.

    def target(self, earlier: list[Target]) -> Target:
        if earlier and self.rarely(0.45):
            made = self.again(self.one(earlier))
        else:
            made = self.common(years=PROMISED) | self.amount(self.one(sorted(self.indicators)))
            made["place"] = self.one(PLACES)
            if self.rarely(0.9):
                made["due"], made["due_precision"] = self.due()
            if self.rarely(0.4):
                made["baseline"] = Fraction(self.one((0, 2, 10, 16)))
            if self.rarely(0.3):
                made["counts_from"] = self.one((date(2018, 1, 1), date(2018, 7, 1)))
        if self.rarely(0.2):
            made["status"] = self.one(
                ("announced", "considered", "underway", "abandoned", "achieved", "missed")
            )
        return Target(**made)

    def again(self, said: Target) -> Document:
        """Say an earlier target again, in part otherwise."""
        keep = ("indicator", "unit", "comparator", "low_end", "high_end", "place", "due",
                "due_precision", "baseline", "counts_from")  # fmt: skip
        made = self.common(said.about, PROMISED) | {name: getattr(said, name) for name in keep}
        if self.rarely(0.4):
            made |= self.amount(said.indicator)
        if made["due"] and self.rarely(0.3):
            made["due"], made["due_precision"] = self.due()
        if self.rarely(0.1):
            made["due"], made["due_precision"] = None, "day"
        link = self.one(
            ("confirms", "contradicts", "differs_from", "updates", "updates", None, None)
        )
        if link:
            made |= link_to(link, said, made)
        if link in {"contradicts", "differs_from"} and self.rarely(0.6):
            told = ("unit", "speaker", "uttered", "uttered_precision")
            made |= {name: getattr(said, name) for name in told}
            made["speaker"] = made["speaker"] or SPEAKERS[0]
        return made

    def milestone(self) -> Report:
        made = self.common(years=PROMISED) | {
            "status": self.one(("announced", "underway", "considered", "postponed"))
        }
        made["due"], made["due_precision"] = self.due()
        milestones = [said for said in self.said if isinstance(said, Report) and said.due]
        if milestones and self.rarely(0.5):
            said = self.one(milestones)
            made |= {"about": said.about, "place": said.place}
            if self.rarely(0.5):
                made |= {"due": said.due, "due_precision": said.due_precision}
            link = self.one(("confirms", "contradicts", "differs_from", "updates", None))
            if link:
                made |= link_to(link, said, made)
        return Report(**made)

    def report(self) -> Report:
        made = self.common() | {"status": self.one(STATUSES)}
        if self.rarely(0.7):
            precision = self.one(PRECISIONS)
            start = self.day() if precision == "fiscal-year" else span(self.day(), precision)[0]
            made |= {"start": start.replace(day=1), "start_precision": precision}
            if self.rarely(0.1):
                made["until"] = made["start"] + timedelta(days=self.one((0, 30, 400)))
            if self.rarely(0.9):
                made["published"] = max(made["published"], made["start"])
        if self.rarely(0.15):
            made["place"] = self.one(PLACES)
        if self.rarely(0.15):
            earlier = [s for s in self.said if isinstance(s, Report) and s.about == made["about"]]
            for said in earlier[-1:]:
                made |= link_to("contradicts", said, made)
        return Report(**made)

    def observation(self) -> Observation:
        targets = [said for said in self.said if isinstance(said, Target)]
        earlier = [said for said in self.said if isinstance(said, Observation) and said.when]
        made = self.common() | self.measured(targets)
        if earlier and self.rarely(0.35):
            other = self.one(earlier)
            made |= {name: getattr(other, name) for name in SAME_MOMENT}
        elif self.rarely(0.9):
            made |= self.moment(targets)
        if made.get("when") and self.rarely(0.9):
            made["published"] = max(made["published"], made["when"])
        made["kind"] = self.one(KINDS)
        alike = [s for s in self.said if isinstance(s, Amount) and s.indicator == made["indicator"]]
        if alike and self.rarely(0.15):
            made |= link_to("contradicts", self.one(alike), made)
        return Observation(**made)

    def measured(self, targets: list[Target]) -> Document:
        """Return an amount of what was promised, now and then of something else."""
        made = self.amount(self.one(sorted(self.indicators)))
        if targets and self.rarely(0.9):
            target = self.one(targets)
            made = self.amount(target.indicator)
            made |= {name: getattr(target, name) for name in ("about", "place", "unit")}
        if self.rarely(0.1):
            made["unit"] = self.one(UNITS)
        if self.rarely(0.25):
            made["place"] = self.one(PLACES)
        if self.rarely(0.07):
            made["about"] = frozenset([self.one(sorted(set(self.company.values())))])
        return made

    def moment(self, targets: list[Target]) -> Document:
        precision = self.one(PRECISIONS)
        moment: Document = {"when": self.last(self.day(), precision), "when_precision": precision}
        due = [(said.due, said.due_precision) for said in targets if said.due]
        if due and self.rarely(0.6):
            last, precision = self.one(due)
            moment = {"when": last, "when_precision": precision}
            if self.rarely(0.6):
                moment = {"when": last + timedelta(days=self.one((0, 0, 1, 40, 300, 400)))}
        if self.rarely(0.3):
            begins = (date(2017, 7, 1), date(2018, 1, 1), date(2018, 7, 1), date(2019, 1, 1))
            moment["when_start"] = min(moment["when"], self.one(begins))
        return moment


def link_to(link: str, said: Said, made: Document) -> Document:
    """Return a link to what was said before; nobody knows what is yet to be published."""
    return {link: frozenset([said.name]), "published": max(made["published"], said.published)}


def make(seed: int) -> World:
    return Maker(seed).world()


# As sources tell it.

_PREFIXES = """@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:world a cp:Place ; rdfs:label "the world"@en .
"""
_KINDS = {Target: "Target", Observation: "Observation", Report: "StatusReport"}
_ELSEWHERE = {"name", "publisher", "published", "low", "low_end", "high_end"}
_NAMES = {"start": "from", "start_precision": "from_precision"}


def things(world: World) -> str:
    """Return what a world is about, as Turtle."""
    lines = [_PREFIXES]
    lines += [
        f'id:{place} a cp:Place ; rdfs:label "{place}"@en ; cp:locatedIn id:{around} ;'
        f" cp:gazetteer <https://gazetteer.example/{place}> ."
        for place, around in world.inside.items()
    ]
    lines += [f'id:{name} a cp:Organization ; rdfs:label "{name}"@en .' for name in OUTLETS]
    lines += [f'id:{name} a cp:Person ; rdfs:label "{name}"@en .' for name in SPEAKERS]
    companies = sorted(set(world.company.values()))
    lines += [f'id:{name} a cp:Company ; rdfs:label "{name}"@en .' for name in companies]
    lines += [
        f'id:{plan} a cp:Initiative ; rdfs:label "{plan}"@en ; cp:company id:{company} ;'
        " cp:kind cp:growth ."
        for plan, company in world.company.items()
    ]
    lines += [
        f'id:{name} a cp:Indicator ; rdfs:label "{name}"@en ; skos:definition "{name}"@en ;'
        f" cp:direction cp:{of.direction} ; cp:aggregation cp:{of.aggregation}"
        + (" ; cp:countsFromPlan true ." if of.counts_from_plan else " .")
        for name, of in world.indicators.items()
    ]
    return "\n".join(lines) + "\n"


def sources(world: World) -> Iterator[str]:
    """Yield the N-Quads of each source: what is said, each by an article of its own."""
    for said in world.said:
        article = {"id": f"article-{said.name}", "type": "Article", "title": said.name,
                   "publisher": said.publisher, "published": said.published.isoformat(),
                   "language": "en", "statements": [statement(said)]}  # fmt: skip
        yield "".join(nquads(article))


def statement(said: Said) -> Document:
    told: Document = {"id": said.name, "type": _KINDS[type(said)]}
    for name, value in vars(said).items():
        unsaid = value is None or value == frozenset() or name in _ELSEWHERE
        if unsaid or (name.endswith("_precision") and not vars(said)[_owner(name)]):
            continue
        told[_NAMES.get(name, name)] = _written(name, value)
    if said.low:
        told["confidence"] = "low"
    if isinstance(said, Amount):
        ends = {"minimum": said.low_end, "maximum": said.high_end}
        told |= {name: _number(end) for name, end in ends.items()} if (
            said.comparator == "between") else {"value": _number(said.low_end)}  # fmt: skip
    return told


def _owner(precision: str) -> str:
    return precision.removesuffix("_precision")


def _written(name: str, value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return _number(value)
    return f"unit-of:{value}" if name == "unit" else value


def _number(value: Fraction) -> str:
    return json.dumps(float(value) if value.denominator > 1 else int(value))
