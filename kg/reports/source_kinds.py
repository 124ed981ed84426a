"""The keys of a source: which there are, where each may stand, what it means and what it takes.

Nothing is listed here that the context, the shapes or the ontology say.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.base import CP, RDF, UsageError, expand
from kg.query import select_rows
from kg.reports.shape_logic import Condition, conditions, local_name
from kg.reports.shape_rules import NodeTarget, PathRule, allowed_properties, path_rules
from kg.reports.source_keys import UNSAID, UNSAID_OF_CLASSES, NodeKind, SourceKey
from kg.reports.source_names import (
    KnownName,
    classes_above,
    context_classes,
    known_members,
    scheme_terms,
)
from kg.sources import load_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.query import Index

# Of what these mean in RDF an author need not hear.
_PLAIN_TYPES: Final = (None, "xsd:anyURI", "xsd:hexBinary", "xsd:nonNegativeInteger")

_SHORT: Final = 30  # characters; "name it" tells nobody what

_DEFINED: Final = """SELECT (STR(?it) AS ?iri) ?definition ?example {
  ?it skos:definition ?definition ; rdfs:isDefinedBy ?ontology .
  FILTER (STRSTARTS(STR(?it), STR(cp:)) && LANG(?definition) IN ("en", ""))
  OPTIONAL { ?it skos:example ?example }
}"""
_ENDS: Final = """SELECT (STR(?property) AS ?of) (STR(?class) AS ?iri) {
  ?property $1 ?class . FILTER (isIRI(?class))
}"""
_OWN: Final = (
    SourceKey("id", "@id", UNSAID["id"], required=True, single=True),
    SourceKey("type", "@type", UNSAID["type"], required=True),
)


def read_kinds(index: Index) -> tuple[NodeKind, ...]:
    """Return all kinds of what a source describes, with their keys in the order of the context.

    Raises:
        UsageError: `index` does not hold the ontology, as that of every graph that was built does.

    >>> import kg
    >>> kinds = {kind.name: kind for kind in read_kinds(kg.build(check=False).index)}
    >>> [key.name for key in kinds["StatusReport"].keys if key.required]
    ['id', 'type', 'about', 'status']
    """
    return _KindReader(index).kinds()


class _KindReader:
    """Puts together what the context, the shapes and the ontology say of each key."""

    def __init__(self, index: Index) -> None:
        self._index, self._keys = index, _keys_by_property()
        rows = select_rows(index, _DEFINED)
        self._defined = {str(iri): (str(said), str(such or "")) for iri, said, such in rows}
        if CP + "Statement" not in self._defined:
            raise UsageError("the graph has no ontology; name one that kg build has written")
        self._above = classes_above(index)
        self._ranges = self._ends("rdfs:range|schema:rangeIncludes")
        self._domains = self._ends("rdfs:domain|schema:domainIncludes")

    def kinds(self) -> tuple[NodeKind, ...]:
        statements = self._statement_classes()
        sources = self._below(CP + "Source")
        things = sorted(set(self._below(CP + "Thing")) - set(sources))
        found = [self._kind(one, "statement") for one in statements]
        found += [self._kind(one, "source") for one in sources]
        found += [self._kind(one, "thing") for one in (*things, *context_classes())]
        described = [kind for kind in found if kind is not None]
        things_known = [kind for kind in described if kind.part == "thing" and not kind.open]
        common = set[str].intersection(*map(_names, things_known))
        inside = [self._inside(iri) for iri in self._keys]
        return tuple(
            [self._widened(kind, common) if kind.open else kind for kind in described]
            + [kind for kind in inside if kind is not None]
        )

    def _statement_classes(self) -> Sequence[str]:
        rules = path_rules(NodeTarget({CP + "Statement"}), {RDF + "type"})
        return next(rule.members for rule in rules if rule.members)

    def _below(self, class_: str) -> list[str]:
        below = {iri for iri, above in self._above.items() if class_ in above}
        return sorted({class_, *below})

    def _kind(self, class_: str, part: str) -> NodeKind | None:
        """Return what a node of a class may be, or None where a source cannot describe one."""
        target = NodeTarget({class_, *self._above.get(class_, ())})
        allowed = allowed_properties(target)
        name = context_classes().get(class_, local_name(class_))
        meaning, example = self._defined.get(class_, (UNSAID_OF_CLASSES.get(name, ""), ""))
        if allowed is None:
            if class_ not in context_classes():
                return None
            return NodeKind(name, part, meaning, example, (), open=True)
        rules = path_rules(target, allowed)
        unwritable = allowed - self._keys.keys() - _reversed() - {RDF + "type"}
        if any(rule.required and not rule.when and rule.path in unwritable for rule in rules):
            return None
        keys = [self._key(iri, rules) for iri in self._keys if iri in allowed]
        described = ("things", "statements", "proposed") if part == "source" else ()
        keys += [SourceKey(one, "@included", UNSAID[one], inside=one) for one in described]
        own = {iri: name for iri, name in self._keys.items() if iri in allowed}
        together = (*_dependencies(rules, own), *conditions(target, own))
        id_, type_ = _OWN
        type_ = replace(type_, single=any(one.single for one in rules if one.path == RDF + "type"))
        return NodeKind(name, part, meaning, example, (id_, type_, *keys), together)

    def _inside(self, property_: str) -> NodeKind | None:
        """Return what is described behind a key, where that is no thing but a part of its node."""
        target = NodeTarget(set(self._ranges.get(property_, ())), {property_})
        allowed = allowed_properties(NodeTarget(frozenset(), {property_}))
        if allowed is None:
            return None
        (class_,) = self._ranges[property_]
        rules = path_rules(target, allowed)
        keys = [self._key(iri, rules) for iri in self._keys if iri in allowed]
        name, own = local_name(class_), [replace(key, required=False) for key in _OWN]
        return NodeKind(name, self._keys[property_], *self._defined[class_], (*own, *keys))

    def _widened(self, kind: NodeKind, common: Iterable[str]) -> NodeKind:
        """Return a kind of which no shape tells, with the keys of all things and those that are for it."""
        (class_,) = (iri for iri, name in context_classes().items() if name == kind.name)
        above = {class_, *self._above.get(class_, ())}
        own = {iri for iri, classes in self._domains.items() if above & set(classes)}
        names = {*common, *(self._keys[iri] for iri in own if iri in self._keys)}
        rules = path_rules(NodeTarget(frozenset()), self._keys.keys())
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
        vocabulary, terms = self._terms(name, of_it, classes) if takes == "@vocab" else ("", ())
        led_to = allowed_properties(NodeTarget(frozenset(), {iri})) is not None
        return SourceKey(
            name=name,
            takes=takes,
            meaning=meaning or UNSAID[name],
            example=example,
            rule=_advice(of_it) if takes not in _PLAIN_TYPES or (pattern and not takes) else "",
            required=any(rule.required for rule in of_it),
            single=any(rule.single for rule in of_it),
            vocabulary=vocabulary,
            terms=terms,
            classes=() if takes != "@id" or led_to else classes,
            inside=name if led_to else "",
            pattern=pattern,
            least=_first(rule.least for rule in of_it),
            most=_first(rule.most for rule in of_it),
        )

    def _terms(
        self, name: str, rules: Sequence[PathRule], classes: Iterable[str]
    ) -> tuple[str, tuple[KnownName, ...]]:
        """Return the vocabulary of which a term stands behind a key, and its terms in their own order."""
        for scheme in _first(rule.schemes for rule in rules) or ():
            return local_name(scheme), scheme_terms(self._index, scheme)
        members = [known_members(self._index, of).values() for of in classes]
        return f"{name}s", tuple(sorted({one for of in members for names in of for one in names}))

    def _ends(self, path: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for of, iri in sorted(select_rows(self._index, _ENDS.replace("$1", path)), key=str):
            found[str(of)] = (*found.get(str(of), ()), str(iri))
        return found


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


def _dependencies(rules: Iterable[PathRule], keys: Mapping[str, str]) -> list[Condition]:
    """Return which keys a key must not stand without."""
    return [
        Condition(rule.message, {"dependencies": {keys[rule.when]: [keys[rule.path]]}})
        for rule in rules
        if rule.required and rule.when is not None and {rule.when, rule.path} <= keys.keys()
    ]
