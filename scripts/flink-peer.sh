#!/usr/bin/env bash
# Builds Flink with Iceberg as a peer (peers/flink) and prints the command that runs it: one argument a line. It runs on a JDK 17.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
source scripts/jdk17.sh
mvn --batch-mode --no-transfer-progress -q -f peers/flink/pom.xml package >&2
echo "$JAVA_17"
echo "-Xmx${FLINK_PEER_MEMORY:-1g}"
for package in java.base/java.lang java.base/java.util java.base/java.net java.base/java.io java.base/java.nio java.base/sun.nio.ch \
  java.base/java.lang.reflect java.base/java.text java.base/java.time java.base/java.util.concurrent java.base/java.util.concurrent.atomic \
  java.base/java.util.concurrent.locks; do
  echo "--add-opens=$package=ALL-UNNAMED"
done
echo "-cp"
echo "$PWD/peers/flink/target/classes:$(cat peers/flink/target/classpath)"
echo "dev.tarn.peers.FlinkPeer"
