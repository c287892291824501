"""Many rows into a table at once, without a model instance for each; imports live on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, models


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows, their values in the order of the columns; lists and mappings are stored as JSON.

    Every column without a default in the database has to be named, except the primary key.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)  # noqa: SLF001  # the documented way to a table's name
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  # only names of our own tables
            [
                [
                    _ADAPTERS[value.__class__](value) if value.__class__ in _ADAPTERS else value
                    for value in row
                ]
                for row in rows
            ],
        )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _instant(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


_ADAPTERS = {list: _json, dict: _json, datetime: _instant}


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take so many ids nobody else will get. Call it in the transaction that uses them."""
    table = model._meta.db_table  # noqa: SLF001  # the documented way to a table's name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [int(row[0]) for row in cursor.fetchall()]
        # SQLite has one writer at a time, and inside this transaction it is us
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    last = int(found[0]) if found else 0
    return list(range(last + 1, last + 1 + count))
