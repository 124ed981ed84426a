"""The reference: all keys and values of a source as one document, of what context, shapes and ontology say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import CP, PREFIXES, package_folder
from kg.reports.shape_logic import local_name
from kg.reports.source_keys import UNSAID, NodeKind, SourceKey
from kg.reports.source_kinds import read_kinds
from kg.reports.source_names import known_members
from kg.sources import key_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.query import Index
    from kg.reports.source_names import KnownName

_HEAD: Final = """\
# Reference

All keys that a source may have, and all values that stand behind them. It is made by `kg terms --reference` of the ontology
and the shapes, so it tells what `kg check` holds a source against. [The tutorial](tutorial.md) takes you through one source,
[Sources of your own](sources.md) tells what to say and why, and [an editor](editor.md) shows all of this as you type.

A whole source, with one statement of each kind; a `Retraction` takes one back:

```yaml
{example}```

Behind a key stands one value, or where the table says *several* one or a list of them. Where a kind is **bold** it must have the key.
"""

_WAITING: Final = """\
## What waits

These say nothing yet: `kg review` and `kg locate` turn them into what does.

| key | what it is |
|---|---|
{rows}
"""

_PARTS: Final = (
    ("source", "Sources", "What a file is, at its top."),
    ("statement", "Statements", "What the source says: the entries of `statements`."),
    (
        "thing",
        "Things",
        "What the statements name and nobody has described yet: the entries of `things`.",
    ),
    (
        "text",
        "The text",
        "How the text of a source is known, without being kept: the mapping behind `text`.",
    ),
    (
        "evidence",
        "Evidence",
        "Where in the text a statement stands: the mapping behind `evidence`, or a list of them.",
    ),
    (
        "element",
        "Elements",
        "Where in a file of data a statement stands: the mapping behind `element`, or a list of them.",
    ),
    (
        "left_out",
        "What was left out",
        "What the file of a source has and its statements do not say: the mappings behind `left_out`.",
    ),
)

# A definition is a text: what a cell or a forge would take for something else is no more than that.
_ESCAPES: Final = str.maketrans({"|": "\\|", "<": "\\<", "\n": " "})

_DATATYPES: Final = {
    "xsd:date": "a day",
    "xsd:decimal": "a number",
    "xsd:nonNegativeInteger": "a whole number",
    "xsd:boolean": "`true` or `false`",
    "xsd:anyURI": "an address",
    "xsd:language": "a tag of a language",
    "xsd:hexBinary": "64 hexadecimal digits",
    "@type": "a kind, by its name",
}

_LISTS: Final = (("indicators", CP + "Indicator"), ("units", PREFIXES["qudt"] + "Unit"))
"""What may be described in a source, too, and is listed since most choose among what there is."""


def write_reference(index: Index) -> bytes:
    """Return the reference as Markdown.

    Raises:
        UsageError: as `kg.reports.source_kinds.read_kinds`.

    >>> import kg
    >>> write_reference(kg.build(check=False).index).splitlines()[0]
    b'# Reference'
    """
    kinds = read_kinds(index)
    example = (package_folder() / "reports" / "example.yaml").read_text(encoding="utf-8")
    parts = [_HEAD.format(example=example)]
    for part, title, about in _PARTS:
        parts += _part(title, about, [kind for kind in kinds if kind.part == part])
    waiting = [(f"`{name}`", UNSAID[name]) for name in ("proposed", "by", "words", "nth")]
    parts.append(_WAITING.format(rows="\n".join(map(_row, waiting))))
    parts.append(
        "## Values\n\n`kg terms` lists them on the terminal, with those of your own store or sources.\n"
    )
    for name, terms in sorted(_vocabularies(index, kinds).items()):
        parts.append(f"### {name}\n\n{_table(('value', 'what it means'), _of_terms(terms))}\n")
    return "\n".join(parts).encode()


def _part(title: str, about: str, kinds: Sequence[NodeKind]) -> Iterator[str]:
    yield f"## {title}\n\n{about}\n"
    if len(kinds) > 1:
        yield _table(("type", "what it is", "for example"), map(_of_kind, kinds)) + "\n"
    uses: dict[tuple[object, ...], list[tuple[NodeKind, SourceKey]]] = {}
    for kind in kinds:
        # Nobody names a place or a text, or says of what type it is.
        named = kind.part in {"source", "statement", "thing"}
        for key in kind.keys if named else kind.keys[2:]:
            way = (key.name, key.takes, key.vocabulary, key.classes)
            uses.setdefault(way, []).append((kind, key))
    order = {name: place for place, name in enumerate(key_order())}
    ranked = sorted(uses.values(), key=lambda same: order[same[0][1].name])
    yield _table(
        ("key", "what it means", "where", "what stands there"),
        (_of_key(same, len(kinds)) for same in ranked),
    )
    told = dict.fromkeys(one.message for kind in kinds for one in kind.conditions)
    yield "".join(f"\n- {message}" for message in told) + ("\n" if told else "")


def _of_kind(kind: NodeKind) -> tuple[str, ...]:
    return f"`{kind.name}`", kind.meaning, kind.example


def _of_key(uses: Sequence[tuple[NodeKind, SourceKey]], of: int) -> tuple[str, ...]:
    """Return the row of a key that takes the same in several kinds."""
    key = uses[0][1]
    told = f"{key.meaning} For example: {key.example}" if key.example else key.meaning
    once = all(one.single or one.name in {"id", "type"} for _, one in uses)
    takes = _takes(key) + ("" if once or key.takes == "xsd:decimal" else ", one or several")
    return f"`{key.name}`", told, _where(uses, of), f"{takes}. {key.rule}".strip()


def _where(uses: Sequence[tuple[NodeKind, SourceKey]], of: int) -> str:
    if of == 1:
        return "**required**" if uses[0][1].required else ""
    if len(uses) == of and len({key.required for _, key in uses}) == 1:
        return "**everywhere**" if uses[0][1].required else "everywhere"
    names = (f"**{kind.name}**" if key.required else kind.name for kind, key in uses)
    return ", ".join(names)


def _takes(key: SourceKey) -> str:
    if key.vocabulary:
        what = f"one of the [{key.vocabulary}](#{key.vocabulary})"
    elif key.inside:
        what = "what is described right there"
    elif key.classes:
        what = f"the id of {' or '.join(map(_class, key.classes))}"
    elif key.takes == "@id":
        what = "a name of its own" if key.name == "id" else "an address"
    else:
        what = _DATATYPES.get(key.takes or "", "a text")
    return what


def _class(iri: str) -> str:
    name = local_name(iri)
    article = "an" if name[0] in "AEIO" else "a"
    return {"Thing": "any thing", "Statement": "a statement"}.get(name, f"{article} `{name}`")


def _vocabularies(index: Index, kinds: Iterable[NodeKind]) -> dict[str, tuple[KnownName, ...]]:
    found = {key.vocabulary: key.terms for kind in kinds for key in kind.keys if key.vocabulary}
    for name, class_ in _LISTS:
        members = known_members(index, class_).values()
        found[name] = tuple(sorted(one for names in members for one in names))
    return found


def _of_terms(terms: Iterable[KnownName]) -> Iterator[tuple[str, ...]]:
    return ((f"`{term.name}`", term.meaning) for term in terms)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([_row(heads), "|" + "---|" * len(heads), *map(_row, rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.translate(_ESCAPES) for cell in cells) + " |"
