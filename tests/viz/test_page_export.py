"""What is shown, saved as a file."""

import json
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.viz.reader import BASE, at

SVG = "{http://www.w3.org/2000/svg}"


def saved(it, ending: str) -> tuple[str, bytes]:
    it.page.click("#export")
    with it.page.expect_download() as download:
        it.page.click(f"#export-menu [data-ending={ending}]")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("view", ["network", "columns", "timeline"])
def test_a_picture_is_saved_as_lines_and_letters(reader, view):
    it = reader(f"#view={view}")
    name, data = saved(it, "svg")
    assert name == f"nordvik-in-ruritania-{view}.svg"
    root = ET.fromstring(data)  # noqa: S314 - written by our own page
    texts = {element.text for element in root.iter(f"{SVG}text")}
    assert "Nordvik" in texts
    assert any("repair" in text for text in texts)
    assert root.find(f"{SVG}rect").get("fill") == it.page.evaluate("viz.theme.colours().canvas")
    allowed = {"svg", "g", "path", "rect", "text", "clipPath"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert it.text("#live") == f"{name} saved"


@pytest.mark.parametrize("view", ["network", "columns", "timeline"])
def test_a_picture_is_saved_as_dots(reader, view):
    it = reader(f"#view={view}", color_scheme="dark")
    name, data = saved(it, "png")
    assert name.endswith(f"{view}.png")
    assert data.startswith(b"\x89PNG")
    wide, tall = struct.unpack(">II", data[16:24])
    assert wide > 1000
    assert tall > 1000
    assert len(data) > 20_000  # an empty sheet is smaller


def test_the_page_looks_the_same_after_saving(reader):
    it = reader()
    stage = it.page.locator(".stage")
    before = stage.screenshot()
    saved(it, "png")
    saved(it, "svg")
    assert stage.screenshot() == before


def test_what_is_shown_is_saved_as_data(reader):
    it = reader(at("shops-90", around=BASE + "shops-90", hops="1", view="timeline"))
    name, data = saved(it, "json")
    assert name == "nordvik-in-ruritania-timeline.json"
    found = json.loads(data)
    assert {thing["label"] for thing in found["things"]} == {
        "90 repair shops", "Triple the repair shops",
    }  # fmt: skip
    assert [(r["from"], r["key"], r["to"]) for r in found["relations"]] == [
        (BASE + "repair-shops", "serves", BASE + "shops-90")
    ]
    plans = {thing["iri"]: thing["plan"] for thing in found["things"]}
    assert plans[BASE + "shops-90"]["within"] == BASE + "repair-shops"
    told = {fact for part in (*found["things"], *found["relations"]) for fact in part["facts"]}
    assert set(found["statements"]) == told
    assert found["view"].startswith("#view=timeline")


def test_a_table_is_no_picture(reader):
    it = reader("#view=table")
    it.page.click("#export")
    assert it.page.locator("#export-menu button:visible").all_inner_texts() == ["JSON"]


def test_the_menu_opens_and_closes_by_the_keyboard(reader):
    it = reader()
    it.page.focus("#export")
    it.page.keyboard.press("Enter")
    assert it.page.locator("#export-menu").is_visible()
    it.page.keyboard.press("Escape")
    assert it.page.locator("#export-menu").is_hidden()
