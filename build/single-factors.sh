#!/bin/sh
# What single factors tell of attributes that no network was taught: factors that were learned with a network, beside those that
# are found afterwards in the features of a plain one. Makes runs that are not there yet, then tables. Fashion-MNIST, three seeds.
#   sh build/single-factors.sh [FOLDER OF RUNS] [FOLDER OF TABLES]
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
runs=${1:-$here/runs/single-factors}
tables=${2:-$here/experiments/deepfacto-attributes}
mkdir -p "$runs" "$tables"

train() { # its folder, and what sets it apart
  folder=$1
  shift
  if [ -f "$folder/result.json" ]; then
    return
  elif [ -f "$folder/config.yaml" ]; then
    set -- --resume "$folder"
  else
    set -- --out "$folder" --data fashion-mnist --train-part 0.185 --model mlp --augment none --epochs 20 \
      --optimizer adam --lr 0.001 "$@"
  fi
  "$here/gradus" train "$@" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
}

factors() { # the table, the run, and more
  table=$1
  run=$2
  shift 2
  "$here/gradus" factors "$run" "$@" \
    --attribute 'footwear=Sandal,Sneaker,Ankle boot' \
    --attribute 'top=T-shirt/top,Pullover,Coat,Shirt' \
    --attribute 'bag=Bag' --attribute 'dress=Dress' >"$tables/$table" 2>"$tables/$table.log" ||
    { cat "$tables/$table.log" >&2; exit 1; }
  rm "$tables/$table.log"
}

for seed in 1 2 3; do
  train "$runs/plain-$seed" --seed "$seed"
  for rank in 16 32 64; do
    train "$runs/factors-$rank-$seed" --seed "$seed" --method deepfacto --rank "$rank"
    factors "with-$rank-$seed.csv" "$runs/factors-$rank-$seed"
    factors "after-$rank-$seed.csv" "$runs/plain-$seed" --rank "$rank"
  done
done

# The largest area of each attribute over the factors, and the mean share of scores that are 0.
echo "factors,rank,seed,zeros,footwear,top,bag,dress" >"$tables/table.csv"
for table in "$tables"/with-*.csv "$tables"/after-*.csv; do
  name=$(basename "$table" .csv)
  awk -F, -v name="$(echo "$name" | tr - ,)" '
    NR > 1 { zeros += $2; for (i = 0; i < 4; i++) if ($(NF - i) > best[i]) best[i] = $(NF - i) }
    END { printf "%s,%.4f,%s,%s,%s,%s\n", name, zeros / (NR - 1), best[3], best[2], best[1], best[0] }' "$table" \
    >>"$tables/table.csv"
done
cat "$tables/table.csv"

# The accuracy on test examples, with the weights of the best validation epoch.
echo "network,seed,accuracy" >"$tables/accuracy.csv"
for result in "$runs"/*/result.json; do
  name=$(basename "$(dirname "$result")")
  sed -n '/"test"/,/}/s/.*"accuracy" : \([0-9.]*\).*/\1/p' "$result" | sed "s/^/${name%-*},${name##*-},/" >>"$tables/accuracy.csv"
done
cat "$tables/accuracy.csv"
