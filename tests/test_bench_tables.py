"""What TABLES.md says is what its script writes: nothing in it is lost when it is measured anew."""

from __future__ import annotations

import re

from tests.benchmarks.tables import PAGE, REMARKS, written_page


def test_page_says_what_the_script_writes() -> None:
    text = PAGE.read_text("utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| (CSV|Parquet|XLSX) ", line)]
    (different,) = re.findall(r"those of the table itself aside: (.*)\.$", text, re.MULTILINE)
    (day,) = re.findall(r"^Measured on ([0-9-]+)\.$", text, re.MULTILINE)
    assert written_page(rows, different.split(", "), day, REMARKS) == text
