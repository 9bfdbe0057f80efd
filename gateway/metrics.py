"""The metrics, by their names; `gateway.web.health` serves them at /metrics.

Labels never hold an id or a text: only words of short fixed lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What a running gateway counts; each has its own registry, so that tests do not share."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count_work()
        self._measure_latencies()
        self._gauge_the_present()

    def _count_work(self) -> None:
        r = self.registry
        self.received = Counter(
            "peyk_received",
            "Inbound messages stored, or known already",
            ["channel", "result"],
            registry=r,
        )
        self.turns = Counter("peyk_turns", "Turns closed", ["decision"], registry=r)
        self.answers = Counter("peyk_answers", "Answers of the bot", ["decision"], registry=r)
        self.handoffs = Counter("peyk_handoffs", "Handoffs to people", ["reason"], registry=r)
        self.deliveries = Counter(
            "peyk_deliveries",
            "Deliveries posted, and those that came into a later state",
            ["state"],
            registry=r,
        )
        self.requests = Counter(
            "peyk_http_requests",
            "HTTP requests answered",
            ["method", "route", "status"],
            registry=r,
        )
        self.sign_ins = Counter("peyk_sign_ins", "Attempts to sign in", ["result"], registry=r)

    def _measure_latencies(self) -> None:
        r = self.registry
        self.receive_seconds = Histogram(
            "peyk_receive_seconds",
            "From a payload to its commit",
            ["channel"],
            buckets=BUCKETS,
            registry=r,
        )
        self.turn_seconds = Histogram(
            "peyk_turn_seconds",
            "From a turn's claim to its answer's commit",
            buckets=BUCKETS,
            registry=r,
        )
        self.send_seconds = Histogram(
            "peyk_send_seconds",
            "One attempt to send a delivery",
            ["channel"],
            buckets=BUCKETS,
            registry=r,
        )

    def _gauge_the_present(self) -> None:
        r = self.registry
        self.open_sockets = Gauge("peyk_open_sockets", "WebSockets open now", ["kind"], registry=r)
        self.queue_depth = Gauge("peyk_queue_depth", "Conversations waiting", ["queue"], registry=r)
        self.queue_age = Gauge(
            "peyk_queue_age_seconds",
            "How long the oldest has been waiting",
            ["queue"],
            registry=r,
        )
        self.open_deliveries = Gauge(
            "peyk_deliveries_open", "Deliveries that are still to be sent", ["state"], registry=r
        )
        self.open_turns = Gauge(
            "peyk_turns_open", "Turns that wait for the bot, or that it is at", registry=r
        )

    def show_queues(self, queues: Mapping[str, tuple[int, float]]) -> None:
        """Replace depth and age of every queue: name -> (waiting, age of the oldest in s)."""
        self.queue_depth.clear()
        self.queue_age.clear()
        for name, (depth, age) in queues.items():
            self.queue_depth.labels(name).set(depth)
            self.queue_age.labels(name).set(age)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)
