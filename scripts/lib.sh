# Read by the scripts beside it. Everything built or installed lands under one folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
TARGET=${CARGO_TARGET_DIR:-$PWD/target}
case $TARGET in /*) ;; *) TARGET=$PWD/$TARGET ;; esac
TOOLS=$TARGET/tools
VENV=$TOOLS/venv
DENY_VERSION=0.20.2
TAURI_DRIVER_VERSION=2.1.0
OUT=$TARGET/interop
export CHOP_INTEROP_DIR=$OUT
# Whoever brings a perl of their own keeps it.
export OPENSSL_SRC_PERL=${OPENSSL_SRC_PERL:-$PWD/scripts/openssl-perl}

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# What the checks build, with every feature, so that what the parts share is compiled once. `testing` and `e2e`
# are among them: the programs that people get are built without (scripts/run, package, bindings).
ALL=(--locked --quiet --workspace --all-features)

# built NAME…: these programs, or examples/NAME, are there in $TARGET/debug as the checks use them.
built() {
    local name what=()
    [ -z "${CHOP_BUILT:-}" ] || return 0 # scripts/test has built everything.
    for name in "$@"; do
        case $name in
            examples/*) what+=(--example "${name#examples/}") ;;
            *) what+=(--bin "$name") ;;
        esac
    done
    cargo build "${ALL[@]}" "${what[@]}"
}

# Our half of the interop steps: writes what others judge and judges what others wrote.
interop() { built interop && "$TARGET/debug/interop" "$@"; }

# needs COMMAND WHAT: whether COMMAND is there. Where it is missing, that is said; in CI it fails.
needs() {
    has "$1" && return 0
    say "NOT JUDGED: $2, because $1 is missing (scripts/need installs it)"
    [ "${CI:-}" != true ] || exit 1
    return 1
}
