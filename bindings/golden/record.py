"""Records the golden walk: `make golden`. Run it only when the bytes are meant to change, and say why.

Inputs come from `chop tool demo-authority`, made on the spot; outputs are digests of every message.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from replay import GOLDEN, make_spaces, replay


def main() -> None:
    now = int(time.time())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        resident, hospital = make_spaces(folder, now)
        golden = {"now": now, "inputs": inputs(folder, resident, hospital)}
    with tempfile.TemporaryDirectory() as folder:
        golden["outputs"] = replay(Path(folder), golden)
    GOLDEN.write_text(json.dumps(golden, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def inputs(folder: Path, resident, hospital) -> dict:
    call = [os.environ["CHOP"], "tool", "demo-authority", "--into", str(folder / "demo")]
    (folder / "hospital.jwk").write_text(hospital.desk().public_key())
    call += ["--verifier-jwk", str(folder / "hospital.jwk")]
    for name in ("summary", "transcript"):
        (folder / f"{name}.jwk").write_text(resident.holdings().make_credential_key())
        call += ["--holder-jwk", str(folder / f"{name}.jwk")]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
    read = lambda name: (folder / "demo" / name).read_text()
    return {
        "hospital.pem": read("hospital.pem"),
        "list": read("demo.chop-trust"),
        "summary": read("summary.sd-jwt"),
        "transcript": read("transcript.sd-jwt"),
        "query": read("ask.json"),
        "terms": read("terms.json"),
    }


if __name__ == "__main__":
    sys.exit(main())
