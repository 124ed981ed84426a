"""A seeded world of plans in the project's own model, of any size.

The same size and seed give the same world. It is skewed as ours is: a few companies, places and
publishers have most of the sources, and most have a handful; `company-0` has `SAMPLE` sources in a
world of any size, so that what is asked of one company can be compared between sizes. What
it states keeps the shapes; rivals, revisions, repeats and silence are among it. Companies forecast their
revenue, too, which is promised of a company itself and of none of its plans.

    python -m tests.benchmarks.generate 100000 world.nq       # N-Quads
    python -m tests.benchmarks.generate 100000 folder         # YAML, a file a source
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kg.base import CP, ID, PREFIXES
from kg.sources.context import load_context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Document = dict[str, Any]

SAMPLE = 12
"""How many sources tell of `company-0`, whatever the size."""

TRIPLES_A_SOURCE = 122
"""On average, measured; how many sources a size stands for follows from it."""

_COUNTS = ("service-centres", "retail-outlets", "warehouses", "jobs-created", "plants", "employees")
_SUMS = ("revenue", "investment")
_KINDS = ("offline-retail", "manufacturing", "logistics", "after-sales", "exports", "employment")
_LATER = ("underway", "underway", "achieved", "postponed", "reduced", "missed", "abandoned")
_FIRST = date(2010, 1, 1)
_DAYS = 14 * 365


class World:
    """The documents of one world, company by company, so that no more than one is in memory."""

    def __init__(self, triples: int, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a world, not a secret
        sources = max(SAMPLE + 8, triples // TRIPLES_A_SOURCE)
        self.companies = max(4, sources // 12)
        self.sizes = [SAMPLE, *_zipf(sources - SAMPLE, self.companies - 1)]
        self.publishers = 4 + sources // 50
        self.countries = 4 + int(sources**0.5) // 4
        self.cities = 4 + sources // (6 * self.countries)
        self.conditions = 3 + sources // 40
        self._by_rank = list(accumulate(1 / rank for rank in range(1, self.companies)))

    def documents(self) -> Iterator[Document]:
        """Yield every document of the world."""
        yield self._trade()
        yield from map(self._country, range(self.countries))
        for company, size in enumerate(self.sizes):
            yield from _Company(self, company, size).documents()

    def some(self, limit: int) -> int:
        """Return a number below `limit`, the lower the likelier."""
        return int(limit * self.random.random() ** 3)

    def company(self) -> int:
        """Return a company but the first, the larger the likelier."""
        return self.random.choices(range(1, self.companies), cum_weights=self._by_rank)[0]

    def city(self) -> str:
        """Return a city, most of them in few countries."""
        return f"city-{self.some(self.countries)}-{self.some(self.cities)}"

    def _trade(self) -> Document:
        things: list[Document] = [{"id": "world", "type": "Place", "label": "the world"}]
        things += [
            {"id": f"publisher-{i}", "type": "Organization", "label": f"Publisher {i}"}
            for i in range(self.publishers)
        ]
        things += [{"id": f"sort-{i}", "type": "Category", "label": f"sort {i}"} for i in range(9)]
        things += [
            {
                "id": f"condition-{i}",
                "type": "Condition",
                "label": f"condition {i}",
                "jurisdiction": f"country-{self.some(self.countries)}",
            }
            for i in range(self.conditions)
        ]
        met = [
            {
                "id": f"trade.{i}",
                "type": "StatusReport",
                "about": f"condition-{i}",
                "status": "achieved",
                "from": "2016-06-30",
            }
            for i in range(1, self.conditions, 3)
        ]
        return _source("trade", "publisher-0", _FIRST) | {"things": things, "statements": met}

    def _country(self, number: int) -> Document:
        def place(name: str, kind: str, within: str) -> Document:
            address = f"https://gazetteer.example/{name}"
            label = name.replace("-", " ").title()
            return {"id": name, "type": kind, "label": label, "located_in": within,
                    "gazetteer": address}  # fmt: skip

        regions = range(1 + self.cities // 20)
        things = [place(f"country-{number}", "Country", "world")]
        things += [place(f"region-{number}-{i}", "Region", f"country-{number}") for i in regions]
        things += [
            place(f"city-{number}-{i}", "City", f"region-{number}-{i % len(regions)}")
            for i in range(self.cities)
        ]
        return _source(f"atlas-{number}", "publisher-1", _FIRST) | {"things": things}


class _Company:
    """What is written of one company: its plans, one after the other, and what became of them."""

    def __init__(self, world: World, number: int, sources: int) -> None:
        self.world, self.random = world, world.random
        self.name, self.sources = f"company-{number}", sources
        self.first_partner = f"company-{number // 2 if number > 2 else 2 - number // 2}"
        self.speakers = 1 + sources // 20
        self.targets: list[Document] = []
        self.observed: dict[str, Document] = {}
        self.forecasts: list[Document] = []

    def documents(self) -> Iterator[Document]:
        for number in range(self.sources):
            yield self._article(number)

    def _article(self, number: int) -> Document:
        at = (number + self.random.random()) / self.sources
        day = _FIRST + timedelta(days=int(at * _DAYS))
        name = f"{self.name}-news-{number}"
        article = _source(name, f"publisher-{self.world.some(self.world.publishers)}", day)
        article["text"] = {"sha256": _digest(name), "length": "5000", "normaliser": "nfc-lf-1"}
        things, statements = self._beginning() if number == 0 else ([], [])
        plan, began = self._plan(number, day)
        things += plan
        statements += began
        for _ in range(2):
            # What is recent is told of more often; some plans are told of again and again.
            earlier = number - int(self.random.random() ** 3 * (number + 1))
            statements += self._follow_up(self.targets[earlier], day)
        statements += self._trading(day)
        for place, statement in enumerate(statements, 1):
            statement["id"] = f"{name}.{place}"
            self._attribute(statement, day, place)
        for place, statement in enumerate(self._forecasts(number, day), len(statements) + 1):
            statement |= {"id": f"{name}.{place}", "mode": "filing"}
            statement |= {"speaker": f"{self.name}-voice-0", "on_behalf_of": self.name}
            statements.append(statement)
        return article | {"things": things, "statements": statements}

    def _beginning(self) -> tuple[list[Document], list[Document]]:
        things: list[Document] = [
            {"id": self.name, "type": "Company", "label": self.name.replace("-", " ").title()},
            {"id": f"{self.name}-pay", "type": "Product", "label": f"{self.name} Pay"},
        ]
        things += [
            {"id": f"{self.name}-voice-{i}", "type": "Person", "label": f"{self.name} Voice {i}"}
            for i in range(self.speakers)
        ]
        sort = f"sort-{self.random.randrange(9)}"
        return things, [
            _relation(f"{self.name}-voice-0", "chiefExecutiveOf", self.name),
            _relation(self.name, "hasCategory", sort),
            _relation(self.name, "partnerOf", self.first_partner),
            # The first ranking of the trade counts every company.
            self._share(_FIRST, "country-0", "publisher-0"),
        ]

    def _plan(self, number: int, day: date) -> tuple[list[Document], list[Document]]:
        name = f"{self.name}-plan-{number}"
        plan = {"id": name, "type": "Initiative", "label": f"plan {number} of {self.name}",
                "company": self.name, "kind": self.random.choice(_KINDS)}  # fmt: skip
        things, city = [plan], self.world.city()
        due = date(day.year + self.random.randint(1, 4), 12, 31)
        sums = self.random.random() < 0.3
        target: Document = {
            "type": "Target",
            "about": name,
            "indicator": self.random.choice(_SUMS if sums else _COUNTS),
            "due": due.isoformat(),
            "due_precision": "year",
            "status": self.random.choice(("announced", "announced", "considered")),
            "place": city,
        }
        value = 10 ** self.random.randint(1, 4) * self.random.randint(1, 9)
        if sums:
            target["unit"] = "currency:USD"
        if self.random.random() < 0.1:
            target |= {"comparator": "between", "minimum": str(value), "maximum": str(2 * value)}
        else:
            target |= {"value": str(value)}
        if self.random.random() < 0.4:
            target |= {"baseline": str(value // 2), "baseline_date": day.isoformat()}
        self.targets.append(target)
        report = _report(name, str(target["status"]), day)
        statements = [target, report]
        if self.random.random() < 0.3:
            facility = f"{self.name}-site-{number}"
            plan["establishes"] = facility
            things.append({"id": facility, "type": "Facility", "label": f"Site {number}"})
            statements.append(_relation(facility, "locatedIn", city))
        if self.random.random() < 0.25:
            condition = f"condition-{self.world.some(self.world.conditions)}"
            statements.append(_relation(name, "dependsOn", condition))
        if number and self.random.random() < 0.2:
            statements.append(_relation(name, "contributesTo", f"{self.name}-plan-{number - 1}"))
        return things, statements

    def _follow_up(self, target: Document, day: date) -> list[Document]:
        about = str(target["about"])
        value = int(target["value"] if "value" in target else target["minimum"])
        observation: Document = {
            "type": "Observation",
            "kind": self.random.choice(("reported", "counted", "estimated", "forecast")),
            "value": str(int(value * self.random.uniform(0.3, 1.2))),
            "when": _end_of_month(day - timedelta(days=30)).isoformat(),
            "when_precision": "month",
        }
        observation |= {
            k: target[k] for k in ("about", "indicator", "unit", "place") if k in target
        }
        statements = [observation]
        # Another house tells of the same day, in other words or with another figure.
        rival = self.observed.get(about, {})
        if "id" in rival and self.random.random() < 0.3:
            observation["when"] = rival["when"]
            same = self.random.random() < 0.5
            observation["value"] = rival["value"] if same else str(int(rival["value"]) + 1)
            observation["confirms" if same else "contradicts"] = rival["id"]
        self.observed[about] = observation
        if self.random.random() < 0.6:
            statements.append(_report(about, self.random.choice(_LATER), day))
        if "id" in target and "value" in target and self.random.random() < 0.35:
            later = date(int(target["due"][:4]) + 1, 12, 31)
            same_keys = ("type", "about", "indicator", "unit", "place", "due_precision")
            statements.append(
                {k: target[k] for k in same_keys if k in target}
                | {"value": str(value * 2), "due": later.isoformat(), "updates": target["id"]}
            )
        return statements

    def _trading(self, day: date) -> list[Document]:
        statements: list[Document] = []
        if self.random.random() < 0.5:
            partner = f"company-{self.world.company()}"
            if partner != self.name:
                deal = _relation(self.name, "partnerOf", partner)
                deal |= {"purpose": f"{self.name}-pay", "from": day.isoformat()}
                deal["status"] = self.random.choice(("announced", "underway", "considered"))
                statements.append(deal)
        if self.random.random() < 0.4:
            country = f"country-{self.world.some(self.world.countries)}"
            statements.append(self._share(day, country, f"publisher-{self.world.some(3)}"))
        return statements

    def _forecasts(self, number: int, day: date) -> list[Document]:
        """Return what the company tells of its revenue as a whole: results, a revised forecast, a new one.

        Nothing of it is left to chance, so that the rest of a world is the same with it and without it.
        """
        over = [one for one in self.forecasts if one["due"] < day.isoformat()]
        self.forecasts = [one for one in self.forecasts if one not in over]
        # Of every third year nobody tells the result.
        told = [self._result(one) for one in over if int(one["due"][:4]) % 3]
        if number % 4 == 1 and self.forecasts:
            last = self.forecasts.pop()
            told.append(self._forecast(last["due"], int(last["value"]) * 9 // 10, last["id"]))
        due = date(day.year + 2, 12, 31).isoformat()
        if number % 4 == 0 and all(one["due"] != due for one in self.forecasts):
            told.append(self._forecast(due, 1_000_000 * (3 + number % 7)))
        return told

    def _forecast(self, due: str, value: int, updates: str | None = None) -> Document:
        forecast: Document = {
            "type": "Target",
            "about": self.name,
            "indicator": "revenue",
            "unit": "currency:USD",
            "value": str(value),
            "counts_from": f"{due[:4]}-01-01",
            "due": due,
        } | ({"updates": updates} if updates else {})
        self.forecasts.append(forecast)
        return forecast

    def _result(self, forecast: Document) -> Document:
        """Return the revenue of the year of a forecast: of every other year less than half of that."""
        per_cent = 40 if int(forecast["due"][:4]) % 2 else 120
        return {
            "type": "Observation",
            "about": self.name,
            "indicator": "revenue",
            "unit": "currency:USD",
            "value": str(int(forecast["value"]) * per_cent // 100),
            "kind": "reported",
            "when_start": forecast["counts_from"],
            "when": forecast["due"],
        }

    def _share(self, day: date, country: str, counted_by: str) -> Document:
        """Return the company's share of the market in the year before."""
        return {
            "type": "Observation",
            "about": self.name,
            "indicator": "smartphone-shipment-share",
            "value": f"{self.random.randint(1, 300) / 10}",
            "kind": "counted",
            "place": country,
            "when": date(day.year - 1, 12, 31).isoformat(),
            "when_start": date(day.year - 1, 1, 1).isoformat(),
            "via": counted_by,
        }

    def _attribute(self, statement: Document, day: date, place: int) -> None:
        """Say on whose word, in what manner and where in the text."""
        if self.random.random() < 0.6:
            statement["speaker"] = f"{self.name}-voice-{self.world.some(self.speakers)}"
            statement["on_behalf_of"] = self.name
            statement["mode"] = self.random.choice(("quoted", "paraphrased", "paraphrased"))
            if self.random.random() < 0.3:
                statement["uttered"] = (day - timedelta(days=1)).isoformat()
        else:
            statement["mode"] = self.random.choice(("reporters-own", "filing", "anonymous"))
        if "via" not in statement and self.random.random() < 0.2:
            statement["via"] = f"publisher-{self.world.some(self.world.publishers)}"
        if self.random.random() < 0.1:
            statement["note"] = 'Read from a table; "about" is the reader\'s.\nA second line.'
        if self.random.random() < 0.6:
            start = place * 150
            statement["evidence"] = {"section": str(1 + place // 4), "start": str(start),
                                     "end": str(start + 90),
                                     "sha256": _digest(statement["id"])}  # fmt: skip


def _source(name: str, publisher: str, day: date) -> Document:
    return {"id": name, "type": "Article", "title": f"What {name} says",
            "url": f"https://news.example/{name}", "publisher": publisher,
            "published": day.isoformat(), "language": "en"}  # fmt: skip


def _relation(subject: str, predicate: str, object_: str) -> Document:
    return {"type": "Relation", "subject": subject, "predicate": predicate, "object": object_}


def _report(about: str, status: str, day: date) -> Document:
    return {"type": "StatusReport", "about": about, "status": status, "from": day.isoformat()}


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _zipf(total: int, parts: int) -> list[int]:
    """Split `total` into `parts` that fall off as one over their rank, none of them empty."""
    harmonic = sum(1 / rank for rank in range(1, parts + 1))
    return [max(1, round(total / harmonic / rank)) for rank in range(1, parts + 1)]


def nquads(document: Document) -> Iterator[str]:
    """Yield the N-Quads of a document as the shipped context reads it, unsorted."""
    yield from _nodes(document, f"<{ID}{document['id']}> .\n")


def _nodes(node: Document, graph: str) -> Iterator[str]:
    subject = f"<{ID}{node['id']}>"
    for key, values in node.items():
        if key == "id":
            continue
        for value in values if isinstance(values, list) else [values]:
            if key == "things":
                yield from _nodes(value, graph)
            elif key == "statements":
                yield f"<{ID}{value['id']}> <{CP}source> {subject} {graph}"
                yield from _nodes(value, graph)
            elif isinstance(value, dict):
                child = {"id": f"{node['id']}/{key}", **value}
                yield f"{subject} {_predicate(key)} <{ID}{child['id']}> {graph}"
                yield from _nodes(child, graph)
            else:
                yield f"{subject} {_predicate(key)} {_term(key, value)} {graph}"


@cache
def _predicate(key: str) -> str:
    term = load_context()[key]
    name = term["@id"] if isinstance(term, dict) else term
    return f"<{PREFIXES['rdf']}type>" if name == "@type" else f"<{_expanded(name, ID)}>"


@cache
def _shape(key: str) -> tuple[str, str]:
    """Return what stands before and after a literal, or the namespace of a reference and ""."""
    term = load_context()[key]
    if term == "@type" or term.get("@type") == "@vocab":
        return CP, ""
    if term.get("@type") == "@id":
        return ID, ""
    if "@type" in term:
        return '"', f'"^^<{_expanded(term["@type"], ID)}>'
    return '"', f'"@{term["@language"]}' if term.get("@language") else '"'


def _term(key: str, value: str) -> str:
    before, after = _shape(key)
    if not after:
        return f"<{_expanded(value, before)}>"
    return before + json.dumps(value, ensure_ascii=False)[1:-1] + after


def _expanded(name: str, base: str) -> str:
    prefix, colon, local = name.partition(":")
    if not colon or local.startswith("//"):
        return name if colon else base + name
    return f"{load_context()[prefix]}{local}"


def write_nquads(path: Path, triples: int, seed: int = 1) -> int:
    """Write a world as one file of N-Quads; return how many lines it has."""
    lines = 0
    with path.open("w", encoding="utf-8") as file:
        for document in World(triples, seed).documents():
            made = list(nquads(document))
            file.writelines(made)
            lines += len(made)
    return lines


def write_yaml(folder: Path, triples: int, seed: int = 1) -> int:
    """Write a world as YAML, a file a source in folders of a thousand; return how many there are."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    for number, document in zip(count(), World(triples, seed).documents(), strict=False):
        path = folder / f"{number // 1000:03}" / f"{document['id']}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(document, Dumper=dumper, sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    return number + 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a world to a file (N-Quads) or to a folder (YAML)."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("triples", type=int)
    parser.add_argument("output", type=Path, help="NAME.nq, or a folder for YAML")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    write = write_nquads if given.output.suffix == ".nq" else write_yaml
    print(write(given.output, given.triples, given.seed))


if __name__ == "__main__":
    main()
