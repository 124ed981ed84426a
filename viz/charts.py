"""What charts and maps are drawn from, cleaned: each part by a module of its own."""

from collections.abc import Mapping
from typing import Any

from viz import compared, courses, forecasts, spots
from viz.select import Records


def records(charts: Mapping[str, Any], graph: Records) -> dict[str, Any]:
    """Read what `viz.render` is given as `charts` into records; a part that is missing is empty."""
    return {
        "courses": courses.records(charts.get("courses") or {}, graph),
        "forecasts": forecasts.records(charts.get("forecasts") or {}, graph),
        "compared": compared.records(charts.get("compared") or {}, graph),
        "spots": spots.records(charts.get("spots") or {}, graph),
    }
