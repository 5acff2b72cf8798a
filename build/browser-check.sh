#!/bin/sh
# Makes each kind of page and opens it in Chromium: no console messages, nothing from elsewhere, nothing too wide for a
# phone, toggles and tooltips that work, no serious finding of axe. Screenshots are kept.
#   sh build/browser-check.sh [PAGE.html...]     instead of those that it makes
# Needs Node.js with npm, and Chromium as chromium or in the variable CHROMIUM.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
place=$here/target/browser
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$browser" ] || { echo 'There is no Chromium; name one in CHROMIUM.' >&2; exit 2; }
mkdir -p "$place"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "$#" -eq 0 ]; then
  "$here/gradus" report "$here/experiments/compression-mlp" --html "$work/report.html" >"$work/log"
  "$here/gradus" train --out "$work/run" --instances rates --trusted 0.1 --corrupt-labels 0.3 --epochs 5 >>"$work/log" 2>&1
  "$here/gradus" suspects "$work/run" --html "$work/suspects.html" >>"$work/log" 2>&1
  "$here/gradus" compress scale --html "$work/scaling.html" >>"$work/log" 2>&1
  set -- "$work/report.html" "$work/suspects.html" "$work/scaling.html" "$here/docs/gallery.html"
fi

cp "$here/build/browser/package.json" "$here/build/browser/check.mjs" "$place"
[ -d "$place/node_modules" ] || (cd "$place" && npm install --silent --no-package-lock --no-audit --no-fund)
node "$place/check.mjs" "$browser" "$place" "$@"
echo "Screenshots are in $place"
