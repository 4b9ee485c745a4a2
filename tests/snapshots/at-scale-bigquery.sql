CREATE EXTERNAL TABLE atlas.measurements (
  month STRING NOT NULL,
  day DATE NOT NULL,
  measurement_start_time DATETIME NOT NULL,
  probe_cc STRING NOT NULL,
  probe_asn INT64 NOT NULL,
  test_name STRING NOT NULL,
  test_version STRING,
  input STRING,
  domain STRING,
  category_code STRING,
  outcome STRING NOT NULL,
  blocking_method STRING,
  blocking_detail STRING,
  failure_class STRING,
  rule_id STRING NOT NULL,
  confirmed_in_country BOOL NOT NULL,
  software_family STRING NOT NULL,
  unattended BOOL NOT NULL,
  ndt_download_mbps FLOAT64,
  ndt_upload_mbps FLOAT64,
  ndt_min_rtt_ms FLOAT64,
  dash_median_bitrate_mbps FLOAT64,
  bootstrap_time_s FLOAT64,
  measurement_uid STRING,
  report_id STRING
)
OPTIONS (
  format = 'PARQUET',
  uris = ['gs://BUCKET/data/measurements/*.parquet']
);
