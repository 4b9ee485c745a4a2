CREATE TABLE hive.atlas.measurements (
  day date,
  measurement_start_time timestamp(6),
  probe_asn bigint,
  test_name varchar,
  test_version varchar,
  input varchar,
  domain varchar,
  category_code varchar,
  outcome varchar,
  blocking_method varchar,
  blocking_detail varchar,
  failure_class varchar,
  rule_id varchar,
  confirmed_in_country boolean,
  software_family varchar,
  unattended boolean,
  ndt_download_mbps double,
  ndt_upload_mbps double,
  ndt_min_rtt_ms double,
  dash_median_bitrate_mbps double,
  bootstrap_time_s double,
  measurement_uid varchar,
  report_id varchar,
  month varchar,
  probe_cc varchar
)
WITH (
  format = 'PARQUET',
  external_location = 's3://BUCKET/data/measurements/',
  partitioned_by = ARRAY['month', 'probe_cc']
);

CALL hive.system.sync_partition_metadata('atlas', 'measurements', 'ADD');
