# Sourced: exports JAVA_HOME as a JDK 25, or explains what is missing.
jdk_is_25() { [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null; }
find_jdk_25() {
  local candidate
  for candidate in "${JAVA_HOME:-}" "${JAVA_HOME_25:-}" "${JAVA_HOME_25_X64:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/jdk* /opt/java/*; do
    if [ -n "$candidate" ] && jdk_is_25 "$candidate"; then (cd "$candidate" && pwd); return 0; fi
  done
  candidate=$(command -v javac 2>/dev/null) || return 1
  candidate=$(dirname "$(dirname "$(readlink -f "$candidate")")")
  jdk_is_25 "$candidate" && echo "$candidate"
}
if ! JAVA_HOME=$(find_jdk_25); then
  echo "Tarn needs a JDK 25 and found none. Install one (for example Temurin 25) or set JAVA_HOME to it." >&2
  exit 3
fi
export JAVA_HOME
