#!/usr/bin/env bash
# Builds a program with Iceberg's own Java library of one version (peers/java) and prints the command that runs it: one argument a line.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
version=$1
mvn --batch-mode --no-transfer-progress -q -f peers/java/pom.xml package -Diceberg.version="$version" >&2
echo "$JAVA_HOME/bin/java"
echo "--enable-native-access=ALL-UNNAMED"
echo "-cp"
echo "$PWD/peers/java/target/$version/classes:$(cat "peers/java/target/$version/classpath")"
echo "dev.tarn.peers.JavaPeer"
