#!/usr/bin/env bash
# What: Virtuoso loses rows where a stored date is compared with <=, down to none at all, although < finds some of
#   them; !(?day > ...) finds every one, and so does the same comparison spelt with < and =.
# Version: Virtuoso 7.2.5 (Debian's virtuoso-opensource-7-bin).
# Measured: November 2026.
# Why it matters: "published by that day" and "due by then" are the commonest filters over plans. The answer is
#   short, not an error, and over a handful of rows the comparison may well be right.
set -euo pipefail
# A server on the loopback, with an empty database in the temporary folder.
for tool in virtuoso-t curl; do
    command -v "$tool" >/dev/null || { echo "${0##*/}: $tool is not installed" >&2; exit 2; }
done
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true; rm -rf "$work"' EXIT
python=${PYTHON:-python3}
read -r sql http < <("$python" -c '
import socket
ends = [socket.socket() for _ in range(2)]
for end in ends: end.bind(("127.0.0.1", 0))
print(*(end.getsockname()[1] for end in ends))')

cd "$work"
cat > virtuoso.ini <<INI
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:$sql
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:$http
ServerRoot = .
ServerThreads = 4
INI
virtuoso-t +foreground +configfile virtuoso.ini >server.log 2>&1 &
server=$!
root=http://127.0.0.1:$http
for _ in $(seq 300); do
    curl --silent --fail --output up.txt "$root/sparql?query=ASK%7B%7D" && break
    kill -0 "$server" 2>/dev/null || { echo "${0##*/}: virtuoso-t did not start" >&2; exit 2; }
    sleep 0.2
done

# Ten documents, each published on the 10th of a month, and forty statements that start on other days.
"$python" > data.ttl <<'PYTHON'
print("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .")
for n in range(10):
    print(f'<urn:document{n}> <urn:published> "{2017 + n // 2}-{n % 2 * 6 + 1:02}-10"^^xsd:date .')
for n in range(40):
    since = f"{2015 + n // 4}-{n % 4 * 3 + 1:02}-01"
    print(f'<urn:statement{n}> <urn:in> <urn:document{n % 10}> ; <urn:since> "{since}"^^xsd:date .')
PYTHON
curl --silent --fail --digest --user dba:dba --request PUT --header 'Content-Type: text/turtle' \
    --data-binary @data.ttl --output put.txt "$root/sparql-graph-crud-auth?graph=urn:g" ||
    { echo "${0##*/}: Virtuoso did not take the data" >&2; exit 2; }

count() {
    curl --silent --fail --get --header 'Accept: text/csv' --data-urlencode \
        "query=PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT (COUNT(*) AS ?n) { $1 }" "$root/sparql" |
        tr -dc '0-9'
}
day='"2020-01-10"^^xsd:date'
published='?document <urn:published> ?p'
below=$(count "$published FILTER (?p < $day)")
at_most=$(count "$published FILTER (?p <= $day)")
not_above=$(count "$published FILTER (!(?p > $day))")
spelt=$(count "$published FILTER (?p < $day || ?p = $day)")
{ virtuoso-t --version 2>&1 || true; } | sed -n 's/^Version/Virtuoso/p'
echo "ten documents, seven of them published by 2020-01-10, that day included"
echo "?p < $day: $below"
echo "?p <= $day: $at_most"
echo "!(?p > $day): $not_above"
echo "?p < $day || ?p = $day: $spelt"
if [ "$not_above $spelt $below" != "7 7 6" ]; then
    echo "changed: in November 2026 every comparison but <= was right" >&2
    exit 1
fi
if [ "$at_most" -ge 6 ]; then
    echo "changed: in November 2026 <= found fewer documents than <" >&2
    exit 1
fi
