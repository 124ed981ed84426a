"""Names in other languages, where the data have them."""

import networkx as nx
import pytest

import viz


@pytest.fixture
def it(reader, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node(
        "x", label="Xiaomi", type="company", names={"en": "Xiaomi", "zh": "小米"}, aliases=["小米"]
    )
    graph.add_node("s", label="Signify", type="organization", names={"nl-be": "Licht"})
    graph.add_node(
        "p", label="Plan", type="initiative", names={"no tag": "!", "de": "Vorhaben", "en": "Plan"}
    )
    graph.add_edge("p", "x", key="company")
    graph.add_edge("p", "s", key="partner")
    path = tmp_path / "names.html"
    plans = {"p": {"company": "x", "start": "2020-01-01"}}
    path.write_text(viz.render(graph, title="T", plans=plans), encoding="utf-8", newline="\n")
    return lambda hash_="": reader(hash_, path=path)


def rows(page) -> list[tuple[str, str | None]]:
    return page.page.locator("#columns .thing .name").evaluate_all(
        "(all) => all.map((one) => [one.innerText, one.lang || null]).sort()"
    )


def test_a_language_is_chosen_and_stands_in_the_address(it):
    page = it("#view=columns")
    assert ["Xiaomi", None] in rows(page)
    page.page.get_by_label("Names in").select_option("zh")
    assert ["小米", "zh"] in rows(page)
    assert "lang=zh" in page.address()
    assert page.text("#live") == "Names in 中文 (Chinese)"
    page.page.get_by_label("Names in").select_option("")
    assert ["Xiaomi", None] in rows(page)
    assert "lang" not in page.address()


def test_what_has_no_name_in_it_is_called_in_english_else_in_any(it):
    page = it("#view=columns&lang=de")
    assert rows(page) == [["Licht", "nl-be"], ["Vorhaben", "de"], ["Xiaomi", None]]


def test_a_wider_tag_finds_a_narrower_one(it):
    page = it("#view=columns")
    assert page.page.evaluate("viz.languages.known('nl')") is None
    assert ["Licht", "nl-be"] in rows(page)


@pytest.mark.parametrize(
    ("view", "name"),
    [("columns", ".thing .name"), ("timeline", ".plan .name"), ("table", "tbody th .cut")],
)
def test_the_names_change_in_every_view(it, view, name):
    page = it(f"#view={view}&lang=de&sel=p")
    found = page.page.locator(f"#{view} {name}", has_text="Vorhaben")
    assert found.get_attribute("lang") == "de"
    assert page.text("#panel h2") == "Vorhaben"
    assert page.page.locator("#panel h2 span").get_attribute("lang") == "de"


def test_search_finds_a_thing_by_its_names_in_all_languages(it):
    for words in ("Xiaomi", "小米"):
        page = it("#view=columns&lang=zh")
        page.page.fill("#search", words)
        assert page.page.locator("#found .option .name").first.inner_text() == "小米"


def test_without_other_languages_there_is_no_choice(reader):
    assert reader().page.get_by_label("Names in").count() == 0


def test_the_graph_tells_the_labels_of_what_is_not_called_in_english_alone(graph):
    network = graph.network()
    names = {iri: node["names"] for iri, node in network.nodes(data=True) if node["names"]}
    assert len(names) >= 5
    assert names["https://w3id.org/corporate-plans/id/china"] == {"en": "China", "zh": "中国"}
