"""What is known by name, as entities of FollowTheMoney: companies, people, places, plants, plans and texts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.export.ftm_entities import make_entity
from kg.export.ftm_scene import LEGAL, LEVELS, WITHOUT
from kg.promises import load_origins
from kg.query import select_texts, select_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeAlias

    from kg.export.ftm_entities import FtmEntity
    from kg.export.ftm_scene import FtmScene
    from kg.query import Index

    Values: TypeAlias = "dict[str, Iterable[str | None]]"

_DOCUMENTS: Final = frozenset({"Article", "HyperText", "Table", "PlainText"})
_ITEM: Final = "wikidata:Q"
_LANGUAGES: Final[Mapping[str, str]] = {
    "ar": "ara", "bg": "bul", "bn": "ben", "cs": "ces", "da": "dan", "de": "deu", "el": "ell",
    "en": "eng", "es": "spa", "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb",
    "hi": "hin", "hr": "hrv", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor",
    "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe", "tr": "tur", "uk": "ukr", "vi": "vie",
    "zh": "zho",
}  # fmt: skip


def list_things(scene: FtmScene) -> Iterator[FtmEntity]:
    """Yield an entity of everything that has a schema, in order of slugs, and count what has none."""
    for name, kinds in scene.classes.items():
        if name not in scene.schemata:
            scene.left_out.update(why for kind, why in WITHOUT.items() if kind in kinds)
    yield from _list_documents(scene)
    facts = _Facts.of(scene.index)
    for name, schema in sorted(scene.schemata.items()):
        if schema not in _DOCUMENTS:
            values = {**facts.of_thing(name), **_more(name, schema, facts, scene)}
            since = scene.known_since.get(name)
            yield make_entity(name, schema, values, scene.left_out, first_seen=since)
            yield from _belonging(name, schema, facts, scene)


def _more(name: str, schema: str, facts: _Facts, scene: FtmScene) -> Values:
    """Return what things of a schema have besides names."""
    if schema in ("Company", "Organization"):
        own = facts.of_company(name)
        if schema == "Organization" and own.pop("ticker"):
            scene.left_out["tickers of organizations, which only companies have there"] += 1
        return {**own}
    if schema == "Territory":
        return _place(name, scene, facts.located.get(name, set()))
    if schema == "Project":
        return facts.of_plan(name, scene)
    return {"country": scene.country_codes(name)} if schema == "Asset" else {}


def _belonging(name: str, schema: str, facts: _Facts, scene: FtmScene) -> Iterator[FtmEntity]:
    """Yield the shares of an organization, and a link of each company to its plan."""
    since = scene.known_since.get(name)
    for isin in sorted(facts.codes["isin"].get(name, ())) if schema in LEGAL else ():
        share: Values = {"isin": [isin], "issuer": [name]}
        yield make_entity(
            f"{name}.isin.{isin}", "Security", share, scene.left_out, first_seen=since
        )
    for company in sorted(facts.planners.get(name, ())) if schema == "Project" else ():
        if scene.schemata.get(company) in LEGAL:
            plans: Values = {"participant": [company], "project": [name], "role": ["plans"]}
            slug = f"{name}.by.{company}"
            yield make_entity(slug, "ProjectParticipant", plans, scene.left_out, first_seen=since)


@dataclass(frozen=True)
class _Facts:
    """What identifies things, each by slug."""

    labels: Mapping[str, list[tuple[bool, str]]]
    aliases: Mapping[str, list[str]]
    comments: Mapping[str, str]
    matches: Mapping[str, set[str]]
    codes: Mapping[str, Mapping[str, set[str]]]
    located: Mapping[str, set[str]]
    kinds: Mapping[str, set[str]]
    statuses: Mapping[str, set[str]]
    planners: Mapping[str, set[str]]

    @classmethod
    def of(cls, index: Index) -> _Facts:
        labels: defaultdict[str, list[tuple[bool, str]]] = defaultdict(list)
        aliases: defaultdict[str, list[str]] = defaultdict(list)
        for name, text, language in sorted(select_texts(index, "rdfs:label")):
            labels[name].append((language != "en", text))
        for name, text, _ in sorted(select_texts(index, "skos:altLabel")):
            aliases[name].append(text)
        return cls(
            labels,
            aliases,
            {name: text for name, text, _ in sorted(select_texts(index, "rdfs:comment"))},
            select_values(index, "skos:exactMatch"),
            {key: select_values(index, f"cp:{key}") for key in ("lei", "isin", "ticker")},
            select_values(index, "cp:locatedIn"),
            select_values(index, "cp:kind"),
            select_values(index, "cp:currentStatus"),
            select_values(index, "cp:company"),
        )

    def of_thing(self, name: str) -> Values:
        """Return the English name, or the slug of what has none, and all that people know it by."""
        first, *others = [text for _, text in sorted(self.labels.get(name, ()))] or [name]
        matches = sorted(self.matches.get(name, ()))
        return {
            "name": [first],
            "alias": [*others, *self.aliases.get(name, ())],
            "description": [self.comments.get(name)],
            "wikidataId": [one.rpartition(":")[2] for one in matches if one.startswith(_ITEM)],
        }

    def of_company(self, name: str) -> dict[str, list[str]]:
        """Return the identifiers of a company, but for those of its shares."""
        found = {key: sorted(values.get(name, ())) for key, values in self.codes.items()}
        return {"leiCode": found["lei"], "ticker": found["ticker"]}

    def of_plan(self, name: str, scene: FtmScene) -> Values:
        """Return of what kind an initiative is, how it stands, and where."""
        label = scene.words.label
        return {
            "keywords": [label(one) for one in sorted(self.kinds.get(name, ()))],
            "status": [label(one) for one in sorted(self.statuses.get(name, ()))],
            "country": scene.country_codes(name),
        }


def _place(name: str, scene: FtmScene, within: set[str]) -> Values:
    kinds = scene.classes[name]
    places = [one for one in within if scene.schemata.get(one) == "Territory" and one != name]
    # Of all places that contain it the one that lies in the others is next to it.
    nearest = max(places, key=lambda one: (len(scene.within.get(one, ())), one), default=None)
    return {
        "level": [level for kind, level in LEVELS.items() if kind in kinds],
        "territoryCode": [scene.countries.get(name)],
        "country": scene.country_codes(name),
        "partOf": [nearest],
    }


def _list_documents(scene: FtmScene) -> Iterator[FtmEntity]:
    languages = select_values(scene.index, "schema:inLanguage")
    authors = select_values(scene.index, "schema:author")
    label = scene.words.label
    for name, origin in sorted(load_origins(scene.index).items()):
        schema = scene.schemata.get(name)
        if schema not in _DOCUMENTS:
            continue
        tags = {tag.partition("-")[0].lower() for tag in languages.get(name, ())}
        values: Values = {
            "title": [origin.title],
            "publisher": [label(origin.publisher) if origin.publisher else None],
            "author": [label(one) for one in sorted(authors.get(name, ()))],
            "publishedAt": [origin.published],
            "language": [_LANGUAGES.get(tag) for tag in sorted(tags)],
            "sourceUrl": [origin.url],
        }
        scene.left_out["languages of texts that FollowTheMoney has no code for"] += len(
            tags - _LANGUAGES.keys()
        )
        yield make_entity(
            name, schema, values, scene.left_out, first_seen=origin.published, origin=name
        )
