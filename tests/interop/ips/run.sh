#!/usr/bin/env bash
# HL7's own package, by name, version and integrity hash, is what core/testdata/ips holds.
. "$(dirname "$0")/../../../scripts/lib.sh"
needs npm "the patient summaries against HL7's package" || exit 0
scripts/fetch-ips.sh
