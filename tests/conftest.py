"""What every test stands on: a screen in memory and two speeds of hypothesis."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"

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
