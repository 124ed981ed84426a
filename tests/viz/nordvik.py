"""A network of about eighty things in a world that does not exist, round a maker of bicycles."""

import random
from datetime import date, timedelta
from typing import Any

import networkx as nx

BASE = "https://w3id.org/corporate-plans/id/"
ARTICLE = "Wheels, bells and winter: an afternoon at Nordvik"
URL = "https://example.org/gazette/nordvik-afternoon"

ORGANIZATIONS = {
    "quillock": "Quillock",
    "bank-of-elbonia": "Bank of Elbonia",
    "tollgate-union": "Tollgate Union",
    "morning-owl": "The Morning Owl",
    "paper-lantern": "The Paper Lantern",
    "tin-bugle": "The Tin Bugle",
    "the-gazette": "The Gazette",
    "tally-house": "Tally House",
    "gearwrights": "Gearwrights Guild",
}
PEOPLE = {"jo-doe": "Jo Doe", "sam-roe": "Sam Roe"}
PLACES = {
    "ruritania": ("Ruritania", None),
    "north-march": ("North March", "ruritania"),
    "milltown": ("Milltown", "north-march"),
    "hentzau": ("Hentzau", "ruritania"),
    "strelsau": ("Strelsau", "ruritania"),
    "elbonia": ("Elbonia", None),
    "port-elbo": ("Port Elbo", "elbonia"),
    "syldavia": ("Syldavia", None),
}
# slug: label, status, place, due, kind
INITIATIVES = {
    "night-rental": ("Rent bicycles by night", "announced", "ruritania", None, "rental"),
    "village-rental": ("Bring rental to the villages", "considered", "ruritania", None, "rental"),
    "more-stations": ("Add rental stations", "underway", "ruritania", None, "rental"),
    "lake-pavilion": ("Pavilion by the lake", "announced", "strelsau", "2011-07-31", "rental"),
    "first-workshop": (
        "First frame workshop",
        "achieved",
        "milltown",
        "2008-10-02",
        "manufacturing",
    ),
    "second-workshop": (
        "Second frame workshop",
        "achieved",
        "north-march",
        "2011-02-14",
        "manufacturing",
    ),
    "guided-tours": ("Guided tours over the passes", "considered", "ruritania", None, "tourism"),
    "third-depot": ("Third depot", "underway", "hentzau", None, "transport"),
    "own-vans": ("Own depots and vans", "underway", "ruritania", None, "transport"),
    "repair-shops": ("Triple the repair shops", "underway", "ruritania", "2011-09-30", "repair"),
    "club-sponsorship": (
        "Sponsor cycling clubs",
        "announced",
        "ruritania",
        None,
        "sponsorship",
    ),
    "club-routes": (
        "Print the clubs' routes on the map",
        "announced",
        "ruritania",
        None,
        "sponsorship",
    ),
    "club-races": ("Races with village clubs", "considered", "ruritania", None, "partnership"),
    "one-key": ("One key for every lock", "achieved", "ruritania", None, "partnership"),
    "winter-range": ("Show a winter range", "announced", "ruritania", None, "product-launch"),
    "rider-insurance": ("Insure riders", "considered", "ruritania", None, "insurance"),
    "kvell-pass-ruritania": (
        "Bring Kvell Pass to Ruritania",
        "postponed",
        "ruritania",
        None,
        "insurance",
    ),
    "apprenticeships": (
        "Apprentices in every workshop",
        "announced",
        "ruritania",
        "2014-06-30",
        "training",
    ),
    "islands": ("Look to the islands", "underway", "syldavia", None, "growth"),
    "station-kiosks": ("Kiosks at railway stations", "reduced", "ruritania", None, "rental"),
    "bell-foundry": ("Bells cast in Ruritania", "abandoned", "ruritania", None, "manufacturing"),
}
# slug: label, status, due, initiatives that serve it, text
TARGETS = {
    "shops-90": (
        "90 repair shops",
        "underway",
        "2011-09-30",
        ["repair-shops"],
        "90 repair shops by 2011-09-30, from 30",
    ),
    "apprentices-700": (
        "700 apprentices",
        "announced",
        "2014-06-30",
        ["apprenticeships", "more-stations", "second-workshop"],
        "700 apprentices by 2014-06-30",
    ),
    "turnover-80m": (
        "80 m crowns of turnover",
        "announced",
        "2011-12-31",
        ["islands"],
        "80,000,000 crowns of turnover in 2011",
    ),
    "ash-60": (
        "60% of frames from home-grown ash",
        "achieved",
        None,
        ["second-workshop", "first-workshop"],
        "60 percent of frames from ash grown in Ruritania",
    ),
    "night-third": (
        "A third of rides by night",
        "considered",
        None,
        ["night-rental", "village-rental"],
        "a third of all rides after sunset",
    ),
    "stations-240": (
        "240 rental stations",
        "missed",
        "2010-12-31",
        ["more-stations"],
        "240 rental stations by 2010-12-31",
    ),
}
PRODUCTS = {
    "kvell-map": "Kvell Map",
    "kvell-pass": "Kvell Pass",
    "kvell-bell": "Kvell Bell",
    "shop-site": "nordvik.example",
    "bicycles": "Bicycles",
    "fittings": "Fittings",
    "baskets": "Baskets",
    "brass-bells": "Brass bells",
}
FACILITIES = {
    "workshop-2": ("March workshop", "second-workshop", "north-march"),
    "workshop-1": ("Mill workshop", "first-workshop", "milltown"),
    "depot-3": ("Hentzau depot", "third-depot", "hentzau"),
}
CONDITIONS = {
    "insurers-licence": ("Licence to insure", ["rider-insurance", "kvell-pass-ruritania"]),
    "lake-treaty": ("Treaty on the lake road", ["rider-insurance"]),
    "club-members": ("Clubs that keep their members", ["club-races", "club-sponsorship"]),
    "street-lamps": ("Lamps in more streets", ["night-rental"]),
}
KINDS = {
    "rental": "Rental",
    "manufacturing": "Manufacturing",
    "tourism": "Tourism",
    "transport": "Transport",
    "repair": "Repair",
    "sponsorship": "Sponsorship",
    "partnership": "Partnership",
    "product-launch": "Product launch",
    "insurance": "Insurance",
    "training": "Training",
    "growth": "Growth",
}
SPOKEN = {
    "night-rental": "The Morning Owl",
    "club-sponsorship": "The Paper Lantern",
    "rider-insurance": "The Paper Lantern",
    "apprenticeships": "The Tin Bugle",
}


def iri(slug: str) -> str:
    return BASE + slug


class Builder:
    """Collects nodes, edges and statements, and makes the graph in a given order."""

    def __init__(self) -> None:
        self.nodes: list[tuple[str, dict[str, Any]]] = []
        self.edges: list[tuple[str, str, str, dict[str, Any]]] = []
        self.statements: dict[str, dict[str, Any]] = {}

    def say(self, text: str, **more: Any) -> str:
        number = len(self.statements) + 1
        key = iri(f"gazette-2011-05-04.{number}")
        start = 300 + 41 * number
        self.statements[key] = {
            "kind": "Relation",
            "text": text,
            "status": None,
            "source": ARTICLE,
            "url": URL,
            "publisher": "The Gazette",
            "published": "2011-05-04",
            "speaker": "Jo Doe",
            "via": None,
            "mode": "paraphrased",
            "confidence": "high",
            "note": None,
            "rivals": [],
            "locator": f"section {1 + number % 6}, characters {start}-{start + 88}",
        } | more
        return key

    def node(self, slug: str, label: str, kind: str, **more: Any) -> None:
        attributes: dict[str, Any] = {
            "label": label,
            "type": kind,
            "status": None,
            "facts": [],
            "aliases": [],
            "description": None,
            "due": None,
        }
        self.nodes.append((iri(slug), attributes | more))

    def edge(
        self,
        a: str,
        key: str,
        b: str,
        label: str,
        *,
        timeless: bool = False,
        status: str | None = None,
        text: str | None = None,
    ) -> None:
        facts = [] if timeless else [self.say(text or f"{a} {label} {b}", status=status)]
        self.edges.append(
            (
                iri(a),
                iri(b),
                key,
                {"label": label, "status": status, "timeless": timeless, "facts": facts},
            )
        )

    def graph(self, order: random.Random | None = None) -> "nx.MultiDiGraph":
        graph = nx.MultiDiGraph(
            statements=dict(self.statements),
            promises=make_promises(self.statements),
            closed=["category", "place"],
            endings=["abandoned", "achieved", "missed"],
        )
        nodes, edges = list(self.nodes), list(self.edges)
        if order:
            order.shuffle(nodes)
            order.shuffle(edges)
        for key, attributes in nodes:
            graph.add_node(key, **attributes)
        for a, b, key, attributes in edges:
            graph.add_edge(a, b, key=key, **attributes)
        return graph


def make_nordvik(order: random.Random | None = None) -> "nx.MultiDiGraph":  # noqa: C901, PLR0912 - one list of facts
    """The network of plans; `order` shuffles the order of insertion, and nothing else."""
    b = Builder()
    b.node(
        "nordvik",
        "Nordvik",
        "company",
        aliases=["ノルドヴィク", "Nordvik Wheels"],
        description="Maker of bicycles and bells, at home in Port Elbo.",
        facts=[
            b.say(
                "turnover of 52,000,000 crowns in 2010",
                kind="Observation",
                speaker="Nordvik",
            ),
            b.say(
                "third by bicycles sold in Ruritania in 2010",
                kind="Observation",
                via="Tally House",
                speaker=None,
            ),
        ],
    )
    for slug, label in ORGANIZATIONS.items():
        b.node(slug, label, "organization")
    for slug, label in PEOPLE.items():
        b.node(slug, label, "person", aliases=["何某"] if slug == "jo-doe" else [])
    for slug, (label, inside) in PLACES.items():
        b.node(slug, label, "place")
        if inside:
            b.edge(slug, "locatedIn", inside, "located in", timeless=True)
    for slug, label in PRODUCTS.items():
        b.node(slug, label, "product")
        b.edge("nordvik", "offers", slug, "offers", timeless=True)
    for slug, label in KINDS.items():
        b.node(f"kind-{slug}", label, "category")
    for slug, (label, status, place, due, kind) in INITIATIVES.items():
        via = SPOKEN.get(slug)
        b.node(
            slug,
            label,
            "initiative",
            status=status,
            due=due,
            facts=[
                b.say(
                    f"{label}: {status}",
                    kind="StatusReport",
                    status=status,
                    via=via,
                    mode="quoted" if via else "reporter's own",
                )
            ],
        )
        b.edge("nordvik", "plans", slug, "plans", status=status, text=f"Nordvik plans: {label}")
        b.edge(slug, "takesPlaceIn", place, "takes place in", timeless=True)
        b.edge(slug, "kind", f"kind-{kind}", "is a kind of", timeless=True)
    for slug, (label, status, due, serves, text) in TARGETS.items():
        said = b.say(text, kind="Target", status=status)
        b.node(slug, label, "target", status=status, due=due, facts=[said])
        if slug == "shops-90":
            rival = b.say(
                "120 repair shops by the end of 2012",
                kind="Target",
                source="More spanners for Nordvik",
                url="https://example.org/lantern/spanners",
                publisher="The Paper Lantern",
                published="2011-05-11",
                rivals=[said],
            )
            b.statements[said]["rivals"] = [rival]
            b.statements[said]["note"] = "Before the leaves fall, read against the date."
        for initiative in serves:
            b.edge(initiative, "serves", slug, "serves", status=status)
    for slug, (label, initiative, place) in FACILITIES.items():
        b.node(slug, label, "facility")
        b.edge(initiative, "builds", slug, "builds", status="achieved")
        b.edge(slug, "locatedIn", place, "located in", timeless=True)
    for slug, (label, needed_by) in CONDITIONS.items():
        b.node(slug, label, "condition")
        for initiative in needed_by:
            b.edge(initiative, "waitsFor", slug, "waits for", status="considered")
    for person, role in (
        ("jo-doe", "chair of"),
        ("sam-roe", "keeper of the workshops at"),
    ):
        b.edge(person, "worksFor", "nordvik", role)
    b.edge(
        "nordvik",
        "partnerOf",
        "quillock",
        "partner of",
        status="underway",
        text="Quillock, a locksmith, cuts the keys of Nordvik",
    )
    b.edge("quillock", "partnerOf", "nordvik", "partner of", status="underway")
    b.edge("quillock", "supplies", "one-key", "supplies", status="achieved")
    b.edge("one-key", "uses", "kvell-map", "uses", status="achieved")
    b.edge("kvell-pass-ruritania", "uses", "kvell-pass", "uses", status="considered")
    b.edge("bank-of-elbonia", "partnerOf", "kvell-pass", "partner in", status="underway")
    b.edge("tollgate-union", "partnerOf", "kvell-pass", "partner in", status="underway")
    b.edge("kvell-pass", "availableIn", "elbonia", "available in", timeless=True)
    b.edge("nordvik", "headquarteredIn", "port-elbo", "headquartered in", timeless=True)
    b.edge("kvell-bell", "isA", "fittings", "is a kind of", timeless=True)
    b.edge("gearwrights", "operates", "workshop-1", "operates", status="achieved")
    b.edge("gearwrights", "operates", "workshop-2", "operates", status="achieved")
    b.edge("bell-foundry", "makes", "brass-bells", "makes", status="abandoned")
    b.edge("tally-house", "reportsOn", "kvell-bell", "reports on")
    b.edge("the-gazette", "reportsOn", "nordvik", "reports on")
    for outlet in ("morning-owl", "paper-lantern", "tin-bugle"):
        b.edge("jo-doe", "spokeTo", outlet, "spoke to")
    return b.graph(order)


# slug: first known, due days as (day, said), statuses as (day, status)
DAYS = {
    "night-rental": ("2011-05-04", [], [("2011-05-04", "announced")]),
    "repair-shops": (
        "2009-03-01",
        [("2010-06-30", "2009-03-01"), ("2011-03-31", "2010-07-01"), ("2011-09-30", "2011-05-04")],
        [("2009-03-01", "announced"), ("2010-01-15", "underway")],
    ),
    "first-workshop": (
        "2007-02-01",
        [("2008-06-30", "2007-02-01")],
        [("2007-02-01", "announced"), ("2008-10-02", "achieved")],
    ),
    "bell-foundry": (
        "2008-01-01",
        [("2012-12-31", "2008-01-01")],
        [("2008-01-01", "announced"), ("2010-04-01", "abandoned")],
    ),
}
# slug: within, first known, due day, part done, outcome
FIGURES = {
    "shops-90": ("repair-shops", "2010-09-01", "2011-09-30", 0.4, None),
    "apprentices-700": ("apprenticeships", "2011-05-04", "2014-06-30", None, None),
    "turnover-80m": (None, "2011-05-04", "2011-12-31", 0.65, None),
    "ash-60": ("first-workshop", "2007-02-01", "2009-12-31", 1.1, "met"),
    "stations-240": ("more-stations", "2009-01-01", "2010-12-31", 0.5, "missed"),
}


def make_plans() -> dict[str, dict[str, Any]]:
    """The plans of Nordvik in time, as `kg.plans` gives them."""
    plans: dict[str, dict[str, Any]] = {
        iri(slug): {"company": iri("nordvik"), "start": "2011-05-04"} for slug in INITIATIVES
    }
    for slug, (start, dues, changes) in DAYS.items():
        steps = [
            {"day": day, "said": said, "words": day, "text": f"by {day}", "fact": iri("gazette")}
            for day, said in dues
        ]
        statuses = [{"day": day, "status": status} for day, status in changes]
        ended = statuses[-1] if statuses[-1]["status"] in {"achieved", "abandoned"} else None
        plans[iri(slug)] |= {
            "start": start, "steps": steps, "changes": statuses, "outcome": ended,
        }  # fmt: skip
    for slug, (within, start, due, _, _) in FIGURES.items():
        plans[iri(slug)] = {
            "company": iri("nordvik"),
            "within": within and iri(within),
            "start": start,
            "steps": [{"day": due, "said": start, "words": due}],
        }
    return plans


def make_promises(statements: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What was promised and what became of it, as `kg.plans` gives it: open until the day, then told."""
    keys = {said["text"]: key for key, said in statements.items()}

    def told(since: str, until: str | None, outcome: str, part: float | None) -> dict[str, Any]:
        return {"since": since, "until": until, "outcome": outcome, "least": part}

    promises = []
    for slug, (_, start, due, part, outcome) in FIGURES.items():
        said = keys[TARGETS[slug][4]]
        after = (date.fromisoformat(due) + timedelta(days=1)).isoformat()
        promises.append({
            "iri": f"{said}.promise", "node": iri(slug), "first": said, "statements": [said],
            "companies": [iri("nordvik")], "said": start, "due": due,
            "told": [told(start, due, "open", part), told(after, None, outcome or "no-result", part)],
        })  # fmt: skip
    for slug, (start, dues, _) in DAYS.items():
        if slug == "repair-shops":
            due = dues[-1][0]
            after = (date.fromisoformat(due) + timedelta(days=1)).isoformat()
            promises.append({
                "iri": iri(f"{slug}.promise"), "node": iri(slug), "companies": [iri("nordvik")],
                "said": start, "due": due, "statements": [],
                "told": [told(start, due, "open", None), told(after, None, "no-result", None)],
            })  # fmt: skip
    return promises


# Ruritania lies in Saxony, as its author has it; the point of Strelsau is near Dresden.
POINTS = {
    "ruritania": (51.0, 13.4), "north-march": (51.3, 13.2), "milltown": (51.31, 13.21), "hentzau": (50.9, 13.9),
    "strelsau": (51.05, 13.74), "elbonia": (42.7, 25.5), "syldavia": (44.8, 20.5),
}  # fmt: skip


def make_spots() -> dict[str, list[dict[str, Any]]]:
    """Where the things of Nordvik are, as `kg.plans` gives it."""

    def at(place: str) -> list[dict[str, Any]]:
        latitude, longitude = POINTS[place]
        return [{"latitude": latitude, "longitude": longitude, "place": iri(place)}]

    spots = {iri(place): at(place) for place in POINTS}
    spots |= {iri(slug): at(each[2]) for slug, each in INITIATIVES.items() if each[2] in POINTS}
    return spots | {
        iri(slug): at(each[2]) for slug, each in FACILITIES.items() if each[2] in POINTS
    }


def make_charts(network: nx.MultiDiGraph) -> dict[str, Any]:
    """What the charts and the map of Nordvik are drawn from."""
    return {
        "courses": make_courses(network), "spots": make_spots(), "compared": make_compared(network),
    }  # fmt: skip


def make_compared(network: nx.MultiDiGraph) -> dict[str, Any]:
    """What was observed of Nordvik and of Quillock alike, as `kg.plans` gives it."""
    facts = list(network.graph["statements"])[10:16]
    shares = ((40, 12), (44, 15), (43, 19))
    figures = [
        {"companies": [iri(slug)], "measure": "share of locks", "place": "Ruritania", "unit": "%", "value": value,
         "day": f"{2008 + year}-12-31", "start": f"{2008 + year}-01-01", "words": str(2008 + year), "by": "Tally House",
         "fact": facts[2 * year + side]}
        for year, both in enumerate(shares)
        for side, (slug, value) in enumerate(zip(("nordvik", "quillock"), both, strict=True))
    ]  # fmt: skip
    return {"figures": figures, "pairs": [[0, 1], [2, 3], [4, 5]], "whole": True}


def make_courses(network: nx.MultiDiGraph) -> dict[str, dict[str, Any]]:
    """The promise of 90 repair shops over time, as `kg.plans` gives it: put off, and not reached."""
    [said] = network.nodes[iri("shops-90")]["facts"]
    counted = [key for key in network.graph["statements"] if key != said][:4]
    days = ("2009-06-30", "2010-06-30", "2010-12-31", "2011-03-31")
    figures = [
        {"value": value, "day": day, "published": "2011-05-04", "fact": fact}
        for value, day, fact in zip((30, 40, 48, 54), days, counted, strict=True)
    ]
    figures[0] |= {"aside": "from before it was promised"}
    figures[1] |= {"first": "2010-01-01", "low": 36, "high": 44, "about": "about"}
    figures[2] |= {"open": "down", "about": "at most"}
    revision = {"value": 90, "published": "2011-05-04", "fact": said, "words": "September 2011"}
    return {
        iri("shops-90"): {
            "measure": "repair shops", "unit": "", "up": True, "baseline": 30, "baseline_day": "2009-06-30",
            "revisions": [
                {**revision, "value": 80, "said": "2009-03-01", "day": "2010-06-30"},
                {**revision, "said": "2010-07-01", "day": "2011-09-30", "moved": "raised, later"},
            ],
            "figures": figures,
        }
    }  # fmt: skip
