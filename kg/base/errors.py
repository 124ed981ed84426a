"""Everything that can go wrong, as one small tree.

KgError                   one sentence for the user; `exit_code` for the shell
├── UsageError       (2)  what was asked for cannot be asked
│   ├── QueryError        a query that cannot be read, or that reaches out of the graph
│   ├── MissingExtraError a library that comes with an extra and is not installed
│   └── UnknownNameError  a question, thing or format that does not exist, with the nearest that do
├── SourceError      (3)  a file that cannot be read as what it claims to be
├── StoreError       (3)  a store that is missing, out of reach or in use
│   ├── DamageError       one whose files are not what was written
│   └── RefusalError      one that answers, and cannot do what it was asked to
├── WorkerError      (3)  workers that cannot be reached or that died
├── ModelError       (3)  a model that cannot be asked, or that answers with something else
├── OutputError      (3)  an answer that cannot be written
├── FindingsError    (1)  data that can be read and breaks the shapes
└── TimeLimitError   (4)  work that took longer than it was given
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.base.findings import Finding, Report


def abridge(text: str, most: int = 160) -> str:
    """Return `text`, with its middle left out where it is longer than `most` characters.

    >>> abridge("a name that goes on and on", 12)
    'a name t… on'
    """
    end = most // 3
    return text if len(text) <= most else f"{text[: most - end]}…{text[len(text) - end + 1 :]}"


class KgError(Exception):
    """Base of all errors of this package; its text is one sentence for the user."""

    exit_code = 2
    findings: tuple[Finding, ...] = ()
    """What is wrong one by one, where the sentence only counts it."""

    def __init__(self, sentence: str) -> None:
        """Keep the `sentence`, which quotes the user: however long that is, it stays readable."""
        # A sentence quotes what users gave, such as a name of a million characters.
        super().__init__(abridge(sentence, 400))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes as what it is, whatever it was made from."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[KgError], args: tuple[object, ...], held: dict[str, object]) -> KgError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(held)
    return error


class UsageError(KgError):
    """What was asked for cannot be asked."""


class QueryError(UsageError):
    """A query that cannot be read, or that would reach out of the graph."""


def suggest(name: str, known: Iterable[str]) -> str:
    """Return what a mistyped `name` may have been meant for, as the end of a sentence; "" for nothing.

    >>> suggest("xioami", ["Xiaomi", "Acme"]), suggest("zzz", ["Xiaomi"])
    ("; did you mean 'Xiaomi'?", '')
    """
    from kg.base.names import nearest  # only those who mistype wait for it

    hint = " or ".join(
        repr(abridge(" ".join(near.split()), 60)) for near in nearest(abridge(name), set(known), 3)
    )
    return f"; did you mean {hint}?" if hint else ""


class UnknownNameError(UsageError):
    """A name that does not exist.

    >>> str(UnknownNameError("question", "partner", ["partners", "progress"]))
    "there is no question 'partner'; did you mean 'partners'?"
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        """Name `what` kind of thing was looked up, the `name`, and all names that are `known`."""
        super().__init__(f"there is no {what} {abridge(name)!r}{suggest(name, known)}")


def extra_command(extra: str) -> str:
    """Return the command that installs the libraries of an extra.

    >>> extra_command("tables")
    "pip install -e '.[tables]'"
    """
    return f"pip install -e '.[{extra}]'"


class MissingExtraError(UsageError):
    """A library that comes with an extra and is not installed.

    >>> str(MissingExtraError("a table in Parquet", "polars", "tables"))
    "a table in Parquet needs polars, which is not installed; pip install -e '.[tables]'"
    """

    def __init__(self, what: str, library: str, extra: str) -> None:
        """Say `what` needs the `library`, and which `extra` brings it."""
        super().__init__(f"{what} needs {library}, which is not installed; {extra_command(extra)}")


class SourceError(KgError):
    """A file that cannot be read as what it claims to be.

    >>> str(SourceError("a.yaml", "has the key 'tpye', which means nothing here", line=3))
    "a.yaml:3: has the key 'tpye', which means nothing here"
    """

    exit_code = 3

    def __init__(self, path: Path | str, problem: str, *, line: int | None = None) -> None:
        """Say what is wrong (`problem`, a clause without a subject) at which 1-based `line`."""
        self.path, self.problem, self.line = str(path), problem, line
        self._several: tuple[SourceError, ...] = ()
        super().__init__(f"{self.where}: {abridge(problem, 180)}")

    @property
    def where(self) -> str:
        """The file, and the line where it is known."""
        return abridge(self.path, 200) + (f":{self.line}" if self.line else "")

    @property
    def problems(self) -> tuple[SourceError, ...]:
        """All that is wrong, one by one."""
        return self._several or (self,)

    @classmethod
    def of(cls, problems: Sequence[SourceError]) -> SourceError:
        """Return one error for all that is wrong with a file.

        >>> several = SourceError.of([SourceError("a.yaml", "is odd", line=n) for n in (1, 2)])
        >>> str(several), [str(finding) for finding in several.findings]
        ('a.yaml: has 2 faults, listed above', ['a.yaml:1: is odd', 'a.yaml:2: is odd'])
        """
        if len(problems) == 1:
            return problems[0]
        from kg.base.counts import counted  # most files are read

        told = cls(problems[0].path, f"has {counted(len(problems), 'fault')}, listed above")
        told._several = tuple(problems)
        told.findings = tuple(finding for problem in problems for finding in problem.as_findings())
        return told

    def as_findings(self) -> tuple[Finding, ...]:
        """Return what is wrong one by one, as what shapes find is told."""
        from kg.base.findings import UNREADABLE, Finding  # most files are read

        return tuple(
            Finding(
                "",
                None,
                None,
                abridge(one.problem, 180),
                UNREADABLE,
                violation=True,
                location=one.where,
            )
            for one in self.problems
        )


class StoreError(KgError):
    """A store that is missing, out of reach or in use."""

    exit_code = 3


class DamageError(StoreError):
    """A store whose files are not what was written.

    >>> error = DamageError("plans", "index/CURRENT: is missing")
    >>> str(error), error.what
    ('plans: is damaged; build it again', 'index/CURRENT: is missing')
    """

    def __init__(self, store: Path | str, what: str) -> None:
        """Name the `store`, and `what` is wrong in it: a file, and how it differs."""
        self.store, self.what = str(store), what
        super().__init__(f"{store}: is damaged; build it again")


class RefusalError(StoreError):
    """A store that answers, and says that it cannot do what it was asked to; it may well do something else."""


class WorkerError(KgError):
    """Workers that cannot be reached, or that died."""

    exit_code = 3


class ModelError(KgError):
    """A model that cannot be asked, refuses, or answers with something else."""

    exit_code = 3


class OutputError(KgError):
    """An answer that cannot be written."""

    exit_code = 3


class FindingsError(KgError):
    """Data that can be read and breaks the shapes; `report` has the findings."""

    exit_code = 1

    def __init__(self, report: Report) -> None:
        """Carry the `report`, whose findings the caller shows."""
        self.report, self.findings = report, report.findings
        from kg.base.counts import counted  # most commands find nothing

        listed = len(report.violations)
        first = f", the first {listed:,} of them listed" if report.more else ""
        super().__init__(f"{counted(listed + report.more, 'finding')}{first}; nothing was written")


class TimeLimitError(KgError):
    """Work that took longer than it was given."""

    exit_code = 4
