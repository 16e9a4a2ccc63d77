# Read by the scripts beside it. Everything built or installed lands under one folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
TARGET=${CARGO_TARGET_DIR:-$PWD/target}
case $TARGET in /*) ;; *) TARGET=$PWD/$TARGET ;; esac
TOOLS=$TARGET/tools
VENV=$TOOLS/venv
DENY_VERSION=0.20.2
OUT=$TARGET/interop
export CHOP_INTEROP_DIR=$OUT

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
