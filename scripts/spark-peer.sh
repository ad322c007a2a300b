#!/usr/bin/env bash
# Builds Spark with Iceberg as a peer (peers/spark) and prints the command that runs it: one argument a line. It needs a JDK 17,
# which Debian's packages bring when there is none, and Maven Central for Spark itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
source scripts/jdk17.sh
mvn --batch-mode --no-transfer-progress -q -f peers/spark/pom.xml package >&2
echo "$JAVA_17"
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
