//! `chop tool demo-authority`: what the walk by hand needs from others, made on the spot: a certified
//! hospital, two credentials for a resident's keys, a trust list, a question.

use std::path::{Path, PathBuf};

use chop_core::plumbing::crypto::P256PublicKey;
use chop_core::plumbing::crypto::encoding::{to_base64, to_base64url};
use chop_core::plumbing::formats::ips::{self, IpsBundle};
use chop_core::plumbing::formats::jose::{JoseError, jwk};
use chop_core::plumbing::formats::json;
use chop_core::plumbing::formats::trust_list::UnverifiedTrustList;
use chop_core::plumbing::model::UnixTime;
use chop_core::samples::{self, Transcript};
use chop_core::{Clock, Error};
use serde_json::json as object;

use super::authorities::{Authorities, DemoIssuer};
use super::macao;
use crate::args::DemoAuthorityArgs;
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::terminal::json_text;

/// What an authority hands out for one hospital and one resident.
pub(crate) struct HandedOut {
    /// The hospital's certificate, DER.
    pub(crate) certificate: Vec<u8>,
    /// The signed list of who is who.
    pub(crate) trust_list: String,
    /// A patient summary for the resident.
    pub(crate) summary: String,
    /// A transcript for the resident.
    pub(crate) transcript: String,
    /// What the second route needs, where it was asked for.
    pub(crate) macao: Option<MacaoPapers>,
}

/// Whose keys the second route needs vouched for.
pub(crate) struct ForMacao {
    /// The university's, for its questions.
    pub(crate) university: P256PublicKey,
    /// The resident's of Zhuhai, for the transcript.
    pub(crate) paper: P256PublicKey,
}

/// What the second route needs.
pub(crate) struct MacaoPapers {
    /// The university's certificate, DER.
    pub(crate) certificate: Vec<u8>,
    /// A transcript for the resident of Zhuhai.
    pub(crate) paper: String,
}

/// Makes authorities that exist for this one call, and what they hand out.
pub(crate) fn hand_out(
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

/// Writes all of it into a folder, with the hospital's question and its terms.
pub(crate) fn write(args: &DemoAuthorityArgs) -> Result<Report, Failure> {
    let hospital = public_key(&args.verifier_jwk)?;
    let holders = args.holder_jwk.iter().map(|path| public_key(path)).collect::<Result<Vec<_>, _>>()?;
    let (Some(first), Some(last)) = (holders.first(), holders.last()) else {
        return Err(Failure::usage("nothing-done"));
    };
    let made = hand_out(SystemClock.now(), &hospital, first, last, None)?;
    let fingerprint = UnverifiedTrustList::parse(&made.trust_list).map_err(Error::from)?.fingerprint();
    files::make_folder(&args.into)?;
    let write = |name: &str, text: &str| -> Result<PathBuf, Failure> {
        let path = args.into.join(name);
        files::write_new(&path, text.as_bytes())?;
        Ok(path)
    };
    let terms = serde_json::to_value(samples::hospital_terms()).unwrap_or_default();
    let files = [
        write("hospital.pem", &pem(&made.certificate))?,
        write("demo.chop-trust", &made.trust_list)?,
        write("summary.sd-jwt", &made.summary)?,
        write("transcript.sd-jwt", &made.transcript)?,
        write("ask.json", &json_text(&samples::hospital_query()))?,
        write("terms.json", &json_text(&terms))?,
    ];
    let publisher = to_base64url(&fingerprint);
    let names: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
    let text = format!("DEMO\n{}\ntrust list publisher: {publisher}", names.join("\n"));
    Ok(Report::done(text, object!({ "demo": true, "files": names, "publisher": publisher })))
}

pub(super) fn public_key(path: &Path) -> Result<P256PublicKey, Failure> {
    let value = json::parse(&files::read(path)?, MAX_JWK_BYTES).map_err(JoseError::from)?;
    Ok(jwk::from_value(&value)?)
}

/// One certificate in PEM form (RFC 7468).
pub(super) fn pem(der: &[u8]) -> String {
    let text = to_base64(der);
    let mut lines = String::from("-----BEGIN CERTIFICATE-----\n");
    for (index, c) in text.chars().enumerate() {
        if index > 0 && index % PEM_LINE == 0 {
            lines.push('\n');
        }
        lines.push(c);
    }
    lines + "\n-----END CERTIFICATE-----\n"
}

/// Characters of a line in PEM.
const PEM_LINE: usize = 64;
/// Bytes of a JWK.
const MAX_JWK_BYTES: usize = 16 * 1024;
