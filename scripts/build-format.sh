#!/usr/bin/env bash
# Writes every source file in the project's format.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
mvn --batch-mode --no-transfer-progress --quiet -P system-tests,bench spotless:apply
[ ! -d web/node_modules ] || npm --prefix web run format
