"""The day as of which pages tell: kept in every link, refused where it is none."""

from __future__ import annotations

import pytest

from tests.pages.site import Read, own


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/id/xiaomi",
        "/id/medianama-2017-03-28",
        "/id/medianama-2017-03-28.3.4.promise",
        "/id/medianama-2017-03-28.3.4",
    ],
)
def test_day_is_kept_in_every_link_but_those_of_files(read, address):
    page = read(f"{address}?as-of=2018-06-01")
    ours = [found[0] for link in page.links if (found := own(link, address))]
    kept = [one for one in ours if not one.startswith("/static/")]
    assert len(kept) > 5
    # One link leads to what is known now.
    assert [one for one in kept if "as-of=2018-06-01" not in one and one != address] == []
    assert address in kept
    values = [one for one in page.all("type") if one["type"] == "date"]
    assert [one["value"] for one in values] == ["2018-06-01"]


def test_page_as_of_a_day_tells_what_the_graph_of_that_day_does(dated, site):
    from datetime import date

    then = dated.as_of(date(2017, 6, 1))
    known = {
        f"/id/{name}"
        for (name,) in then.query("SELECT ?s { ?s cp:source id:medianama-2017-03-28 }").rows
    }
    assert known
    page = (
        site.get("/id/xiaomi?as-of=2017-06-01")
        .text.partition('id="known"')[2]
        .partition("</section>")[0]
    )
    days = [str(one["datetime"]) for one in Read(page).all("datetime")]
    assert days == sorted(days, reverse=True)
    assert "2017-05-22" in days
    assert days[0] <= "2017-06-01"
    now = site.get("/id/xiaomi").text.partition('id="known"')[2]
    assert Read(now).all("datetime")[0]["datetime"] > "2017-06-01"


def test_thing_that_was_not_known_yet_is_not_there(site):
    later = "/id/businessline-2018-06"
    assert site.get(later).status_code == 200
    assert site.get(f"{later}?as-of=2017-06-01").status_code == 404


@pytest.mark.parametrize(
    "day",
    [
        "2018-02-30",
        "2018",
        "yesterday",
        "20180601",
        "2018-06-01T00:00",
        "9999-12-31",
        "2018-6-1",
        "<b>",
    ],
)
@pytest.mark.parametrize("address", ["/", "/id/xiaomi", "/picture"])
def test_day_that_is_none_is_refused_with_a_sentence(site, address, day):
    answer = site.get(address, params={"as-of": day})
    assert answer.status_code == 400
    text = Read(answer.text).text
    assert "is no day; write one as 2018-06-01" in text or "is still to come" in text
    assert "<b>" not in answer.text


def test_empty_day_is_now(site):
    assert site.get("/id/xiaomi?as-of=").text.count("What is known now") == 0
    assert site.get("/id/xiaomi?as-of=").status_code == 200


def test_corrections_are_linked_where_there_is_an_address_for_them(dated, site):
    from tests.pages.site import client_of

    assert "Correct a fact" not in site.get("/id/xiaomi").text
    told = client_of(dated, corrections="https://example.org/wrong").get("/id/xiaomi")
    assert (
        "https://example.org/wrong?" in told.text or 'href="https://example.org/wrong"' in told.text
    )


def test_page_says_how_to_cite_it(read):
    text = read("/id/xiaomi").text
    assert "Corporate plans: Xiaomi. As known on 2026-01-31, version" in text
    assert "CC BY 4.0. http://testserver/id/xiaomi (read on 2026-11-28)." in text
    assert "@misc{corporate-plans-xiaomi-2026-01-31," in text


@pytest.mark.parametrize(
    "address",
    [
        "/id/nobody",
        "/questions/nothing",
        "/questions/partners?date=soon",
        "/editor",
        "/id/xiaomi?sort=1&format=png",
    ],
)
def test_the_day_is_a_control_on_pages_that_tell_of_an_error_and_on_the_editor(site, address):
    for day in ("", "2019-01-01"):
        joint = "&" if "?" in address else "?"
        page = Read(site.get(address + (f"{joint}as-of={day}" if day else "")).text)
        fields = [tag for name, tag in page.tags if name == "input" and tag.get("id") == "as-of"]
        assert [field["value"] for field in fields] == [day]
        scoreboard = "/?as-of=2019-01-01" if day else "/"
        assert scoreboard in page.links


def test_the_editor_says_that_it_asks_what_is_known_now(site):
    told = "The editor asks what is known now. The other pages tell what was known on 2019-01-01"
    assert told in Read(site.get("/editor?as-of=2019-01-01").text).text
    assert "what was known on" not in Read(site.get("/editor").text).text
