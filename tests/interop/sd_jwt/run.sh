#!/usr/bin/env bash
# The reference implementation of RFC 9901 (PyPI `sd-jwt`) judges our SD-JWTs; we judge what it makes.
. "$(dirname "$0")/../../../scripts/lib.sh"
needs "$VENV/bin/python" "our SD-JWTs" || exit 0
folder=$OUT/sd_jwt
mkdir -p "$folder"
"$VENV/bin/python" tests/interop/sd_jwt/judge.py make "$folder"
interop sd-jwt "$folder"
"$VENV/bin/python" tests/interop/sd_jwt/judge.py judge "$folder"
