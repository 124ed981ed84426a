"""What is counted, for Prometheus: requests, how long they took, and how the workers fare.

Where several processes serve, each counts into a file of a folder that they share
(`PROMETHEUS_MULTIPROC_DIR`), and whichever is asked tells the sum.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from kg.serve.access import Access
    from kg.serve.pool import Pool

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable of the environment that names the folder which several processes share."""

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")


class Metrics:
    """What a server counts, over its pool."""

    def __init__(self, pool: Pool) -> None:
        """Count from nothing."""
        self._pool = pool
        self._registry = one = CollectorRegistry()
        self._requests = Counter(
            "kg_requests", "Requests that were answered, or left.", ["route", "method", "code"], registry=one
        )  # fmt: skip
        self._seconds = Histogram(
            "kg_request_seconds", "How long requests took.", ["route"], buckets=SECONDS, registry=one
        )  # fmt: skip
        self._worked = Histogram(
            "kg_worker_seconds", "How long workers took over a request.", ["route"], buckets=SECONDS, registry=one
        )  # fmt: skip
        self._sent = Counter("kg_sent_bytes", "Bytes of answers.", ["route"], registry=one)
        self._workers = Gauge(
            "kg_workers", "Workers that there are, by what they do.", ["state"], multiprocess_mode="livesum", registry=one
        )  # fmt: skip
        self._waiting = Gauge(
            "kg_requests_waiting", "Requests that wait for a worker.", multiprocess_mode="livesum", registry=one
        )  # fmt: skip
        self._lost = Counter(
            "kg_workers_replaced", "Workers that had to be replaced, by why.", ["reason"], registry=one
        )  # fmt: skip
        self._content = Gauge(
            "kg_content_info", "1 for what is answered from, by its digest.", ["digest"],
            multiprocess_mode="livemax", registry=one,
        )  # fmt: skip
        self._told: dict[str, int] = {}
        self._seen = (-1, -1, -1)
        self._of_route = cache(self._counts)
        self._digest = ""
        pool.changed = self._look

    def count(self, access: Access) -> None:
        """Count a request that is over."""
        method = access.method if access.method in METHODS else "other"
        requests, seconds, sent, worked = self._of_route(access.route, method, access.status)
        requests.inc()
        seconds.observe(access.seconds)
        sent.inc(access.size)
        if access.visit.worker:
            worked().observe(access.visit.worker)
        self._look()

    def _counts(
        self, route: str, method: str, status: int
    ) -> tuple[Counter, Histogram, Counter, Callable[[], Histogram]]:
        """Return what counts requests of a kind, which takes the library as long to find as to count."""
        return (
            self._requests.labels(route, method, str(status)),
            self._seconds.labels(route),
            self._sent.labels(route),
            cache(lambda: self._worked.labels(route)),  # a route that asks no worker has none
        )

    def _look(self) -> None:
        """Take in how the workers are."""
        pool = self._pool
        busy = min(pool.working, pool.size)
        seen = busy, pool.idle, pool.working - busy
        if seen != self._seen:  # for most requests it is as for the one before
            self._seen = seen
            self._workers.labels("busy").set(seen[0])
            self._workers.labels("idle").set(seen[1])
            self._waiting.set(seen[2])
        for reason, number in pool.lost.items():
            self._lost.labels(reason).inc(number - self._told.get(reason, 0))
            self._told[reason] = number
        if pool.generation != self._digest:
            if self._digest:
                self._content.labels(self._digest).set(0)
            self._digest = pool.generation
            self._content.labels(self._digest).set(1)

    def routes(self) -> list[Route]:
        """Return the address that tells what was counted."""
        return [Route("/metrics", self._tell, methods=["GET", "HEAD"])]

    async def _tell(self, _request: Request) -> Response:
        self._look()
        told = self._registry
        if FOLDER in os.environ:
            told = CollectorRegistry()
            MultiProcessCollector(told)  # type: ignore[no-untyped-call] # the library has no types there
        headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
        return Response(generate_latest(told), headers=headers)
