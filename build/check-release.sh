#!/bin/sh
# Stages a release in target/staging, signed with a key that is made for it, and checks what lies there.
#   sh build/check-release.sh
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
export GNUPGHOME="$work/keys"
trap 'gpgconf --kill all; rm -rf "$work"' EXIT
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key 'Test <test@gradus.dev>' ed25519 sign 1d 2>"$work/log" ||
  { cat "$work/log" >&2; exit 1; }

mvn -q -B -ntp -Prelease -Dmaven.test.skip=true -Dexec.skip=true clean deploy
mvn -q -B -ntp -N -Dformat=check validate exec:exec@check-staging
find target/staging -name '*.asc' >"$work/signatures"
while read -r signature; do
  gpg --batch --quiet --verify "$signature" "${signature%.asc}" 2>"$work/log" ||
    { cat "$work/log" >&2; exit 1; }
done <"$work/signatures"
echo "signatures: $(wc -l <"$work/signatures") verified"
