//! `chop tool demo-authority`: what the walk by hand needs from others, made on the spot: a certified
//! hospital, two credentials for a resident's keys, a trust list, a question.

use std::path::{Path, PathBuf};

use chop_core::plumbing::crypto::P256PublicKey;
use chop_core::plumbing::crypto::encoding::{to_base64, to_base64url};
use chop_core::plumbing::formats::jose::{JoseError, jwk};
use chop_core::plumbing::formats::json;
use chop_core::plumbing::formats::trust_list::UnverifiedTrustList;
use chop_core::{Clock, Error, samples};
use chop_samples::hand_out;
use serde_json::json as object;

use super::scan;
use crate::args::DemoAuthorityArgs;
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::terminal::json_text;

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
        write("offer.json", &json_text(&scan::offered_query()))?,
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
