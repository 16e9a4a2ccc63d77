#!/usr/bin/env bash
# The JavaScript library `jose` judges our JWS, JWE and thumbprints; we judge what it makes.
. "$(dirname "$0")/../../../scripts/lib.sh"
needs node "our signatures and envelopes" || exit 0
[ -d tests/interop/jose/node_modules ] || scripts/need node
folder=$OUT/jose
mkdir -p "$folder"
node tests/interop/jose/judge.mjs make "$folder"
interop jose-answer "$folder"
node tests/interop/jose/judge.mjs judge "$folder"
interop jose-open "$folder"
