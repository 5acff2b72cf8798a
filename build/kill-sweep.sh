#!/bin/sh
# Kills a sweep at random moments, starts it again, and demands what an undisturbed sweep comes to.
#   sh build/kill-sweep.sh [KILLS] [SEED]
# The sweep has 200 runs: two entrants with 27 drawn candidates each, tuned by halving, and judged.
set -eu
wanted=${1:-20}
seed=${2:-1}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
pid=
trap 'if [ -n "$pid" ]; then kill -9 "$pid" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

fail() {
  echo "$1" >&2
  exit 1
}

cat >"$work/sweep.yaml" <<'YAML'
settings: {model: "mlp(width=8, dropout=0.1)", epochs: 9, checkpoint-every: 20}
tuning: random(27) | halving
search: {lr: 0.0001 to 0.1, batch: [64, 128]}
entrants: {adam: {optimizer: adam}, sgd: {optimizer: sgd(momentum=0.9)}}
tuning-seeds: [0, 1]
seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]
YAML

# In the background, so that its process can be killed.
start() {
  "$here/gradus" sweep "$work/sweep.yaml" --out "$1" >"$work/log" 2>&1 &
  pid=$!
}

finish() {
  start "$1"
  wait "$pid" || { cat "$work/log" >&2; fail 'A sweep failed.'; }
  pid=
}

draw() { # a whole number below $1
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  drawn=$((seed / 65536 % $1))
}

finished() {
  if [ -d "$1/results" ]; then find "$1/results" -name '*.json' | wc -l; else echo 0; fi
}

figures() { # of every run, without what the clock and the machine say
  for result in "$1"/results/*.json; do
    echo "$result" | sed 's|.*/||'
    sed '/"seconds"/d; /"finished"/d; /"sessions"/,$d' "$result"
  done
}

began=$(date +%s)
finish "$work/undisturbed"
runs=$(finished "$work/undisturbed")
echo "An undisturbed sweep makes $runs runs in $(($(date +%s) - began)) s."

# Kills at a random moment behind a random number of further runs.
kills=0
while [ "$kills" -lt "$wanted" ]; do
  before=$(finished "$work/killed")
  start "$work/killed"
  draw "$((2 * runs / (wanted + 2)))"
  until [ "$(finished "$work/killed")" -ge "$((before + drawn))" ] || ! kill -0 "$pid" 2>/dev/null; do
    sleep 0.05
  done
  draw 900
  sleep "0.$(printf '%03d' "$drawn")"
  if kill -9 "$pid" 2>/dev/null; then
    wait "$pid" 2>/dev/null || true
    kills=$((kills + 1))
  else
    wait "$pid" || { cat "$work/log" >&2; fail 'A sweep failed.'; }
    rm -rf "$work/killed" "$work/kept"
  fi
  pid=
  if [ -d "$work/kept" ]; then
    for result in "$work"/kept/*.json; do
      cmp -s "$result" "$work/killed/results/${result##*/}" || fail "${result##*/} is lost."
    done
  fi
  rm -rf "$work/kept"
  [ ! -d "$work/killed/results" ] || cp -r "$work/killed/results" "$work/kept"
  echo "kill $kills: $before, then $(finished "$work/killed") runs finished"
done
finish "$work/killed"
for result in "$work"/kept/*.json; do
  cmp -s "$result" "$work/killed/results/${result##*/}" || fail "${result##*/} is lost."
done
for table in table.md table.csv sweep.json; do
  cmp -s "$work/undisturbed/$table" "$work/killed/$table" || fail "Another $table."
done
figures "$work/undisturbed" >"$work/one"
figures "$work/killed" >"$work/other"
cmp -s "$work/one" "$work/other" || fail 'Other figures.'
echo "$kills kills: no finished run lost; tables and the figures of $runs runs are the same to the bit."
