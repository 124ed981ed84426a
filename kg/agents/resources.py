"""What agents can read without asking: the cards of things and sources, the questions, what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from kg.base import UnknownNameError, abridge, visible
from kg.promises import last_published, load_origins
from kg.reports import count_figures, make_card

if TYPE_CHECKING:
    from kg.graph import Graph

_COUNTED: Final = ("sources", "statements", "companies", "initiatives", "indicators", "places")
SCHEME: Final = "kg://"
THING: Final = "kg://thing/{name}"
SOURCE: Final = "kg://source/{name}"


@dataclass(frozen=True)
class AgentResource:
    """What can be read at an address, or at all addresses of a template."""

    uri: str
    name: str
    description: str


RESOURCES: Final = (
    AgentResource("kg://about", "about", "How much this graph holds, of which days"),
    AgentResource("kg://questions", "questions", "The canned questions that the tool ask takes"),
)
TEMPLATES: Final = (
    AgentResource(
        THING, "thing", "All that is known of a company, person, place or plan: its card"
    ),
    AgentResource(
        SOURCE,
        "source",
        "What a source says, each statement with its place in the text: the first thousand, the tool show has all",
    ),
)


def uri_of(template: str, name: str) -> str:
    """Return the address of what is called by a name.

    >>> uri_of(SOURCE, "shops-2020#row=2")
    'kg://source/shops-2020%23row%3D2'
    """
    return template.replace("{name}", quote(name, safe=""))


def read_resource(graph: Graph, uri: str) -> str:
    """Return what stands at an address, as text.

    Raises:
        UnknownNameError: there is no such address, thing or source.

    >>> import kg
    >>> read_resource(kg.build(check=False), "kg://thing/mobikwik").splitlines()[0]
    'MobiKwik  [mobikwik]'
    """
    kind, _, name = uri.removeprefix(SCHEME).partition("/")
    name = unquote(name)
    if not uri.startswith(SCHEME) or (kind in ("thing", "source")) != bool(name):
        raise UnknownNameError("resource", uri, _known())
    match kind:
        case "about":
            return _about(graph)
        case "questions":
            from kg.agents.tables import catalogue

            return catalogue() + "\n"
        case "thing":
            return make_card(graph.index, graph.resolve(name), today=graph.today).to_text()
        case "source":
            return _source(graph, name)
    raise UnknownNameError("resource", uri, _known())


def _source(graph: Graph, name: str) -> str:
    origin = load_origins(graph.index, [name]).get(name)
    if origin is None:
        raise UnknownNameError("source", name, load_origins(graph.index))
    card = make_card(graph.index, graph.resolve(name), today=graph.today).to_text()
    return card if origin.url is None else f"{card}\n{visible(abridge(origin.url, 400))}\n"


def _about(graph: Graph) -> str:
    figures = {name: f"{number:,}" for name, number in count_figures(graph.index, _COUNTED).items()}
    figures["last day of a source"] = last_published(graph.index)
    return "".join(f"{name}: {visible(figure)}\n" for name, figure in figures.items())


def _known() -> list[str]:
    return [one.uri for one in (*RESOURCES, *TEMPLATES)]
