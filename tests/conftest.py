"""What every test stands on: a screen in memory, cheap PINs and two speeds of hypothesis."""

from __future__ import annotations

import os

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from pos.services import pins

os.environ["QT_QPA_PLATFORM"] = "offscreen"

# A PIN is dear to whoever guesses, and every founded canteen has three: they cost a quarter of all tests.
_DEAR = pins._HASHER
pins._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

# Stores on SQLite and on PostgreSQL, for whoever asks.
pytest_plugins = ("tests.stores",)

# `--hypothesis-profile long` looks much further; no example is judged by the clock.
settings.register_profile("default", max_examples=50, stateful_step_count=25, deadline=None)
settings.register_profile(
    "long",
    max_examples=2_000,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("default")


@pytest.fixture
def dear_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs as dear as at the counter."""
    monkeypatch.setattr(pins, "_HASHER", _DEAR)
