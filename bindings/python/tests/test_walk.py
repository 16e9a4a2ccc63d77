"""The resident's and the verifier's story, through the real library."""

import json

import pytest
import chop_wallet as chop

from walks import PASSPHRASE, ask, consent_to, picks_of, send, walk


class Progress(chop.Progress):
    def __init__(self, until=None):
        self.seen, self.until = 0, until

    def go_on(self, done, total):
        self.seen = done
        return self.until is None or done < self.until


def test_the_whole_walk(world):
    data, given, outcome = walk(world)
    assert outcome == chop.Confirmation(is_accepted=True, reason=None)
    assert {credential.query for credential in data.credentials} == {
        asked["id"] for asked in json.loads(world.query)["credentials"]
    }
    exchange = world.resident.grants().exchange(given)
    assert not exchange.state.is_open and not exchange.is_unconfirmed
    assert world.resident.grants().uses() == 1
    kinds = {line.kind for line in world.resident.record().lines(100)}
    assert {"spent", "acked"} <= kinds
    assert world.resident.record().audit(Progress()).flaws == []
    pack = world.resident.record().prove(given, True)
    assert chop.check_proof(pack).is_valid
    assert not chop.check_proof(pack[:-1] + bytes([pack[-1] ^ 1])).is_valid


def test_a_grant_of_the_highest_level_wants_the_passphrase(tmp_path, world):
    prompt = world.resident.requests().look(ask(world))
    assert prompt.page(picks_of(prompt), [], chop.Language.EN).wants_presence
    world.resident.lock()
    keys = chop.KeyPlace(folder=str(world.folder / "keys"))
    world.resident = chop.open_space(str(world.folder / "resident"), PASSPHRASE, keys)
    consent = consent_to(world.resident.requests().look(ask(world)))
    with pytest.raises(chop.ChopError.Failed) as absent:
        world.resident.requests().grant(consent)
    assert absent.value.code == "consent.not-present"
    assert walk(world)[0].credentials


def test_a_request_is_answered_once(world):
    request = ask(world)
    send(world.resident.requests().grant(consent_to(world.resident.requests().look(request))))
    with pytest.raises(chop.ChopError.Failed) as refused:
        world.resident.requests().look(request)
    assert refused.value.code == "request.answered-before"
    words = chop.explain(refused.value, chop.Language.PT)
    assert words.what and words.now and words.left


def test_nothing_is_granted_without_the_separate_consents(world):
    prompt = world.resident.requests().look(ask(world))
    picks = picks_of(prompt)
    page = prompt.page(picks, [], chop.Language.EN)
    assert page.separate
    with pytest.raises(chop.ChopError.Failed) as refused:
        prompt.answer(picks, [], prompt.agree(page.code, chop.Language.EN))
    assert refused.value.code == "consent.unsettled"
    assert refused.value.left == chop.Left.NO
    # Nothing was spent: the same prompt can be answered, or declined in one step.
    prompt.decline()
    with pytest.raises(chop.ChopError.Failed) as again:
        prompt.decline()
    assert again.value.code == "border.used-up"


def test_codes_are_pictures_too(world):
    outbound = world.hospital.desk().ask(world.query, world.terms)
    texts = [chop.read_qr_picture(outbound.png(n, 800))[0] for n in range(len(outbound.frames()))]
    outbound.shown()
    assert texts == outbound.frames()
    with pytest.raises(chop.ChopError.Failed) as missing:
        chop.scan(texts[1:])
    assert missing.value.code == "scan.missing-frames"


def test_junk_is_refused_by_name(world):
    for call, code in [
        (lambda: world.resident.requests().look("not a request"), None),
        (lambda: world.resident.holdings().item("no id"), "border.bad-id"),
        (lambda: chop.scan(["CHOP1:junk"]), None),
        (lambda: world.resident.grants().withdraw("00" * 16), None),
    ]:
        with pytest.raises(chop.ChopError.Failed) as refused:
            call()
        assert code in (None, refused.value.code)
        assert all(chop.explain(refused.value, language) for language in chop.Language)


def test_an_audit_can_be_stopped(world):
    pressed = chop.Cancel()
    pressed.cancel()
    for how in ({"progress": Progress(until=1)}, {"cancel": pressed}):
        with pytest.raises(chop.ChopError.Failed) as stopped:
            world.resident.record().audit(**how)
        assert stopped.value.code == "border.stopped"


def test_a_callback_may_throw_and_may_call_back_in(world):
    class Throws(chop.Progress):
        def go_on(self, done, total):
            raise RuntimeError("the screen is gone")

    class CallsBack(chop.Progress):
        def go_on(self, done, total):
            return bool(world.resident.holdings().list(None, None, 5)) and bool(world.resident.record().lines(5))

    with pytest.raises(chop.ChopError.Failed) as failed:
        world.resident.record().audit(Throws())
    assert failed.value.code == "border.callback-failed"
    assert world.resident.record().audit(CallsBack()).flaws == []


def test_a_large_import_says_how_far_it_is_and_stops(world, tmp_path):
    large = tmp_path / "scan.bin"
    large.write_bytes(bytes(8 << 20))
    progress = Progress()
    kept = world.resident.holdings().import_file(str(large), "a scan", progress)
    assert progress.seen == 8 << 20
    before = len(world.resident.holdings().list(None, None, 50))
    cancel = chop.Cancel()
    cancel.cancel()
    for how in ({"progress": Progress(until=1)}, {"cancel": cancel}):
        with pytest.raises(chop.ChopError.Failed) as stopped:
            world.resident.holdings().import_file(str(large), "again", **how)
        assert stopped.value.code == "border.stopped"
    assert len(world.resident.holdings().list(None, None, 50)) == before
    world.resident.holdings().copy_file(kept.id, str(tmp_path / "back.bin"))
    assert (tmp_path / "back.bin").read_bytes() == large.read_bytes()


def test_backup_and_restore(world):
    sealed = world.folder / "resident.chop-backup"
    world.resident.backup("another passphrase entirely", str(sealed))
    twin_keys = world.folder / "twin-keys"
    twin_keys.mkdir()
    keys = chop.KeyPlace(folder=str(twin_keys))
    twin = chop.restore_space(str(sealed), "another passphrase entirely", str(world.folder / "twin"), keys)
    titles = [card.title for card in twin.holdings().list(None, None, 50)]
    assert sorted(titles) == ["summary", "transcript"]
