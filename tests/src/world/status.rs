//! A transcript whose status is on a list, and the lists that its university, or somebody else, signs.

use chop_core::{Clock, samples};
use chop_crypto::{KeyPurpose, Keystore, SigningDomain};
use chop_formats::status_list::{Draft, StatusReference, issue};

use super::{Issuer, World};

/// Where the university's list is.
pub const STATUS_URI: &str = "https://status.example.invalid/lists/1";
/// The transcript's number on it.
pub const STATUS_IDX: u64 = 41;

/// Who signs a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListSigner {
    /// The university, with the certificate that signs its credentials.
    University,
    /// The university, without a certificate in the list.
    UniversityBare,
    /// The university, with another key and certificate.
    UniversityOtherKey,
    /// Another issuer that everybody trusts.
    Clinic,
    /// Somebody with the university's name under an authority that nobody trusts.
    Impostor,
}

impl World {
    /// The transcript, with its number on a list.
    pub fn transcript_on_list(&self, uri: &str, idx: u64) -> String {
        let transcript = samples::Transcript::read(samples::TRANSCRIPT).unwrap();
        let holder = self.resident.make_credential_key().unwrap();
        let (mut claims, paths) = (transcript.claims().clone(), transcript.disclosable());
        let reference = StatusReference { uri: uri.to_owned(), idx };
        claims.insert("status".into(), reference.to_value());
        self.issue(&self.university, samples::TRANSCRIPT_VCT, claims, &paths, &holder, 0)
    }

    /// Gives the resident one more transcript, on a list that is held.
    pub fn keep_a_status_list(&self) {
        let text = self.transcript_on_list(STATUS_URI, STATUS_IDX);
        self.resident.take("on-list.sd-jwt", text.as_bytes());
        let due = self.resident.statuses_due(true).unwrap();
        self.resident.take_status(&due[0], self.list_saying(0, 0).as_bytes()).unwrap();
    }

    /// A list as `signer` signs it.
    pub fn status_list(&self, signer: ListSigner, draft: &Draft<'_>) -> String {
        let fresh = |authority: &super::Authority| {
            let key = self.keys.generate(KeyPurpose::Issuer).unwrap();
            let party = samples::university();
            let leaf = authority.leaf(&party, "status.example.invalid", key.public.p256().unwrap());
            Issuer { key, chain: vec![leaf] }
        };
        let other;
        let signing = match signer {
            ListSigner::University | ListSigner::UniversityBare => &self.university,
            ListSigner::Clinic => &self.clinic,
            ListSigner::UniversityOtherKey => {
                other = fresh(&self.authority);
                &other
            }
            ListSigner::Impostor => {
                other = fresh(&super::Authority::new("Nobody's Authority"));
                &other
            }
        };
        let x5c = if signer == ListSigner::UniversityBare { Vec::new() } else { signing.chain.clone() };
        let sign = |input: &[u8]| self.keys.sign(&signing.key.id, SigningDomain::StatusList, input);
        issue(draft, x5c, &sign).unwrap()
    }

    /// A list in force for an hour that says `status` of the transcript and 0 of the others, signed
    /// `age` seconds ago by the university.
    pub fn list_saying(&self, status: u8, age: i64) -> String {
        let mut statuses = [0; 64];
        statuses[usize::try_from(STATUS_IDX).unwrap()] = status;
        let now = self.clock.now();
        let draft = Draft {
            uri: STATUS_URI,
            iat: now.plus(-age),
            exp: Some(now.plus(3600)),
            ttl: Some(600),
            bits: chop_formats::status_list::Bits::Two,
            statuses: &statuses,
        };
        self.status_list(ListSigner::University, &draft)
    }
}
