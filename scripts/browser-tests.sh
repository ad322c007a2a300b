#!/usr/bin/env bash
# Starts a server of this build on a home of its own, fills it by the quick start, and drives the console in Chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
home=$(mktemp -d)
port=${TARN_TEST_PORT:-18977}
cleanup() {
  kill "${server:-0}" 2>/dev/null && wait "$server" 2>/dev/null || true
  rm -rf "$home"
}
trap cleanup EXIT
# The tests start an identity provider of their own on this machine.
export TARN_OUTBOUND_ALLOW_PRIVATE=127.0.0.0/8,::1/128
java=("$JAVA_HOME/bin/java")
"${java[@]}" -Dtarn.root="$PWD" -cp "$PWD/cli/target/app/*" dev.tarn.cli.Tarn quickstart --home "$home" --port "$port" \
  >"$home.log" 2>&1 &
server=$!
for _ in $(seq 1 240); do
  # The quick start is done when it has told what to try next.
  grep -q 'Ctrl-C' "$home.log" && break
  kill -0 "$server" 2>/dev/null || { cat "$home.log"; exit 1; }
  sleep 0.5
done
TARN_URL="http://127.0.0.1:$port" TARN_CREDENTIALS="$home/credentials.json" npm --prefix web run test:browser
