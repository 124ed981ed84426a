"""Companies as lines of N-Quads, with identifiers that nobody has."""

from __future__ import annotations

from kg.base import CP, RDF, RDFS, SKOS

LEI, LEI_OF_INDIA, LEI_OF_BOLT = (
    "0000ACME000000000090",
    "0000ACMEINDIA0000084",
    "0000BOLT000000000015",
)
ISIN, ISIN_ELSEWHERE, ISIN_OF_BOLT = "USACME000012", "GBACME000027", "USBOLT000011"
TICKER, TICKER_ELSEWHERE = "XNYS:ACM", "XLON:ACME"


def firm(
    iri: str,
    *labels: str,
    aliases: tuple[str, ...] = (),
    kind: str = "Company",
    row: int | None = None,
    **identifiers: str,
) -> list[bytes]:
    """Return the lines of a company, `lei`, `isin` (several with spaces), `ticker`, `item`; and of a row about it."""
    said = [(f"{RDF}type", f"<{CP}{kind}>")]
    said += [(f"{RDFS}label", f'"{name}"@en') for name in labels]
    said += [(f"{SKOS}altLabel", f'"{name}"@en') for name in aliases]
    for key, values in identifiers.items():
        for value in values.split():
            if key == "item":
                said.append((f"{SKOS}exactMatch", f"<http://www.wikidata.org/entity/{value}>"))
            else:
                said.append((f"{CP}{key}", f'"{value}"'))
    lines = [f"<a:{iri}> <{path}> {value} <a:t> .\n" for path, value in said]
    if row is not None:
        lines += [f"<a:t.{row}> <{CP}about> <a:{iri}> <a:t> .\n",
                  f"<a:t.{row}> <{CP}row> <a:t#row={row}> <a:t> .\n"]  # fmt: skip
    return [line.encode() for line in lines]
