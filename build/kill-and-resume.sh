#!/bin/sh
# Kills training at random moments, resumes it, and demands the bits of an undisturbed run.
#   sh build/kill-and-resume.sh [KILLS] [SEED]
set -eu
wanted=${1:-100}
seed=${2:-1}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
pid=
trap 'if [ -n "$pid" ]; then kill -9 "$pid" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

fail() {
  echo "$1" >&2
  exit 1
}

# In the background. Batch normalisation, dropout and augmentation take part; a checkpoint every
# third step means that many kills fall into a write.
start() {
  if [ -f "$1/config.yaml" ]; then
    set -- --resume "$1"
  else
    rm -rf "$1"
    set -- --out "$1" --model 'lenet-bn(width=8, dropout=0.3)' --augment 'crop-and-flip(1)' \
      --optimizer 'clip-norm(1) | adamp' --epochs 6 --checkpoint-every 3 --seed 5
  fi
  "$here/gradus" train "$@" >"$work/log" 2>&1 &
  pid=$!
}

finish() {
  start "$1"
  wait "$pid" || { cat "$work/log" >&2; fail 'A run failed.'; }
  pid=
}

draw() { # a whole number below $1
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  drawn=$((seed / 65536 % $1))
}

is_writing() {
  for temporary in "$1"/checkpoints/*.tmp; do [ -e "$temporary" ]; done
}

# Every second time the moment is that of the next write.
kill_at_random() {
  start "$1"
  draw "$((longest * 700))"
  sleep "$(printf '%d.%03d' "$((drawn / 1000))" "$((drawn % 1000))")"
  while [ "$((kills % 2))" -eq 1 ] && kill -0 "$pid" 2>/dev/null && ! is_writing "$1"; do :; done
  if kill -9 "$pid" 2>/dev/null; then
    wait "$pid" 2>/dev/null || true
    kills=$((kills + 1))
    is_writing "$1" && writes=$((writes + 1))
  fi
  pid=
}

last_checkpoint() {
  find "$1/checkpoints" -name 'step-*.safetensors' | sort | tail -n 1
}

measurements() { # without what the clock says
  sed 's/"seconds":[^,]*,//; s/"examplesPerSecond":[^,}]*//' "$1/metrics.jsonl"
}

require_same() {
  cmp -s "$(last_checkpoint "$work/undisturbed")" "$(last_checkpoint "$1")" ||
    fail "$2: other weights."
  measurements "$1" >"$work/measured"
  measurements "$work/undisturbed" | cmp -s - "$work/measured" || fail "$2: other measurements."
}

began=$(date +%s)
finish "$work/undisturbed"
longest=$(($(date +%s) - began))
finish "$work/again"
require_same "$work/again" 'Two undisturbed runs differ'
echo "Two undisturbed runs agree to the bit ($longest s each)."

kills=0
writes=0
runs=0
while [ "$kills" -lt "$wanted" ]; do
  rm -rf "$work/killed"
  before=$kills
  while [ "$kills" -lt "$wanted" ] && [ "$kills" -lt "$((before + 5))" ] &&
    [ ! -f "$work/killed/result.json" ]; do
    kill_at_random "$work/killed"
  done
  finish "$work/killed"
  runs=$((runs + 1))
  require_same "$work/killed" "Run $runs differs after $((kills - before)) kills"
done
echo "$kills kills, $writes of them inside the write of a checkpoint: every run ends with the same bits."
