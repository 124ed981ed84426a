"""What another reader of inline XBRL, Arelle, reads in files: started with a Python that has it.

python arelle_facts.py FILE ...: the facts of each as JSON, a line a file; `--time` the seconds it took for all.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time


def main(paths: list[str]) -> None:
    """Print the facts of files, or how long reading them took."""
    timed = "--time" in paths
    paths = [path for path in paths if path != "--time"]
    # Its settings and caches are none of the user's.
    os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()
    from arelle import Cntlr

    controller = Cntlr.Cntlr(logFileName="logToBuffer", disable_persistent_config=True)
    controller.webCache.workOffline = True
    begun, count = time.perf_counter(), 0
    for path in paths:
        model = controller.modelManager.load(path)
        facts = [_fact(fact) for fact in model.facts]
        count += len(facts)
        model.close()
        if not timed:
            sys.stdout.write(json.dumps(facts) + "\n")
    if timed:
        sys.stdout.write(
            json.dumps({"seconds": time.perf_counter() - begun, "facts": count}) + "\n"
        )


def _fact(fact: object) -> dict[str, object]:
    context, unit = fact.context, fact.unit
    start = context.startDatetime.date().isoformat() if context.isStartEndPeriod else None
    # It keeps the end of a day as the midnight after it.
    end = context.endDatetime if context.isStartEndPeriod else context.instantDatetime
    day = end.date().fromordinal(end.date().toordinal() - 1).isoformat()
    return {
        "concept": fact.qname.clarkNotation,
        "nil": fact.isNil,
        "value": None if fact.isNil else fact.value,
        "entity": list(context.entityIdentifier),
        "period": [start, day],
        "unit": None
        if unit is None
        else [[measure.clarkNotation for measure in part] for part in unit.measures],
        "members": {
            axis.clarkNotation: value.memberQname.clarkNotation
            for axis, value in context.qnameDims.items()
        },
    }


if __name__ == "__main__":
    main(sys.argv[1:])
