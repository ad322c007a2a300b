#!/usr/bin/env bash
# The inner loop, under 3 minutes: format, static analysis, module boundaries, unit and contract tests. What cuts off every
# step, writes in parallel or runs real worker processes is tagged slow and left to ./build test, as are system and browser tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
source scripts/web-checks.sh
web_checks
mvn --batch-mode --no-transfer-progress -DexcludedGroups=slow verify "$@"
