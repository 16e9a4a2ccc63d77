"""A resident in Hong Kong and a hospital in Shenzhen, each with a space on disk.

Certificates, credentials and the trust list come from `chop tool demo-authority`: invented, and made on
the spot. `CHOP` names the program.
"""

import base64
import json
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
import chop_wallet as chop

from walks import PASSPHRASE


def new_space(folder: Path, kind: chop.SpaceType, place: chop.Place, device=None) -> chop.Space:
    keys = chop.KeyPlace(folder=str(folder.parent / "keys"), device=device)
    new = chop.NewSpace(kind=kind, label=folder.name, place=place)
    return chop.create_space(str(folder), new, PASSPHRASE, keys).space


def certificates(pem: str) -> list:
    bodies = [part.split("-----END")[0] for part in pem.split("-----BEGIN CERTIFICATE-----")[1:]]
    return [base64.b64decode(body) for body in bodies]


def settle(tmp_path: Path, resident: chop.Space, hospital: chop.Space) -> Path:
    """Certificate, trust and credentials, as a counter would hand them out."""
    demo = tmp_path / "demo"
    call = [os.environ["CHOP"], "tool", "demo-authority", "--into", str(demo)]
    (tmp_path / "hospital.jwk").write_text(hospital.desk().public_key())
    call += ["--verifier-jwk", str(tmp_path / "hospital.jwk")]
    for name in ("summary", "transcript"):
        path = tmp_path / f"{name}.jwk"
        path.write_text(resident.holdings().make_credential_key())
        call += ["--holder-jwk", str(path)]
    subprocess.run(call, check=True, capture_output=True)
    hospital.desk().certify(certificates((demo / "hospital.pem").read_text()))
    trusted = (demo / "demo.chop-trust").read_text()
    for space in (resident, hospital):
        space.trust().add(trusted, space.trust().fingerprint(trusted))
    for name in ("summary", "transcript"):
        resident.holdings().import_file(str(demo / f"{name}.sd-jwt"), name)
    return demo


@pytest.fixture
def world(tmp_path):
    keys = tmp_path / "keys"
    keys.mkdir()
    resident = new_space(tmp_path / "resident", chop.SpaceType.PERSON, chop.Place.HK)
    hospital = new_space(tmp_path / "hospital", chop.SpaceType.FIRM, chop.Place.CN)
    demo = settle(tmp_path, resident, hospital)
    resident.reauthenticate(PASSPHRASE)
    return SimpleNamespace(
        folder=tmp_path,
        resident=resident,
        hospital=hospital,
        query=(demo / "ask.json").read_text(),
        terms=(demo / "terms.json").read_text(),
    )
