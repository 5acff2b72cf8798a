#!/bin/sh
# Tests the launcher against JDKs and a Maven made of small scripts: sh build/test-launcher.sh
set -eu

launcher=$(cd "$(dirname "$0")/.." && pwd)/gradus
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
checks=0

check() {
  checks=$((checks + 1))
  if [ "$2" != "$3" ]; then
    failures=$((failures + 1))
    printf 'FAILED %s\n  expected: %s\n  found:    %s\n' "$1" "$3" "$2"
  fi
}

# The same launcher, whose fixed places lie below $ROOT.
new_project() {
  rm -rf "$work"/*
  project="$work/a project"
  root="$work/root"
  tools="$work/tools"
  mkdir -p "$root" "$tools" "$work/home"
  for module in core djl spark cli; do
    mkdir -p "$project/$module/src/main"
    touch -t 202001010000 "$project/$module/src/main" "$project/$module/pom.xml"
  done
  touch -t 202001010000 "$project/pom.xml"
  sed 's#\([" ]\)/usr/lib/jvm#\1"$ROOT"/jvm#; s#/usr/libexec#$ROOT/libexec#; s# /Library# "$ROOT"/Library#' \
    "$launcher" >"$project/gradus"
  chmod +x "$project/gradus"
  for tool in cat cp dirname find flock mkdir paste readlink sed sh sleep touch; do
    if path=$(command -v "$tool"); then ln -s "$path" "$tools/$tool"; fi
  done
}

new_jdk() {
  mkdir -p "$1/bin"
  printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
  cat >"$1/bin/java" <<'JAVA'
#!/bin/sh
echo "java $0"
echo "process $$"
for argument; do echo "[$argument]"; done
JAVA
  cp "$1/bin/java" "$1/bin/javac"
  chmod +x "$1/bin/java" "$1/bin/javac"
}

new_maven() {
  printf '#!/bin/sh\necho build >>"%s/builds"\n%s\n' "$work" "$1" >"$tools/mvn"
  chmod +x "$tools/mvn"
}

new_jar() {
  mkdir -p "$project/cli/target"
  : >"$project/cli/target/gradus.jar"
}

# Runs a command in an environment with nothing in it, and keeps its output, errors and exit code.
run() {
  code=0
  env -i ROOT="$root" HOME="$work/home" PATH="$tools" "$@" >"$work/out" 2>"$work/err" || code=$?
  java_found=$(sed -n 's/^java //p' "$work/out")
}

error_lines() {
  sed -n '$=' "$work/err"
}

test_no_jdk() {
  new_project
  new_jar
  new_jdk "$root/jvm/jdk-17" 17.0.15
  run "$project/gradus"
  check 'no JDK: exit code' "$code" 2
  check 'no JDK: sentence' "$(cat "$work/err")" \
    'gradus: A JDK 25 or newer is needed; install one or set JAVA_HOME to its folder.'
}

test_spark() {
  new_project
  new_jar
  new_jdk "$root/jvm/jdk-25" 25.0.1
  mkdir -p "$project/cli/target/lib"
  : >"$project/cli/target/lib/a.jar"
  run SPARK_HOME=/opt/spark "$project/gradus" spark-train --workers 2
  check 'Spark: its jars' "$(grep -c '^\[/opt/spark/conf:/opt/spark/jars/\*\]$' "$work/out")" 1
  check 'Spark: our jars' "$(grep -c '/cli/target/lib/a.jar\]$' "$work/out")" 1
  check 'Spark: the command' "$(sed -n '$p' "$work/out")" '[2]'
}

test_old_java_home_falls_through() {
  new_project
  new_jar
  new_jdk "$work/old jdk" 1.8.0_402
  new_jdk "$tools/on-path" 24.0.2
  ln -s on-path/bin/java "$tools/java"
  new_jdk "$root/jvm/jdk-17" 17.0.15
  new_jdk "$root/jvm/a-jre-25" 25.0.1
  rm "$root/jvm/a-jre-25/bin/javac"
  new_jdk "$root/jvm/jdk-25" 25.0.1
  run JAVA_HOME="$work/old jdk" "$project/gradus"
  check 'old JAVA_HOME: exit code' "$code" 0
  check 'old JAVA_HOME: JDK' "$java_found" "$root/jvm/jdk-25/bin/java"
}

test_places() {
  new_project
  new_jar
  new_jdk "$root/Library/Java/JavaVirtualMachines/jdk-26/Contents/Home" 26-ea
  run "$project/gradus"
  check 'macOS folder' "$java_found" "$root/Library/Java/JavaVirtualMachines/jdk-26/Contents/Home/bin/java"
  new_jdk "$work/home/.sdkman/candidates/java/25.0.1-tem" 25.0.1
  run "$project/gradus"
  check 'SDKMAN' "$java_found" "$work/home/.sdkman/candidates/java/25.0.1-tem/bin/java"
  new_jdk "$work/linked jdk" 25
  ln -s "$work/linked jdk/bin/java" "$tools/java"
  run "$project/gradus"
  check 'link on the PATH' "$java_found" "$work/linked jdk/bin/java"
  new_jdk "$work/my jdk" 25.0.1
  run JAVA_HOME="$work/my jdk" "$project/gradus"
  check 'JAVA_HOME' "$java_found" "$work/my jdk/bin/java"
}

test_arguments_links_and_spaces() {
  new_project
  new_jar
  new_jdk "$root/jvm/jdk-25" 25.0.1
  mkdir "$work/other place"
  : >"$work/-Dstar=x"
  cd "$work"
  ln -s "../a project/gradus" "$work/other place/first"
  ln -s first "$work/other place/second"
  run GRADUS_JAVA_OPTS='-Xmx1g -Dstar=*' "$work/other place/second" train '--out=my runs' '*' ''
  check 'link: exit code' "$code" 0
  check 'link: jar, options and arguments' "$(sed -n '/Xmx1g/,$p' "$work/out" | sed ':a;N;$!ba;s/\n//g')" \
    "[-Xmx1g][-Dstar=*][-jar][$project/cli/target/gradus.jar][train][--out=my runs][*][]"
  check 'nothing is built' "$(cat "$work/err")" ''
}

test_java_takes_the_place_of_the_shell() {
  new_project
  new_jar
  new_jdk "$root/jvm/jdk-25" 25.0.1
  run sh -c 'echo "shell $$"; exec "$0"' "$project/gradus"
  check 'same process' "$(sed -n 's/^process //p' "$work/out")" "$(sed -n 's/^shell //p' "$work/out")"
}

test_no_maven() {
  new_project
  new_jdk "$root/jvm/jdk-25" 25.0.1
  run "$project/gradus"
  check 'no Maven: exit code' "$code" 2
  check 'no Maven: sentence' "$(cat "$work/err")" \
    'gradus: Maven 3.8 or newer is needed for the build; put its mvn on the PATH.'
}

test_failed_build() {
  new_project
  new_jdk "$root/jvm/jdk-25" 25.0.1
  new_maven 'echo broken; exit 1'
  run "$project/gradus"
  check 'failed build: exit code' "$code" 2
  check 'failed build: sentence' "$(sed -n '$p' "$work/err")" \
    "gradus: The build failed; its log is $project/cli/target/build.log"
  check 'failed build: log' "$(cat "$project/cli/target/build.log")" broken
  check 'failed build: lines' "$(error_lines)" 2
}

test_builds_only_when_needed() {
  new_project
  new_jdk "$root/jvm/jdk-25" 25.0.1
  new_maven ': >"'"$project"'/cli/target/gradus.jar"'
  run "$project/gradus"
  check 'first use' "$(cat "$work/err")" 'Building Gradus (first use, about a minute)…'
  run "$project/gradus"
  check 'second use' "$(cat "$work/err")" ''
  touch -t 202101010000 "$project/cli/target/gradus.jar"
  touch -t 202201010000 "$project/core/src/main/Changed.java"
  new_maven :
  run "$project/gradus"
  check 'changed source' "$(cat "$work/err")" 'Building Gradus (its sources have changed)…'
  run "$project/gradus"
  check 'an unchanged jar counts as built' "$(cat "$work/err")" ''
  check 'number of builds' "$(sed -n '$=' "$work/builds")" 2
}

test_two_first_uses_build_once() {
  command -v flock >/dev/null || return 0
  new_project
  new_jdk "$root/jvm/jdk-25" 25.0.1
  new_maven 'sleep 1; : >"'"$project"'/cli/target/gradus.jar"'
  run sh -c '"$0" & "$0"; wait' "$project/gradus"
  check 'two at once' "$(sed -n '$=' "$work/builds")" 1
}

test_no_jdk
test_spark
test_old_java_home_falls_through
test_places
test_arguments_links_and_spaces
test_java_takes_the_place_of_the_shell
test_no_maven
test_failed_build
test_builds_only_when_needed
test_two_first_uses_build_once

printf 'launcher: %s checks, %s failed\n' "$checks" "$failures"
[ "$failures" -eq 0 ]
