"""What the process holds after 100,000 calls is what it held before: Python's heap and the whole process."""

import gc
import tracemalloc
from pathlib import Path

import chop_wallet as chop

CALLS = 100_000


def test_nothing_leaks_over_100_000_calls(world):
    calls(world, CALLS // 10)
    tracemalloc.start()
    calls(world, CALLS // 10)
    python, process = tracemalloc.get_traced_memory()[0], resident_kib()
    calls(world, CALLS)
    grown = tracemalloc.get_traced_memory()[0] - python
    tracemalloc.stop()
    grown_process = resident_kib() - process
    print(f"{CALLS} calls from Python: its heap grew by {grown} bytes, the process by {grown_process} KiB")
    assert grown < 256 * 1024
    assert grown_process < 16 * 1024


def calls(world, count):
    """Records, objects, errors and texts over the border; one call in fifty reads the space."""
    for number in range(count // 5):
        if number % 10 == 0:
            world.resident.holdings().list(None, None, 5)
        try:
            chop.scan(["CHOP1:junk"])
        except chop.ChopError.Failed as error:
            assert error.params == []
        world.resident.label()
        world.resident.holdings()
        chop.Cancel().is_cancelled()
    gc.collect()


def resident_kib() -> int:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
