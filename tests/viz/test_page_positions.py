"""Where everything stands, as it stood before: a picture that moves for no reason is a fault.

The snapshot is `positions.json`: pixels of the screen at 1440 by 900. After a change that is meant,
delete it, run this test, which writes it anew and fails, and look at the page.
"""

import json
from pathlib import Path

import pytest

SNAPSHOT = Path(__file__).parent / "positions.json"
LEEWAY = 12  # pixels; versions of the libraries may differ by a few


def test_things_stand_where_they_stood(reader):
    it = reader()
    found = it.page.evaluate(
        """() => {
          const places = viz.network.net.getPositions();
          return Object.fromEntries(viz.data.nodes.map((node) => {
            const at = viz.network.net.canvasToDOM(places[node.id]);
            return [node.iri.split("/").at(-1), [Math.round(at.x), Math.round(at.y)]];
          }));
        }"""
    )
    if not SNAPSHOT.exists():
        lines = ",\n".join(f" {json.dumps(key)}: {found[key]}" for key in sorted(found))
        SNAPSHOT.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
        pytest.fail(f"{SNAPSHOT.name} was not there; it is written now, look at the page")
    kept = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert found.keys() == kept.keys()
    moved = {
        key: (kept[key], found[key])
        for key in found
        if max(abs(a - b) for a, b in zip(found[key], kept[key], strict=True)) > LEEWAY
    }
    assert moved == {}
