"""Random cases are the same on every machine and every day, unless somebody asks for more."""

from hypothesis import HealthCheck, Phase, settings

from tests.tapes import FUZZ

settings.register_profile(
    "suite",
    derandomize=FUZZ == 1,
    database=None,
    deadline=None,
    print_blob=False,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")
