"""What is shown, saved as a file."""

import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg.export.csv import safe_text, sheet
from tests.viz.reader import BASE, PHONE, at

SVG = "{http://www.w3.org/2000/svg}"
RISKY = [
    "=1+1", "+1", "-1", "@x", "\tx", "＝x", "＋x", "－x", "＠x", " =x", "   -x", "a=b", "'=x", "", " ", "5%", "\xa0=x",
    'says "so"', "a,b", "a;b", "two\nlines", "\r", "Ünïcode",
]  # fmt: skip


def saved(it, ending: str) -> tuple[str, bytes]:
    it.page.click("#share")
    with it.page.expect_download() as download:
        it.page.click(f"#share-menu [data-ending={ending}]")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def words(root: ET.Element) -> str:
    return "\n".join(element.text for element in root.iter(f"{SVG}text"))


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
    allowed = {"svg", "g", "path", "rect", "text", "clipPath", "title", "desc"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert it.text("#live") == f"{name} saved"


@pytest.mark.parametrize(
    ("view", "called"),
    [("network", "network"), ("columns", "things by type"), ("timeline", "timeline")],
)
def test_a_picture_says_what_it_shows_and_what_it_rests_on(reader, view, called):
    it = reader(f"#view={view}&until=2011-05-04&without=person")
    root = ET.fromstring(saved(it, "svg")[1])  # noqa: S314 - written by our own page
    title = f"Nordvik in Ruritania: {called}"
    assert root.find(f"{SVG}title").text == title
    told = root.find(f"{SVG}desc").text
    assert "Without people; published until 2011-05-04." in told
    assert "in 1 source, of The Gazette." in told
    assert "What was known on 2011-05-04." in told
    written = words(root)
    assert title in written
    assert "Initiatives" in written  # what the marks mean
    assert "underway" in written
    assert "People" not in written


def test_a_picture_of_the_timeline_has_all_rows(reader):
    it = reader("#view=timeline", viewport=PHONE)
    root = ET.fromstring(saved(it, "svg")[1])  # noqa: S314 - written by our own page
    plans = it.page.evaluate("viz.data.things.filter(({ plan }) => plan).map(({ label }) => label)")
    assert len(plans) == 26
    assert not [plan for plan in plans if plan[:12] not in words(root)]


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
    it = reader("#view=network")
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


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_table_is_saved_as_it_is_shown(reader):
    it = reader("#view=table&sort=-due&q=repair")
    name, data = saved(it, "csv")
    assert name == "nordvik-in-ruritania-table.csv"
    assert data.startswith("\ufeffPlan,Whose,".encode())
    assert data.endswith(b"\r\n")
    found = rows(data)
    shown = it.page.locator("#table tbody th").all_inner_texts()
    assert [row["Plan"] for row in found] == shown
    target = next(row for row in found if row["Plan"] == "90 repair shops")
    assert target["Plan IRI"] == BASE + "shops-90"
    assert target["Company IRI"] == BASE + "nordvik"
    assert target["Statement IRIs"].startswith(BASE + "gazette-2011-05-04.")
    assert target["Source URLs"].startswith("https://")


def test_statements_are_saved_with_where_they_come_from(reader):
    found = rows(saved(reader("#view=table&rows=statements&q=lantern 120"), "csv")[1])
    assert [(row["Says"], row["Article"], row["Source URL"]) for row in found] == [(
        "120 repair shops by the end of 2012", "More spanners for Nordvik", "https://example.org/lantern/spanners",
    )]  # fmt: skip
    assert found[0]["Contradicted by"] == found[0]["Statement IRI"].replace(
        found[0]["Statement IRI"], found[0]["Contradicted by"]
    )


def test_another_view_saves_the_plans_that_it_shows(reader):
    it = reader("#view=network&without=initiative&q=nothing")
    found = rows(saved(it, "csv")[1])
    assert {row["Type"] for row in found} == {"Target"}
    assert len(found) == 5


def test_no_spreadsheet_runs_anything_of_a_file(reader):
    it = reader()
    assert it.page.evaluate("(texts) => texts.map(viz.csv.safe)", RISKY) == [
        safe_text(text) for text in RISKY
    ]
    lines = [RISKY, RISKY[::-1]]
    head = [f"column {at}" for at in range(len(RISKY))]
    text = it.page.evaluate("([head, lines]) => viz.csv.text(head, lines)", [head, lines])
    assert text.encode() == sheet(head, lines)


def test_a_table_is_no_picture(reader):
    it = reader("#view=table")
    it.page.click("#share")
    files = it.page.locator("#share-menu [data-ending]:visible")
    assert files.all_inner_texts() == ["CSV", "JSON"]


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_chart_of_the_page_gets_the_same_frame(reader, ending):
    it = reader("#company=none")
    made = it.page.evaluate(
        """async (ending) => {
          const pen = new viz.svg(300, 120);
          pen.fillStyle = "#c4660a";
          pen.fillRect(20, 20, 100, 40);
          pen.element.querySelector("rect").setAttribute("class", "bar");
          document.body.append(pen.element);
          const legend = [{ text: "what it means", draw: (to, x, y) => to.fillRect(x - 4, y - 4, 8, 8) }];
          const blob = await viz.export[ending]({ element: pen.element, width: 300, height: 120, legend, title: "A chart" });
          pen.element.remove();
          return ending === "svg" ? blob.text() : [...new Uint8Array(await blob.arrayBuffer())];
        }""",
        ending,
    )
    if ending == "png":
        assert bytes(made).startswith(b"\x89PNG")
        assert len(made) > 5_000
        return
    root = ET.fromstring(made)  # noqa: S314 - written by our own page
    assert root.find(f"{SVG}title").text == "A chart"
    assert "what it means" in words(root)
    bar = next(e for e in root.iter(f"{SVG}rect") if e.get("width") == "100")
    assert re.fullmatch(r"rgb\(196, 102, 10\)", bar.get("fill"))
    assert bar.get("class") is None


def test_contradictions_are_saved_pair_by_pair(reader, disputed):
    it = reader("#view=contradictions", path=disputed)
    (pair,) = rows(saved(it, "csv")[1])
    assert pair["About"] == "Nordvik: 90 repair shops"
    assert pair["They differ in"] == "value; day"
    assert {pair["One says"], pair["Other says"]} == {
        "120 repair shops by the end of 2012", "90 repair shops by 2011-09-30, from 30",
    }  # fmt: skip
    assert {pair["One publisher"], pair["Other publisher"]} == {"The Gazette", "The Paper Lantern"}
    assert pair["One source URL"].startswith("https://")


def test_the_scoreboard_is_saved_company_by_company(reader):
    it = reader("#view=overview")
    shown = it.page.locator("#overview tbody tr:not(.all) th").all_inner_texts()
    found = rows(saved(it, "csv")[1])
    assert [row["Company"] for row in found] == shown
    assert found[0]["Company IRI"] == BASE + "nordvik"
    assert int(found[0]["Promised"]) > 0


def test_what_nobody_could_read_as_dots_is_not_saved_as_such(reader):
    it = reader("#view=timeline")
    it.page.evaluate(
        """() => {
          const { sheet } = viz.views.current();
          viz.views.current().sheet = () => ({ ...sheet(), height: 60000 });
        }"""
    )
    it.page.click("#share")
    it.page.click("#share-menu [data-ending=png]")
    message = "This is too large to be read as dots. Save it as SVG, or show less of it."
    assert it.page.get_by_text(message).first.is_visible()
    assert it.text("#live") == message
