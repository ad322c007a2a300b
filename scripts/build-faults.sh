#!/usr/bin/env bash
# Many real kills and full disks; too long for every change, run before an issue is resolved. Takes the number of rounds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
scripts/build-package.sh
rounds=${1:-40}
[ $# -gt 0 ] && shift
mvn --batch-mode --no-transfer-progress -P system-tests -pl system-tests \
  -Dsystem.groups=faults -Dsystem.excludedGroups=conformance -Dtarn.faults.rounds="$rounds" verify "$@"
