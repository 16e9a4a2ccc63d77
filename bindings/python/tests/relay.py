"""A relay of one's own on this machine: the program `chop-relay` (`CHOP_RELAY_PROGRAM`), in a process."""

import base64
import json
import os
import socket
import subprocess
import textwrap
import time
from pathlib import Path
from typing import Any


class Relay:
    """Serves until `stop`. `trusted` is the trust list whose first authority may claim."""

    def __init__(self, folder: Path, trusted: str) -> None:
        folder.mkdir()
        program = os.environ["CHOP_RELAY_PROGRAM"]
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.origin = f"http://localhost:{port}"
        (folder / "authority.pem").write_text(authority_of(trusted))
        config = folder / "relay.toml"
        config.write_text(
            f'origin = "{self.origin}"\nlisten = "127.0.0.1:{port}"\n'
            f'database = "{folder / "relay.db"}"\nkey = "{folder / "relay.key"}"\n'
            f'authorities = ["{folder / "authority.pem"}"]\n'
            "[limits]\nopen_days = 1\n"
        )
        subprocess.run([program, "key", "new", "--config", str(config)], check=True, capture_output=True)
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen([program, "serve", "--config", str(config)], stdout=self.log, stderr=self.log)
        while True:
            assert self.process.poll() is None, (folder / "log").read_text()
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def __enter__(self) -> "Relay":
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


def authority_of(trusted: str) -> str:
    """The first authority of a trust list, as an operator writes it into the relay's configuration."""
    part = trusted.split(".")[1]
    anchors = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))["anchors"]
    lines = "\n".join(textwrap.wrap(anchors[0], 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"
