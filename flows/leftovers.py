"""What a stopped Prefect server left open: runs that nothing runs any more, and the slots that they hold.

Prefect (3.7.8) keeps the leases of concurrency slots in the server's memory and the slots themselves in its database.
After a restart no lease is left to expire, so that a deployment whose run was open would cancel every later run.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

_HOLDING = ("PENDING", "RUNNING", "CANCELLING")
"""State types of the runs that hold a slot."""


def end_leftovers(names: Iterable[str]) -> int:
    """Mark the open runs of deployments as crashed and free their slots; give how many runs there were.

    Only for a server that has just started and whose runs start nowhere but here: a living run would lose its slot.

    Args:
        names: of deployments, ``FLOW/DEPLOYMENT``; one that the server does not know yet is passed over.
    """
    with get_client(sync_client=True) as client:
        return sum(_end_leftovers_of(name, client) for name in names)


def _end_leftovers_of(name: str, client: SyncPrefectClient) -> int:
    try:
        deployment = client.read_deployment_by_name(name)
    except ObjectNotFound:
        return 0
    runs = client.read_flow_runs(
        deployment_filter=DeploymentFilter.model_validate({"id": {"any_": [deployment.id]}}),
        flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": _HOLDING}}}),
    )
    for run in runs:
        client.set_flow_run_state(run.id, Crashed(message="The schedules were stopped during this run."), force=True)
    limit = deployment.global_concurrency_limit
    if limit and limit.active_slots:  # also of a run that was deleted while it was open
        client.update_global_concurrency_limit(limit.name, GlobalConcurrencyLimitUpdate(active_slots=0))
    return len(runs)
