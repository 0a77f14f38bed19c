from __future__ import annotations

from rag.stores.connection_records import ConnectionRecords
from rag.stores.database import Database


def test_the_ledger_says_when_where_to_and_what_for(database: Database) -> None:
    connections = ConnectionRecords(database)
    assert connections.listed() == ()
    with database.transaction() as connection:
        for at, address, purpose in ((86400, "example.org:443", "phi-4"), (0, "example.com:443", "phi-3")):
            connection.execute(
                "INSERT INTO connections (at, address, purpose) VALUES (?, ?, ?)", (at, address, f"model {purpose}")
            )
    assert connections.listed() == (
        "1970-01-01 00:00:00 example.com:443 model phi-3",
        "1970-01-02 00:00:00 example.org:443 model phi-4",
    )


def test_what_became_of_a_connection_is_added_when_it_is_closed(database: Database) -> None:
    connections = ConnectionRecords(database)
    first, second = connections.begin("a:443", "a"), connections.begin("b:443", "b")
    connections.end(first, 12, "206")
    assert [(one.address, one.model, one.bytes, one.outcome) for one in connections.all()] == [
        ("a:443", "a", 12, "206"), ("b:443", "b", 0, ""),
    ]  # fmt: skip
    opened, still_open = connections.listed()
    assert opened.endswith(" a:443 model a (206, 12 B)")
    assert still_open.endswith(" b:443 model b")
    connections.end(second, 0, "unreachable")
    assert connections.listed()[1].endswith(" b:443 model b (unreachable, 0 B)")
