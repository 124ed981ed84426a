"""The formats of graphs, networks and answers: the one table of their names, endings and grammars.

The engine is not imported for it, so that the command line can list formats in its help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import pyoxigraph as ox


class Format(NamedTuple):
    """An RDF format.

    `name` is what `-f` takes, `suffixes` the endings of files in lower case, `engine` what the
    engine calls it; `lines` says whether a line is a statement, so that files can be cut.
    """

    name: str
    suffixes: tuple[str, ...]
    engine: str
    lines: bool = False

    @property
    def syntax(self) -> ox.RdfFormat:
        """The format as the engine takes it.

        >>> RDF_FORMATS["ttl"].syntax.name
        'Turtle'
        """
        import pyoxigraph as ox  # see above

        syntax: ox.RdfFormat = getattr(ox.RdfFormat, self.engine)
        return syntax


RDF_FORMATS: Final = {
    one.name: one
    for one in (
        Format("ttl", (".ttl",), "TURTLE"),
        Format("nt", (".nt",), "N_TRIPLES", lines=True),
        Format("nq", (".nq",), "N_QUADS", lines=True),
        Format("trig", (".trig",), "TRIG"),
        Format("jsonld", (".jsonld",), "JSON_LD"),
        Format("rdf", (".rdf", ".xml"), "RDF_XML"),
    )
}
"""The RDF formats by name: all of them are read, and all are exported."""

RDF_SUFFIXES: Final = {suffix: one for one in RDF_FORMATS.values() for suffix in one.suffixes}
"""The RDF formats by the ending of a file."""

TABLE_FORMATS: Final = ("table", "md")
"""Tables for people: on a terminal, and in Markdown."""

RESULT_FORMATS: Final = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
"""The results formats of SPARQL 1.1 by name, each with what the engine calls it."""

GRAPH_FORMATS: Final = ("ttl", "nt", "jsonld")
"""The RDF formats of an answer that is a graph, which can hold whatever it says."""

ANSWER_FORMATS: Final = (*TABLE_FORMATS, *RESULT_FORMATS, *GRAPH_FORMATS)
"""What an answer can be written as."""


class ToolFormat(NamedTuple):
    """A format for other tools, which has no parts: its `name`, `suffix`, and what people call it.

    The function `write_NAME` of the module NAME in `kg.export` makes it of the index of a graph, and
    of a day where it is `dated`: where it says how promises stand. Where it is `partial` it has no
    place for some of what a graph says, and counts that. Where it is `selective` it tells of little, and
    looks that up; where it is `passing` it is made of a graph itself, and goes through that without all of it
    in memory; all others have all of a graph there.
    """

    name: str
    suffix: str
    label: str
    dated: bool = False
    partial: bool = False
    selective: bool = False
    passing: bool = False

    @property
    def module(self) -> str:
        """The name of its module.

        >>> TOOL_FORMATS["ftm-statements"].module
        'ftm_statements'
        """
        return self.name.replace("-", "_")


TOOL_FORMATS: Final = {
    one.name: one
    for one in (
        ToolFormat("graphml", ".graphml", "GraphML"),
        ToolFormat("gexf", ".gexf", "GEXF"),
        ToolFormat("cx2", ".cx2", "CX2"),
        ToolFormat("cypher", ".cypher", "Cypher"),
        ToolFormat("csv", ".csv", "CSV for spreadsheets", passing=True),
        ToolFormat("xlsx", ".xlsx", "a workbook", dated=True, passing=True),
        ToolFormat("ics", ".ics", "a calendar", dated=True, selective=True),
        ToolFormat("atom", ".atom", "a feed", dated=True),
        ToolFormat("ftm", ".ftm.json", "FollowTheMoney", dated=True, partial=True),
        ToolFormat(
            "ftm-statements", ".ftm.csv", "statements of FollowTheMoney", dated=True, partial=True
        ),
        ToolFormat("quickstatements", ".qs", "QuickStatements for Wikidata", partial=True),
    )
}
"""The formats for other tools by name."""

FOLDER_FORMATS: Final = {
    one.name: one
    for one in (
        ToolFormat("neo4j", "", "a bulk import for Neo4j"),
        ToolFormat("parquet", "", "Parquet", dated=True, passing=True),
    )
}
"""The formats of several files by name, which have no ending; of the module NAME `list_NAME` makes them."""

DATED_FORMATS: Final = tuple(
    one.name for one in (*TOOL_FORMATS.values(), *FOLDER_FORMATS.values()) if one.dated
)
"""The formats that say how promises stand on a day."""

FTM_DATASET: Final = "corporate_plans"
"""What our graph is called as a dataset of FollowTheMoney."""

FTM_PREFIX: Final = "cp-"
"""What the identifiers of our entities there begin with: those of other datasets lie beside them."""

EXPORT_FORMATS: Final = (*RDF_FORMATS, *TOOL_FORMATS)
"""What a whole graph can be written as in one file."""

EXPORT_PARTS: Final = ("all", "asserted", "derived")
"""What was said and derived together, or one of them."""

EXPORT_SUFFIXES: Final = {
    **{suffix: one.name for suffix, one in RDF_SUFFIXES.items()},
    **{one.suffix: one.name for one in TOOL_FORMATS.values()},
}
"""What the ending of a file has a graph written as."""

DIFFERENCE_FORMATS: Final = (*TABLE_FORMATS, "tsv", "json")
"""What a difference can be written as."""

REPORT_FORMATS: Final = {"text": ".txt", "ttl": ".ttl", "json": ".json", "sarif": ".sarif"}
"""What findings can be written as, each with the ending of its files."""
