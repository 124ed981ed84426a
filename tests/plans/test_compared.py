"""What was observed of two companies alike is what the question `compared` finds."""

import kg
from kg.plans import draw_charts, project_network
from kg.promises import load_statements

ID = "https://w3id.org/corporate-plans/id/"


def test_the_pairs_of_two_companies_are_the_answer_of_the_question():
    graph = kg.build(check=False)
    statements = load_statements(graph.index)
    network = project_network(graph.index, statements=statements)
    compared = draw_charts(network, graph.index, statements)["compared"]
    figures = compared["figures"]
    both = {ID + "xiaomi", ID + "samsung"}
    found = {
        frozenset(figures[number]["fact"].removeprefix(ID) for number in pair)
        for pair in compared["pairs"]
        if both <= {company for number in pair for company in figures[number]["companies"]}
        and figures[pair[0]]["measure"] == "share of smartphone shipments"
    }
    asked = graph.ask("compared", one="xiaomi", other="samsung")
    assert found == {frozenset((row["statement"], row["otherStatement"])) for row in asked}
    assert len(found) > 1


def test_no_company_is_compared_with_itself():
    graph = kg.build(check=False)
    statements = load_statements(graph.index)
    network = project_network(graph.index, statements=statements)
    compared = draw_charts(network, graph.index, statements)["compared"]
    whose = [
        [compared["figures"][number]["companies"] for number in pair] for pair in compared["pairs"]
    ]
    assert whose
    assert all(one != other for one, other in whose)
