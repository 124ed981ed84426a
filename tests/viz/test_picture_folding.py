"""Large graphs are folded: everything is in one place, and nothing is lost."""

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from tests.work import calls
from viz import folding
from viz.folding import ABOVE, HUBS, LEVEL, TOP, fold
from viz.layout import CELL
from viz.select import select

ROOT = Path(__file__).parent.parent.parent


def register(companies: int, *, countries: int = 30) -> "nx.MultiDiGraph":
    """Companies with an initiative and a target each, in countries of very different size."""
    chance = random.Random(5)  # noqa: S311 - a graph, not a secret
    graph = nx.MultiDiGraph()
    for number in range(companies):
        company, plan, target = (f"urn:{number:05}-{part}" for part in ("a", "b", "c"))
        graph.add_node(company, label=f"Company {number:05}", type="company")
        graph.add_node(plan, label=f"Plan {number:05}", type="initiative")
        graph.add_node(target, label=f"Target {number:05}", type="target")
        country = int(countries * chance.random() ** 3)
        graph.add_node(f"urn:country-{country}", label=f"Country {country}", type="place")
        graph.add_edge(company, f"urn:country-{country}", "in")
        graph.add_edge(plan, company, "company")
        graph.add_edge(plan, target, "target")
    return graph


GRAPHS = {
    "register": lambda: register(500),
    "communities": lambda: nx.relaxed_caveman_graph(40, 30, 0.1, seed=3),
    "scale-free": lambda: nx.barabasi_albert_graph(1_500, 2, seed=3),
    "star": lambda: nx.star_graph(1_500),
    "path": lambda: nx.path_graph(1_500),
    "loose": lambda: nx.empty_graph(1_500),
    "pairs": lambda: nx.disjoint_union_all([nx.path_graph(2)] * 600),
    "dense": lambda: nx.gnp_random_graph(1_050, 0.06, seed=3),
}


@pytest.fixture(scope="module", params=GRAPHS)
def graph(request):
    made = GRAPHS[request.param]()
    if made.is_multigraph():
        return select(made)
    whole = nx.MultiDiGraph()
    whole.add_nodes_from((f"urn:{node:05}", {"label": f"N{node:05}"}) for node in made)
    whole.add_edges_from((f"urn:{a:05}", f"urn:{b:05}", "k") for a, b in made.edges)
    return select(whole)


@pytest.fixture(scope="module")
def folded(graph):
    return fold(graph)


def members(folded) -> dict[int, list[int]]:
    """The members of every level, as the parents have it."""
    found: dict[int, list[int]] = {}
    for item, parent in enumerate(folded.parents):
        found.setdefault(parent, []).append(item)
    return found


def test_everything_is_in_exactly_one_place(graph, folded):
    things = len(graph.nodes)
    assert len(folded.parents) == len(folded.places) == things + len(folded.groups)
    levels = members(folded)
    for at, group in enumerate(folded.groups, things):
        assert sorted(group.children) == levels[at]
        assert folded.parents[at] < at
    inside = Counter(child for group in folded.groups for child in group.children)
    top = levels[TOP]
    assert inside.keys() | set(top) == set(range(things + len(folded.groups)))
    assert max(inside.values()) == 1
    assert not inside.keys() & set(top)


def test_no_level_has_more_members_than_can_be_read(folded):
    levels = members(folded)
    assert all(len(levels[at]) >= 2 for at in levels if at != TOP)
    assert max(map(len, levels.values())) <= LEVEL + HUBS


def test_members_of_a_level_do_not_share_their_room(folded):
    assert max(map(len, members(folded).values())) > 1
    for level in members(folded).values():
        places = sorted(folded.places[item] for item in level)
        for at, (x, y) in enumerate(places):
            for other_x, other_y in places[at + 1 :]:
                if other_x - x >= CELL[0] - 4:
                    break
                assert abs(other_y - y) >= CELL[1] - 4


def test_no_two_groups_of_a_level_have_the_same_name(graph, folded):
    levels: dict[int, list[str]] = {}
    for at, group in enumerate(folded.groups, len(graph.nodes)):
        levels.setdefault(folded.parents[at], []).append(group.label)
    assert all(len(set(names)) == len(names) for names in levels.values())
    assert all(name for names in levels.values() for name in names)


@pytest.mark.parametrize("size", [0, 1, ABOVE])
def test_a_small_graph_is_not_folded(size):
    graph = select(nx.MultiDiGraph(nx.path_graph(size)))
    found = fold(graph)
    assert found.groups == ()
    assert found.parents == (TOP,) * size
    assert len(found.places) == size


def test_one_thing_too_many_folds():
    assert fold(select(nx.MultiDiGraph(nx.path_graph(ABOVE + 1)))).groups


def test_what_much_is_tied_to_stands_beside_the_groups():
    graph = select(register(400))
    hub = next(at for at, node in enumerate(graph.nodes) if node.label == "Country 0")
    assert fold(graph).parents[hub] == TOP


def test_what_belongs_to_one_company_stays_together():
    graph = select(register(400))
    parents = fold(graph).parents
    of = {node.label: parents[at] for at, node in enumerate(graph.nodes)}
    together = sum(of[f"Plan {n:05}"] == of[f"Target {n:05}"] for n in range(400))
    assert together > 360


def test_folding_does_not_depend_on_the_hash_seed():
    code = (
        "import hashlib\n"
        "from tests.viz.test_picture_folding import register\n"
        "from viz.folding import fold\n"
        "from viz.select import select\n"
        "print(hashlib.sha256(repr(fold(select(register(350)))).encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "7")
    }  # fmt: skip
    assert len(digests) == 1


def test_folding_does_not_depend_on_the_order_of_insertion():
    graph = register(400)
    other = nx.MultiDiGraph()
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True))
    random.Random(1).shuffle(nodes)  # noqa: S311 - an order, not a secret
    random.Random(2).shuffle(edges)  # noqa: S311
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    assert fold(select(graph)) == fold(select(other))


def test_the_time_to_fold_grows_with_the_graph_and_no_faster():
    def work(companies: int) -> int:
        graph = select(register(companies, countries=companies // 20))
        return calls(lambda: fold(graph))

    assert work(2_000) < 1.2 * 5 * work(400)  # five times the graph


def test_two_things_meet_on_the_deepest_level_that_holds_both():
    parents = [4, 4, 5, TOP, 5, TOP]
    assert folding._meet(0, 1, parents) == (4, (0, 1))
    assert folding._meet(0, 2, parents) == (5, (4, 2))
    assert folding._meet(1, 3, parents) == (TOP, (5, 3))
