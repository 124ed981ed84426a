"""What means no good: queries without end, requests that are none. Each is harmless beyond our own bounds."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, quote_plus

HOST: Final = b"Host: 127.0.0.1\r\n"
END: Final = b"Connection: close\r\n\r\n"

PAIRS: Final = "?a ?b ?c . ?d ?e ?f"
TRIPLES: Final = f"{PAIRS} . ?g ?h ?i"


def _tenfold(times: int) -> str:
    binds = " ".join(
        f'BIND (REPLACE(?t{at}, "a", "aaaaaaaaaa") AS ?t{at + 1})' for at in range(times)
    )
    return f'SELECT (STRLEN(?t{times}) AS ?n) {{ BIND ("a" AS ?t0) {binds} }}'


def _twofold(times: int) -> str:
    binds = " ".join(f"BIND (CONCAT(?t{at}, ?t{at}) AS ?t{at + 1})" for at in range(times))
    return f'SELECT (STRLEN(?t{times}) AS ?n) {{ BIND ("aaaaaaaaaa" AS ?t0) {binds} }}'


def queries(elsewhere: str) -> dict[str, tuple[str, set[int]]]:
    """Return queries by what they try, each with the codes that may answer it; `elsewhere` is a host that must not be asked."""
    optionals = " ".join(f"OPTIONAL {{ ?s cp:p{at} ?o{at} }}" for at in range(120))
    wide = " ".join(f'("value {at}")' for at in range(20_000))
    return {
        "a call of another host": (f"SELECT * {{ SERVICE <{elsewhere}> {{ ?s ?p ?o }} }}", {400}),
        "a silent call": (f"SELECT * {{ SERVICE SILENT <{elsewhere}> {{ ?s ?p ?o }} }}", {400}),
        "a call by a variable": (f"SELECT * {{ BIND (<{elsewhere}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}", {400}),
        "a call glued to a name": (f"PREFIX ex: <{elsewhere}> SELECT * {{ SERVICEex:x {{ ?s ?p ?o }} }}", {400}),
        "LOAD": (f"LOAD <{elsewhere}>", {400}),
        "an update": ("DELETE WHERE { ?s ?p ?o }", {400}),
        "a file after FROM": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {400}),
        "a host after FROM": (f"SELECT * FROM <{elsewhere}> {{ ?s ?p ?o }}", {400}),  # noqa: S608 - a query of SPARQL
        "a host after FROM NAMED": (f"SELECT * FROM NAMED <{elsewhere}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", {400}),  # noqa: S608 - a query of SPARQL
        "a file as a graph": ("SELECT * { GRAPH <file:///etc/passwd> { ?s ?p ?o } }", {200}),
        "deep groups": ("ASK " + "{" * 65 + "}" * 65, {400}),
        "deep brackets": ("ASK { FILTER (" + "(" * 65 + "true" + ")" * 65 + ") }", {400}),
        "deep options": ("ASK { " + "OPTIONAL { " * 65 + "} " * 65 + "}", {400}),
        "many unions": ("ASK { {} " + "UNION {} " * 501 + "}", {400}),
        "a long chain of operators": ("ASK { FILTER (1 = " + "1 + " * 501 + "1) }", {400}),
        "many options": (f"SELECT * {{ ?s a cp:Company {optionals} }} LIMIT 1", {200, 504}),
        "all pairs": (f"SELECT (COUNT(*) AS ?n) {{ {PAIRS} }}", {200, 504}),
        "all triples of triples": (f"SELECT (COUNT(*) AS ?n) {{ {TRIPLES} }}", {504}),
        "all pairs in order": (f"SELECT * {{ {PAIRS} }} ORDER BY ?f ?a", {413, 503, 504}),
        "all pairs, told": (f"SELECT * {{ {PAIRS} }}", {413, 503, 504}),
        "all pairs, once each": (f"SELECT DISTINCT ?a ?f {{ {PAIRS} }}", {413, 503, 504}),
        "all pairs in one string": (f"SELECT (GROUP_CONCAT(STR(?c)) AS ?all) {{ {PAIRS} }}", {413, 503, 504}),
        "all pairs in groups": (f"SELECT ?a ?f (SAMPLE(?c) AS ?x) {{ {PAIRS} }} GROUP BY ?a ?f", {413, 503, 504}),
        "a flood of new names": (f"SELECT (STRUUID() AS ?x) {{ {PAIRS} }}", {413, 503, 504}),
        "a flood of digests": (f"SELECT (MAX(SHA512(CONCAT(STR(?c), STR(?f)))) AS ?x) {{ {PAIRS} }}", {504}),
        "a graph of all pairs": (f"CONSTRUCT {{ ?a ?b ?f }} {{ {PAIRS} }}", {413, 503, 504}),
        "ways of any length": ("SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:x>|^<urn:y>|!^<urn:y>)* ?b }", {413, 503, 504}),
        "ways of ways": ("SELECT (COUNT(*) AS ?n) { ?a ((!<urn:x>)+/(!<urn:y>)+)+ ?b }", {413, 503, 504}),
        "nothing, without end": (f"ASK {{ {TRIPLES} FILTER (STRLEN(CONCAT(STR(?a), STR(?d), STR(?i))) < 0) }}", {504}),
        "what does not exist, for each": (f"ASK {{ {PAIRS} FILTER NOT EXISTS {{ ?c ?x ?f2 . ?g ?h ?i }} }}", {200, 504}),
        "a pattern that goes back": ('SELECT * { BIND ("' + "a" * 40 + 'b" AS ?t) FILTER (REGEX(?t, "(a+)+$")) }', {200}),
        "a pattern of patterns": ('ASK { FILTER (REGEX("a", "((a{0,500}){0,500}){0,500}")) }', {200}),
        "a text that grows tenfold": (_tenfold(10), {413, 503, 504}),
        "a text that doubles": (_twofold(28), {413, 503, 504}),
        "a long string": ("ASK { BIND ('" + "x" * 500_000 + "' AS ?x) }", {200}),
        "many values": (f"SELECT (COUNT(*) AS ?n) {{ VALUES (?x) {{ {wide} }} }}", {200}),
        "a null character": ("ASK { \0 }", {400}),
        "half a character": (r'ASK { BIND ("\uD800" AS ?x) }', {200, 400}),
        "a huge number": ("SELECT (" + "9" * 5000 + " * 2 AS ?x) {}", {200, 400}),
        "an offset beyond all": ("SELECT * { ?s ?p ?o } OFFSET 99999999999999999999999", {200, 400}),
        "no query at all": ("\U0001f4a3" * 1000, {400}),
    }  # fmt: skip


def _get(target: bytes, *headers: bytes, version: bytes = b"1.1") -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"GET " + target + b" HTTP/" + version + b"\r\n" + HOST + lines + END


def _post(body: bytes, *headers: bytes) -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return b"POST /sparql HTTP/1.1\r\n" + HOST + lines + END + body


ASK: Final = b"/sparql?query=ASK%7B%7D"
TYPE: Final = b"Content-Type: application/sparql-query"
FORM: Final = b"Content-Type: application/x-www-form-urlencoded"

REQUESTS: Final[dict[str, tuple[bytes, set[int]]]] = {
    "nonsense": (b"nonsense\r\n\r\n", {400}),
    "the greeting of TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200, {400}),
    "the greeting of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400}),
    "a version to come": (_get(ASK, version=b"9.9"), {200, 400, 505}),
    "an old version": (_get(ASK, version=b"1.0"), {200}),
    "no host": (b"GET " + ASK + b" HTTP/1.1\r\n" + END, {400}),
    "two hosts": (_get(ASK, b"Host: evil.example"), {400}),
    "another host": (b"GET " + ASK + b" HTTP/1.1\r\nHost: evil.example\r\n" + END, {400}),
    "a host with a path": (b"GET " + ASK + b" HTTP/1.1\r\nHost: 127.0.0.1/@evil\r\n" + END, {400}),
    "another host in the target": (_get(b"http://evil.example" + ASK), {400, 404}),
    "a host that a proxy tells": (_get(ASK, b"X-Forwarded-Host: evil.example"), {200}),
    "a client that a proxy tells": (_get(ASK, b"X-Forwarded-For: 10.9.8.7", b"X-Forwarded-Proto: gopher"), {200}),
    "a folder above": (_get(b"/../../../etc/passwd"), {404}),
    "a folder above, escaped": (_get(b"/%2e%2e/%2e%2e/etc/passwd"), {404}),
    "a folder above among things": (_get(b"/id/..%2f..%2f..%2fetc%2fpasswd"), {400, 404}),
    "a folder above among files": (_get(b"/static/..%2f..%2f..%2f..%2fetc%2fpasswd"), {404}),
    "a folder above among questions": (_get(b"/questions/..%2f..%2f..%2fetc%2fpasswd.json"), {400, 404}),
    "a folder above among terms": (_get(b"/ontology/..%2f..%2fetc%2fpasswd"), {400, 404}),
    "an endless name of a thing": (_get(b"/id/" + b"a/" * 20_000), {400, 404}),
    "an endless name to search for": (_get(b"/search.json?q=" + b"%e4%bd%a0" * 6000), {200, 400, 404}),
    "a search for everything": (_get(b"/search?q=%20&limit=999999999"), {200, 400, 404}),
    "a markup to search for": (_get(b"/search?q=%3Cscript%3Ealert(1)%3C/script%3E", b"Accept: text/html"), {200, 404}),
    "an endless argument": (_get(b"/questions/partners.json?company=" + b"x" * 60_000), {400, 404}),
    "a query as an argument": (_get(b"/questions/partners.json?company=%3E%20%7D%20SERVICE%20%3Chttp://127.0.0.1:9/%3E%20%7B"), {400, 404}),
    "more rows than there are numbers": (_get(b"/questions/partners.json?company=xiaomi&limit=" + b"9" * 400), {200, 400, 404}),
    "a day beyond all days": (_get(b"/questions/partners.json?as-of=999999999-99-99"), {400, 404}),
    "arguments that nobody knows": (_get(b"/questions/partners.json?__proto__=1&constructor=2"), {400, 404}),
    "a null in the path": (_get(b"/id/xiaomi%00.html"), {400, 404}),
    "a line end in the path": (_get(b"/x%0d%0aSet-Cookie:%20a=b"), {404}),
    "a line end in a parameter": (_get(b"/sparql?query=ASK%7B%7D&format=csv%0d%0aSet-Cookie:a"), {400}),
    "escapes that are none": (_get(b"/sparql?query=%zz%"), {400}),
    "bytes that are no text": (_get(b"/sparql?query=%ff%fe"), {400}),
    "many parameters": (_get(b"/sparql?query=ASK%7B%7D" + b"&x=1" * 5000), {400}),
    "a parameter twice": (_get(ASK + b"&query=ASK%7B%7D"), {400}),
    "a file as default graph": (_get(ASK + b"&default-graph-uri=" + quote("file:///etc/passwd", "").encode()), {200, 400, 404}),
    "a file as graph": (_get(b"/graphs?graph=" + quote("file:///etc/passwd", "").encode()), {404}),
    "a path as graph": (_get(b"/graphs?graph=..%2f..%2fetc%2fpasswd"), {400}),
    "a line without end": (_get(b"/sparql?query=" + b"A" * 200_000), {400, 414, 431}),
    "a header without end": (_get(ASK, b"X-Long: " + b"a" * 1_000_000), {400, 431}),
    "a thousand headers": (_get(ASK, *(b"X-%d: 1" % at for at in range(1000))), {200}),
    "a header without a name": (_get(ASK, b": nothing"), {400}),
    "a blank in a header's name": (_get(ASK, b"X Bad: 1"), {400}),
    "a folded header": (_get(ASK, b"X-Folded: 1\r\n  GET /evil HTTP/1.1"), {200, 400}),
    "three thousand forms": (_get(ASK, b"Accept: " + b",".join(b"a/b%d;q=0.1" % at for at in range(3000))), {406}),
    "forms that are none": (_get(ASK, b"Accept: ;;;,q=,/"), {400, 406}),
    "forms of a thing that are none": (_get(b"/id/xiaomi", b"Accept: ;;;,q=,/"), {400, 406}),
    "ten thousand tags": (_get(ASK, b"If-None-Match: " + b'"a",' * 10_000), {200}),
    "many ranges": (_get(ASK, b"Range: bytes=" + b",".join(b"%d-" % at for at in range(2000))), {200}),
    "a key that nobody has asked for": (_get(ASK, b"Authorization: Bearer " + b"A" * 8000), {200}),
    "no length": (_post(b"ASK {}", TYPE), {400}),
    "less than no length": (_post(b"ASK {}", TYPE, b"Content-Length: -1"), {400}),
    "a length that is too short": (_post(b"ASK {} GET /evil HTTP/1.1\r\n\r\n", TYPE, b"Content-Length: 6"), {200}),
    "a length beyond all": (_post(b"ASK {", TYPE, b"Content-Length: 99999999999"), {413}),
    "two lengths": (_post(b"ASK {}", TYPE, b"Content-Length: 6", b"Content-Length: 0"), {400}),
    "a length and pieces": (_post(b"0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n", TYPE, b"Content-Length: 5", b"Transfer-Encoding: chunked"), {400}),
    "pieces of another kind": (_post(b"ASK {}", TYPE, b"Transfer-Encoding: xchunked"), {400, 501}),
    "pieces that are none": (_post(b"zz\r\nASK {}\r\n0\r\n\r\n", TYPE, b"Transfer-Encoding: chunked"), {400}),
    "too much": (_post(b"#" * (2 << 20), TYPE, b"Content-Length: %d" % (2 << 20)), {413}),
    "much in a form": (_post(b"&" * 1_000_000, FORM, b"Content-Length: 1000000"), {400}),
    "an archive": (_post(b"\x1f\x8b\x08\0\0\0\0\0\0\3", TYPE, b"Content-Encoding: gzip", b"Content-Length: 10"), {415}),
    "another alphabet": (_post(b"\xff\xfeA\0", TYPE + b"; charset=utf-16", b"Content-Length: 4"), {415}),
    "a form of many parts": (_post(b"--x\r\n", b"Content-Type: multipart/form-data; boundary=x", b"Content-Length: 5"), {415}),
    "an update in a form": (_post(b"update=CLEAR+ALL", FORM, b"Content-Length: 16"), {403}),
    "another method in a header": (_get(ASK, b"X-HTTP-Method-Override: DELETE"), {200}),
    "TRACE": (b"TRACE /sparql HTTP/1.1\r\n" + HOST + END, {405}),
    "CONNECT": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + END, {400, 404, 405}),
    "OPTIONS of all": (b"OPTIONS * HTTP/1.1\r\n" + HOST + END, {400, 404, 405}),
    "a method without end": (b"A" * 5000 + b" /sparql HTTP/1.1\r\n" + HOST + END, {400, 405}),
    "leave for another page": (b"OPTIONS /sparql HTTP/1.1\r\n" + HOST + b"Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n" + END, {405}),
    "another protocol": (_get(ASK, b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", b"Sec-WebSocket-Version: 13"), {200, 400}),
    "an older way to HTTP/2": (_get(ASK, b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"), {200}),
}  # fmt: skip

UNFINISHED: Final[dict[str, bytes]] = {
    "half a line": b"GET /sparql?query=ASK",
    "half a head": b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "less than was said": _post(b"ASK {", TYPE, b"Content-Length: 1000000"),
    "a piece without end": _post(
        b"ffffffffffffffffffff\r\nASK", TYPE, b"Transfer-Encoding: chunked"
    ),
    "a body that waits to be wanted": _post(
        b"", TYPE, b"Content-Length: 6", b"Expect: 100-continue"
    ),
}
"""What is never sent to its end."""


def as_request(query: str) -> bytes:
    """Return the request that asks a query."""
    body = b"query=" + quote_plus(query).encode()
    if len(body) > 1 << 20:
        raise ValueError("it would be refused for its size alone")
    return _post(body, FORM, b"Content-Length: %d" % len(body))
