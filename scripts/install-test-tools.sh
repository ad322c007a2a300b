#!/usr/bin/env bash
# What the tests need beyond JDK, Node and Maven: a Chromium, from Debian's packages when there is none.
set -euo pipefail
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
  if ! command -v apt-get >/dev/null; then
    echo "The browser tests need Chromium, which is not here; install it and run again." >&2
    exit 3
  fi
  echo "== Installing Chromium (Debian package chromium) for the browser tests"
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
