"""Of every character it is known whether one sees it."""

import sys

from kg.base import blanks_in, looks_blank


def test_what_unicode_calls_printable_is_seen() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    blanks = [*blanks_in(every)]
    assert "\u200b" in blanks
    assert " " not in blanks
    assert blanks == [*filter(looks_blank, every)]
    assert not any(map(str.isprintable, blanks))
