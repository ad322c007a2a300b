#!/usr/bin/env bash
# The inner loop: format, static analysis, module boundaries, unit and contract tests; no system and no browser tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
source scripts/web-checks.sh
web_checks
mvn --batch-mode --no-transfer-progress -DexcludedGroups=slow verify "$@"
