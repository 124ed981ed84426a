#!/usr/bin/env bash
# What: in Virtuoso 250/500 is 0, for whole numbers are divided as in C, while AVG is not; and a stored duration
#   becomes a bare number under the same datatype, of months or of seconds: a year is "12"^^xsd:duration, a year and
#   two days are "12" as well, thirty days are "2592000", and seven seconds are "7.7".
# Version: Virtuoso 7.2.5 (Debian's virtuoso-opensource-7-bin).
# Measured: November 2026.
# Why it matters: a plan that is half met is met by nothing, and a term loses its unit, both without an error.
# Source: https://github.com/openlink/virtuoso-opensource/issues/475 (division)
#   and https://github.com/openlink/virtuoso-opensource/issues/936 (durations)
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

cat > data.ttl <<'TURTLE'
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:acme> <urn:term> "P1Y"^^xsd:duration .
<urn:crux> <urn:term> "P1Y2D"^^xsd:duration .
<urn:dyne> <urn:term> "PT7S"^^xsd:duration .
<urn:bolt> <urn:term> "P30D"^^xsd:duration .
TURTLE
curl --silent --fail --digest --user dba:dba --request PUT --header 'Content-Type: text/turtle' \
    --data-binary @data.ttl --output put.txt "$root/sparql-graph-crud-auth?graph=urn:g" ||
    { echo "${0##*/}: Virtuoso did not take the data" >&2; exit 2; }

expect() { # what it shows, the query, the answer in November 2026
    seen=$(curl --silent --fail --get --header 'Accept: text/csv' --data-urlencode "query=$2" "$root/sparql" |
        tr -d '"\r' | tail -n +2 | paste -sd ' ' -)
    echo "$1: $seen"
    [ "$seen" = "$3" ] || { echo "changed: $1 gave $3 in November 2026" >&2; exit 1; }
}
{ virtuoso-t --version 2>&1 || true; } | sed -n 's/^Version/Virtuoso/p'
expect '250/500' 'SELECT (250/500 AS ?r) {}' 0
expect '1.0*250/500' 'SELECT (1.0*250/500 AS ?r) {}' 0.5
expect 'AVG of 1 and 2' 'SELECT (AVG(?v) AS ?r) { VALUES ?v { 1 2 } }' 1.5
expect 'SUM/COUNT of 1 and 2' 'SELECT (SUM(?v)/COUNT(?v) AS ?r) { VALUES ?v { 1 2 } }' 1
expect 'P1Y, as it is stored' 'SELECT (STR(?o) AS ?r) { <urn:acme> <urn:term> ?o }' 12
expect 'P1Y2D, as it is stored' 'SELECT (STR(?o) AS ?r) { <urn:crux> <urn:term> ?o }' 12
expect 'PT7S, as it is stored' 'SELECT (STR(?o) AS ?r) { <urn:dyne> <urn:term> ?o }' 7.7
expect 'P30D, as it is stored' 'SELECT (STR(?o) AS ?r) { <urn:bolt> <urn:term> ?o }' 2592000
expect 'its datatype' 'SELECT (DATATYPE(?o) AS ?r) { <urn:bolt> <urn:term> ?o }' \
    http://www.w3.org/2001/XMLSchema#duration
