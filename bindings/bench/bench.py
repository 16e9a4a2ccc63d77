"""One call over the border, beside the same call in Rust: `scripts/bench_bindings`.

    python bench.py FOLDER RUST_PROGRAM LIBRARY COMMAND-OF-KOTLIN…

A space of 50 cards; medians; rounds of the three sides are interleaved, so that a busy machine slows all.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import chop_wallet as chop

PASSPHRASE = "correct horse battery staple"
CALLS, ROUNDS = 400, 3
LIMITS = {"Kotlin": 150, "Python": 400}
MOST_MIB = 12


def main(folder: Path, rust: str, library: Path, kotlin: list) -> int:
    make(folder)
    took: dict = {"Rust": [], "Kotlin": [], "Python": []}
    for _ in range(ROUNDS):
        given = [str(folder / "space"), str(folder / "keys"), PASSPHRASE, str(CALLS)]
        took["Rust"].append(int(subprocess.check_output([rust, *given])))
        took["Python"].append(in_python(folder))
        subprocess.run([*kotlin, f"-Dchop.bench={folder}", f"-Dchop.bench.calls={CALLS}"], check=True)
        took["Kotlin"].append(int((folder / "kotlin").read_text()))
    medians = {name: statistics.median(times) / 1000 for name, times in took.items()}
    size = library.stat().st_size / (1 << 20)
    rows = [f"| list 50 cards, Rust | {medians['Rust']:.0f} µs | |"]
    is_good = size <= MOST_MIB
    for name, limit in LIMITS.items():
        above = medians[name] - medians["Rust"]
        is_good &= above <= limit
        rows.append(f"| the same from {name} | {medians[name]:.0f} µs | {above:.0f} µs above Rust, at most {limit} |")
    rows.append(f"| library, stripped, {os.uname().machine} | {size:.1f} MiB | at most {MOST_MIB} |")
    print("\n".join(rows))
    report = {"microseconds": medians, "mebibytes": size, "within": is_good}
    (folder / "report.json").write_text(json.dumps(report, indent=1))
    return 0 if is_good else 1


def make(folder: Path) -> None:
    (folder / "keys").mkdir(parents=True)
    keys = chop.KeyPlace(folder=str(folder / "keys"))
    new = chop.NewSpace(kind=chop.SpaceType.PERSON, label="bench", place=chop.Place.HK)
    space = chop.create_space(str(folder / "space"), new, PASSPHRASE, keys).space
    for number in range(60):
        fields = {f"field {field}": f"value {field} of {number}" for field in range(10)}
        space.holdings().import_bytes(f"card {number}.json", json.dumps(fields).encode(), f"card {number}")
    space.lock()


def in_python(folder: Path) -> int:
    keys = chop.KeyPlace(folder=str(folder / "keys"))
    space = chop.open_space(str(folder / "space"), PASSPHRASE, keys)
    holdings, took = space.holdings(), []
    for _ in range(CALLS):
        start = time.perf_counter_ns()
        cards = holdings.list(None, None, 50)
        took.append(time.perf_counter_ns() - start)
        assert len(cards) == 50
    space.lock()
    return int(statistics.median(took))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:]))
