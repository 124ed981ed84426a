"""How to cite a page: in plain words, and as BibTeX, as the picture has it. What is not known is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.base import NAME, fold

if TYPE_CHECKING:
    from kg.pages.frame import Frame

STAMP: Final = 12
"""Letters of the stamp of the data: enough to tell two editions apart."""

_LICENCES: Final = (
    (r"https?://creativecommons\.org/licenses/([a-z-]+)/([\d.]+)", "CC {0} {1}"),
    (r"https?://creativecommons\.org/publicdomain/zero/([\d.]+)", "CC0 {0}"),
)
_LATEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""Letters that mean something else to LaTeX."""


def licence_name(address: str) -> str:
    """Return what people call a licence; one without a short name is called by its address.

    >>> licence_name("https://creativecommons.org/licenses/by/4.0/"), licence_name("https://example.org/l")
    ('CC BY 4.0', 'https://example.org/l')
    """
    for pattern, name in _LICENCES:
        if found := re.match(pattern, address):
            return name.format(*map(str.upper, found.groups()))
    return address


def cite(frame: Frame, title: str) -> tuple[str, str]:
    """Return how to cite a page of some title: as a sentence, and as BibTeX.

    >>> from kg.pages.frame import Frame
    >>> cite(Frame("https://example.org", "/id/x", known="2020-01-31", today="2020-02-01"), "X")[0]
    'Corporate plans: X. As known on 2020-01-31. https://example.org/id/x (read on 2020-02-01).'
    """
    about = frame.about
    who, licence = about.get("dcterms.creator", ""), licence_name(about.get("dcterms.license", ""))
    version, edition = about.get("dcterms.hasVersion", ""), about.get(NAME, "")[:STAMP]
    whole = f"Corporate plans: {title}"
    known = ", ".join(filter(None, [
        frame.known and f"As known on {frame.known}", version and f"version {version}", edition and f"edition {edition}",
    ]))  # fmt: skip
    parts = [*(f"{part}." for part in (who, whole, known, licence) if part)]
    sentence = " ".join([*parts, f"{frame.canonical} (read on {frame.today})."])
    fields = {
        "title": f"{{{_latex(whole)}}}",
        "author": who and f"{{{_latex(who)}}}",
        "year": frame.known[:4],
        "date": frame.known,
        "version": _latex(", ".join(filter(None, [version, edition and f"edition {edition}"]))),
        "url": frame.canonical.replace("{", "%7B").replace("}", "%7D"),
        "urldate": frame.today,
        "note": _latex(
            " ".join(
                f"{part}."
                for part in (frame.known and f"As known on {frame.known}", licence)
                if part
            )
        ),
    }
    told = "\n".join(f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    key = re.sub(r"[^a-z0-9]+", "-", fold(whole)).strip("-")[:60]
    return sentence, f"@misc{{{key}{f'-{frame.known}' if frame.known else ''},\n{told}\n}}\n"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in text)
