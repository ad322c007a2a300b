#!/usr/bin/env bash
# Packages console, worker, server and command line without running tests. A line a step; the rest is in the log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
needs() { command -v "$1" >/dev/null || { echo "Building Tarn needs $2 on the PATH, and there is none." >&2; exit 3; }; }
needs mvn "Maven (mvn)"
[ ! -f web/package.json ] || needs npm "Node 20 or later (npm)"
mkdir -p target/logs
log=target/logs/build-package.log
: >"$log"
# Taken before the first step: what changes while we build is newer than the build.
touch target/package.stamp.new
SECONDS=0
say() { printf '[%4d s] %s\n' "$SECONDS" "$1" >&2; }

# A step that takes long says now and then that it is still alive.
ticking() {
  local label=$1 ticker status=0
  shift
  (
    trap 'kill $! 2>/dev/null; exit 0' TERM
    while sleep 20 & wait $! && kill -0 $$ 2>/dev/null; do say "  still at: $label"; done
  ) &
  ticker=$!
  "$@" || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  return $status
}
failed() {
  say "$1 failed:"
  { grep -E '\[ERROR\]|ERR!|error' "$log" || tail -n 30 "$log"; } | head -n 30 >&2
  echo "The whole output is in $PWD/$log" >&2
  exit 1
}
logged() { "$@" >>"$log" 2>&1 </dev/null; }

# npm writes node_modules/.package-lock.json at the end of an install.
web_needs_install() { [ ! -f web/node_modules/.package-lock.json ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; }
web_needs_build() {
  [ -f web/dist/index.html ] || return 0
  [ -n "$(cd web && find src ../docs/engines.md public index.html package.json package-lock.json vite.config.* tsconfig.json \
    \( -name '*.test.ts*' -o -name '*.gen.ts' \) -prune -o -newer dist/index.html -print -quit 2>/dev/null)" ]
}
if [ -f web/package.json ]; then
  if web_needs_install; then
    say "Console: installing packages"
    ticking "installing the console's packages" logged npm --prefix web ci --no-audit --no-fund || failed "npm ci"
    touch web/node_modules/.package-lock.json
  fi
  if web_needs_build; then
    say "Console: building"
    ticking "building the console" logged npm --prefix web run build || failed "npm run build"
    # Bundlers keep times of what did not change.
    touch web/dist/index.html
  fi
fi

# Tests are not even compiled: whoever only wants to use Tarn does not wait for them, nor fails because of them.
# Maven's output goes to the log; a line for each module as it begins. A fresh clone downloads while it does so.
maven() {
  mvn --batch-mode --no-transfer-progress -Dmaven.test.skip=true -Dspotless.check.skip=true "$@" package </dev/null 2>&1 |
    while IFS= read -r line; do
      printf '%s\n' "$line" >>"$log"
      case $line in *"] Building "*"["*"/"*"]"*)
        line=${line#*"] Building "}
        say "Java: ${line%%[0-9]*}"
        ;;
      esac
    done
}
say "Java: compiling and packaging (downloads what is not here yet)"
ticking "compiling and packaging Java" maven "$@" || failed "Maven"

# With its classes laid out beforehand the command line starts in half the time. It is only an aid: without it all works.
if [ ! -f cli/target/tarn-cli.aot ] || [ -n "$(find cli/target/app -newer cli/target/tarn-cli.aot -print -quit)" ]; then
  say "Command line: preparing a fast start"
  rm -f cli/target/tarn-cli.aot
  logged "$JAVA_HOME/bin/java" -XX:AOTCacheOutput=cli/target/tarn-cli.aot -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    --enable-native-access=ALL-UNNAMED \
    -Dtarn.root="$PWD" -cp "$PWD/cli/target/app/*" dev.tarn.cli.Tarn sql --url http://127.0.0.1:9 --key none 'select 1' || true
fi
mv target/package.stamp.new target/package.stamp
say "Built"
