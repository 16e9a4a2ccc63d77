#!/usr/bin/env bash
# zxing-cpp and zbar read every code that we draw; we read what segno draws; zxing-cpp judges the photographs.
. "$(dirname "$0")/../../../scripts/lib.sh"
needs "$VENV/bin/python" "our QR codes (zxing-cpp)" || exit 0
needs zbarimg "our QR codes (zbar)" || exit 0
rm -rf "$OUT/qr"
mkdir -p "$OUT/qr/theirs"
interop qr-draw "$OUT/qr/ours"
interop qr-photograph "$OUT/qr/photographs"
"$VENV/bin/python" tests/interop/qr/judge.py "$OUT/qr"
interop qr-read "$OUT/qr/theirs"
