from datetime import datetime

import pytest

from passerelle.crawling.schedules import next_run
from schemas.source import Schedule


@pytest.mark.parametrize(
    ("cron", "after", "due"),
    [
        ("30 4 * * 1", "2026-11-21T12:00:00Z", "2026-11-23T09:30:00Z"),  # Monday, winter time: UTC−5
        ("30 4 * * 1", "2026-07-01T12:00:00Z", "2026-07-06T08:30:00Z"),  # summer time: UTC−4
        ("0 0 1 * *", "2026-12-31T12:00:00Z", "2027-01-01T05:00:00Z"),
        ("30 2 8 3 *", "2026-03-01T00:00:00Z", "2026-03-08T07:00:00Z"),  # an hour that summer time skips
    ],
)
def test_a_schedule_keeps_the_hours_of_its_zone(cron: str, after: str, due: str) -> None:
    moment = next_run(Schedule(cron=cron), datetime.fromisoformat(after))
    assert moment == datetime.fromisoformat(due)


def test_a_day_that_never_comes_is_refused_before_it_is_waited_for() -> None:
    with pytest.raises(ValueError, match="schedule"):
        Schedule(cron="0 0 31 2 *")
