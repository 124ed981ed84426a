"""The keys of a source: which there are, where each may stand, what it means and what it takes.

Nothing is listed here that the context, the shapes or the ontology say. What they leave unsaid is the
meaning of the few keys that belong to YAML-LD itself or that other vocabularies lend.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kg.base import CP, RDF, expand, shorten
from kg.query import select_rows
from kg.reports.shape_book import NodeTarget, PathRule, Schema, ShapeBook, local_name
from kg.sources import load_context, whole_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.query import Index

UNSAID: Final = {
    "id": "The name of what is described here, by which all else refers to it: one word, and no other has it.",
    "type": "What it is: of which kind a statement, a thing or a source is.",
    "things": "Whom and what the statements name and the graph does not know yet, each with an id, a type and a label.",
    "statements": "What the source says: one statement a fact, in the order of the text.",
    "label": "What it is called.",
    "alias": "Another name, by which it is found as well.",
    "description": "A sentence that tells it from others of a like name.",
    "matches": "The same thing in another public list.",
    "latitude": "How far north of the equator it lies, in degrees.",
    "longitude": "How far east of Greenwich it lies, in degrees.",
    "definition": "What exactly is meant, so that two values of it can be compared.",
    "broader": "What it is a narrower case of.",
    "title": "The headline that the source was published under.",
    "url": "Where the source can be read.",
    "publisher": "Who published the source.",
    "author": "Who wrote the source.",
    "published": "The day on which the source was published.",
    "language": "The language of the source.",
    "sha256": "The SHA-256 of the normalised words, in hexadecimal.",
    "subject": "The thing of which a relation says something.",
    "predicate": "How the subject stands to the object.",
    "object": "The thing to which the subject stands so.",
    "start": "The first character of the words, counted from 0.",
    "end": "The character after the last of the words.",
}
"""What keys mean that no ontology of ours defines."""

# More than that nobody would want to be offered, and an editor would be slow.
_MOST_OFFERED: Final = 5_000

_SHORT: Final = 30  # characters; "name it" tells nobody what

_DEFINED: Final = """SELECT (STR(?it) AS ?iri) ?definition ?example {
  ?it skos:definition ?definition ; rdfs:isDefinedBy ?ontology .
  FILTER (STRSTARTS(STR(?it), STR(cp:)))
  OPTIONAL { ?it skos:example ?example }
}"""
_ENDS: Final = """SELECT (STR(?property) AS ?of) (STR(?class) AS ?iri) {
  ?property $1 ?class . FILTER (isIRI(?class))
}"""
_ABOVE: Final = """SELECT (STR(?below) AS ?iri) (STR(?above) AS ?of) {
  ?below rdfs:subClassOf+ ?above . FILTER (isIRI(?above))
}"""
_IN_SCHEME: Final = """SELECT (STR(?it) AS ?iri) ?label ?definition ?rank {
  ?it skos:inScheme <$1> ; skos:prefLabel ?label ; skos:definition ?definition .
  OPTIONAL { ?it cp:rank ?rank }
}"""
_MEMBERS: Final = """SELECT (STR(?it) AS ?iri) ?label ?definition (STR(?class) AS ?of) ?kind {
  { SELECT DISTINCT ?class { ?class rdfs:subClassOf* <$1> } }
  ?it a ?class ; rdfs:label|schema:headline ?label .
  OPTIONAL { ?it skos:definition ?definition }
  OPTIONAL { ?class rdfs:label ?kind }
  FILTER (LANG(?label) IN ("en", ""))
} LIMIT 100000"""


@dataclass(frozen=True, order=True)
class KnownName:
    """A name that may stand behind a key, as an author writes it, with what it means."""

    name: str
    meaning: str


@dataclass(frozen=True)
class SourceKey:
    """A key where it stands: in a source, a statement or a thing of a certain kind.

    `takes` is the datatype that the context gives its values, None for text; `rule` says in a
    sentence what it takes, where a shape does. `terms` are all that may stand there, `classes` of what
    classes the things are that it names, and `inside` the kind of what is described right there.
    """

    name: str
    takes: str | None
    meaning: str
    example: str = ""
    rule: str = ""
    required: bool = False
    single: bool = False
    terms: tuple[KnownName, ...] = ()
    classes: tuple[str, ...] = ()
    inside: str = ""
    pattern: str | None = None
    least: str | None = None
    most: str | None = None


@dataclass(frozen=True)
class NodeKind:
    """A kind of what is described in a source, such as a target, an article or a company.

    `part` is `statement`, `source`, `thing`, or the key behind which it stands (`evidence`, `text`).
    An `open` kind is one of which no shape says what else it may carry. `conditions` tell of several
    keys at once.
    """

    name: str
    part: str
    meaning: str
    example: str
    keys: tuple[SourceKey, ...]
    conditions: tuple[Schema, ...] = ()
    open: bool = False


def read_kinds(index: Index) -> tuple[NodeKind, ...]:
    """Return all kinds of what a source describes, with their keys in the order of the context.

    `index` holds the ontology, as that of every graph does.

    >>> import kg
    >>> kinds = {kind.name: kind for kind in read_kinds(kg.build(check=False).index)}
    >>> [key.name for key in kinds["StatusReport"].keys if key.required]
    ['id', 'type', 'about', 'status']
    """
    return _Reader(index).kinds()


def known_members(index: Index, root: str) -> dict[str, tuple[KnownName, ...]]:
    """Return what is known of a class and those below it, by its most specific class, in order.

    Where that is more than anyone would be offered, it is nothing.

    >>> import kg
    >>> found = known_members(kg.build(check=False).index, "https://w3id.org/corporate-plans/ontology#Place")
    >>> [name.meaning for names in found.values() for name in names if name.name == "india"]
    ['India (country)']
    """
    rows = sorted(select_rows(index, _MEMBERS.replace("$1", root)), key=str)
    above: dict[str, set[str]] = {}
    for iri, of in select_rows(index, _ABOVE):
        above.setdefault(str(iri), set()).add(str(of))
    classes: dict[str, set[str]] = {}
    said: dict[str, tuple[str, str]] = {}
    kinds = _context_classes()
    for iri, label, definition, of, kind in rows:
        classes.setdefault(str(iri), set()).add(str(of))
        kinds.setdefault(str(of), str(kind))
        said[str(iri)] = str(label), str(definition or "")
    if len(classes) > _MOST_OFFERED:
        return {}
    found: dict[str, list[KnownName]] = {}
    for iri, (label, definition) in said.items():
        of_it = sorted(classes[iri])
        own = next(one for one in of_it if not any(one in above.get(two, ()) for two in of_it))
        meaning = f"{label}: {definition}" if definition else f"{label} ({kinds[own].lower()})"
        found.setdefault(own, []).append(KnownName(written(iri), meaning))
    return {own: tuple(sorted(names)) for own, names in sorted(found.items())}


def written(iri: str) -> str:
    """Return a name as an author writes it: a unit by its short name, a term without its prefix.

    >>> written("http://qudt.org/vocab/unit/PERCENT"), written("https://w3id.org/corporate-plans/id/india")
    ('PERCENT', 'india')
    """
    last = iri.rpartition("/")[2]
    return last if whole_name("unit", last) == iri else shorten(iri).removeprefix("cp:")


class _Reader:
    """Puts together what the context, the shapes and the ontology say of each key."""

    def __init__(self, index: Index) -> None:
        self._index, self._book = index, ShapeBook.shipped()
        self._keys = _keys_by_property()
        rows = select_rows(index, _DEFINED)
        self._defined = {str(iri): (str(said), str(such or "")) for iri, said, such in rows}
        self._above: dict[str, set[str]] = {}
        for iri, of in select_rows(index, _ABOVE):
            self._above.setdefault(str(iri), set()).add(str(of))
        self._ranges = self._ends("rdfs:range|schema:rangeIncludes")
        self._domains = self._ends("rdfs:domain|schema:domainIncludes")

    def kinds(self) -> tuple[NodeKind, ...]:
        statements = self._statement_classes()
        sources = self._below(CP + "Source")
        things = sorted(set(self._below(CP + "Thing")) - set(sources))
        found = [self._kind(one, "statement") for one in statements]
        found += [self._kind(one, "source") for one in sources]
        found += [self._kind(one, "thing") for one in (*things, *_context_classes())]
        described = [kind for kind in found if kind is not None]
        things_known = [kind for kind in described if kind.part == "thing" and not kind.open]
        common = set[str].intersection(*map(_names, things_known))
        inside = [self._inside(iri) for iri in self._keys]
        return tuple(
            [self._widened(kind, common) if kind.open else kind for kind in described]
            + [kind for kind in inside if kind is not None]
        )

    def _statement_classes(self) -> Sequence[str]:
        rules = self._book.rules(NodeTarget({CP + "Statement"}), {RDF + "type"})
        return next(rule.members for rule in rules if rule.members)

    def _below(self, class_: str) -> list[str]:
        below = {iri for iri, above in self._above.items() if class_ in above}
        return sorted({class_, *below})

    def _kind(self, class_: str, part: str) -> NodeKind | None:
        """Return what a node of a class may be, or None where a source cannot describe one."""
        target = NodeTarget({class_, *self._above.get(class_, ())})
        allowed = self._book.allowed(target)
        name = _context_classes().get(class_, local_name(class_))
        meaning, example = self._defined.get(class_, ("", ""))
        if allowed is None:
            if class_ not in _context_classes():
                return None
            return NodeKind(name, part, meaning, example, (), open=True)
        rules = self._book.rules(target, allowed)
        unwritable = allowed - self._keys.keys() - _reversed() - {RDF + "type"}
        if any(rule.required and not rule.when and rule.path in unwritable for rule in rules):
            return None
        keys = [self._key(iri, rules) for iri in self._keys if iri in allowed]
        extra = ("things", "statements") if part == "source" else ()
        keys += [SourceKey(one, "@included", UNSAID[one], inside=one) for one in extra]
        own = {iri: name for iri, name in self._keys.items() if iri in allowed}
        conditions = (*_dependencies(rules, own), *self._book.conditions(target, own.get))
        id_, type_ = _OWN
        type_ = replace(type_, single=any(one.single for one in rules if one.path == RDF + "type"))
        return NodeKind(name, part, meaning, example, (id_, type_, *keys), conditions)

    def _inside(self, property_: str) -> NodeKind | None:
        """Return what is described behind a key, where that is no thing but a part of its node."""
        target = NodeTarget(set(self._ranges.get(property_, ())), {property_})
        allowed = self._book.allowed(NodeTarget(frozenset(), {property_}))
        if allowed is None:
            return None
        (class_,) = self._ranges[property_]
        rules = self._book.rules(target, allowed)
        keys = [self._key(iri, rules) for iri in self._keys if iri in allowed]
        name, own = local_name(class_), [replace(key, required=False) for key in _OWN]
        return NodeKind(name, self._keys[property_], *self._defined[class_], (*own, *keys))

    def _widened(self, kind: NodeKind, common: Iterable[str]) -> NodeKind:
        """Return a kind of which no shape tells, with the keys of all things and those that are for it."""
        (class_,) = (iri for iri, name in _context_classes().items() if name == kind.name)
        above = {class_, *self._above.get(class_, ())}
        own = {iri for iri, classes in self._domains.items() if above & set(classes)}
        names = {*common, *(self._keys[iri] for iri in own if iri in self._keys)}
        rules = self._book.rules(NodeTarget(frozenset()), self._keys.keys())
        keys = [self._key(iri, rules) for iri, name in self._keys.items() if name in names]
        return replace(kind, keys=(*_OWN, *keys))

    def _key(self, iri: str, rules: Sequence[PathRule]) -> SourceKey:
        name = self._keys[iri]
        of_it = [rule for rule in rules if rule.path == iri and rule.when is None]
        meaning, example = self._defined.get(iri, ("", ""))
        pattern = _first(rule.pattern for rule in of_it if rule.plain)
        classes = _first(rule.classes for rule in of_it) or self._ranges.get(iri, ())
        # What no class bounds is any thing, but where it is an address in the web.
        classes = classes or (() if pattern else (CP + "Thing",))
        takes: str | None = load_context()[name].get("@type")
        led_to = self._book.allowed(NodeTarget(frozenset(), {iri})) is not None
        return SourceKey(
            name=name,
            takes=takes,
            meaning=meaning or UNSAID[name],
            example=example,
            rule=_advice(of_it) if takes or pattern else "",
            required=any(rule.required for rule in of_it),
            single=any(rule.single for rule in of_it),
            terms=self._terms(of_it, classes) if takes == "@vocab" else (),
            classes=() if takes != "@id" or led_to else classes,
            inside=name if led_to else "",
            pattern=pattern,
            least=_first(rule.least for rule in of_it),
            most=_first(rule.most for rule in of_it),
        )

    def _terms(self, rules: Sequence[PathRule], classes: Iterable[str]) -> tuple[KnownName, ...]:
        """Return the terms of the vocabulary of which one stands behind a key, in their own order."""
        for scheme in _first(rule.schemes for rule in rules) or ():
            rows = select_rows(self._index, _IN_SCHEME.replace("$1", scheme))
            ranked = sorted(rows, key=lambda row: (int(str(row[3] or 0)), str(row[0])))
            return tuple(KnownName(written(str(iri)), str(said)) for iri, _, said, _ in ranked)
        members = [known_members(self._index, of).values() for of in classes]
        return tuple(sorted({one for groups in members for names in groups for one in names}))

    def _ends(self, path: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for of, iri in sorted(select_rows(self._index, _ENDS.replace("$1", path)), key=str):
            found[str(of)] = (*found.get(str(of), ()), str(iri))
        return found


_OWN: Final = (
    SourceKey("id", "@id", UNSAID["id"], required=True, single=True),
    SourceKey("type", "@type", UNSAID["type"], required=True),
)


def _first(found: Iterable[Any]) -> Any:
    return next(filter(None, found), None)


def _names(kind: NodeKind) -> set[str]:
    return {key.name for key in kind.keys}


def _advice(rules: Iterable[PathRule]) -> str:
    """Return what is to be written, by the clearest of some rules, as a sentence.

    A message says what holds and, behind a colon, what to do, which is enough where it is not too short.
    What is said of the values of one property alone is clearer than what is said of several.
    """
    ranked = sorted(rules, key=lambda rule: (not rule.plain, not rule.alone))
    message = _first(rule.message for rule in ranked) or ""
    words = message.partition(": ")[2]
    return f"{words[0].upper()}{words[1:]}" if len(words) > _SHORT else message


def _keys_by_property() -> dict[str, str]:
    """Return the key of each property that the context has one for."""
    keys = {}
    for name, term in load_context().items():
        iri = expand(term["@id"]) if isinstance(term, dict) and "@id" in term else None
        if iri is not None:
            keys[iri] = name
    return keys


def _reversed() -> set[str]:
    """Return the properties that the context has the other way round."""
    terms = (term for term in load_context().values() if isinstance(term, dict))
    return {iri for term in terms if (iri := expand(term.get("@reverse", "@")))}


def _context_classes() -> dict[str, str]:
    """Return the classes of other vocabularies that the context names."""
    return {
        iri: name
        for name, term in load_context().items()
        if name[0].isupper() and isinstance(term, str) and (iri := expand(term))
    }


def _dependencies(rules: Iterable[PathRule], keys: Mapping[str, str]) -> list[Schema]:
    """Return which keys a key must not stand without."""
    return [
        {"dependencies": {keys[rule.when]: [keys[rule.path]]}}
        for rule in rules
        if rule.required and rule.when in keys and rule.path in keys
    ]


