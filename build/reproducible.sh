#!/bin/sh
# Builds the release of the last commit twice, in two places, time zones and languages, and compares the bytes.
# Jars record who may read a file, so the umask is part of what must be equal.
#   sh build/reproducible.sh
set -eu
umask 022
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Builds in folder $1, with the environment that follows.
build() {
  folder=$work/$1
  shift
  git clone -q "$here" "$folder"
  env "$@" mvn -q -B -ntp -f "$folder/pom.xml" -Prelease -Dmaven.test.skip=true -Dexec.skip=true \
    -Dgpg.skip=true deploy >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

# What Maven says of the time of staging is no part of a release.
sums() {
  (cd "$work/$1/target/staging" && find . -type f ! -name 'maven-metadata.xml*' -exec sha256sum {} + | sort -k 2)
}

build first TZ=Pacific/Auckland LC_ALL=C
build another/place TZ=America/New_York LC_ALL=C.UTF-8 MAVEN_OPTS=-Duser.language=tr
sums first >"$work/first.sums"
sums another/place >"$work/another.sums"
diff "$work/first.sums" "$work/another.sums"
echo "reproducible: $(grep -c 'jar$\|pom$' "$work/first.sums") files with the same bytes, built twice on" \
  "$(uname -sm), $(mvn -v | grep -o 'Maven [0-9][0-9.]*')"
