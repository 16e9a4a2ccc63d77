"""After the walk: what was agreed to is taken back, what was taken is erased, law comes in signed packs."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import chop_wallet as chop

from walks import send, walk

REGIONAL = Path(__file__).parents[3] / "core/catalog/testdata/regional.toml"


def test_a_consent_is_listed_and_taken_back(world):
    _, given, _ = walk(world)
    consents = world.resident.consents()
    assert [(card.id, card.role, card.uses) for card in consents.list()] == [(given, chop.Role.HOLDER, 1)]
    assert consents.sentence(given, chop.Language.ZH_HANS) != consents.sentence(given, chop.Language.PT)
    assert consents.effect_of_withdrawal(given, chop.Language.EN)
    done = consents.withdraw(given, "no longer a patient there", chop.Language.EN)
    assert done.reach == chop.WithdrawalReach.FROM_NOW_ON_ONLY and done.effect
    card = consents.consent(given)
    assert (card.state, card.is_valid) == ("withdrawn", False)
    # The same again is the same notice; the desk takes it and its consent is over, too.
    assert consents.withdraw(given, "", chop.Language.EN).notice == done.notice
    theirs = world.hospital.consents().take_notice(done.notice)
    assert world.hospital.consents().consent(theirs).state == "withdrawn"
    world.hospital.consents().take_notice(consents.request_deletion(given))
    assert world.hospital.consents().consent(theirs).state == "deletion-requested"
    with pytest.raises(chop.ChopError.Failed) as over:
        consents.pause(given)
    assert over.value.code == "consent.no-such-step"


def test_what_was_taken_is_erased_and_the_holder_keeps_the_word(world):
    _, given, _ = walk(world)
    desk = world.hospital.desk()
    [kept] = desk.kept()
    assert kept.due_at >= kept.taken_at and desk.data(kept.exchange).credentials
    assert desk.erase_due() == []
    statement = send(desk.erase(kept.exchange))
    assert desk.kept() == []
    with pytest.raises(chop.ChopError.Failed):
        desk.data(kept.exchange)
    assert send(world.hospital.grants().again(kept.exchange)) == statement
    assert chop.scan(statement).is_ERASED()
    assert world.resident.grants().confirm_erased(statement) == given
    assert "erased" in {line.kind for line in world.resident.record().lines(100)}
    assert world.hospital.record().audit().flaws == []


def test_a_pack_is_accepted_under_a_fingerprint(world, tmp_path):
    key, pack = str(tmp_path / "publisher.jwk"), tmp_path / "fj.chop-pack"
    made = json.loads(tool("--json", "tool", "pack", "key", "--out", key))
    tool(
        *("tool", "pack", "sign", "--key", key, "--kind", "catalog", "--id", "fj"),
        *("--pack-version", "2026.1", "--seq", "1", "--out", str(pack), str(REGIONAL)),
    )
    trust, text = world.resident.trust(), pack.read_text()
    offer = trust.look_at_pack(text)
    assert (offer.fingerprint, offer.kind) == (made["fingerprint"], chop.PackKind.CATALOG)
    assert not offer.is_known_publisher and "fj.health_card" in offer.types and trust.packs() == []
    with pytest.raises(chop.ChopError.Failed) as unknown:
        trust.add_pack(text)
    assert unknown.value.code == "signed-pack.unknown-publisher"
    trust.add_pack(text, made["fingerprint"])
    assert [(held.id, held.is_in_force) for held in trust.packs()] == [("fj", True)]
    assert trust.look_at_pack(text).is_known_publisher


def tool(*words) -> str:
    return subprocess.run([os.environ["CHOP"], *words], check=True, capture_output=True, text=True).stdout
