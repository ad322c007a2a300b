#!/usr/bin/env bash
# Brings Trino's server (peers/trino/target, 800 MB of Maven Central at the first time) with its Iceberg connector alone, and prints
# the command that runs it in the folder that holds its etc/: one argument a line. It runs on the JDK 25 that Tarn runs on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/jdk.sh
version=476 # The last one whose server is on Maven Central.
folder="$PWD/peers/trino/target/trino-server-$version"
if [ ! -f "$folder/complete" ]; then
  echo "== Downloading Trino $version" >&2
  rm -rf "$folder"
  mkdir -p "$folder"
  mvn --batch-mode --no-transfer-progress -q org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
    -Dartifact=io.trino:trino-server:$version:tar.gz -DoutputDirectory="$folder" >&2
  archive="$folder/trino-server-$version.tar.gz"
  # Of files that several plugins have, the archive holds one, and links to it.
  tar tzvf "$archive" | sed -nE "s#.* (trino-server-$version/(lib|plugin/iceberg)/[^ ]+)\$#\1#p; s#.* trino-server-$version/plugin/iceberg/.* link to (.*)#\1#p" \
    | grep -v '/$' >"$folder/wanted"
  tar tzf "$archive" "trino-server-$version/plugin/iceberg" | grep -v '/$' >>"$folder/wanted"
  sort -u -o "$folder/wanted" "$folder/wanted"
  tar xzf "$archive" -C "$folder" --strip-components=1 -T "$folder/wanted"
  find "$folder/plugin" -mindepth 1 -maxdepth 1 ! -name iceberg -exec rm -r {} +
  rm "$archive"
  touch "$folder/complete"
fi
echo "$JAVA_HOME/bin/java"
echo "-Xmx${TRINO_PEER_MEMORY:-1536m}"
echo "-Dconfig=etc/config.properties"
echo "-Dnode.environment=test"
echo "-Dnode.data-dir=data"
echo "-Dplugin.dir=$folder/plugin"
echo "-Djdk.attach.allowAttachSelf=true"
echo "--enable-native-access=ALL-UNNAMED"
echo "--add-modules=jdk.incubator.vector"
echo "--add-opens=java.base/java.nio=ALL-UNNAMED"
echo "--add-opens=java.base/java.lang=ALL-UNNAMED"
echo "-cp"
echo "$folder/lib/*"
echo "io.trino.server.TrinoServer"
