"""Prefect flows: the stations wired together, on a schedule and with a history.

Nothing here computes anything; ``passerelle.pipeline`` does. This is the only package that imports Prefect, and the
first thing it does is to settle where Prefect lives and that it tells nobody.
"""

import os

from passerelle.settings import load_settings

_HOME = load_settings().state / "prefect"
_DEFAULTS = {
    # Not the user's ~/.prefect: the three paths below the home do not follow it by themselves (Prefect 3.7.8).
    "PREFECT_HOME": str(_HOME),
    "PREFECT_SERVER_MEMO_STORE_PATH": str(_HOME / "memo_store.toml"),
    "PREFECT_LOGGING_CONFIG_PATH": str(_HOME / "logging.yml"),
    "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(_HOME / "storage"),
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # The first start of a temporary server makes its database: 20 s here, more on small machines.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}
_HOME.mkdir(parents=True, exist_ok=True)  # Prefect makes its home, but not the folders above it
for _name, _value in _DEFAULTS.items():
    os.environ.setdefault(_name, _value)
