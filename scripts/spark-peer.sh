#!/usr/bin/env bash
# Builds Spark with Iceberg as a peer (peers/spark) and prints the command that runs it: one argument a line. It needs a JDK 17,
# which Debian's packages bring when there is none, and Maven Central for Spark itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
java17() { ls -d /usr/lib/jvm/*17*/bin/java 2>/dev/null | head -1; }
if [ -z "$(java17)" ]; then
  command -v apt-get >/dev/null || { echo "Spark needs a JDK 17 in /usr/lib/jvm; install one and run again." >&2; exit 3; }
  echo "== Installing JDK 17 (Debian package openjdk-17-jre-headless) for Spark" >&2
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
fi
mvn --batch-mode --no-transfer-progress -q -f peers/spark/pom.xml package >&2
java17
echo "-Xmx${SPARK_PEER_MEMORY:-2g}"
# What Spark's own scripts open of the JDK.
for package in java.base/java.lang java.base/java.lang.invoke java.base/java.lang.reflect java.base/java.io java.base/java.net \
  java.base/java.nio java.base/java.util java.base/java.util.concurrent java.base/java.util.concurrent.atomic \
  java.base/jdk.internal.ref java.base/sun.nio.ch java.base/sun.nio.cs java.base/sun.security.action java.base/sun.util.calendar; do
  echo "--add-opens=$package=ALL-UNNAMED"
done
echo "-Djdk.reflect.useDirectMethodHandle=false"
echo "-cp"
echo "$PWD/peers/spark/target/classes:$(cat peers/spark/target/classpath)"
echo "dev.tarn.peers.SparkPeer"
