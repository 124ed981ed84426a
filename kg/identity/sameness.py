"""Why two things are or are not taken for one: by the same rules by which companies of a table are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.base import UnknownNameError, UsageError, shorten
from kg.identity.companies import Described, companies
from kg.identity.company_lines import company_lines
from kg.identity.company_names import bare, is_telling
from kg.identity.deciding import decide
from kg.identity.identifiers import SCHEMES, Identifier, fault_of
from kg.identity.known import KnownCompanies
from kg.query import class_of, label_of, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.identity.deciding import Decision
    from kg.query import Index


@dataclass(frozen=True)
class Sameness:
    """Whether two things are taken for one, and why: each a sentence, or what a thing is known by.

    `verdict` is the answer, `sides` what each of the two is known by, `common` what speaks for one, `against`
    what speaks for two, and `advice` what a person would do to have it otherwise.
    """

    same: bool
    verdict: str
    sides: tuple[str, ...]
    common: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    advice: str = ""

    def to_lines(self) -> Iterator[str]:
        """Yield it as lines of text."""
        yield self.verdict
        yield from (f"  {side}" for side in self.sides)
        yield from (f"for one: {one}" for one in self.common)
        yield from (f"for two: {one}" for one in self.against)
        if self.advice:
            yield self.advice


def compare_companies(index: Index, one: str, other: str) -> Sameness:
    """Tell whether two companies of a graph are taken for one.

    Args:
        index: the graph.
        one: a thing by its slug, IRI, any name or identifier, else the name or the identifier of a company
            that the graph does not have.
        other: the same.

    Raises:
        UsageError: one of them is blank.

    >>> import kg
    >>> index = kg.build(check=False).index
    >>> same = compare_companies(index, "Hon Hai Precision Industry Co., Ltd.", "foxconn")
    >>> same.same, same.verdict
    (True, 'one: Hon Hai Precision Industry Co., Ltd. is foxconn (Foxconn), by its name')
    """
    all_known = {company.iri: company for company in companies(company_lines(index))}
    sides = [_side(index, name, all_known) for name in (one, other)]
    for side in sides:
        if isinstance(side, str):
            return _no_company(index, side, sides)
    here, there = (side for side in sides if isinstance(side, Described))
    described = tuple(_known_by(side) for side in (here, there))
    if here.iri == there.iri:
        return Sameness(True, f"one: both are {_who(here)}", described[:1])
    rest = [company for iri, company in all_known.items() if iri != here.iri]
    known = KnownCompanies([*rest, *([] if there.iri in all_known else [there])])
    decision = decide(_reliable(here), known)
    common = _common(here, there)
    return Sameness(
        decision.same == there.iri,
        _verdict(here, there, decision, known),
        described,
        common,
        tuple(_against(here, there, decision, known)),
        _advice(here, there, decision, all_known),
    )


def _side(index: Index, name: str, known: dict[str, Described]) -> Described | str:
    """Return the company that a name means, known or not; or the IRI of a thing that is no company."""
    try:
        iri = resolve(index, name)
    except UnknownNameError:
        if not name.strip():
            raise UsageError("a name is needed on either side, and one is blank") from None
        return _unknown(name, known.values())
    return known.get(iri, iri)


def _unknown(name: str, known: Iterable[Described]) -> Described:
    """Return the company that an identifier means, or else one that has only a name."""
    numbers = {one for one in (Identifier(scheme, name) for scheme in SCHEMES) if not fault_of(one)}
    bearers = [company for company in known if numbers & company.identifiers]
    if len(bearers) == 1:
        return bearers[0]
    names = frozenset[str]() if numbers else frozenset({name})
    return Described(name, names, frozenset(), frozenset(numbers))


def _no_company(index: Index, iri: str, sides: list[Described | str]) -> Sameness:
    """Tell of a thing that is no company, which is only ever taken for itself."""
    what = f"{shorten(iri)} ({label_of(index, iri)})"
    if sides[0] == sides[1]:
        return Sameness(True, f"one: both are {what}", ())
    kind = class_of(index, iri) or "Thing"
    verdict = f"two: {what} is a {kind}, and only companies are ever taken for another"
    return Sameness(False, verdict, ())


def _reliable(company: Described) -> Described:
    good = (one for one in company.identifiers if fault_of(one) is None)
    return company._replace(identifiers=frozenset(good))


def _who(company: Described) -> str:
    name = min(company.labels or company.names, default="")
    return shorten(company.iri) + (f" ({name})" if name not in ("", company.iri) else "")


def _known_by(company: Described) -> str:
    """Return what tells a company from others: its names without legal forms, and its identifiers."""
    called = ", ".join(sorted({bare(name) for name in company.names}))
    schemes = list(SCHEMES)
    ranked = sorted(company.identifiers, key=lambda of: (schemes.index(of.scheme), of.value))
    told = (f"{one}" + (" (mistyped)" if fault_of(one) else "") for one in ranked)
    return f"{_who(company)}: " + "; ".join([*([f"called {called}"] if called else []), *told])


def _common(here: Described, there: Described) -> tuple[str, ...]:
    names = {bare(name) for name in here.names} & {bare(name) for name in there.names}
    numbers = sorted(map(str, here.identifiers & there.identifiers))
    return (
        *(f"both have {number}" for number in numbers),
        *(f"both are called {name}" for name in sorted(names)),
    )


def _verdict(here: Described, there: Described, decision: Decision, known: KnownCompanies) -> str:
    if decision.same is None:
        return f"two: {_who(here)} is not taken for {_who(there)}"
    by = f"its {decision.by}" if decision.by else "its name"
    which = _who(known.by_iri[decision.same])
    return f"{'one' if decision.same == there.iri else 'two'}: {_who(here)} is {which}, by {by}"


def _against(
    here: Described, there: Described, decision: Decision, known: KnownCompanies
) -> Iterator[str]:
    if decision.same == there.iri:
        return
    if decision.against:
        identifier, why = decision.against
        yield f"{shorten(here.iri)}{f', {identifier}' if identifier else ''}: {why}"
    elif decision.same is None:
        named = sorted(known.named(*here.names))
        if len(named) > 1:
            yield f"several companies are called so: {', '.join(map(shorten, named))}"
        elif named:
            yield "their legal forms are of different countries"
        elif here.shares_name(there):
            yield "the only name that both have is an abbreviation, which others have, too"
        else:
            yield "no name without its legal form and no identifier is that of both"


def _advice(
    here: Described, there: Described, decision: Decision, known: dict[str, Described]
) -> str:
    """Return what a person would do to have it otherwise, or to have it told as it is."""
    both_known = here.iri in known and there.iri in known
    one_only = "describe one of them only, with the names (alias) and identifiers of both"
    if decision.same == there.iri:
        apart = (
            f"take the {decision.by} from the one whose it is not"
            if decision.by
            else "give each its own LEI (lei), or its own item of Wikidata (matches)"
        )
        return (
            f"if they are one: {one_only}; " if both_known else ""
        ) + f"if they are two: {apart}"
    if both_known:
        return f"if they are one: {one_only}"
    if here.iri not in known and there.iri not in known:
        return "neither is in this graph, where a company has names (alias) and identifiers (lei, isin, matches)"
    target, other = (there, here) if there.iri in known else (here, there)
    telling = sorted(
        name for name in other.names if is_telling(name)
    )  # none, where it is an identifier
    add = (
        f"add “{telling[0]}” to the names of {shorten(target.iri)} (alias), or " if telling else ""
    )
    return f"if they are one: {add}give both one identifier (lei, matches)"
