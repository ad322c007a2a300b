#!/usr/bin/env bash
# Writes the generated pages under docs/: the tests that compare them write them when told to.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
mvn --batch-mode --no-transfer-progress --quiet -pl worker,server,cli -Dtarn.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='*PagesTest' package
