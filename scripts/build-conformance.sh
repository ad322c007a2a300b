#!/usr/bin/env bash
# The long checks against real peers: the server on PostgreSQL, two servers on one database, Iceberg's compatibility kit there, and
# Spark, Trino (800 MB at the first time), Flink and Iceberg's library through the REST catalog. Only the system tests have such groups;
# all the other modules' tests belong to ./build test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
scripts/build-package.sh
mvn --batch-mode --no-transfer-progress -P system-tests -pl system-tests \
  -Dsystem.groups=conformance -Dsystem.excludedGroups=faults verify "$@"
