#!/bin/sh
# Two workers on loopback, a process each: how long packs and the sum of 100 MB of floats take over Spark's network
# layer, beside plain sockets in C if there is a C compiler. Spark's settings may follow: -Dspark.NAME=VALUE
set -eu
cd "$(dirname "$0")/.."

mvn -q -B -ntp -pl spark -am test-compile dependency:build-classpath -Dmdep.includeScope=test \
    -Dmdep.outputFile=target/test.classpath -Dexec.skip=true
sockets=
if command -v cc > /dev/null; then
  sockets=spark/target/sockets
  cc -O2 -o "$sockets" spark/src/test/c/sockets.c
fi
options=$(sed -n 's/.*<spark.options>\(.*\)<\/spark.options>.*/\1/p' spark/pom.xml)
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED $options "$@" \
    -cp "spark/target/test-classes:spark/target/classes:$(cat spark/target/test.classpath)" \
    dev.gradus.spark.TransportSpeed $sockets
