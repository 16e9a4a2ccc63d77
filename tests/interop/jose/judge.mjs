// `make`: keys and signatures for the other side. `judge`: its signatures, envelopes and thumbprint; and
// envelopes for it. Nothing here knows more of the other side than JSON files.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as jose from "jose";

const [step, folder] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const write = (name, value) => writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
const b64 = jose.base64url;

const payloads = [
  {},
  { iss: "https://hospital.example", iat: 1_700_000_000, nested: { list: [1, 2.5, null, true] } },
  { 名: "數據空間 Carimbo ".repeat(400) },
].map((value) => new TextEncoder().encode(JSON.stringify(value)));

async function make() {
  const sign = await jose.generateKeyPair("ES256", { extractable: true });
  const seal = await jose.generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  const jws = [];
  for (const typ of ["oauth-authz-req+jwt", "chop-ack+jwt", "kb+jwt"]) {
    for (const payload of payloads) {
      const text = await new jose.CompactSign(payload)
        .setProtectedHeader({ alg: "ES256", typ, kid: "their key" })
        .sign(sign.privateKey);
      jws.push({ typ, text, payload: b64.encode(payload) });
    }
  }
  write("theirs.json", {
    sign: await jose.exportJWK(sign.publicKey),
    seal: {
      kid: "their envelope",
      public: await jose.exportJWK(seal.publicKey),
      private: await jose.exportJWK(seal.privateKey),
    },
    jws,
  });
}

async function judge() {
  const ours = read("ours.json");
  const theirs = read("theirs.json");
  const verifyKey = await jose.importJWK(ours.sign, "ES256");
  const openKey = await jose.importJWK(theirs.seal.private, "ECDH-ES");
  agree((await jose.calculateJwkThumbprint(ours.sign)) === ours.thumbprint, "thumbprint");
  for (const { text, typ, payload, tampered } of filled(ours.jws)) {
    const verified = await jose.compactVerify(text, verifyKey, { algorithms: ["ES256"] });
    agree(verified.protectedHeader.typ === typ, "typ");
    agree(b64.encode(verified.payload) === payload, "payload");
    await refused(jose.compactVerify(tampered, verifyKey), "a changed signature");
  }
  for (const { text, apv, plaintext, tampered } of filled(ours.jwe)) {
    const opened = await jose.compactDecrypt(text, openKey, {
      keyManagementAlgorithms: ["ECDH-ES"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    agree(opened.protectedHeader.kid === theirs.seal.kid, "kid");
    agree(opened.protectedHeader.apv === apv, "apv");
    agree(b64.encode(opened.plaintext) === plaintext, "plaintext");
    await refused(jose.compactDecrypt(tampered, openKey), "a changed envelope");
  }
  const sealKey = await jose.importJWK(ours.seal.public, "ECDH-ES");
  const jwe = [];
  for (const plaintext of payloads) {
    const apv = crypto.getRandomValues(new Uint8Array(32));
    const text = await new jose.CompactEncrypt(plaintext)
      .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", kid: ours.seal.kid })
      .setKeyManagementParameters({ apv })
      .encrypt(sealKey);
    jwe.push({ text, apv: b64.encode(apv), plaintext: b64.encode(plaintext) });
  }
  write("theirs-jwe.json", { jwe });
  console.error(`jose: ${ours.jws.length} signatures and ${ours.jwe.length} envelopes of ours are right`);
}

function agree(right, what) {
  if (!right) throw new Error(`jose disagrees: ${what}`);
}

async function refused(promise, what) {
  const taken = await promise.then(() => true, () => false);
  agree(!taken, `${what} was taken`);
}

function filled(list) {
  agree(Array.isArray(list) && list.length > 0, "an empty list");
  return list;
}

await { make, judge }[step]();
