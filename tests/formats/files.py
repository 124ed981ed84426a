"""Small files of a format of our own, and files that no reader should be handed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE: Final = "https://pledges.example/2020"
DOCTYPE: Final = '<!DOCTYPE pledges [<!ENTITY a "b">]>'


def pledges(
    *shops: str, day: str = "2020-01-31", before: str = "", inside: str = "", firm: str = "Acme"
) -> bytes:
    """Return a file of the toy format of CONTRIBUTING, with a number of shops a pledge."""
    each = "".join(
        f'<pledge firm="{firm}" code="{code}" shops="{one}" due="2030"/>'
        for code, one in enumerate(shops, 1234)
    )
    return f'{before}<pledges xmlns="{NAMESPACE}" day="{day}">{each}{inside}</pledges>'.encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return an archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return data.getvalue()


def workbook(rows: list[list[object]], **more: bytes) -> bytes:
    """Return a workbook of one sheet, with more members."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    if more:
        with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, member in more.items():
                archive.writestr(name, member)
    return data.getvalue()
