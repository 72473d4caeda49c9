"""One way to run properties for the whole suite: the same examples each time, and no deadline on a busy machine.

To look for new examples: pytest --hypothesis-profile=default tests/domain
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("repeatable")
