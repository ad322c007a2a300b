#!/usr/bin/env bash
# Runs a benchmark by its name: ./build bench tpch [--scale N] [--data DIR] [--rounds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
root=$PWD
mkdir -p target/logs
log=target/logs/build-bench.log
# By its own pom, so that a build of it needs and touches nothing else.
if ! mvn --batch-mode --no-transfer-progress -f bench/pom.xml -DskipTests -Dspotless.check.skip=true package >"$log" 2>&1 </dev/null; then
  grep -F '[ERROR]' "$log" >&2 || tail -n 30 "$log" >&2
  echo "The benchmarks do not build; the whole output is in $root/$log" >&2
  exit 1
fi
if [ -f target/package.stamp ] && [ -n "$(find server/src/main worker/src/main -newer target/package.stamp -print -quit)" ]; then
  echo "Note: sources changed since the last ./build package; this measures that build." >&2
fi
commit=$(git rev-parse --short HEAD 2>/dev/null || echo "of unknown commit")
[ -z "$(git status --porcelain --untracked-files=no -- server worker 2>/dev/null)" ] || commit+=" with changes"
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Xmx512m "-Dtarn.root=$root" "-Dtarn.commit=$commit" \
  -cp "$root/bench/target/app/*" dev.tarn.bench.Benchmark "$@"
