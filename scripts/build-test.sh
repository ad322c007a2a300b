#!/usr/bin/env bash
# Everything that must pass: format, static analysis, module boundaries, unit, contract, system and browser tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
source scripts/web-checks.sh
scripts/install-test-tools.sh
web_checks
echo "== Java: format, static analysis, unit, contract and system tests"
mvn --batch-mode --no-transfer-progress -P system-tests verify "$@"
echo "== Browser tests, in Chromium against a server of this build"
scripts/browser-tests.sh
echo "== All tests passed"
