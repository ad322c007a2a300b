#!/usr/bin/env bash
# Fetches Iceberg's own REST catalog server (peers/catalog) from Maven Central and prints its class path.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
mvn --batch-mode --no-transfer-progress -q -f peers/catalog/pom.xml package >&2
cat peers/catalog/target/classpath
