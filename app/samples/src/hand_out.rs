//! What the authorities hand out for one hospital and one resident.

use chop_core::Error;
use chop_core::plumbing::crypto::P256PublicKey;
use chop_core::plumbing::formats::ips::{self, IpsBundle};
use chop_core::plumbing::model::UnixTime;
use chop_core::samples::{self, Transcript};

use crate::authorities::{Authorities, DemoIssuer};
use crate::macao;

/// What an authority hands out for one hospital and one resident.
pub struct HandedOut {
    /// The hospital's certificate, DER.
    pub certificate: Vec<u8>,
    /// The signed list of who is who.
    pub trust_list: String,
    /// A patient summary for the resident.
    pub summary: String,
    /// A transcript for the resident.
    pub transcript: String,
    /// What the second route needs, where it was asked for.
    pub macao: Option<MacaoPapers>,
}

/// Whose keys the second route needs vouched for.
pub struct ForMacao {
    /// The university's, for its questions.
    pub university: P256PublicKey,
    /// The resident's of Zhuhai, for the transcript.
    pub paper: P256PublicKey,
}

/// What the second route needs.
pub struct MacaoPapers {
    /// The university's certificate, DER.
    pub certificate: Vec<u8>,
    /// A transcript for the resident of Zhuhai.
    pub paper: String,
}

/// Makes authorities that exist for this one call, and what they hand out.
pub fn hand_out(
    now: UnixTime,
    hospital: &P256PublicKey,
    for_summary: &P256PublicKey,
    for_transcript: &P256PublicKey,
    for_macao: Option<&ForMacao>,
) -> Result<HandedOut, Error> {
    let authorities = Authorities::make(now)?;
    let clinic = authorities.issuer(samples::clinic(), ips::VCT, "clinic.demo.invalid")?;
    let university =
        authorities.issuer(samples::university(), samples::TRANSCRIPT_VCT, "university.demo.invalid")?;
    let party = samples::hospital();
    let certificate = authorities.certify(&party, hospital, "hospital.demo.invalid")?;
    let summary = IpsBundle::read(samples::PATIENT_SUMMARY)?;
    let transcript = Transcript::read(samples::TRANSCRIPT)?;
    let college = authorities.issuer(macao::college(), samples::TRANSCRIPT_VCT, "college.demo.invalid")?;
    let macao = for_macao.map(|keys| macao_papers(&authorities, &college, keys)).transpose()?;
    let mut issuers = vec![&clinic, &university];
    let mut verifiers = vec![(party, certificate.clone())];
    if let Some(papers) = &macao {
        issuers.push(&college);
        verifiers.push((macao::university(), papers.certificate.clone()));
    }
    Ok(HandedOut {
        trust_list: authorities.trust_list(&issuers, &verifiers)?,
        summary: authorities.issue(&clinic, summary.as_claims(), &summary.disclosable(), for_summary)?,
        transcript: authorities.issue(
            &university,
            transcript.claims().clone(),
            &transcript.disclosable(),
            for_transcript,
        )?,
        certificate,
        macao,
    })
}

fn macao_papers(
    authorities: &Authorities,
    college: &DemoIssuer,
    keys: &ForMacao,
) -> Result<MacaoPapers, Error> {
    let (claims, disclosable) = macao::paper()?;
    Ok(MacaoPapers {
        certificate: authorities.certify(
            &macao::university(),
            &keys.university,
            "university-of-macao.demo.invalid",
        )?,
        paper: authorities.issue(college, claims, &disclosable, &keys.paper)?,
    })
}
