#!/usr/bin/env bash
# Many real kills and full disks; too long for every change, run before an issue is resolved.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
mvn --batch-mode --no-transfer-progress -P system-tests -Dgroups=faults -Dtarn.faults.rounds="${1:-40}" verify
