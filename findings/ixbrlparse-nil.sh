#!/usr/bin/env bash
# What: ixbrlparse gives a fact that is nil, which says that there is no figure, as 0; and of a context it reads the
#   dimensions in xbrli:segment, but not those in xbrli:scenario, so a forecast and a result look alike.
# Version: ixbrlparse 0.12.0.
# Measured: November 2026.
# Why it matters: Japanese companies file their forecasts with the dimensions in the scenario and many cells nil:
#   a company that gives a range and no single figure is read as one that expects nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check ixbrlparse==0.12.0 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

from ixbrlparse import IXBRL

PERIOD = """<xbrli:period><xbrli:startDate>2026-04-01</xbrli:startDate>
 <xbrli:endDate>2027-03-31</xbrli:endDate></xbrli:period>"""
COMPANY = '<xbrli:identifier scheme="http://example.org">1</xbrli:identifier>'
FORECAST = '<xbrldi:explicitMember dimension="e:ResultForecastAxis">e:ForecastMember</xbrldi:explicitMember>'
FILING = f"""<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:e="http://example.org/e"><head><title>Forecast</title></head><body><div style="display:none"><ix:header>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="e.xsd"/></ix:references><ix:resources>
<xbrli:context id="in-scenario"><xbrli:entity>{COMPANY}</xbrli:entity>{PERIOD}
 <xbrli:scenario>{FORECAST}</xbrli:scenario></xbrli:context>
<xbrli:context id="in-segment"><xbrli:entity>{COMPANY}<xbrli:segment>{FORECAST}</xbrli:segment></xbrli:entity>
 {PERIOD}</xbrli:context>
<xbrli:unit id="JPY"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit></ix:resources></ix:header></div><p>
<ix:nonFraction name="e:NetSales" contextRef="in-scenario" unitRef="JPY" decimals="-6" scale="6">1,200</ix:nonFraction>
<ix:nonFraction name="e:NetSales" contextRef="in-segment" unitRef="JPY" decimals="-6" scale="6">1,200</ix:nonFraction>
<ix:nonFraction name="e:Dividend" contextRef="in-segment" unitRef="JPY" decimals="0" xsi:nil="true"/>
</p></body></html>"""
STATED = [
    ("NetSales", "in-scenario", 1.2e9, []),
    ("NetSales", "in-segment", 1.2e9, ["e:ForecastMember"]),
    ("Dividend", "in-segment", 0, ["e:ForecastMember"]),
]
print("ixbrlparse", version("ixbrlparse"))
filing = IXBRL(io.StringIO(FILING))
seen = [
    (fact.name, fact.context.id, fact.value, [part["value"] for part in fact.context.segments])
    for fact in filing.numeric
]
for name, context, value, dimensions in seen:
    print(f"{name}, dimension {context}: {value}, dimensions read: {dimensions}")
print("errors:", filing.errors, "(the dividend is nil)")
if seen != STATED or filing.errors:
    sys.exit(f"changed: in November 2026 the facts were {STATED}, without an error")
PYTHON
