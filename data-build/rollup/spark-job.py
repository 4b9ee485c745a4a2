"""Runs the statements of a job file (spark-command.ts) on the parts that it names: spark-submit spark-job.py JOB."""

import json
import sys

from pyspark.sql import SparkSession

with open(sys.argv[1], encoding="utf-8") as file:
    job = json.load(file)

builder = SparkSession.builder.appName("interference-atlas roll-up")
for name, value in job["settings"].items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()

spark.createDataFrame(
    [tuple(row) for row in job["categories"]], "domain STRING, category_code STRING"
).createOrReplaceTempView("domain_categories")
spark.createDataFrame(
    [(part["file"], part["dump_sha256"]) for part in job["parts"]],
    "file STRING, dump_sha256 STRING",
).createOrReplaceTempView("parts")
spark.read.parquet(*[part["path"] for part in job["parts"]]).selectExpr(
    "*",
    "_metadata.row_index AS part_row",
    "array_join(slice(split(_metadata.file_path, '/'), -2, 2), '/') AS file",
).createOrReplaceTempView("given_rows")
spark.sql(
    "CREATE TEMPORARY VIEW dump_rows AS SELECT * FROM given_rows JOIN parts USING (file)"
)
for statement in job["statements"]:
    spark.sql(statement)
spark.stop()
