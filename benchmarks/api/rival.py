"""The same records in a SQLite database as Datasette likes it: columns, indexes, words, each record whole."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

COLUMNS = ("id", "kind", "region", "municipality", "themes", "name_fr", "name_en", "texts", "record")


def write_database(path: Path, initiatives: Path) -> None:
    """Write the database from a list of initiatives."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute(f"CREATE TABLE initiatives ({', '.join(COLUMNS)}, PRIMARY KEY (id))")
    with initiatives.open("rb") as lines:
        rows = (_row(line.decode().rstrip("\n")) for line in lines)
        database.executemany(f"INSERT INTO initiatives VALUES ({', '.join('?' * len(COLUMNS))})", rows)  # noqa: S608
    for column in ("kind", "region", "municipality"):
        database.execute(f"CREATE INDEX by_{column} ON initiatives ({column})")
    database.execute(
        "CREATE VIRTUAL TABLE initiatives_fts USING fts5"
        " (name_fr, name_en, texts, content='initiatives', tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute("INSERT INTO initiatives_fts(initiatives_fts) VALUES ('rebuild')")
    database.execute("ANALYZE")
    database.commit()
    database.close()


def _row(line: str) -> tuple[Any, ...]:
    told = json.loads(line)
    place = told["territory"]
    texts = [told["summary"], told["description"], *told["impacts"], *(gain["text"] for gain in told["benefits"])]
    words = "\n".join(text for pair in texts for text in pair.values())
    names = (told["name"]["fr"], told["name"]["en"])
    places = (place["regions"][0], place["municipalities"][0])
    return (told["id"], told["kind"], *places, json.dumps(told["themes"]), *names, words, line)
