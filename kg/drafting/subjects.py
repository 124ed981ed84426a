"""Whose plan it is, where, and which undertaking: known ones by what a graph has, else new ones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.drafting.reading import COMPANIES, PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.drafting.background import Background, Undertaking
    from kg.drafting.clauses import Clause
    from kg.drafting.known import Mention
    from kg.drafting.plan_words import PlanWords
    from kg.drafting.reading import Reading
    from kg.drafting.words import Word

WORLD: Final = "world"
_RELATIVE: Final = frozenset({"which", "who", "whose", "where"})
_SHORTEST: Final = 4
_NEAR: Final = 3
_SAME_PLACE, _OTHER_PLACE = 100, -100


def main_company(mentions: Iterable[Mention], titled: Iterable[Mention]) -> str | None:
    """Return the company that a text is about: the one in its title, else the one that it names most."""
    for found in (titled, mentions):
        counted = Counter(mention.thing for mention in found if mention.type in COMPANIES)
        if counted:
            return counted.most_common(1)[0][0]
    return None


class Actors:
    """Whose plans the clauses of a text tell of, as it goes on."""

    def __init__(
        self, language: PlanWords, company: str | None, owners: Mapping[str, frozenset[str]]
    ) -> None:
        """Begin with the company that the text is about, and those that people speak for."""
        self._language, self.main = language, company
        self._owners = {
            person: found for person, each in owners.items() if (found := _one(each, company))
        }
        self.current = company
        self.person: str | None = None
        self._spoken: str | None = None
        self._line = -1

    def company_of(self, speaker: str) -> str | None:
        """Return whom somebody speaks for: a company for itself, a person of unknown office for that of the text."""
        return self._owners.get(speaker, self.main)

    def actor(self, reading: Reading, clause: Clause, own: str | None) -> str | None:
        """Return the company that acts in a clause; `own` is whom "we" stands for there.

        What stands first counts, before the verb: a name, "it", "the company". Where the clause has
        neither, it is the company of what stands before. `person` is then who acts for it, if somebody does.
        """
        self.person = None
        if reading.sentence.line != self._line:
            self._line, self.current = reading.sentence.line, self.main
        end = clause.last if clause.cue is None else clause.cue
        found = self._first(reading, clause.first, max(end, clause.first), own)
        if found is None and self._is_stranger(reading, clause):
            return None
        if found is None:
            found = self.current
        elif clause.joint not in _RELATIVE:
            self.current = found
        return found

    def _first(self, reading: Reading, first: int, last: int, own: str | None) -> str | None:
        later: str | None = None
        hits = self._language.company_words.find_all(reading.words[first:last])
        standing = {first + hit.first: hit.meanings for hit in hits}
        named = {
            reading.number(mention.start): mention
            for mention in reading.mentions
            if mention.type in COMPANIES or mention.type == "Person"
        }
        for at in range(first, last):
            mention = named.get(at)
            if mention and mention.type == "Person":
                self._spoken = mention.thing
            if mention:
                company = (
                    self.company_of(mention.thing) if mention.type == "Person" else mention.thing
                )
                if company is None:
                    continue
                before = reading.words[at - 1].folded if at else ""
                if before not in self._language.others or self._owns(reading, mention):
                    self.person = mention.thing if mention.type == "Person" else None
                    return company
                if before in self._language.weak:
                    later = later or company
            elif (
                reading.words[at].folded in self._language.persons and self._spoken in self._owners
            ):
                self.person = self._spoken
                return self._owners[self._spoken]
            elif at in standing and not any(n in named for n in range(at + 1, at + _NEAR)):
                if "own" in standing[at] and own:
                    return own
                return self.current
        return later

    def _is_stranger(self, reading: Reading, clause: Clause) -> bool:
        """Whether a name acts that the graph does not know: it is nobody's plan that we know."""
        if self._language.capital_nouns:
            return False
        skipped = self._language.adverbs | self._language.here
        if clause.cue is None:
            numbers = range(clause.first, min(clause.first + 2, clause.last))
        else:
            before = [
                number
                for number in range(clause.first, clause.cue)
                if reading.words[number].folded not in skipped
                and reading.words[number].folded[-1].isalnum()
            ]
            numbers = range(before[-1], before[-1] + 1) if before else range(0, 1)
        return any(self._is_unknown(reading, number) for number in numbers)

    def _is_unknown(self, reading: Reading, number: int) -> bool:
        """Whether a word is, by its capital, a name that nothing known has.

        Every first word of a sentence has a capital: it is a name where it stands apart, "Bolt, which ...".
        """
        words = reading.words
        word = words[number]
        found = (*reading.mentions, *reading.periods, *reading.amounts)
        if not reading.text[word.start].isupper() or len(word.folded) < 2:  # noqa: PLR2004
            return False
        if any(each.start <= word.start < each.end for each in found):
            return False
        if self._language.peoples.find(words[number : number + 2]):
            return False
        if number == 0:
            return [each.folded for each in words[1:3]] in ([",", "which"], [",", "who"])
        return words[number - 1].folded[-1].isalnum()

    def _owns(self, reading: Reading, mention: Mention) -> bool:
        """Whether something of a company acts: "production at Acme's plant"."""
        behind = reading.words[reading.number(mention.end) :][:2]
        return len(behind) > 1 and behind[0].folded == "'" and behind[1].folded == "s"


def _one(companies: frozenset[str], main: str | None) -> str | None:
    """Return whom a person of several companies speaks for in a text."""
    if main in companies:
        return main
    return next(iter(companies)) if len(companies) == 1 else None


class Scenes:
    """Where what a text tells of is or shall be."""

    def __init__(self, language: PlanWords, background: Background, main: str | None) -> None:
        """Take the place that the text is about."""
        self._language, self._background, self.main = language, background, main

    def places(self, reading: Reading) -> list[tuple[int, str]]:
        """Return the places that a sentence names, each with the number of its word: India, Indian."""
        found = [
            (reading.number(mention.start), mention.thing)
            for mention in reading.mentions
            if mention.type in PLACES and reading.before(mention.start) not in {"like", "including"}
        ]
        for hit in self._language.peoples.find(reading.words):
            place = self._background.places.get(hit.meaning)
            word = reading.words[hit.first]
            inside = any(m.start <= word.start < m.end for m in reading.mentions)
            if (
                place
                and reading.text[word.start].isupper()
                and not inside
                and not self._is_origin(reading, hit.last)
            ):
                found.append((hit.first, place))
        return sorted(found)

    def _is_origin(self, reading: Reading, first: int) -> bool:
        """Whether a people's name only tells where somebody is from: "the Chinese phone maker"."""
        behind = reading.words[first : first + _NEAR]
        return any(word.folded in self._language.groups for word in behind)

    def is_strange(self, reading: Reading, clause: Clause) -> bool:
        """Whether a clause names a place, or what may be one, that the graph does not know: "in Michigan"."""
        if self._language.capital_nouns:
            return False
        for number in range(clause.first, clause.last - 1):
            if reading.words[number].folded in self._language.locating:
                word = reading.words[number + 1]
                known = any(
                    m.start <= word.start < m.end for m in (*reading.mentions, *reading.periods)
                )
                peoples = self._language.peoples.find(reading.words[number + 1 : number + 3])
                if reading.text[word.start].isupper() and not known and not peoples:
                    return True
        return False

    def place(self, reading: Reading, clause: Clause, number: int) -> str | None:
        """Return where what a clause says at a word is: the place behind it, before it, or that of the text."""
        found = self.places(reading)
        inside = [
            each for each in found if clause.first <= each[0] < clause.last and each[1] != WORLD
        ]
        behind = [each for each in inside if each[0] >= number]
        if behind or inside:
            return self._innermost([place for _, place in behind] or [inside[-1][1]])
        words = reading.words[clause.first : clause.last]
        if self._language.worldwide.find(words):
            return WORLD
        cues = [each.cue for each in reading.clauses if each.cue is not None]
        # "In India, it opened a shop and plans more": what stands first holds for all of it.
        leading = {place for at, place in found if at < min(cues, default=0) and place != WORLD}
        return next(iter(leading)) if len(leading) == 1 else self.main

    def _innermost(self, places: Sequence[str]) -> str:
        """Return the first of some places, or one in it that stands beside it: "India, in Hyderabad"."""
        inner = places[0]
        for place in places[1:2]:
            if self._background.lies_in(place, inner):
                inner = place
        return inner


def main_place(places: Sequence[str], titled: Sequence[str]) -> str | None:
    """Return the place that a text is about: the only one in its title, else one that it names most by far."""
    if len(set(titled)) == 1:
        return titled[0]
    counted = Counter(place for place in places if place != WORLD).most_common(2)
    often = bool(counted) and counted[0][1] > 1 and counted[0][1] * 2 > len(places)
    return counted[0][0] if often else None


class Undertakings:
    """Which undertaking of a company a statement is about."""

    def __init__(self, background: Background) -> None:
        """Take what the graph has."""
        self._background = background

    def measured(
        self,
        company: str,
        indicator: str,
        place: str | None,
        words: Sequence[Word],
        *,
        observed: bool = False,
        last: str | None = None,
    ) -> str | None:
        """Return what an indicator was measured of before, of those things of a company.

        What was `observed` is told of the company itself, where that was so before. Where no place is
        told, an undertaking counts only if the words have a word of its label, or if it is the `last`
        that the text told of: a number of a company is no number of each of its plans.
        """
        said = _content(words)
        ranked = []
        owned = (each.name for each in self._background.of_company.get(company, ()))
        for thing in (*owned, company):
            counts = self._background.used.get((thing, indicator))
            if counts:
                fit = self._fit(counts, place)
                known = self._background.undertakings.get(thing)
                alike = len(said & _label_words(known.label)) if known else 0
                own = thing == company
                if fit > _OTHER_PLACE and (fit >= _SAME_PLACE or alike or own or thing == last):
                    near = fit >= _SAME_PLACE
                    ranked.append(
                        (
                            near,
                            observed and own,
                            thing == last,
                            alike,
                            fit,
                            sum(counts.values()),
                            thing,
                        )
                    )
        best = max(ranked, default=None)
        return best[-1] if best else None

    def reported(
        self, company: str, kinds: Sequence[str], place: str | None, words: Sequence[Word]
    ) -> str | None:
        """Return the undertaking of a company that words tell of: of that kind, and alike in a word at least."""
        said = _content(words)
        ranked = []
        for each in self._background.of_company.get(company, ()):
            alike = len(said & _label_words(each.label))
            counts = self._background.reported.get(each.name, Counter())
            fit = self._fit(counts, place) if counts else self._named(each, place)
            if alike and each.kinds & set(kinds) and fit > _OTHER_PLACE:
                ranked.append((alike, fit, sum(counts.values()), each.name))
        best = max(ranked, default=None)
        return best[3] if best else None

    def place_of(self, thing: str) -> str | None:
        """Return where all that is known of an undertaking holds, None where that is at several places."""
        places = set(self._background.reported.get(thing, ()))
        for (used, _), counts in self._background.used.items():
            if used == thing:
                places |= set(counts)
        places.discard("")
        return (
            next(iter(places))
            if len(places) == 1 and thing in self._background.undertakings
            else None
        )

    def located(self, company: str, place: str | None) -> str | None:
        """Return the undertaking of which nearly all is told that is told of a company at a place."""
        counted: Counter[str] = Counter()
        owned = {each.name for each in self._background.of_company.get(company, ())}
        for thing, counts in self._background.reported.items():
            counted[thing] += counts[place or ""] if thing in owned else 0
        for (thing, _), counts in self._background.used.items():
            counted[thing] += counts[place or ""] if thing in owned else 0
        best = counted.most_common(1)
        sure = (
            bool(place and best) and best[0][1] > 0 and best[0][1] * 3 >= sum(counted.values()) * 2
        )
        return best[0][0] if sure else None

    def kind_of(self, indicator: str) -> str | None:
        """Return the kind of most undertakings that an indicator was used of."""
        kinds: Counter[str] = Counter()
        for (thing, used), counts in self._background.used.items():
            known = self._background.undertakings.get(thing)
            if used == indicator and known:
                kinds.update({kind: sum(counts.values()) for kind in sorted(known.kinds)})
        return kinds.most_common(1)[0][0] if kinds else None

    def new(self, company: str, kind: str, place: str | None) -> dict[str, str | list[str]]:
        """Return a new undertaking as a source describes it."""
        parts = [company, *([place] if place and place != WORLD else []), kind]
        where = next(
            (label for label, name in self._background.places.items() if name == place), None
        )
        label = kind.replace("-", " ") + (f" in {where}" if where and place != WORLD else "")
        return {
            "id": "-".join(parts),
            "type": "Initiative",
            "label": label,
            "company": company,
            "kind": kind,
        }

    def _fit(self, counts: Counter[str], place: str | None) -> int:
        if place is None or not any(counts):
            return 0
        near = any(
            self._background.lies_in(place, other) or self._background.lies_in(other, place)
            for other in counts
            if other and other != WORLD
        )
        if place in counts:
            return _SAME_PLACE + counts[place]
        return 1 if near else _OTHER_PLACE

    def _named(self, each: Undertaking, place: str | None) -> int:
        return 0 if place is None or place in each.name else -1


def _content(words: Sequence[Word]) -> set[str]:
    return {_stem(word.folded) for word in words if len(word.folded) >= _SHORTEST}


def _label_words(label: str) -> set[str]:
    from kg.drafting.words import split_words

    return _content(split_words(label))


def _stem(word: str) -> str:
    # Words that begin alike are mostly forms of one word, in any language that we read.
    return word[:5]
