"""`make`: SD-JWTs for the other side. `judge`: its SD-JWTs, with key binding and without."""

import json
import sys
from pathlib import Path

from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

AUD = "https://verifier.example"
NONCE = "n-0S6_WzA2Mj-interop"


def make(folder):
    issuer, holder = (JWK.generate(kty="EC", crv="P-256") for _ in range(2))
    presentations, bad = [], []
    for form in ("compact", "json"):
        for name, claims, shown in cases():
            made = SDJWTIssuer(
                claims, issuer, holder_key=holder, add_decoy_claims=True, serialization_format=form,
                extra_header_parameters={"typ": "dc+sd-jwt"},
            )
            for bound in (False, True) if form == "compact" else (False,):
                presenter = SDJWTHolder(made.sd_jwt_issuance, serialization_format=form)
                asked = {"nonce": NONCE, "aud": AUD, "holder_key": holder} if bound else {}
                presenter.create_presentation(shown, **asked)
                text = presenter.sd_jwt_presentation
                one = {"name": f"{name}, {form}{', bound' if bound else ''}", "text": text}
                expected = {"expected_aud": AUD, "expected_nonce": NONCE} if bound else {}
                one["payload"] = verify(text, issuer, form, **expected)
                if form == "json":
                    one["text"] = as_in_the_rfc(text)
                presentations.append(one | ({"aud": AUD, "nonce": NONCE} if bound else {}))
                if form == "compact" and not bound:
                    jwt, rest = text.split("~", 1)
                    head, payload, signature = jwt.split(".")
                    other = ("A" if signature[0] != "A" else "B") + signature[1:]
                    bad.append({"name": f"{name}, signature changed", "text": f"{head}.{payload}.{other}~{rest}"})
                    bad.append({"name": f"{name}, stranger", "text": f"{text}WyJhIiwgImIiLCAiYyJd~"})
    public = json.loads(issuer.export_public())
    write(folder, "theirs.json", {"issuer": public, "presentations": presentations, "bad": bad})


def as_in_the_rfc(text):
    """This library writes the JSON form of an early draft; RFC 9901 section 8.1 has the disclosures in `header`."""
    members = json.loads(text)
    members["header"] = {"disclosures": members.pop("disclosures")}
    return json.dumps(members)


def cases():
    address = {SDObj("city"): "澳門", SDObj("lines"): ["Rua A", "Rua B"], "country": "MO"}
    flat = {"iss": "https://issuer.example", SDObj("name"): "陳大文", SDObj("age"): 41, "open": True}
    yield "flat", flat, {"name": True}
    yield "nested", {"address": address, SDObj("x"): 1.5}, {"address": {"city": True}}
    yield "recursive", {SDObj("address"): address}, {"address": {"lines": True}}
    yield "array", {"list": [SDObj("a"), "b", SDObj({"c": 1})]}, {"list": [True, False, True]}
    yield "nothing", {SDObj("only"): None, "list": [SDObj(1), SDObj(2)]}, {}


def judge(folder):
    ours = json.loads((folder / "ours.json").read_text())
    issuer = JWK(**ours["issuer"])
    agree(ours["presentations"], "an empty list")
    for one in ours["presentations"]:
        bound = {"expected_aud": one["aud"], "expected_nonce": one["nonce"]} if "aud" in one else {}
        agree(verify(one["text"], issuer, "compact", **bound) == one["payload"], one["name"])
        if bound:
            refused(one["text"], issuer, expected_aud=one["aud"], expected_nonce="another")
        head, payload, rest = one["text"].split(".", 2)
        refused(".".join((head, payload, ("A" if rest[0] != "A" else "B") + rest[1:])), issuer)
    print(f"sd-jwt: {len(ours['presentations'])} SD-JWTs of ours are right", file=sys.stderr)


def verify(text, issuer, form, **expected):
    judged = SDJWTVerifier(text, lambda *_: issuer, serialization_format=form, **expected)
    return judged.get_verified_payload()


def refused(text, issuer, **expected):
    try:
        verify(text, issuer, "compact", **expected)
    except Exception:
        return
    agree(False, "something bad was taken")


def agree(right, what):
    if not right:
        sys.exit(f"sd-jwt disagrees: {what}")


def write(folder, name, value):
    (folder / name).write_text(json.dumps(value, indent=2, ensure_ascii=False))


{"make": make, "judge": judge}[sys.argv[1]](Path(sys.argv[2]))
