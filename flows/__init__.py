"""Prefect flows: the stations wired together, on a schedule and with a history.

Nothing here computes anything; ``passerelle.pipeline`` does. This is the only package that imports Prefect, and the
first thing it does is to settle where Prefect lives and that it tells nobody.
"""

import os

from passerelle.settings import load_settings

_DEFAULTS = {
    "PREFECT_HOME": str(load_settings().state / "prefect"),  # not the user's ~/.prefect
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # The first start of a temporary server makes its database: 20 s here, more on small machines.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}
for _name, _value in _DEFAULTS.items():
    os.environ.setdefault(_name, _value)
