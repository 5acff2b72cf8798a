#!/bin/sh
# Leaves checkpoints, a run and its answers among the tests, for every later release to read: sh build/keep-release.sh VERSION
set -eu
cd "$(dirname "$0")/.."
version=$1
gradus=$PWD/gradus
[ ! -e "cli/src/test/resources/releases/$version" ] || { echo "$version is kept already." >&2; exit 2; }

mvn -q -B -ntp -pl core -am -Drelease="$version" -DexcludedGroups= -Dgroups=keep-release -Dtest=ReleasedCheckpointsTest \
  -Dsurefire.failIfNoSpecifiedTests=false test

mkdir -p "cli/src/test/resources/releases/$version"
cd "cli/src/test/resources/releases/$version"
"$gradus" train --out run --data digits --augment crop --model 'lenet-bn(width=2, dropout=0.1)' \
  --optimizer 'clip-norm(1) | adamp | ema(0.9)' --schedule 'plateau(patience=1)' \
  --epochs 4 --seed 1 --checkpoint-every 60 --measure-every 20
"$gradus" evaluate run --json >evaluate.json
"$gradus" predict run | sed -n '1,21p' >predict.csv
# They speak of one computer, not of the release.
rm run/log.txt run/gradus.lock run/checkpoints/gradus.lock
sed 's/"system" : ".*"/"system" : "Linux"/' run/environment.json >environment.json
mv environment.json run
