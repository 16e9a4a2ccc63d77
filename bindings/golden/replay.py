"""Walks the golden walk and gives the digest of every message, as every language must."""

import base64
import hashlib
from pathlib import Path

import chop_wallet as chop

GOLDEN = Path(__file__).parent / "walk.json"


def make_spaces(folder: Path, now: int):
    def space(name, kind, place):
        new = chop.NewSpace(kind=kind, label=name, place=place)
        return chop.testing_space(str(folder / name), new, f"golden {name}", now)

    return space("resident", chop.SpaceType.PERSON, chop.Place.HK), space(
        "hospital", chop.SpaceType.FIRM, chop.Place.CN
    )


def replay(folder: Path, golden: dict) -> dict:
    given = golden["inputs"]
    resident, hospital = make_spaces(folder, golden["now"])
    outputs = {"hospital key": digest([hospital.desk().public_key()])}
    for name in ("summary", "transcript"):
        outputs[f"{name} key"] = digest([resident.holdings().make_credential_key()])
    hospital.desk().certify(certificates(given["hospital.pem"]))
    for space in (resident, hospital):
        space.trust().add(given["list"], space.trust().fingerprint(given["list"]))
    for name in ("summary", "transcript"):
        resident.holdings().import_bytes(f"{name}.sd-jwt", given[name].encode(), name)

    def send(name, outbound):
        frames = outbound.frames()
        outbound.shown()
        outputs[name] = digest(frames)
        return frames

    request = chop.scan(send("request", hospital.desk().ask(given["query"], given["terms"]))).text
    prompt = resident.requests().look(request)
    picks = [
        chop.Pick(query=asked.query, item=asked.candidates[0].item, claims=asked.candidates[0].answers)
        for asked in prompt.asked()
    ]
    english = chop.Language.EN
    findings = prompt.page(picks, [], english).findings
    reasons = [chop.Override(rule=f.rule, reason="known") for f in findings if not f.blocks]
    page = prompt.page(picks, reasons, english)
    outputs["page"] = digest([page.code, page.sentence] + [f"{l.kind}|{l.label}|{l.value}" for l in page.lines])
    act = prompt.agree(page.code, english)
    for topic in page.separate:
        act.consent_to(topic)
    # The page says that it wants her passphrase once more; a space of `testing` has its seed for one.
    assert page.wants_presence
    resident.reauthenticate("golden resident")
    envelope = chop.scan(send("data", resident.requests().grant(prompt.answer(picks, reasons, act)))).text
    ack = chop.scan(send("acknowledgement", hospital.desk().claim(envelope))).text
    taken = hospital.desk().accept(send("key", resident.grants().release(ack)))
    resident.grants().confirm(send("use", taken.answer))
    lines = resident.record().lines(100)
    outputs["record"] = digest([f"{line.index} {line.kind} {line.at}" for line in lines])
    return outputs


def digest(texts: list) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def certificates(pem: str) -> list:
    bodies = [part.split("-----END")[0] for part in pem.split("-----BEGIN CERTIFICATE-----")[1:]]
    return [base64.b64decode(body) for body in bodies]
