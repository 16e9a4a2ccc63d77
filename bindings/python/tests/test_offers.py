"""Mode C over a relay that really serves: the built-in client, and one written in Python."""

import http.client
import json
import threading
import time
from urllib.parse import urlsplit

import pytest
import chop_wallet as chop

from relay import Relay
from walks import consent_to

# What the resident offers, and the hospital asks for: by name.
CHOSEN = {"summary": ['["48765-2"]'], "transcript": ['["name"]', '["award"]', '["gpa"]']}


class PythonClient(chop.HttpClient):
    """Python's own HTTP client behind the border."""

    def __init__(self):
        self.calls, self.fault = [], None

    def send(self, call):
        self.calls.append(call.url)
        if self.fault is not None:
            return self.fault(call)
        url = urlsplit(call.url)
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=call.wait_seconds + 30)
        try:
            method = "POST" if call.method == chop.HttpMethod.POST else "GET"
            headers = {"Accept": call.accept}
            if call.content_type:
                headers["Content-Type"] = call.content_type
            connection.request(method, url.path, call.body or None, headers)
            answer = connection.getresponse()
            kind = answer.getheader("Content-Type", "")
            return chop.HttpReply(status=answer.status, content_type=kind, body=answer.read(call.max_bytes + 1))
        finally:
            connection.close()


@pytest.fixture
def town(world):
    world.trusted = (world.folder / "demo" / "demo.chop-trust").read_text()
    with Relay(world.folder / "relay", world.trusted) as relay:
        world.relay = relay
        world.network = chop.Network(relays=[relay.origin], allowed=[relay.origin])
        yield world


def offer_of(town, to=None, way=None, minutes=10):
    publisher = town.resident.trust().fingerprint(town.trusted)
    return chop.NewOffer(
        query=town.query,
        terms=town.terms,
        to=to or chop.OfferTo.OF_LIST(publisher=publisher, place=None),
        way=way or chop.OfferWay.LIVE(by_rule=False),
        relay=town.relay.origin,
        minutes=minutes,
    )


def made(town, network=None, **more):
    offers = town.resident.offers(network or town.network)
    prompt = offers.draft(offer_of(town, **more))
    return offers.make(consent_to(prompt, picks=chosen(prompt)))


def chosen(prompt):
    return [chop.Pick(query=a.query, item=a.candidates[0].item, claims=CHOSEN[a.query]) for a in prompt.asked()]


def question(town):
    """The demo's question, with no more than what was offered."""
    query = json.loads(town.query)
    for one in query["credentials"]:
        one["claims"] = [c for c in one["claims"] if json.dumps(c["path"]) in CHOSEN[one["id"]]]
    return chop.Ask(query=json.dumps(query), terms=town.terms)


def claims(town, code, ask, network=None):
    """The hospital's side, in a thread of its own: everything that it heard."""
    heard = []

    def run():
        offer = town.hospital.desk().claim_offer(code, ask, network or town.network)
        while offer.view().is_open:
            heard.extend(offer.watch(10))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, heard


def watches(offer, answer):
    heard = []
    while offer.view().is_open:
        for news in offer.watch(10):
            heard.append(news)
            if news.is_CLAIMED():
                answer(news.claim)
    return heard


def live(town, network):
    offer = made(town, network)
    assert chop.scan([offer.code()]).is_OFFER()
    assert chop.read_qr_picture(offer.png(600)) == [offer.code()]
    assert offer.view().state == "open" and offer.view().expires_at > offer.view().created_at
    thread, heard = claims(town, offer.code(), question(town), network)

    def yes(claim):
        assert claim.who().en and claim.place() == chop.Place.CN and not claim.is_ruled()
        assert {asked.query: asked.claims for asked in claim.asked()} == CHOSEN
        claim.confirm()

    told = watches(offer, yes)
    thread.join()
    (received,) = [news.data for news in heard if news.is_RECEIVED()]
    assert {credential.query for credential in received.credentials} == set(CHOSEN)
    assert [news.is_accepted for news in told if news.is_USED()] == [True]
    assert offer.view().state == "done"
    taken_up = town.hospital.offers(network).list()[0]
    assert taken_up.state == "finished"
    assert town.hospital.offers(network).offer(taken_up.id).data() == received
    for space in (town.resident, town.hospital):
        assert space.record().audit().flaws == []


def test_a_live_offer_from_code_to_receipt(town):
    live(town, town.network)


def test_the_same_over_pythons_own_client(town):
    client = PythonClient()
    network = chop.Network(relays=[town.relay.origin], client=client)
    live(town, network)
    assert client.calls and all(url.startswith(town.relay.origin + "/v1/") for url in client.calls)


def test_a_client_that_throws_or_lies_or_hangs_is_an_error(town):
    client = PythonClient()
    network = chop.Network(relays=[town.relay.origin], client=client, seconds=1)
    offers = town.resident.offers(network)
    hold = threading.Event()

    def throws(_):
        raise RuntimeError("the client is broken")

    def refuses(_):
        raise chop.HttpError.Unreachable()

    def hangs(_):
        hold.wait()
        raise chop.HttpError.TimedOut()

    for fault, code in [
        (throws, "net.cut"),
        (refuses, "net.unreachable"),
        (hangs, "net.timed-out"),
        (lambda _: chop.HttpReply(status=302, content_type="text/html", body=b""), "net.redirected"),
        (lambda _: chop.HttpReply(status=200, content_type="text/html", body=b"hello"), "net.garbled"),
        (lambda call: chop.HttpReply(status=200, content_type="", body=bytes(call.max_bytes + 1)), "net.too-large"),
    ]:
        client.fault = fault
        with pytest.raises(chop.ChopError.Failed) as failed:
            offers.draft(offer_of(town))
        assert failed.value.code == code
        assert chop.explain(failed.value, chop.Language.ZH_HANS)
    hold.set()
    client.fault = None
    assert offers.draft(offer_of(town)).asked()


def test_a_client_may_call_back_in(town):
    class Nosy(PythonClient):
        def send(self, call):
            town.resident.holdings().list(None, None, 5)
            town.resident.record().lines(5)
            return super().send(call)

    assert made(town, chop.Network(relays=[town.relay.origin], client=Nosy())).view().state == "open"


def test_a_sealed_offer_waits_for_its_verifier(town):
    statement = town.hospital.desk().state_key(30)
    offer = made(town, to=chop.OfferTo.REGISTERED(), way=chop.OfferWay.SEALED(statement=statement))
    thread, heard = claims(town, offer.code(), None)
    thread.join()
    assert any(news.is_RECEIVED() for news in heard)
    told = watches(offer, lambda claim: pytest.fail("nobody is asked"))
    assert any(news.is_COLLECTED() for news in told) and offer.view().state == "done"


def test_a_withdrawn_offer_gives_nobody_anything(town):
    offer = made(town)
    code = offer.code()
    assert any(news.is_REVOKED_AT() for news in offer.withdraw())
    assert offer.view().state == "withdrawn"
    with pytest.raises(chop.ChopError.Failed):
        offer.code()
    thread, heard = claims(town, code, question(town))
    thread.join()
    assert not any(news.is_RECEIVED() for news in heard)


def test_a_rejected_claim_leaves_the_offer_open(town):
    offer = made(town)
    thread, heard = claims(town, offer.code(), question(town))
    while not any(news.is_CLAIMED() and (news.claim.reject() or True) for news in offer.watch(10)):
        pass
    offer.step(0)  # what was said is sent with the next step
    thread.join()
    assert not any(news.is_RECEIVED() for news in heard)
    assert offer.view().is_open


def test_an_offer_ends_with_its_grant(town):
    """What is most sensitive holds for a short time, however long was asked."""
    view = made(town, minutes=3 * 24 * 60).view()
    assert view.is_open and view.expires_at - view.created_at <= 24 * 60 * 60


def test_no_other_relay_is_called(town):
    elsewhere = chop.Network(relays=["https://relay.example"])
    with pytest.raises(chop.ChopError.Failed) as refused:
        town.resident.offers(elsewhere).draft(offer_of(town))
    assert refused.value.code == "net.relay-not-listed"
    with pytest.raises(chop.ChopError.Failed) as refused:
        town.hospital.desk().claim_offer(made(town).code(), question(town), elsewhere)
    assert refused.value.code == "offer-flow.other-relay"


def test_a_wait_ends_when_somebody_presses_stop(town):
    offer, cancel = made(town), chop.Cancel()
    ended = []

    def waits():
        with pytest.raises(chop.ChopError.Failed) as stopped:
            offer.watch(3600, cancel)
        ended.append(stopped.value.code)

    thread = threading.Thread(target=waits, daemon=True)
    thread.start()
    time.sleep(0.3)
    cancel.cancel()
    thread.join()
    assert ended == ["net.cancelled"] and cancel.is_cancelled()
