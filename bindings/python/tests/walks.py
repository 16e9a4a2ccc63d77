"""The steps of the walk, as an app takes them: every message crosses as the texts of its QR codes."""

import chop_wallet as chop

PASSPHRASE = "correct horse battery staple"


def send(outbound) -> list:
    """Shows the codes and says so."""
    frames = outbound.frames()
    outbound.shown()
    return frames


def ask(world) -> str:
    scanned = chop.scan(send(world.hospital.desk().ask(world.query, world.terms)))
    assert scanned.is_REQUEST()
    return scanned.text


def picks_of(prompt) -> list:
    """Every claim that is held, by name: there is no "all"."""
    return [
        chop.Pick(query=asked.query, item=asked.candidates[0].item, claims=asked.candidates[0].answers)
        for asked in prompt.asked()
        if asked.candidates
    ]


def consent_to(prompt, language=chop.Language.ZH_HANT, picks=None):
    picks = picks or picks_of(prompt)
    page = prompt.page(picks, [], language)
    reasons = [chop.Override(rule=f.rule, reason="I know this hospital") for f in page.findings if not f.blocks]
    page = prompt.page(picks, reasons, language)
    act = prompt.agree(page.code, language)
    for topic in page.separate:
        act.consent_to(topic)
    return prompt.answer(picks, reasons, act)


def walk(world):
    """Request, data, acknowledgement, key, outcome. What the hospital took, and the resident's exchange."""
    world.resident.reauthenticate(PASSPHRASE)
    requests, desk, grants = world.resident.requests(), world.hospital.desk(), world.resident.grants()
    outbound = requests.grant(consent_to(requests.look(ask(world))))
    given = outbound.exchange()
    envelope = chop.scan(send(outbound)).text
    acknowledgement = chop.scan(send(desk.claim(envelope))).text
    taken = desk.accept(send(grants.release(acknowledgement)))
    outcome = grants.confirm(send(taken.answer))
    return taken.data, given, outcome
