"""Errors: each is one sentence, and travels between processes."""

from __future__ import annotations

import pickle

from kg.base import KgError, Report, errors


def test_every_error_travels_between_processes() -> None:
    made = {
        errors.DamageError: ("store", "derived.nq: is not what was written"),
        errors.FindingsError: (Report(),),
        errors.SourceError: ("a.yaml", "is wrong"),
        errors.MissingExtraError: ("a table in Parquet", "polars", "tables"),
        errors.UnknownNameError: ("thing", "a", ["b"]),
    }
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in kinds:
        error = kind(*made.get(kind, ("a sentence",)))
        assert isinstance(error, KgError)
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))
