#!/bin/sh
# Two machines with a slow link between them, made of network namespaces on this one. Needs root.
#   sh build/two-machines.sh LINK speed [-Drounds=N -Dpacks=N -Dsum=BYTES -Dspark.NAME=VALUE ...]
#     what Spark's network layer takes over the link; LINK is a rate as tc writes it, and a latency in milliseconds if
#     wanted, for which there has to be a C compiler: 1gbit or 100mbit,5
#   sh build/two-machines.sh LINK spark [COMMAND ARGUMENT ...]
#     a Spark cluster with a worker of one core on each machine; COMMAND runs on the first, with the master's address in
#     GRADUS_MASTER, the link's addresses in GRADUS_FIRST and GRADUS_SECOND, and these ways to disturb it:
#       ip -n $GRADUS_NAME-2 link set wire down    nothing passes any more; "up" mends it
#       ip netns pids $GRADUS_NAME-2               what runs on the second machine
#     Without COMMAND two workers exchange some megabytes. The executors' class path is EXECUTOR_CLASSPATH if set, else
#     that of the module spark with its tests.
set -eu
cd "$(dirname "$0")/.."
[ $# -ge 2 ] || { sed -n '2,13s/^# //p' "$0" >&2; exit 2; }
rate=${1%%,*} latency=${1#"${1%%,*}"} what=$2
shift 2

GRADUS_NAME=gradus-$$ GRADUS_FIRST=10.77.0.1 GRADUS_SECOND=10.77.0.2
export GRADUS_NAME GRADUS_FIRST GRADUS_SECOND
work=$(mktemp -d)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
pids=

clean() {
  for pid in $pids; do kill "$pid" 2> /dev/null || true; done
  for machine in 1 2; do
    for pid in $(ip netns pids "$GRADUS_NAME-$machine" 2> /dev/null); do kill -9 "$pid" 2> /dev/null || true; done
    ip netns del "$GRADUS_NAME-$machine" 2> /dev/null || true
    rm -rf "/etc/netns/$GRADUS_NAME-$machine"
  done
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

# No name server can be reached from there, and waiting for one takes long.
name() { # a machine
  mkdir -p "/etc/netns/$GRADUS_NAME-$1"
  printf '127.0.0.1 localhost %s\n10.77.0.1 first\n10.77.0.2 second\n' "$(hostname)" > "/etc/netns/$GRADUS_NAME-$1/hosts"
  echo 'nameserver 127.0.0.1' > "/etc/netns/$GRADUS_NAME-$1/resolv.conf"
}

connect() {
  for machine in 1 2; do
    name $machine
    ip netns add "$GRADUS_NAME-$machine"
  done
  if [ -n "$latency" ]; then
    slow_wire
  else
    ip link add wire netns "$GRADUS_NAME-1" type veth peer name wire netns "$GRADUS_NAME-2"
  fi
  for machine in 1 2; do
    ip -n "$GRADUS_NAME-$machine" address add 10.77.0.$machine/24 dev wire
    ip -n "$GRADUS_NAME-$machine" link set lo up
    ip -n "$GRADUS_NAME-$machine" link set wire up
    # A large burst would carry much of a gradient for nothing, after every pause.
    ip netns exec "$GRADUS_NAME-$machine" tc qdisc add dev wire root tbf rate "$rate" burst 32kb latency 50ms
  done
}

slow_wire() {
  cc -O2 -o "$work/wire" spark/src/test/c/wire.c
  "$work/wire" "$GRADUS_NAME-1" "$GRADUS_NAME-2" "${latency#,}" &
  pids="$pids $!"
  wait_for 'The wire' 'ip -n "$GRADUS_NAME-2" link show wire > /dev/null 2>&1'
}

on() { # a machine, a command
  machine=$1
  shift
  ip netns exec "$GRADUS_NAME-$machine" env SPARK_LOCAL_IP=10.77.0.$machine "$@"
}

build() {
  mvn -q -B -ntp -pl spark -am test-compile dependency:build-classpath -Dmdep.includeScope=test \
      -Dmdep.outputFile=target/test.classpath -Dexec.skip=true
  here=$(pwd)
  classpath=$here/spark/target/test-classes:$here/spark/target/classes:$(cat spark/target/test.classpath)
  options="--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED"
  options="$options $(sed -n 's/.*<spark.options>\(.*\)<\/spark.options>.*/\1/p' spark/pom.xml)"
}

wait_for() { # something, how to know
  for _ in $(seq 300); do
    if eval "$2"; then return; fi
    sleep 0.2
  done
  echo "$1 has not come up in a minute." >&2
  exit 1
}

speed() {
  # shellcheck disable=SC2086
  on 1 "$java" $options "$@" -cp "$classpath" dev.gradus.spark.TransportSpeed --listen "$GRADUS_FIRST" "$work/address" &
  listener=$!
  pids="$pids $listener"
  wait_for 'The first worker' '[ -s "$work/address" ]'
  # shellcheck disable=SC2086
  on 2 "$java" $options "$@" -cp "$classpath" dev.gradus.spark.TransportSpeed \
      --call "$GRADUS_SECOND" "$(cat "$work/address")"
  wait "$listener"
}

daemon() { # a machine, a class, its arguments
  machine=$1 class=$2
  shift 2
  # shellcheck disable=SC2086
  on "$machine" "$java" -Xmx512m $options -cp "$classpath" "org.apache.spark.deploy.$class" "$@" \
      > "$work/$class-$machine.log" 2>&1 &
  pids="$pids $!"
}

spark() {
  export SPARK_HOME="$work/home" SPARK_SCALA_VERSION=2.13
  mkdir -p "$SPARK_HOME/jars"
  GRADUS_MASTER=spark://$GRADUS_FIRST:7077
  EXECUTOR_CLASSPATH=${EXECUTOR_CLASSPATH:-$classpath}
  export GRADUS_MASTER EXECUTOR_CLASSPATH
  daemon 1 master.Master --host "$GRADUS_FIRST" --port 7077 --webui-port 0
  wait_for 'The master' 'on 1 ss -Hltn | grep -q :7077'
  for machine in 1 2; do
    daemon "$machine" worker.Worker "$GRADUS_MASTER" --host 10.77.0.$machine --cores 1 --memory 2g --webui-port 0 \
        --work-dir "$work/work-$machine"
  done
  # shellcheck disable=SC2086
  [ $# -gt 0 ] || set -- "$java" $options -cp "$classpath" dev.gradus.spark.OnTwoMachines
  on 1 "$@"
}

build
connect
case $what in
  speed) speed "$@" ;;
  spark) spark "$@" ;;
  *) echo "$what is neither speed nor spark." >&2; exit 2 ;;
esac
