CREATE TABLE measurements (
  day DATE,
  measurement_start_time TIMESTAMP_NTZ,
  probe_asn BIGINT,
  test_name STRING,
  test_version STRING,
  input STRING,
  domain STRING,
  category_code STRING,
  outcome STRING,
  blocking_method STRING,
  blocking_detail STRING,
  failure_class STRING,
  rule_id STRING,
  confirmed_in_country BOOLEAN,
  software_family STRING,
  unattended BOOLEAN,
  ndt_download_mbps DOUBLE,
  ndt_upload_mbps DOUBLE,
  ndt_min_rtt_ms DOUBLE,
  dash_median_bitrate_mbps DOUBLE,
  bootstrap_time_s DOUBLE,
  measurement_uid STRING,
  report_id STRING,
  month STRING,
  probe_cc STRING
)
USING parquet
PARTITIONED BY (month, probe_cc)
LOCATION 's3a://BUCKET/data/measurements';

MSCK REPAIR TABLE measurements;
