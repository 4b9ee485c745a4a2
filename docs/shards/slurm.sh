#!/usr/bin/env bash
# Builds a data folder on a Slurm cluster: for each step an array of jobs after the step before, then the build itself.
# Run it in the checkout, on storage that all nodes share. Arguments are those of `npm run data`:
#   SHARDS=8 docs/shards/slurm.sh --dumps /shared/dumps --out /shared/data
# It prints the number of the job that builds; `SBATCH_*` variables say partition, memory and time.
set -euo pipefail
shards=${SHARDS:-4}
build="npm run --silent data --$(printf ' %q' "$@")"
after=()
for step in parts picks rows counts; do
  job=$(sbatch --parsable --job-name "atlas-$step" --array "1-$shards" --kill-on-invalid-dep yes "${after[@]}" \
    --wrap "$build --shard \$SLURM_ARRAY_TASK_ID/$shards --step $step")
  after=(--dependency "afterok:$job")
done
sbatch --parsable --job-name atlas-build --kill-on-invalid-dep yes "${after[@]}" --wrap "$build"
