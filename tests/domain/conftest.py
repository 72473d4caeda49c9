"""One way to run properties: the same examples each time, and no deadline on a busy machine.

To look for new examples: pytest --hypothesis-profile=searching tests/domain
"""

import pytest
from hypothesis import HealthCheck, settings

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
settings.register_profile("repeatable", CALM, derandomize=True)
settings.register_profile("searching", CALM, max_examples=1500)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(config.getoption("--hypothesis-profile") or "repeatable")
