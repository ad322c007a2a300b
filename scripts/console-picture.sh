#!/usr/bin/env bash
# Draws docs/images/console.png: a server of this build on a home of its own, the quick start's sample, one statement.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
home=$(mktemp -d)
port=${TARN_TEST_PORT:-18979}
picture=docs/images/console.png
limit_bytes=200000
cleanup() {
  kill "${server:-0}" 2>/dev/null && wait "$server" 2>/dev/null || true
  rm -rf "$home" "$home.log"
}
trap cleanup EXIT
[ -d server/target/app ] && [ -d cli/target/app ] || { echo "Nothing is built: run ./build first." >&2; exit 1; }
"$JAVA_HOME/bin/java" -Dtarn.root="$PWD" -cp "$PWD/cli/target/app/*" dev.tarn.cli.Tarn quickstart --home "$home" \
  --port "$port" >"$home.log" 2>&1 &
server=$!
for _ in $(seq 1 240); do
  # The quick start is done when it has told what to try next.
  grep -q 'Ctrl-C' "$home.log" && break
  kill -0 "$server" 2>/dev/null || { cat "$home.log" >&2; exit 1; }
  sleep 0.5
done
mkdir -p "$(dirname "$picture")"
TARN_URL="http://127.0.0.1:$port" TARN_CREDENTIALS="$home/credentials.json" node web/scripts/picture.mjs "$picture"
size=$(wc -c <"$picture")
[ "$size" -le "$limit_bytes" ] || { echo "$picture has $size bytes, more than $limit_bytes." >&2; exit 1; }
echo "$picture: $size bytes"
