#!/bin/sh
# What single factors tell of attributes that no network was taught: factors that were learned with a network, beside those that
# are found afterwards in the features of a plain one. Makes runs that are not there yet, then tables. Three seeds.
#   sh build/single-factors.sh fashion-mnist|cifar10 [RANK ...]     how many factors: 16, 32 and 64 if nobody says
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
data=${1:-}
runs=$here/runs/single-factors-$data
tables=$here/experiments/single-factors-$data

train() { # its folder, and what sets it apart
  folder=$1
  shift
  if [ -f "$folder/result.json" ]; then
    return
  elif [ -f "$folder/config.yaml" ]; then
    set -- --resume "$folder"
  else
    set -- --out "$folder" --data "$data" --augment none --optimizer adam --lr 0.001 "$@"
    case $data in
      fashion-mnist) set -- "$@" --train-part 0.185 --epochs 20 ;;
      cifar10) set -- "$@" --train-part 0.1 --epochs 15 ;;
    esac
  fi
  "$here/gradus" train "$@" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
}

factors() { # the table, the run, and more
  table=$1
  run=$2
  shift 2
  case $data in
    fashion-mnist) set -- "$@" --attribute 'footwear=Sandal,Sneaker,Ankle boot' \
      --attribute 'top=T-shirt/top,Pullover,Coat,Shirt' --attribute 'bag=Bag' --attribute 'dress=Dress' ;;
    cifar10) set -- "$@" --attribute 'animal=bird,cat,deer,dog,frog,horse' \
      --attribute 'vehicle=airplane,automobile,ship,truck' --attribute 'wheeled=automobile,truck' \
      --attribute 'hoofed=deer,horse' ;;
  esac
  "$here/gradus" factors "$run" "$@" >"$tables/$table" 2>"$tables/$table.log" ||
    { cat "$tables/$table.log" >&2; exit 1; }
  rm "$tables/$table.log"
}

case $data in
  fashion-mnist | cifar10) ;;
  *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac
shift
[ $# -gt 0 ] || set -- 16 32 64
for rank; do
  case $rank in
    '' | *[!0-9]*) echo "The rank '$rank' is no whole number." >&2; exit 2 ;;
  esac
done
mkdir -p "$runs" "$tables"

for seed in 1 2 3; do
  train "$runs/plain-$seed" --seed "$seed" --model mlp
  for rank; do
    train "$runs/factors-$rank-$seed" --seed "$seed" --method deepfacto --model "factorised(model=mlp, rank=$rank)"
    factors "with-$rank-$seed.csv" "$runs/factors-$rank-$seed"
    factors "after-$rank-$seed.csv" "$runs/plain-$seed" --rank "$rank"
  done
done

# The largest area of each attribute over the factors, and the mean share of scores that are 0.
attributes=$(sed -n '1{s/^.*,\(\([^,]*,\)\{3\}[^,]*\)$/\1/p;q;}' "$tables/with-$1-1.csv")
for kind in after with; do
  for rank; do
    for seed in 1 2 3; do
      awk -F, -v name="$kind,$rank,$seed" '
        NR > 1 { zeros += $2; for (i = 0; i < 4; i++) if ($(NF - i) > best[i]) best[i] = $(NF - i) }
        END { printf "%s,%.4f,%s,%s,%s,%s\n", name, zeros / (NR - 1), best[3], best[2], best[1], best[0] }' \
        "$tables/$kind-$rank-$seed.csv"
    done
  done
done | sed "1i factors,rank,seed,zeros,$attributes" | tee "$tables/table.csv"

# The accuracy on test examples, with the weights of the best validation epoch.
for network in $(printf ' factors-%s' "$@") plain; do
  for seed in 1 2 3; do
    sed -n '/"test"/,/}/s/.*"accuracy" : \([0-9.]*\).*/\1/p' "$runs/$network-$seed/result.json" | sed "s/^/$network,$seed,/"
  done
done | sed '1i network,seed,accuracy' | tee "$tables/accuracy.csv"
