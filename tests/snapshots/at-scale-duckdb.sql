-- Over HTTP files cannot be found by pattern: the manifest lists them, and only those wanted are read.
SET VARIABLE files = (
  SELECT list('https://SITE/data/' || file.path)
  FROM (SELECT unnest(files) AS file FROM read_json('https://SITE/data/manifest.json', maximum_object_size = 1000000000))
  WHERE file."table" = 'measurements' AND file.path LIKE '%/probe_cc=KE/%'
);
SELECT test_name, outcome, count(*) AS measurements
FROM read_parquet(getvariable('files'), hive_partitioning = false)
GROUP BY ALL ORDER BY ALL;
