# Sourced: JAVA_17 is the java of a JDK 17, which Debian's packages bring when there is none. Some engines do not run on a newer one.
java_17() { find /usr/lib/jvm -path '*17*/bin/java' 2>/dev/null | sort | sed -n 1p; }
if [ -z "$(java_17)" ]; then
  command -v apt-get >/dev/null || { echo "A JDK 17 is needed in /usr/lib/jvm; install one and run again." >&2; exit 3; }
  echo "== Installing JDK 17 (Debian package openjdk-17-jre-headless)" >&2
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
fi
JAVA_17=$(java_17)
