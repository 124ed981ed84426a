"""An endpoint derives what a build here derives, however the sources came there."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox
import pytest

import kg
from kg.api import derive_at
from kg.base import QueryError, StoreError, nquads
from kg.pipeline.derivation import Rule, load_rules
from kg.pipeline.derivation_there import split_rule
from kg.promises import JUDGED_BY, derive_promises
from kg.store import deriving
from tests.benchmarks import generate
from tests.store import fake, servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

server = pytest.mark.server


@contextlib.contextmanager
def endpoint(product: str, folder: Path) -> Iterator[str]:
    """Run an endpoint that the environment names; yield where it is asked."""
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        if product == "virtuoso":
            root = stack.enter_context(servers.virtuoso(folder))
            settings = servers.settings_of_virtuoso(root) | {"KG_UPDATE": f"{root}/sparql-auth"}
        else:
            root = stack.enter_context(servers.oxigraph(folder, "--union-default-graph"))
            settings = {"KG_STORE": f"{root}/query"}
        for name in ("KG_UPDATE", "KG_GRAPHS", "KG_USER", "KG_PASSWORD"):
            patch.delenv(name, raising=False)  # another endpoint may be open
        for name, value in settings.items():
            patch.setenv(name, value)
        yield settings["KG_STORE"]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def there(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with endpoint(request.param, tmp_path_factory.mktemp(request.param)) as url:
        yield url


def world(folder: Path, seed: int) -> kg.Graph:
    path = folder / "world.nq"
    generate.write_nquads(path, 3000, seed)
    return kg.build([path], check=False)


@server
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_endpoint_derives_the_bytes_of_a_build_here(
    there: str, seed: int, graph: kg.Graph, tmp_path: Path
) -> None:
    made = world(tmp_path, seed) if seed else graph
    made.save(there)
    uploaded = kg.open(there)
    done = derive_at(there)
    derived = kg.open(there)
    assert derived.derived == uploaded.derived
    assert derived.asserted == uploaded.asserted
    assert not derived.unfinished
    if "query" in there:
        # What this engine keeps is what a build here writes, to the byte.
        assert derived.derived == made.derived
        assert done.here == ("reports",)
    else:
        assert set(done.here) == {"reports", "acting-through", "current-status"}


@server
def test_deriving_again_changes_nothing(there: str, graph: kg.Graph) -> None:
    graph.save(there)
    derive_at(there)
    once = kg.open(there).derived
    derive_at(there)
    assert kg.open(there).derived == once


@server
def test_sources_that_came_by_another_way_are_derived_from(acme: Path, tmp_path: Path, run) -> None:
    made = kg.build([acme])
    with endpoint("oxigraph", tmp_path) as url:
        put = httpx.post(
            url.replace("/query", "/store"),
            content=b"".join(
                line
                for line in made.asserted.splitlines(keepends=True)
                if b"/ontology> .\n" not in line
            ),
            headers={"Content-Type": "application/n-quads"},
        )
        put.raise_for_status()
        result: Result = run("derive", "--store", url)
        assert result.exit_code == 0, result.stderr
        assert "here: reports" in result.stderr
        found = kg.open(url)
        assert found.derived == made.derived
        kept = ox.Store()  # this engine writes some values its own way
        kept.bulk_load(made.asserted, format=ox.RdfFormat.N_QUADS)
        assert set(found.asserted.splitlines(keepends=True)) == set(nquads.canonical(kept))
        # The next build sends what no digest is known of, and the same is there.
        assert run("build", acme, "--store", url).exit_code == 0
        assert kg.open(url).derived == made.derived


@server
def test_what_followed_from_a_source_that_is_gone_goes(acme: Path, tmp_path: Path) -> None:
    empty = kg.build([], shipped=False, check=False)
    with endpoint("oxigraph", tmp_path) as url:
        kg.build([acme]).save(url)
        graphs = {name for name in kg.open(url).content.graphs if "derived" not in name}  # type: ignore[union-attr]
        for name in graphs - {"https://w3id.org/corporate-plans/ontology"}:
            httpx.delete(url.replace("/query", "/store"), params={"graph": name}).raise_for_status()
        derive_at(url)
        assert kg.open(url).derived == empty.derived


@server
def test_derivation_that_is_broken_off_is_told_and_the_next_one_finishes_it(
    acme: Path, tmp_path: Path, run
) -> None:
    made = kg.build([acme])

    def breaks(rule: str) -> None:
        if rule == "relations":
            raise KeyboardInterrupt

    with endpoint("oxigraph", tmp_path) as url:
        made.save(url)
        with pytest.raises(KeyboardInterrupt):
            derive_at(url, tell=breaks)
        assert kg.open(url).unfinished
        assert "a build is not finished" in run("stats", "--store", url).stderr
        derive_at(url)
        assert not kg.open(url).unfinished
        assert kg.open(url).derived == made.derived


@server
def test_of_two_writers_the_first_is_told(acme: Path, tmp_path: Path) -> None:
    made = kg.build([acme])

    def meets(rule: str) -> None:
        if rule == "relations":
            derive_at(url)

    with endpoint("oxigraph", tmp_path) as url:
        made.save(url)
        with pytest.raises(StoreError, match="another build is writing to it"):
            derive_at(url, tell=meets)
        assert kg.open(url).derived == made.derived
        assert not kg.open(url).unfinished


@server
def test_copy_is_the_same_in_pages(
    acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = kg.build([acme])
    with endpoint("oxigraph", tmp_path) as url:
        made.save(url)
        monkeypatch.setattr(deriving, "PAGE", 3)
        derive_at(url)
        assert kg.open(url).derived == made.derived


RULE = "relations"
"""A rule that an endpoint of the tests does not run."""


def is_the_rule(update: str) -> bool:
    return update.endswith(split_rule(RULE, load_rules()[RULE])[2])


@pytest.mark.parametrize("status", [400, 500])
def test_rule_that_an_endpoint_cannot_run_runs_here(acme: Path, status: int) -> None:
    made = kg.build([acme])
    with fake.endpoint(lambda update: status if is_the_rule(update) else None) as url:
        made.save(url)
        assert derive_at(url).here == ("reports", RULE)
        assert kg.open(url).derived == made.derived


FAULTS = {
    "a connection that breaks": (fake.GONE, "cannot be reached"),
    "a token that is taken no longer": (401, "refuses access"),
    "an address that has moved": (404, "nothing is there"),
    "a server that is busy": (503, "answers HTTP 503"),
    "a disk that is full": (507, "answers HTTP 507"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_matter_of_a_rule_is_told_and_the_rule_runs_nowhere(
    acme: Path, fault: str
) -> None:
    status, told = FAULTS[fault]
    rules: list[str] = []
    with fake.endpoint(lambda update: status if is_the_rule(update) else None) as url:
        kg.build([acme]).save(url)
        with pytest.raises(StoreError, match=told):
            derive_at(url, tell=rules.append)
        assert rules[-1] == RULE
        assert kg.open(url).unfinished


def test_endpoint_that_can_write_no_longer_is_told_and_no_rule_is_blamed(acme: Path) -> None:
    rules: list[str] = []

    def full(update: str) -> int | None:
        # Many products have one status for whatever they fail at.
        return 500 if rules[-1:] == [RULE] and update else None

    with fake.endpoint(full) as url:
        kg.build([acme]).save(url)
        with pytest.raises(StoreError, match="answers HTTP 500"):
            derive_at(url, tell=rules.append)
        assert rules[-1] == RULE


@server
def test_endpoint_without_sources_is_told(tmp_path: Path, run) -> None:
    with endpoint("oxigraph", tmp_path) as url:
        result = run("derive", "--store", url)
        assert result.exit_code == 3
        assert result.stderr == f"kg: {url}: holds nothing to derive from; load sources first\n"


@server
def test_endpoint_that_takes_no_updates_is_told_in_one_sentence(
    graph: kg.Graph, tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoint("virtuoso", tmp_path) as url:
        graph.save(url)
        monkeypatch.delenv("KG_UPDATE")
        monkeypatch.setenv("KG_UPDATE", url)
        result = run("derive", "--store", url, "--quiet")
        assert result.exit_code == 3
        assert len(result.stderr.splitlines()) == 1
        assert "No permission" in result.stderr


def test_folder_is_told_who_derives_there(run, tmp_path: Path) -> None:
    result = run("derive", "--store", tmp_path)
    assert result.exit_code == 2
    assert "kg build --store derives in a folder" in result.stderr


@pytest.mark.parametrize("name", sorted(load_rules()))
def test_update_of_a_rule_derives_what_the_rule_does(name: str, graph: kg.Graph) -> None:
    rule = load_rules()[name]
    store = ox.Store()
    store.bulk_load(graph.asserted + graph.derived, format=ox.RdfFormat.N_QUADS)
    flat = ox.Store()
    flat.bulk_extend(ox.Quad(*quad.triple) for quad in store)
    wanted = {str(triple) for triple in flat.query(rule.query)}  # type: ignore[union-attr]
    before, template, where = split_rule(name, rule)
    flat.update(f"{before} INSERT {{ GRAPH <a:new> {{ {template} }} }} {where}")
    new = flat.quads_for_pattern(None, None, None, ox.NamedNode("a:new"))
    assert {str(quad.triple) for quad in new} == wanted


@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", "ASK {}", "CONSTRUCT { ?s }"])
def test_what_cannot_be_made_an_update_is_told(query: str) -> None:
    with pytest.raises(QueryError, match="'odd' cannot be made an update"):
        split_rule("odd", Rule(query))


def test_judging_reads_nothing_but_what_it_says_it_reads(graph: kg.Graph) -> None:
    whole = graph.index.local().store
    part = ox.Store()
    part.bulk_extend(
        quad
        for quad in whole
        if quad.predicate.value in JUDGED_BY or getattr(quad.object, "value", "") in JUDGED_BY
    )
    assert len(part) < len(whole)
    assert sorted(derive_promises(part)) == sorted(derive_promises(whole))
