"""The steps of peers that do not live in our environment: Jena, kglab, morph-kgc, owlrl-turbo.

Jena is Debian's, one Java machine a step, whose start counts as that of `kg` does. The others are
Python packages that cannot be installed beside ours; each gets an environment of its own in the
work folder. What is missing on a machine says so in a sentence, which the page repeats.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks import table, virtuoso
from tests.benchmarks.clock import SERVERS, output, printed, query, step

if TYPE_CHECKING:
    from collections.abc import Callable

_JARS: Final = Path("/usr/share/java")

# Debian's folder has the jars of all its packages; these are rivals of the one that logs nothing.
_NOT_OURS: Final = ("slf4j-", "log4j-over", "jcl-over", "jul-to", "osgi-over", "maven3-slf4j")


def _java(at: Path, *arguments: object) -> list[object]:
    """Return a command of Jena's, such as `riotcmd.riot`."""
    core = _JARS / "jena-core.jar"
    if not core.exists() or shutil.which("java") is None:
        sys.exit("not here: Debian's libapache-jena-java")
    # Debian has moved Xerces within Jena, and not the texts that it cannot start without.
    texts = at.parent / "jena"
    with zipfile.ZipFile(core) as jar:
        moved = "org/apache/jena/ext/xerces/"
        for name in jar.namelist():
            if name.startswith(moved) and name.endswith(".properties"):
                path = texts / "xerces" / name.removeprefix(moved)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(jar.read(name))
    jars = [
        jar
        for jar in sorted(_JARS.glob("*.jar"))
        if not jar.name.startswith(_NOT_OURS) or jar.name in {"slf4j-api.jar", "slf4j-nop.jar"}
    ]
    return ["java", "-cp", ":".join(map(str, [texts, *jars])), *arguments]


def environment(at: Path, package: str) -> Path:
    """Return the Python of an environment that has a package of PyPI, made when it is first needed."""
    folder = at.parent / f"env-{package}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, clear=True, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", package]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            sys.exit(f"not here: {package}, which pip does not install")
        (folder / "ready").touch()
    return python


def _beside(python: Path, script: str, *arguments: object) -> Callable[[], int]:
    """Run a script up to its first `wait()`; return what runs it to the second, and its count `n`."""
    whole = f"""import sys
def wait(word):
    print(word, flush=True)
    sys.stdin.readline()
{script}
wait(n)"""
    command = [str(part) for part in (python, "-c", whole, *arguments)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin
    assert child.stdout
    into, out = child.stdin, child.stdout
    if out.readline() != "ready\n":
        sys.exit(f"{arguments[0]} cannot be read")
    SERVERS.append(child.pid)

    def run() -> int:
        into.write("\n")
        into.flush()
        return int(out.readline())

    return run


@step("load", "Virtuoso")
def _(at: Path) -> Callable[[], int]:
    server = virtuoso.Server(at)
    return lambda: server.load("asserted.nt")


@step("load", "Jena")
def _(at: Path) -> Callable[[], int]:
    count = at / "count.rq"
    count.write_text("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", encoding="utf-8")
    command = _java(
        at, "arq.arq", "--data", at / "asserted.nt", "--query", count, "--results", "csv"
    )
    return lambda: int(output(command).split()[-1])


@step("load", "kglab")
def _(at: Path) -> Callable[[], int]:
    script = """import kglab
graph = kglab.KnowledgeGraph()
wait("ready")
graph.load_rdf(sys.argv[1], format="nt")
n = len(graph.rdf_graph())"""
    return _beside(environment(at, "kglab"), script, at / "asserted.nt")


@step("closures", "owlrl-turbo")
def _(at: Path) -> Callable[[], int]:
    script = """from pathlib import Path
from owlrl_turbo import expand
from rdflib_turbo import Dataset
data = Dataset()
for path in sys.argv[1:]:
    data.parse(data=Path(path).read_text("utf-8"), format="turtle")
wait("ready")
expand(data, inference="owlrl", inplace=True)
n = len(data)"""
    return _beside(
        environment(at, "owlrl-turbo"), script, at / "asserted.ttl", at / "transitive.ttl"
    )


@step("shapes", "Jena")
def _(at: Path) -> Callable[[], int]:
    command = _java(at, "shacl.shacl_validate", "--data", at / "asserted.nt",
                    "--shapes", at / "shapes.ttl")  # fmt: skip
    return lambda: output(command).count("sh:ValidationResult")


@step("ask on a store", "Jena")
def _(at: Path) -> Callable[[], int]:
    place = at / "tdb2"
    if not place.exists():
        output(_java(at, "tdb2.tdbloader", "--loc", place, at / "all.nt"))
    command = _java(at, "tdb2.tdbquery", "--loc", place, "--query", query(at), "--results", "tsv")
    return lambda: printed(command)


@step("import a table", "morph-kgc")
def _(at: Path) -> Callable[[], int]:
    settings, made = table.theirs(at)
    command = [environment(at, "morph-kgc"), "-m", "morph_kgc", settings]

    def run() -> int:
        output(command)
        return made.read_bytes().count(b"\n")

    return run
