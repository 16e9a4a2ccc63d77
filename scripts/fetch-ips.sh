#!/usr/bin/env bash
# scripts/fetch-ips.sh [--update]: gets HL7's example patient summaries from npm and compares them with
# core/testdata/ips, byte for byte. With --update it writes them there instead.
set -euo pipefail
cd "$(dirname "$0")/.."
PACKAGE=hl7.fhir.uv.ips@2.0.0
INTEGRITY=sha512-4PWToJ9b1FgXsm9DIvHiU6HO9Z5m75jxk0e0MXOmhFlf2m2slk/d6RoiSYIChKJlvmtJ7GbRftt7PphlwmZcbQ==
FILES=(Bundle-IPS-examples-Bundle-01.json Bundle-bundle-ips-all-sections.json)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm pack --silent --pack-destination "$folder" "$PACKAGE" >/dev/null
archive=("$folder"/*.tgz)
found=sha512-$(openssl dgst -sha512 -binary "${archive[0]}" | base64 -w0)
[ "$found" = "$INTEGRITY" ] || { echo "the package is not the one that was pinned: $found" >&2; exit 1; }
tar -xzf "${archive[0]}" -C "$folder"
grep -q '"license" : "CC0-1.0"' "$folder/package/package.json" || { echo "the licence changed" >&2; exit 1; }

for file in "${FILES[@]}"; do
    if [ "${1:-}" = --update ]; then
        cp "$folder/package/example/$file" "core/testdata/ips/$file"
    else
        cmp "$folder/package/example/$file" "core/testdata/ips/$file"
        echo "same: $file"
    fi
done
