"""Runs statements in Spark with code that the documentation shows, then a query; prints the rows as JSON lines."""

import json
import sys

from pyspark.sql import SparkSession

given = json.load(sys.stdin)
options = {"ui.enabled": "false", "sql.shuffle.partitions": "1", "sql.adaptive.enabled": "false", "log.level": "ERROR"}
spark = SparkSession.builder.master("local[1]").config(map={f"spark.{name}": to for name, to in options.items()})
session = spark.getOrCreate()
exec(given["code"], {"export": given["statements"], "spark": session})
for row in session.sql(given["query"]).collect():
    print(json.dumps(row.asDict()))
