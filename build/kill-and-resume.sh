#!/bin/sh
# Kills training at random moments, resumes it, and demands the bits of an undisturbed run.
#   sh build/kill-and-resume.sh [ROUNDS] [SEED]
set -eu
rounds=${1:-100}
seed=${2:-1}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
pid=
trap 'if [ -n "$pid" ]; then kill -9 "$pid" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

# Batch normalisation, dropout and augmentation take part; a checkpoint every third step means that
# many kills fall into a write.
start() { # in the background, from where the run in folder $1 was killed
  if [ -f "$1/config.yaml" ]; then
    "$here/gradus" train --resume "$1" >"$work/log" 2>&1 &
  else
    rm -rf "$1"
    "$here/gradus" train --model 'lenet-bn(width=8, dropout=0.3)' --augment 'crop-and-flip(1)' \
      --optimizer 'clip-norm(1) | adamp' --epochs 6 --checkpoint-every 3 --seed 5 --out "$1" \
      >"$work/log" 2>&1 &
  fi
  pid=$!
}
finish() {
  start "$1"
  wait "$pid" || { cat "$work/log" >&2; fail "A run failed."; }
}
fail() {
  echo "$1" >&2
  exit 1
}
same() {
  cmp -s "$(ls "$work"/undisturbed/checkpoints/step-*.safetensors | tail -n 1)" \
    "$(ls "$1"/checkpoints/step-*.safetensors | tail -n 1)"
}
draw() { # a whole number below $1
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  drawn=$((seed / 65536 % $1))
}

began=$(date +%s)
finish "$work/undisturbed"
took=$(($(date +%s) - began))
finish "$work/again"
same "$work/again" || fail 'Two undisturbed runs differ.'
echo "Two undisturbed runs agree ($took s each)."

kills=0
round=0
while [ "$round" -lt "$rounds" ]; do
  rm -rf "$work/killed"
  for _ in 1 2 3; do
    start "$work/killed"
    draw "$((took * 1000))"
    sleep "$((drawn / 1000)).$((drawn % 1000))"
    kill -9 "$pid" 2>/dev/null && kills=$((kills + 1))
    wait "$pid" 2>/dev/null || true
  done
  finish "$work/killed"
  same "$work/killed" || fail "Round $((round + 1)) ends with other weights."
  round=$((round + 1))
done
pid=
echo "$rounds rounds with $kills kills end with the bits of an undisturbed run."
