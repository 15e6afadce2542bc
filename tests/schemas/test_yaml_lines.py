from schemas.yaml_lines import line_of, lines_of, repeated_keys

TEXT = """\
# une remarque
name: a
crawl:
  start:
    - kind: page

      url: x
    - {kind: feed, url: y}
  schedule: {cron: z,
    timezone: w}
name: b
"""


def test_every_field_has_its_own_line() -> None:
    lines = lines_of(TEXT)
    assert lines["crawl", "start", 0, "url"] == 7
    assert lines["crawl", "start", 1, "kind"] == 8
    assert lines["crawl", "schedule", "timezone"] == 10


def test_a_field_that_is_missing_stands_where_it_should_be() -> None:
    assert line_of(lines_of(TEXT), ("crawl", "start", 1, "links")) == 8
    assert line_of(lines_of(""), ("name",)) == 1


def test_a_field_given_twice_is_seen() -> None:
    assert repeated_keys(TEXT) == [(("name",), 11)]


def test_an_anchor_that_holds_itself_ends() -> None:
    assert lines_of("a: &x [*x]\n")["a", 0] == 1
