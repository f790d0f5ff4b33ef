"""Shared settings of all tests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)

# Every run: quick, with the same examples each time, so that only a change turns it red.
# `pytest -m fuzz --hypothesis-profile fuzz`: a long search among new ones.
settings.register_profile("quick", deadline=None, suppress_health_check=_SLOW, derandomize=True)
settings.register_profile(
    "fuzz", deadline=None, max_examples=2000, suppress_health_check=_SLOW, print_blob=True
)
settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fuzz: properties worth a long search (make fuzz)")
