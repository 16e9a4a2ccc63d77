"""Keys in the device: a store written in Python signs for the core. It may throw, refuse, hang, call back."""

import threading

import pytest
import chop_wallet as chop
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from conftest import new_space, settle
from types import SimpleNamespace
from walks import PASSPHRASE, ask, consent_to, walk


class PythonKeys(chop.DeviceKeys):
    """What Android Keystore does, in memory."""

    def __init__(self):
        self.keys, self.anchors, self.signed, self.fault = {}, {}, [], None

    def make(self, id, purpose):
        self._fail()
        self.keys[id] = ec.generate_private_key(ec.SECP256R1())
        return self._point(id)

    def public_key(self, id):
        return self._point(id) if id in self.keys else None

    def sign(self, id, message, reason):
        self._fail()
        self.signed.append(reason)
        return self.keys[id].sign(message, ec.ECDSA(hashes.SHA256()))

    def destroy(self, id):
        self.keys.pop(id, None)

    def anchor(self, name):
        return self.anchors.get(name)

    def set_anchor(self, name, anchor):
        self.anchors[name] = anchor

    def _point(self, id):
        return self.keys[id].public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def _fail(self):
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def device():
    return PythonKeys()


@pytest.fixture
def phone(tmp_path, device):
    (tmp_path / "keys").mkdir()
    resident = new_space(tmp_path / "resident", chop.SpaceType.PERSON, chop.Place.HK, device)
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


def test_the_device_signs_the_whole_walk(phone, device):
    data, _, _ = walk(phone)
    assert data.credentials
    assert {"grant", "delivery", "presentation"} <= set(device.signed)
    assert phone.resident.standing() == chop.StandingOf.CURRENT


def fails_cleanly(phone, device, fault):
    device.fault = fault
    prompt = phone.resident.requests().look(ask(phone))
    with pytest.raises(chop.ChopError.Failed) as failed:
        phone.resident.requests().grant(consent_to(prompt))
    assert failed.value.left == chop.Left.NO
    device.fault = None
    # Nothing was spent: a new request goes through.
    assert walk(phone)[0].credentials


def test_a_person_who_is_not_there(phone, device):
    fails_cleanly(phone, device, chop.DeviceKeyError.NotPresent())


def test_a_store_that_throws(phone, device):
    fails_cleanly(phone, device, RuntimeError("the store is broken"))


def test_a_store_that_lies(phone, device):
    honest = device.sign
    device.sign = lambda id, message, reason: honest(id, message + b"!", reason)
    prompt = phone.resident.requests().look(ask(phone))
    with pytest.raises(chop.ChopError.Failed):
        phone.resident.requests().grant(consent_to(prompt))


def test_a_store_that_hangs(phone, device):
    """The step fails, the space goes on, and the thread that hangs holds nothing of ours."""
    phone.resident.lock()
    keys = chop.KeyPlace(folder=str(phone.folder / "keys"), device=device, device_seconds=1)
    phone.resident = chop.open_space(str(phone.folder / "resident"), PASSPHRASE, keys)
    phone.resident.reauthenticate(PASSPHRASE)
    prompt = phone.resident.requests().look(ask(phone))
    consent = consent_to(prompt)
    hold, honest = threading.Event(), device.sign
    device.sign = lambda *call: hold.wait() and honest(*call)
    with pytest.raises(chop.ChopError.Failed) as failed:
        phone.resident.requests().grant(consent)
    assert failed.value.left == chop.Left.NO
    assert phone.resident.holdings().list(None, None, 5)
    hold.set()
    device.sign = honest
    assert walk(phone)[0].credentials


def test_a_store_that_calls_back_in(phone, device):
    """From every call of its own, while the core waits for it."""
    seen = []

    def nosy(call):
        def calls(*given):
            seen.append(len(phone.resident.holdings().list(None, None, 5)))
            phone.resident.record().lines(3)
            phone.resident.grants().uses()
            return call(*given)

        return calls

    for name in ("make", "public_key", "sign", "anchor", "set_anchor"):
        setattr(device, name, nosy(getattr(device, name)))
    assert walk(phone)[0].credentials
    assert phone.resident.holdings().make_credential_key()
    assert seen and phone.resident.record().audit().flaws == []


def test_a_rolled_back_space_is_noticed(phone, device):
    import shutil

    folder = phone.folder / "resident"
    old = phone.folder / "old"
    phone.resident.lock()
    shutil.copytree(folder, old)
    keys = chop.KeyPlace(folder=str(phone.folder / "keys"), device=device)
    space = chop.open_space(str(folder), PASSPHRASE, keys)
    space.holdings().import_bytes("note.txt", b"something newer", None)
    space.lock()
    shutil.rmtree(folder)
    shutil.copytree(old, folder)
    again = chop.open_space(str(folder), PASSPHRASE, keys)
    assert again.standing() == chop.StandingOf.ROLLED_BACK
