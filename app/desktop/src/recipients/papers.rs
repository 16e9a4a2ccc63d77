//! Files that can be made of a grant or a case.

use chop_core::export::ExportForm;
use chop_core::notice::Words;
use chop_core::plumbing::model::{Id, Lang};
use chop_core::{Result, Wallet};

use crate::dto::recipients::FileKind;

/// A file that was made, and what is known to be missing in it.
#[derive(Debug)]
pub(crate) struct Paper {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// What is asked for and not known, in words.
    pub(crate) missing: Vec<String>,
}

/// Makes the file `kind` of the case or grant `id`.
///
/// # Errors
/// `remedy.unknown`, `consent.unknown`, `transfer.no-border`.
pub(crate) fn make(wallet: &Wallet, id: &Id, kind: FileKind, lang: Lang) -> Result<Paper> {
    let plain = |text: String| Paper { bytes: text.into_bytes(), missing: Vec::new() };
    Ok(match kind {
        FileKind::LetterPage => plain(wallet.case_letter(id, lang)?.to_html()),
        FileKind::LetterText => plain(wallet.case_letter(id, lang)?.to_text()),
        FileKind::ConsentPage => plain(wallet.export_consent(id, ExportForm::Page)?),
        FileKind::ConsentDpv => plain(wallet.export_consent(id, ExportForm::Dpv)?),
        FileKind::ConsentOdrl => plain(wallet.export_consent(id, ExportForm::Odrl)?),
        FileKind::Evidence => Paper { bytes: wallet.case_evidence(id, lang)?.bytes, missing: Vec::new() },
        FileKind::TransferDossier => {
            let made = wallet.transfer_dossier(id, lang)?;
            let words = Words::of(lang)?;
            let missing = made.missing().into_iter().map(|key| words.say(&format!("dossier-{key}")));
            let missing = missing.collect::<std::result::Result<_, _>>()?;
            Paper { missing, bytes: made.file.bytes }
        }
    })
}

/// What the file is called, and its ending.
pub(crate) fn name(id: &Id, kind: FileKind) -> (String, &'static str) {
    let (stem, ending) = match kind {
        FileKind::LetterPage => ("letter", "html"),
        FileKind::LetterText => ("letter", "txt"),
        FileKind::Evidence => ("evidence", "zip"),
        FileKind::ConsentPage => ("consent", "html"),
        FileKind::ConsentDpv => ("consent-27560", "jsonld"),
        FileKind::ConsentOdrl => ("consent-odrl", "jsonld"),
        FileKind::TransferDossier => ("transfer-dossier", "zip"),
    };
    (format!("{stem}-{id}.{ending}"), ending)
}
