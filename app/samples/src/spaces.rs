//! The sample space: a folder with a resident who holds papers and has a past, and a hospital that asks,
//! so that somebody can look around and play both sides. DEMO: nobody in it exists.
//!
//! ```text
//! folder/resident   folder/hospital   folder/university   folder/keys   folder/whole
//! ```
//! `whole` is written last: a folder without it was cut short and is not opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chop_core::plumbing::crypto::{Argon2Cost, OsRandom, SecretBytes};
use chop_core::plumbing::formats::ips::{self, IpsBundle};
use chop_core::plumbing::formats::trust_list::UnverifiedTrustList;
use chop_core::plumbing::model::{Jurisdiction, Lang, Party, UnixTime};
use chop_core::plumbing::vault::{FirstSlots, NewSpace, SpaceKind, Unlock, VaultError};
use chop_core::samples::{self, Transcript};
use chop_core::{Clock, Edge, Error, Keys, NoAnchors, Wallet};

use crate::authorities::Authorities;
use crate::{holdings, past};

/// The passphrase of every sample space. No secret: nothing in them is anybody's.
pub const SAMPLE_PASSPHRASE: &str = "sample";

/// A folder of sample spaces.
#[derive(Debug, Clone)]
pub struct SampleFolder(PathBuf);

impl SampleFolder {
    /// The sample spaces in `folder`, made or not.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Whether all of it is there.
    pub fn is_whole(&self) -> bool {
        self.0.join(WHOLE).exists()
    }

    /// The resident's space.
    pub fn resident(&self) -> PathBuf {
        self.0.join("resident")
    }

    /// The hospital's space.
    pub fn hospital(&self) -> PathBuf {
        self.0.join("hospital")
    }

    /// The key stores of all of them.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// Makes the spaces with a past that ends at `now`. Titles are in `lang`; what authorities signed is
    /// in all languages.
    ///
    /// # Errors
    /// `vault.*` where the folder is not empty or the disk is full. What was made by then stays and is
    /// never taken for a whole sample.
    pub fn make(&self, now: UnixTime, lang: Lang) -> Result<(), Error> {
        let clock = Arc::new(StoryClock(AtomicI64::new(now.0 - past::DAYS * DAY)));
        fs::create_dir_all(self.keys()).map_err(VaultError::from)?;
        let mut cast = Cast::gather(self, &clock, lang)?;
        past::play(&mut cast, now)?;
        clock.move_to(now);
        cast.renew_trust()?;
        drop(cast);
        fs::write(self.0.join(WHOLE), "DEMO\n").map_err(VaultError::from)?;
        Ok(())
    }

    /// Opens one of the spaces.
    ///
    /// # Errors
    /// As [`Wallet::open`].
    pub fn open(&self, space: &Path, edge: Edge) -> Result<Wallet, Error> {
        Wallet::open(space, Unlock::Passphrase(passphrase()), edge)
    }
}

/// Everybody while the past is played.
pub(crate) struct Cast {
    pub(crate) clock: Arc<StoryClock>,
    pub(crate) lang: Lang,
    pub(crate) resident: Wallet,
    pub(crate) hospital: Wallet,
    pub(crate) university: Wallet,
    authorities: Authorities,
    entries: Vec<crate::DemoIssuer>,
    verifiers: Vec<(Party, Vec<u8>)>,
}

impl Cast {
    fn gather(folder: &SampleFolder, clock: &Arc<StoryClock>, lang: Lang) -> Result<Self, Error> {
        let make = |path: PathBuf, kind, place, label: &str| -> Result<Wallet, Error> {
            let edge = Edge {
                clock: clock.clone(),
                random: Arc::new(OsRandom),
                anchors: Arc::new(NoAnchors),
                keys: Keys::Folder(folder.keys()),
            };
            let slots = FirstSlots { passphrase: passphrase(), cost: Argon2Cost::FLOOR };
            let (wallet, _) = Wallet::create(&path, &NewSpace { kind, label: label.into() }, &slots, edge)?;
            wallet.set_place(place)?;
            Ok(wallet)
        };
        let (asks, admits) = (samples::hospital(), samples::university());
        let resident =
            make(folder.resident(), SpaceKind::Person, Jurisdiction::Hk, holdings::RESIDENT.in_lang(lang))?;
        let hospital = make(folder.hospital(), SpaceKind::Firm, asks.jurisdiction, asks.names.in_lang(lang))?;
        let university = make(
            folder.0.join("university"),
            SpaceKind::Firm,
            admits.jurisdiction,
            admits.names.in_lang(lang),
        )?;

        let authorities = Authorities::make(clock.now())?;
        let of_hospital = authorities.certify(&asks, &hospital.verifier_key()?, "hospital.demo.invalid")?;
        let of_university =
            authorities.certify(&admits, &university.verifier_key()?, "university.demo.invalid")?;
        hospital.certify(std::slice::from_ref(&of_hospital))?;
        university.certify(std::slice::from_ref(&of_university))?;
        let entries = vec![
            authorities.issuer(samples::clinic(), ips::VCT, "clinic.demo.invalid")?,
            authorities.issuer(samples::university(), samples::TRANSCRIPT_VCT, "registry.demo.invalid")?,
            authorities.issuer(samples::office(), samples::IDENTITY_VCT, "office.demo.invalid")?,
        ];
        let verifiers = vec![(asks, of_hospital), (admits, of_university)];
        let mut cast = Self {
            clock: clock.clone(),
            lang,
            resident,
            hospital,
            university,
            authorities,
            entries,
            verifiers,
        };
        cast.renew_trust()?;
        holdings::take_in(&cast, &cast.credentials()?)?;
        Ok(cast)
    }

    /// The publisher's next edition, accepted by everybody.
    pub(crate) fn renew_trust(&mut self) -> Result<(), Error> {
        self.authorities.move_to(self.clock.now());
        let issuers: Vec<_> = self.entries.iter().collect();
        let list = self.authorities.trust_list(&issuers, &self.verifiers)?;
        let fingerprint = UnverifiedTrustList::parse(&list)?.fingerprint();
        for wallet in [&self.resident, &self.hospital, &self.university] {
            wallet.add_trust(&list, &fingerprint)?;
        }
        Ok(())
    }

    /// What the issuers signed for the resident, each to a key of its own: two of them cannot be joined
    /// by a key.
    fn credentials(&self) -> Result<Vec<String>, Error> {
        let summary = IpsBundle::read(samples::PATIENT_SUMMARY)?;
        let transcript = Transcript::read(samples::TRANSCRIPT)?;
        let papers = [
            (summary.as_claims(), summary.disclosable()),
            (transcript.claims().clone(), transcript.disclosable()),
            (samples::identity(), samples::identity_disclosable()),
        ];
        let issue = |(issuer, (claims, disclosable)): (&crate::DemoIssuer, _)| {
            let claims: serde_json::Map<_, _> = claims;
            let disclosable: Vec<_> = disclosable;
            let key = self.resident.make_credential_key()?;
            self.authorities.issue(issuer, claims, &disclosable, &key)
        };
        self.entries.iter().zip(papers).map(issue).collect()
    }
}

/// A clock that stands where the story puts it.
#[derive(Debug)]
pub(crate) struct StoryClock(AtomicI64);

impl StoryClock {
    pub(crate) fn move_to(&self, time: UnixTime) {
        self.0.store(time.0, Ordering::SeqCst);
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> UnixTime {
        UnixTime(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) fn passphrase() -> SecretBytes {
    SecretBytes::new(SAMPLE_PASSPHRASE.as_bytes().to_vec())
}

const WHOLE: &str = "whole";
/// Seconds.
pub(crate) const DAY: i64 = 86_400;
