#!/usr/bin/env bash
# Go's golang.org/x/mod/sumdb (note, tlog) judges the logs of chop-ledger, and the reverse.
# Exit 0: all agree. Without Go: said aloud, and a failure where CI=true.
. "$(dirname "$0")/../../../scripts/lib.sh"

if ! has go; then
    say "NOT JUDGED: Go is missing, so nobody else has checked our logs"
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi
mkdir -p "$OUT"
ledger_test() { cargo test "${ALL[@]}" --test interop -- --ignored --exact --nocapture "$1" >&2; }

ledger_test interop::write_for_others
(cd tests/interop/go && GOFLAGS=-mod=readonly go run . "$OUT/ledger.json" "$OUT/ledger-go.json")
ledger_test interop::judge_what_others_made
