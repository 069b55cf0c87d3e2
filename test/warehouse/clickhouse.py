"""Runs statements and a query in ClickHouse; prints the rows as JSON lines."""

import json
import sys

from chdb import session

given = json.load(sys.stdin)
database = session.Session()
database.query(given["statements"])
print(database.query(given["query"], "JSONEachRow"))
