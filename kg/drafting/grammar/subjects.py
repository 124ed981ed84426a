"""Who stands before the verb of a clause: a company or a person that is named, "it", "the company"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.drafting.grammar.reading import COMPANIES
from kg.drafting.grammar.words import owns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.drafting.grammar.plan_words import PlanWords
    from kg.drafting.grammar.reading import Reading
    from kg.drafting.known import Mention

_NEAR: Final = 3
_POSSESSIVE: Final = 2  # words: the sign, and the letter behind it


class Subject(NamedTuple):
    """A company that acts, None where nobody knows whom a word stands for, and where its words begin and end.

    `owns` says that something of it acts ("Acme's supplier"), `is_weak` that something is only "of" it.
    """

    company: str | None
    first: int
    last: int
    is_named: bool = False
    owns: bool = False
    is_weak: bool = False


class Subjects:
    """Finds who stands before the verbs of a text, as it goes on; `person` is who acts for a company there."""

    def __init__(self, language: PlanWords, owners: Mapping[str, str]) -> None:
        """Take for whom people act, and whose sites are."""
        self._language, self._owners = language, owners
        self._spoken: str | None = None
        self.person: str | None = None

    def first(
        self,
        reading: Reading,
        part: tuple[int, int],
        own: str | None,
        current: str | None,
        company: str | None,
    ) -> Subject | None:
        """Return who is named or meant first; whom something is only "of" counts behind all others.

        Args:
            reading: the sentence.
            part: the words of it that stand before the verb.
            own: whom "we" stands for, "" for nobody who is known, None for `current`.
            current: whom "it" stands for.
            company: whom "the company" stands for.
        """
        self.person = None
        weak: Subject | None = None
        named = {
            reading.number(mention.start): mention
            for mention in reading.mentions
            if mention.type in COMPANIES
            or mention.type == "Person"
            or mention.thing in self._owners
        }
        hits = self._language.company_words.find_all(reading.words[part[0] : part[1]])
        standing = {part[0] + hit.first: hit.meanings for hit in hits}
        for at in range(*part):
            word = reading.words[at].folded
            if at in named:
                acting = self._named(named[at])
                last = reading.number(named[at].end)
                if acting and self._acts(reading, named[at]):
                    other = self._companion(reading, last, part[1], named)
                    if other is not None:
                        at, last = other, reading.number(named[other].end)  # noqa: PLW2901 - who acts
                        acting = self._named(named[other])
                    self.person = named[at].thing if named[at].type == "Person" else None
                    return Subject(acting, at, last, is_named=True, owns=owns(reading.words, last))
                is_weak = reading.before(named[at].start) in self._language.weak
                # "The acquisition of Bolt" is that of whoever buys it.
                near = {word.folded for word in reading.words[max(0, at - _NEAR) : at]}
                is_weak = is_weak and not near & self._language.dealings
                weak = weak or (
                    Subject(acting, at, last, is_weak=True) if acting and is_weak else None
                )
            elif word in self._language.persons and (owner := self._owners.get(self._spoken or "")):
                self.person = self._spoken
                return Subject(owner, at, at + 1)
            elif at in standing and not any(n in named for n in range(at + 1, at + _NEAR)):
                has = word in self._language.possessives or owns(reading.words, at + 1)
                is_own = own is not None and "own" in standing[at]
                stands = company if "nouns" in standing[at] else current
                meant = (own or None) if is_own else stands
                return Subject(meant, at, at + 1, owns=has)
        return weak

    def _companion(
        self, reading: Reading, last: int, end: int, named: Mapping[int, Mention]
    ) -> int | None:
        """Return where a company is named that acts in place of the one before, which only tells who it is, or that has what acts.

        "Acme's partner Bolt will", "Acme supplier Bolt will", "Acme welcomed Bolt's plan to".
        """
        words = reading.words
        for at in range(last + 1, end):
            if at not in named or named[at].type not in COMPANIES:
                continue
            behind = reading.number(named[at].end)
            has = owns(words, behind) and behind + _POSSESSIVE == end
            between = [word.folded for word in words[last:at]]
            is_told = between[-1] in self._language.companions and "," not in between
            return at if has or (is_told and behind == end) else None
        return None

    def _named(self, mention: Mention) -> str | None:
        if mention.type in COMPANIES:
            return mention.thing
        if mention.type == "Person":
            self._spoken = mention.thing
        # A person of unknown office acts for nobody that is known; a site is its company's.
        return self._owners.get(mention.thing)

    def _acts(self, reading: Reading, mention: Mention) -> bool:
        """Whether a name stands where who acts does: behind no preposition, or something of it acts."""
        return (
            owns(reading.words, reading.number(mention.end))
            or reading.before(mention.start) not in self._language.others
        )
