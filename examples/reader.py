"""Follows the change feed over server-sent events, using only the standard library, and handles each change exactly once, even
if it is killed at any moment: it writes its result and its position in one transaction. Here it counts the changes of each
department.

    MINGJIAN_URL=http://127.0.0.1:4000 MINGJIAN_TOKEN=... python3 examples/reader.py counts.db
"""

import http.client
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.request

URL = os.environ.get("MINGJIAN_URL", "http://127.0.0.1:4000") + "/graphql/stream"
TOKEN = os.environ.get("MINGJIAN_TOKEN", "")
QUERY = """subscription {
  changes(after: "0") {
    __typename
    ... on Change { eventId position department }
    ... on FeedMark { kind position }
  }
}"""
# The server sends something at least every 12 seconds.
SILENCE_S = 40


def events(after):
    """The events of one connection, as (id, event, data). Last-Event-ID overrides the query's own `after`."""
    headers = {"content-type": "application/json", "authorization": "Bearer " + TOKEN, "last-event-id": after}
    request = urllib.request.Request(URL, json.dumps({"query": QUERY}).encode(), headers)
    with urllib.request.urlopen(request, timeout=SILENCE_S) as response:
        fields = {}
        for line in response:
            line = line.decode().rstrip("\n")
            if line:
                name, _, value = line.partition(":")
                fields[name] = value.removeprefix(" ")
            else:
                if "event" in fields:
                    yield fields.get("id"), fields["event"], fields["data"]
                fields = {}


def take(db, position, item):
    with db:  # One transaction.
        if item["__typename"] == "Change":
            db.execute("INSERT INTO seen VALUES (?, ?)", (item["eventId"], position))
            db.execute(
                "INSERT INTO counts VALUES (?, 1) ON CONFLICT (department) DO UPDATE SET changes = changes + 1",
                (item["department"],),
            )
        # A mark moves the cursor, too, so that nothing before it is read again.
        db.execute("UPDATE cursor SET position = ?", (position,))


def follow(db):
    (after,) = db.execute("SELECT position FROM cursor").fetchone()
    for position, event, data in events(after):
        if event == "complete":
            return
        payload = json.loads(data)
        if "errors" in payload:
            raise RuntimeError(payload["errors"])
        item = payload["data"]["changes"]
        take(db, position, item)
        print(json.dumps(item), flush=True)


def main():
    db = sqlite3.connect(sys.argv[1] if len(sys.argv) > 1 else "counts.db")
    db.executescript(
        """
        CREATE TABLE IF NOT EXISTS seen(id TEXT PRIMARY KEY, position TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS counts(department TEXT PRIMARY KEY, changes INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS cursor(position TEXT NOT NULL);
        INSERT INTO cursor SELECT '0' WHERE NOT EXISTS (SELECT * FROM cursor);
        """
    )
    # The feed ends if the server stops or this reader was too slow (LAGGED). In both cases, resume after the cursor.
    while True:
        try:
            follow(db)
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            # The body of an HTTP error has the API's own message.
            message = error.read().decode() if isinstance(error, urllib.error.HTTPError) else error
            print(message, file=sys.stderr)
        time.sleep(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
