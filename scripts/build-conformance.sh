#!/usr/bin/env bash
# The long checks against real peers: every store and write path on PostgreSQL too, and two servers on one database.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
mvn --batch-mode --no-transfer-progress -P system-tests -Dgroups=conformance -Dsurefire.failIfNoSpecifiedTests=false verify "$@"
