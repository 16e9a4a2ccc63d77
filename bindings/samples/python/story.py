"""A resident offers a hospital one look through a relay, and both can prove it. Read it from the top; run it
as it is:

    CHOP=target/debug/chop CHOP_RELAY_PROGRAM=target/debug/chop-relay python story.py

Everybody here is invented: certificate, credentials and trust list are made by `chop tool demo-authority`,
and the relay is a process of this story's own. Real ones are at `https://…` and somebody else's.
"""

import base64
import json
import os
import socket
import subprocess
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import chop_wallet as chop

PASSPHRASE = "correct horse battery staple"
home = Path(tempfile.mkdtemp(prefix="chop-story-"))
(home / "keys").mkdir()
keys = chop.KeyPlace(folder=str(home / "keys"))


# %% Two spaces. Each is a folder on disk that only its passphrase opens.
def space(name: str, kind: chop.SpaceType, place: chop.Place) -> chop.Space:
    new = chop.NewSpace(kind=kind, label=name, place=place)
    return chop.create_space(str(home / name), new, PASSPHRASE, keys).space


resident = space("resident", chop.SpaceType.PERSON, chop.Place.HK)
hospital = space("hospital", chop.SpaceType.FIRM, chop.Place.CN)

# %% What a counter hands out: a certificate, two credentials, a list of whom to believe.
jwks = {
    "hospital": hospital.desk().public_key(),
    "summary": resident.holdings().make_credential_key(),
    "transcript": resident.holdings().make_credential_key(),
}
for name, jwk in jwks.items():
    (home / f"{name}.jwk").write_text(jwk)
call = [os.environ.get("CHOP", "chop"), "tool", "demo-authority", "--into", str(home / "demo")]
call += ["--verifier-jwk", str(home / "hospital.jwk")]
call += ["--holder-jwk", str(home / "summary.jwk"), "--holder-jwk", str(home / "transcript.jwk")]
subprocess.run(call, check=True, stdout=subprocess.DEVNULL)


def demo(name: str) -> str:
    return (home / "demo" / name).read_text()


pem = demo("hospital.pem").split("-----BEGIN CERTIFICATE-----")[1:]
hospital.desk().certify([base64.b64decode(part.split("-----END")[0]) for part in pem])
for side in (resident, hospital):
    # A person compares the fingerprint with one from elsewhere before this line.
    side.trust().add(demo("demo.chop-trust"), side.trust().fingerprint(demo("demo.chop-trust")))
for name in ("summary", "transcript"):
    kept = resident.holdings().import_bytes(f"{name}.sd-jwt", demo(f"{name}.sd-jwt").encode(), name)
    print(f"kept {kept.title}: {kept.seal.name.lower()}")


# %% A relay: it hands out once, and reads nothing. It lets in whom the demo authority certifies.
trust = json.loads(base64.urlsafe_b64decode(demo("demo.chop-trust").split(".")[1] + "=="))
anchor = "\n".join(textwrap.wrap(trust["anchors"][0], 64))
(home / "authority.pem").write_text(f"-----BEGIN CERTIFICATE-----\n{anchor}\n-----END CERTIFICATE-----\n")
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
origin = f"http://localhost:{port}"
program = os.environ.get("CHOP_RELAY_PROGRAM", "chop-relay")
settings = ["--key", str(home / "relay.key"), "--origin", origin]
subprocess.run([program, "key", "new", *settings], check=True, stdout=subprocess.DEVNULL)
settings += ["--listen", f"127.0.0.1:{port}", "--database", str(home / "relay.db")]
settings += ["--authorities", str(home / "authority.pem"), "--log", "error"]
relay = subprocess.Popen([program, "serve", *settings], stdout=subprocess.DEVNULL)
while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
    assert relay.poll() is None, "the relay ended before it listened"
    time.sleep(0.1)
# No other relay is ever called; this one may be on this machine, and without TLS.
network = chop.Network(relays=[origin], allowed=[origin])

# %% She drafts an offer for whom the list names: nothing is chosen in it yet.
offers = resident.offers(network)
publisher = resident.trust().fingerprint(demo("demo.chop-trust"))
prompt = offers.draft(
    chop.NewOffer(
        query=demo("ask.json"),
        terms=demo("terms.json"),
        to=chop.OfferTo.OF_LIST(publisher=publisher, place=None),
        way=chop.OfferWay.LIVE(by_rule=False),
        relay=origin,
        minutes=10,
    )
)

# %% She picks claims by name, reads the page, and gives each separate consent as an act of its own.
picks = [
    chop.Pick(query=asked.query, item=asked.candidates[0].item, claims=asked.candidates[0].answers[:1])
    for asked in prompt.asked()
    if asked.candidates
]
page = prompt.page(picks, [], chop.Language.EN)
reasons = [chop.Override(rule=f.rule, reason="I know this hospital") for f in page.findings if not f.blocks]
page = prompt.page(picks, reasons, chop.Language.EN)
print(page.sentence)
act = prompt.agree(page.code, chop.Language.EN)
for topic in page.separate:
    act.consent_to(topic)
if page.wants_presence:
    resident.reauthenticate(PASSPHRASE)

# %% The offer is at the relay before there is a code to show.
offer = offers.make(prompt.answer(picks, reasons, act))
(home / "code.png").write_bytes(offer.png(600))
print(f"the code is in {home / 'code.png'}")

# %% The hospital scans it, and asks for no more than was offered.
chosen = {pick.query: pick.claims for pick in picks}
query = json.loads(demo("ask.json"))
for one in query["credentials"]:
    one["claims"] = [claim for claim in one["claims"] if json.dumps(claim["path"]) in chosen[one["id"]]]
(code,) = chop.read_qr_picture((home / "code.png").read_bytes())
taken_up = hospital.desk().claim_offer(code, chop.Ask(query=json.dumps(query), terms=demo("terms.json")), network)


def take() -> None:
    while taken_up.view().is_open:
        taken_up.watch(30)


desk = threading.Thread(target=take, daemon=True)
desk.start()

# %% She hears who it is and says yes. Sealed data first, then a signed acknowledgement, then the key.
while offer.view().is_open:
    for news in offer.watch(30):
        if isinstance(news, chop.OfferNews.CLAIMED):
            print(f"{news.claim.who().en} takes it up")
            news.claim.confirm()
        elif isinstance(news, chop.OfferNews.USED):
            print(f"the hospital signed for it: {news.is_accepted}")
desk.join()
relay.terminate()
print(f"it took {len(taken_up.data().credentials)} credentials; the offer is {offer.view().state}")

# %% One file proves it to anybody, without the values.
pack = resident.record().prove(offer.id(), True)
verdict = chop.check_proof(pack)
print(f"proof of {len(pack)} bytes: valid {verdict.is_valid}")
assert verdict.is_valid and offer.view().state == "done"
