"""The description of what programs can ask is valid, whole, and what the server does."""

import httpx
import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi import checks
from starlette.routing import Route

from kg.query import load_questions
from kg.serve.openapi import describe_api

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture(scope="module")
def document(server) -> dict:
    answer = httpx.get(httpx.URL(server.url).join("/openapi.json"))
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_whatever_is_asked_is_answered_as_described(server, document):
    api = schemathesis.openapi.from_dict(document)
    api.config.update(base_url=str(httpx.URL(server.url).join("/")))
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) >= 7
    for operation in operations:

        @settings(
            max_examples=12, deadline=None, derandomize=True, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        ask()


def test_it_has_what_is_served_and_nothing_else(document):
    assert document["openapi"] == "3.1.0"
    assert {"/sparql", "/graphs", "/healthz", "/readyz", "/metrics", "/openapi.json"} <= set(
        document["paths"]
    )
    names = [
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
    ]
    assert len(names) == len(set(names))


def test_every_question_has_its_parameters_where_questions_are_served():
    routes = [
        Route("/questions/{name}.json", lambda _: None),
        Route("/questions/{name}.csv", lambda _: None),
    ]
    paths = describe_api(routes)["paths"]
    questions = load_questions()
    assert len(paths) == 2 * len(questions) > 50
    for question in questions:
        for form in ("json", "csv"):
            asked = paths[f"/questions/{question.name}.{form}"]["get"]
            own = [one["name"] for one in asked["parameters"]][: len(question.parameters)]
            assert own == [parameter.name for parameter in question.parameters]
            for parameter, told in zip(question.parameters, asked["parameters"], strict=False):
                if parameter.default is not None:
                    assert told["schema"]["default"] == parameter.default
                    jsonschema.validate(parameter.default, told["schema"])
                if parameter.example is not None:
                    jsonschema.validate(told["example"], told["schema"])


def test_a_guarded_server_says_so():
    assert "security" not in describe_api([])
    guarded = describe_api([], guarded=True)
    assert guarded["security"] == [{"token": []}]
    assert guarded["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
