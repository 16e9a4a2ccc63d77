//! The sealed drop (C2): content, envelope and key share are made with the offer, and left at the relay.
//!
//! ```text
//! C2n   ENV = JWE to the key statement, apv = h(grant)      share = JWE(k_rel → the same key)
//! C2f   ENV under channel, files only                       share = k_rel, as it is
//! ```

use chop_crypto::{Digest, Secret, make_secret, sha256};
use chop_formats::content::{Content, seal_content};
use chop_formats::delivery::{Delivery, Mode, SignedDelivery};
use chop_formats::envelope::{Envelope, seal_envelope};
use chop_formats::log_entry::refs;
use chop_formats::offer::{Part, content_key, seal_share};
use chop_formats::receipt::Presented;
use chop_formats::relay::{Bounded, Content as AtRelay, Policy, SealedDrop};
use chop_formats::x509::{Role as Certified, x509_hash};
use chop_model::{Id, UnixTime};
use chop_vault::Tx;
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::secret::{self, SecretKind};

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::super::asked::Drafted;
use super::super::present::{Prepared, Toward};
use super::super::receipt::StoredPresented;
use super::Recipients;
use super::make::Made;
use super::row::keeps;

/// What a sealed drop is made of.
pub(super) struct Sealed {
    mode: Mode,
    policy: Policy,
    grant: Digest,
    delivery: SignedDelivery,
    /// As it goes to the relay.
    envelope: Vec<u8>,
    share: Vec<u8>,
    key_share: Secret<32>,
    content_key: Secret<32>,
    presented: Vec<u8>,
    bindings: Vec<Digest>,
}

impl Wallet {
    pub(super) fn seal_drop(
        &self,
        drafted: &Drafted,
        made: &Made,
        prepared: Prepared,
        now: UnixTime,
    ) -> Result<Sealed> {
        let (random, keystore) = (self.ports.random.as_ref(), self.ports.keystore.as_ref());
        let grant = made.digest();
        let (content, presented, bindings) = self.content_of(prepared, drafted, &grant, now)?;
        let key_share = make_secret(random)?;
        let content_key = content_key(&made.code_key, &key_share, drafted.mode, &grant)?;
        let sealed = seal_content(&content_key, &grant, &content)?;
        let share = match &drafted.statement {
            Some(to) => seal_share(random, to.key(), to.kid(), &grant, &key_share)?.into_bytes(),
            // EXPOSE: the relay holds it plain in C2f, as the page said.
            None => key_share.expose().to_vec(),
        };
        let delivery =
            Delivery::of(&made.grant, Id::make(random)?, now, made.grant.payload().exp, &sealed.binding)
                .by_relay(drafted.mode, None, Some(sha256(&share)))
                .sign(keystore, &made.key.id)?;
        let envelope = Envelope {
            grant: made.grant.text().to_owned(),
            delivery: delivery.text().to_owned(),
            ciphertext: sealed.ciphertext,
            record: made.record.clone(),
        };
        let envelope = match &drafted.statement {
            Some(to) => seal_envelope(random, to.key(), to.kid(), &grant, &envelope)?.into_bytes(),
            None => made.keys.channel.seal(random, Part::Envelope, &envelope.to_packed()?)?,
        };
        let texts = content.presentations.values().flatten().map(String::as_str);
        let presented = StoredPresented::of(&presented, texts).to_bytes()?;
        let policy = self.policy_of(&drafted.to)?;
        Ok(Sealed {
            mode: drafted.mode,
            policy,
            grant,
            delivery,
            envelope,
            share,
            key_share,
            content_key,
            presented,
            bindings,
        })
    }

    /// C2n: bound to the named verifier, with `h(grant)` for a nonce. C2f: files, and no statement.
    fn content_of(
        &self,
        prepared: Prepared,
        drafted: &Drafted,
        grant: &Digest,
        now: UnixTime,
    ) -> Result<(Content, Presented, Vec<Digest>)> {
        if drafted.mode == Mode::C2Files {
            let content = Content { files: prepared.into_files(), ..Content::default() };
            return Ok((content, Presented { sd_hash: Vec::new(), claims: Vec::new() }, Vec::new()));
        }
        let aud = drafted.to.client_id().ok_or(WalletError::Internal)?;
        let nonce = chop_crypto::encoding::to_base64url(grant);
        self.bind(prepared, Toward { aud, nonce: &nonce, transaction: None }, grant, now)
    }

    /// Whom the relay lets in. It has no lists of the holder's: they are written out.
    fn policy_of(&self, to: &Recipients) -> Result<Policy> {
        Ok(match to {
            Recipients::Clients(clients) => Policy { client_ids: clients.clone(), ..Policy::everybody() },
            Recipients::Registered => Policy::everybody(),
            Recipients::List { publisher, place } => {
                let trust = self.trust()?;
                let lists = trust.lists().iter().filter(|list| list.content().iss == *publisher);
                let entries = lists.flat_map(|list| &list.content().entries);
                let clients = entries
                    .filter(|entry| entry.roles.contains(&Certified::Verifier))
                    .filter(|entry| place.is_none_or(|place| entry.party.jurisdiction == place))
                    .map(|entry| x509_hash(&entry.certificate))
                    .collect::<Vec<_>>();
                if clients.is_empty() {
                    return Err(super::OfferFault::NotForThem.into());
                }
                Policy { client_ids: clients, ..Policy::everybody() }
            }
        })
    }
}

impl Sealed {
    /// As the relay keeps it.
    pub(super) fn at_relay(&self) -> Result<AtRelay> {
        let binding = self.delivery.payload().binding();
        let Policy { client_ids, organisations, anchors } = &self.policy;
        let drop = SealedDrop {
            policy: Policy {
                client_ids: client_ids.clone(),
                organisations: organisations.clone(),
                anchors: anchors.clone(),
            },
            grant: self.grant,
            dn: self.delivery.digest(),
            ct: binding.ct,
            kc: binding.kc,
            env: Bounded::new(self.envelope.clone())?,
            share: Bounded::new(self.share.clone())?,
        };
        Ok(match self.mode {
            Mode::C2Files => AtRelay::Files(Box::new(drop)),
            _ => AtRelay::Named(Box::new(drop)),
        })
    }

    /// The digests that the entry names.
    pub(super) fn refer(&self, entry: &mut Entry) {
        entry.refer(refs::DELIVERY, self.delivery.digest());
        for (number, binding) in self.bindings.iter().enumerate() {
            entry.refer(&refs::key_binding(number), *binding);
        }
    }

    /// T1 of C2, inside T0'.
    pub(super) fn keep(&self, tx: &Tx<'_>, entry: &mut Entry, id: &Id) -> Result<()> {
        keeps(tx, entry, id, ArtefactKind::Delivery, self.delivery.text().as_bytes())?;
        keeps(tx, entry, id, ArtefactKind::Envelope, &self.envelope)?;
        keeps(tx, entry, id, ArtefactKind::Other, &self.presented)?;
        entry.commits(secret::insert(tx, id, SecretKind::KeyShare, &self.key_share)?);
        entry.commits(secret::insert(tx, id, SecretKind::ContentKey, &self.content_key)?);
        Ok(())
    }
}
