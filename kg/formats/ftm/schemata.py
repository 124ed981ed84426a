"""What there is in the model of FollowTheMoney: its schemata, and which of them say what we can say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SCHEMATA: Final = frozenset({
    "Address", "Airplane", "Article", "Asset", "Associate", "Audio", "BankAccount", "Call",
    "CallForTenders", "Company", "Contract", "ContractAward", "Control", "CourtCase",
    "CourtCaseParty", "CryptoWallet", "Debt", "Directorship", "Document", "Documentation",
    "EconomicActivity", "Email", "Employment", "Event", "Family", "Folder", "HyperText",
    "Identification", "Image", "LegalEntity", "License", "Membership", "Mention", "Message", "Note",
    "Occupancy", "Organization", "Ownership", "Package", "Page", "Pages", "Passport", "Payment",
    "Person", "PlainText", "Position", "Project", "ProjectParticipant", "PublicBody", "RealEstate",
    "Representation", "Risk", "Sanction", "Security", "Similar", "Succession", "Table", "TaxRoll",
    "Territory", "Trip", "UnknownLink", "UserAccount", "Vehicle", "Vessel", "Video", "Workbook",
})  # fmt: skip
"""The schemata that an entity may have, by version 4.11 of the model."""

CLASSES: Final[Mapping[str, str]] = {
    "Company": "Company", "Organization": "Organization", "PublicBody": "Organization",
    "Person": "Person",
}  # fmt: skip
"""Our classes of those who act, by schemata."""

ENDS: Final[Mapping[str, tuple[str, str]]] = {
    "Associate": ("person", "associate"), "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"), "Family": ("person", "relative"),
    "Membership": ("member", "organization"), "Ownership": ("owner", "asset"),
    "Representation": ("agent", "client"), "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}  # fmt: skip
"""The schemata of links between those who act, each with the properties of its two ends."""

_BROADER: Final[Mapping[str, str]] = {
    "Company": "Organization", "PublicBody": "Organization", "Organization": "LegalEntity",
    "Person": "LegalEntity", "LegalEntity": "Thing", "Asset": "Thing",
}  # fmt: skip
_ALSO: Final = {"Company": "Asset"}


def most_specific(schemata: Collection[str]) -> str:
    """Return the schema of an entity whose statements give several, or "" where they exclude each other.

    >>> most_specific({"LegalEntity", "Company"}), most_specific({"Person", "Company"})
    ('Company', '')
    """
    for one in sorted(schemata):
        if set(schemata) <= _all_broader(one):
            return one
    return ""


def _all_broader(schema: str) -> set[str]:
    found = {schema, _ALSO.get(schema, schema)}
    while schema in _BROADER:
        schema = _BROADER[schema]
        found.add(schema)
    return found
