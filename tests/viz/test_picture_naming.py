"""Groups are named by what tells them apart."""

import networkx as nx
import pytest

from viz.folding import TOP, fold
from viz.naming import Names
from viz.select import Node, Records, select

SECTORS = ("Solar", "Batteries", "Wind")


def world(companies: int) -> "nx.MultiDiGraph":
    """Companies with plants of one sector in one country, and with climate targets."""
    graph = nx.MultiDiGraph()
    for number in range(12):
        graph.add_node(f"urn:place-{number}", label=f"Country {number}", type="place")
    for sector in SECTORS:
        graph.add_node(f"urn:{sector}", label=sector, type="category")
    for number in range(companies):
        company = f"urn:{number:04}"
        graph.add_node(company, label=f"Company {number:04}", type="company")
        for plant in range(4):
            plan, site = f"{company}-plan-{plant}", f"{company}-site-{plant}"
            graph.add_node(plan, label=f"Plan {plant} of {number}", type="initiative")
            graph.add_node(site, label=f"Plant {plant} of {number}", type="facility")
            for start, end, key in (
                (plan, company, "company"),
                (plan, site, "establishes"),
                (site, f"urn:place-{number % 12}", "locatedIn"),
                (site, f"urn:{SECTORS[number % 3]}", "hasCategory"),
            ):
                graph.add_edge(start, end, key)
    return graph


def names_of(*groups: dict[str, str] | list[tuple[str, str]]) -> list[str]:
    """The names of groups on one level; each is given as things with what they are tied to."""
    records: list[Node] = []
    numbers: dict[str, int] = {}
    ties: list[list[int]] = []

    def number(name: str, kind: str) -> int:
        if (name + kind) not in numbers:
            numbers[name + kind] = len(records)
            records.append(Node(f"urn:{len(records)}", name, kind, None))
            ties.append([])
        return numbers[name + kind]

    levels = []
    for at, group in enumerate(groups):
        things = []
        for place, (name, told) in enumerate(group.items() if isinstance(group, dict) else group):
            kind, _, rest = told.partition(" ")
            thing = number(f"{name} {at} {place}", kind)
            records[thing] = Node(f"urn:{thing}", name, kind, None)
            things.append(thing)
            for each in filter(None, rest.split(",")):
                other_kind, _, other = each.partition("=")
                other_number = number(other, other_kind)
                ties[thing].append(other_number)
                ties[other_number].append(thing)
        levels.append(things)
    return Names(Records(tuple(records), ()), dict(enumerate(ties))).level(levels)


def test_facilities_of_one_sector_in_one_place_are_called_by_both():
    plants = {f"Plant {n}": "facility place=Hungary,category=Batteries" for n in range(3)}
    assert names_of(plants) == ["Batteries in Hungary"]


def test_plans_are_called_by_whose_they_are_and_the_others_counted():
    plans = {f"{who} {n}": f"initiative company={who}" for who in "ABCDE" for n in range(2)}
    assert names_of(plans) == ["Plans of A, B and 3 others"]


def test_plans_that_bear_one_name_are_called_by_it():
    plans = [("Climate targets", f"initiative company={who}") for who in ("Shell", "BP")]
    assert names_of(plans) == ["Climate targets of Shell and BP"]


def test_a_group_says_more_where_another_one_would_be_called_the_same():
    one, other = (
        {f"{who} {n}": f"initiative company={who},place=India" for n in range(3)} for who in "AB"
    )
    assert names_of(one) == ["Plans in India"]
    assert names_of(one, other) == ["Plans of A in India", "Plans of B in India"]


def test_what_nothing_tells_apart_is_numbered():
    group = {"Plan": "initiative place=India", "Other": "initiative place=India"}
    assert names_of(group, group, group)[1:] == [
        "Plans in India, Other … Plan (2)",
        "Plans in India, Other … Plan (3)",
    ]


@pytest.mark.parametrize("companies", [150, 300])
def test_most_groups_of_a_world_say_a_place_a_sector_or_whose_they_are(companies):
    graph = select(world(companies))
    folded = fold(graph)
    top = [
        group.label
        for at, group in enumerate(folded.groups, len(graph.nodes))
        if folded.parents[at] == TOP
    ]
    assert len(set(top)) == len(top) > 5
    told = [name for name in top if any(word in name for word in (" in ", " of ", *SECTORS))]
    assert len(told) > 0.8 * len(top)
    assert not [name for name in top if name.endswith(" more")]
