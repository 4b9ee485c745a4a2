#!/usr/bin/env bash
# Builds a data folder on Kubernetes: for each step an Indexed Job (kubernetes.yaml), then one Job that builds.
#   SHARDS=8 docs/shards/kubernetes.sh
# A volume that all pods may write holds the checkout, after `npm ci`, and the dumps.
set -euo pipefail
shards=${SHARDS:-4}
template=$(dirname "$0")/kubernetes.yaml
run() {
  # A Job of an earlier build is complete, and would not run again.
  kubectl delete --ignore-not-found "job/atlas-$1"
  sed -e "s/STEP/$1/; s/SHARDS/$2/; s|ARGUMENTS|$3|" "$template" | kubectl apply -f -
  kubectl wait --for=condition=complete --timeout="${PATIENCE:-12h}" "job/atlas-$1"
}
for step in parts picks rows counts; do
  run "$step" "$shards" "--shard \$((JOB_COMPLETION_INDEX + 1))/$shards --step $step"
done
run build 1 ''
