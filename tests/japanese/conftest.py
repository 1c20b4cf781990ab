"""For the property tests here: how long an example takes depends on the machine and proves nothing."""

from hypothesis import settings

settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")
