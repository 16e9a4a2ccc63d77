//! Puts a dossier together and signs it.

use std::collections::BTreeMap;

use chop_crypto::sha256;
use chop_formats::dossier::{DossierKind, GRANT, NewDossier, PROOF, RECORD};
use chop_formats::log_entry::EntryKind;
use chop_formats::proof_pack::UnverifiedPack;
use chop_model::{Id, Lang};
use chop_policy::{Finding, Level};
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::item;
use serde_json::{Value, json};

use crate::export::page::PrintPage;
use crate::journal::Entry;
use crate::notice::Words;
use crate::remedy::Letter;
use crate::{Result, Wallet, WalletError};

use super::TransferError;
use super::elements::{Element, Known, Seal, elements};

/// A signed file, ready to be handed over.
#[derive(Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The ZIP.
    pub bytes: Vec<u8>,
    /// Names of its parts.
    pub parts: Vec<String>,
}

/// A transfer dossier: its file and its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferDossier {
    /// The file.
    pub file: Dossier,
    /// Every element, in the reader's language.
    pub elements: Vec<Element>,
    /// The page to print.
    pub page: String,
}

impl TransferDossier {
    /// The keys of the elements that are asked for and not known.
    pub fn missing(&self) -> Vec<&'static str> {
        missing(&self.elements).collect()
    }
}

/// Whom a dossier is about is nobody's business in a log.
impl std::fmt::Debug for Dossier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dossier({} bytes)", self.bytes.len())
    }
}

impl Wallet {
    /// Makes the transfer dossier of a grant across a border, in the reader's language: a signed ZIP.
    /// That it was made is an event. It is filed with nobody.
    ///
    /// # Errors
    /// `transfer.no-border`; `consent.unknown`, `consent.not-yours`; `exchange.wrong-step`.
    pub fn transfer_dossier(&self, exchange: &Id, lang: Lang) -> Result<TransferDossier> {
        let document = self.consent_record(exchange)?;
        let record = document.record();
        if record.route.from == record.route.to {
            return Err(TransferError::NoBorder.into());
        }
        let words = Words::of(lang)?;
        let proof = self.prove(exchange, false)?;
        let entries = UnverifiedPack::read(&proof)?.dangerous_contents().entries.len();
        let judged = self.judge_again(exchange).ok();
        let passed = self.passed_warnings(exchange)?;
        let seals = self.seals_of(record)?;
        let findings = judged.as_ref().map(|judged| judged.findings.as_slice());
        let log = Some((entries, sha256(&proof)));
        let known = Known { record, findings, passed: &passed, seals: &seals, log };
        let elements = elements(&known, &words)?;
        let page = page(&words, &elements, exchange)?;
        let data = json!({
            "format": 1, "exchange": exchange, "lang": lang.tag(), "rulePack": record.rule_pack,
            "volume": { "persons": 1, "records": record.items.len(), "maxUses": record.max_uses },
            "elements": elements, "missing": missing(&elements).collect::<Vec<_>>(),
            "findings": findings.map(|findings| findings_json(findings, &passed)),
            "filed": false,
        });
        let data = serde_json::to_vec_pretty(&data).map_err(|_| WalletError::Internal)?;
        let parts = [("dossier.json", data.as_slice()), ("dossier.html", page.as_bytes())];
        let file = self.sign_dossier(exchange, DossierKind::Transfer, &proof, &parts)?;
        Ok(TransferDossier { file, elements, page })
    }

    /// The evidence of a case: proof pack of its grant, the case as the person wrote it down, the letter.
    ///
    /// # Errors
    /// `remedy.unknown`; as [`Wallet::transfer_dossier`].
    pub fn case_evidence(&self, case: &Id, lang: Lang) -> Result<Dossier> {
        let letter: Letter = self.case_letter(case, lang)?;
        let case = self.case(case)?;
        let file = serde_json::to_vec_pretty(&case.to_file()).map_err(|_| WalletError::Internal)?;
        let proof = self.prove(&case.exchange, false)?;
        let (html, text) = (letter.to_html(), letter.to_text());
        let parts = [
            ("case.json", file.as_slice()),
            ("letter.html", html.as_bytes()),
            ("letter.txt", text.as_bytes()),
        ];
        self.sign_dossier(&case.exchange, DossierKind::Evidence, &proof, &parts)
    }

    fn sign_dossier(
        &self,
        exchange: &Id,
        kind: DossierKind,
        proof: &[u8],
        more: &[(&str, &[u8])],
    ) -> Result<Dossier> {
        self.refuse_recipient(exchange)?;
        let grant = self.grant_of(exchange)?;
        let record = self.consent_record(exchange)?;
        let mut parts = vec![(GRANT, grant.text().as_bytes()), (RECORD, record.bytes()), (PROOF, proof)];
        parts.extend_from_slice(more);
        let new =
            NewDossier { kind, jti: Id::make(self.ports.random.as_ref())?, iat: self.ports.clock.now() };
        let key = self.grant_key(&grant)?;
        let bytes = new.sign(&grant, &parts, self.ports.keystore.as_ref(), &key)?;
        let what = match kind {
            DossierKind::Transfer => "transfer-dossier",
            DossierKind::Evidence => "case-evidence",
        };
        let entry = Entry::new(EntryKind::Exported, &self.ports)
            .text("exchange", &exchange.to_string())
            .text("what", what)
            .hash("file", sha256(&bytes));
        self.record("dossier", entry, |_, _| Ok(()))?;
        Ok(Dossier { parts: parts.iter().map(|(name, _)| (*name).to_owned()).collect(), bytes })
    }

    /// Why the person passed each warning, as it was kept with the page.
    fn passed_warnings(&self, exchange: &Id) -> Result<BTreeMap<String, String>> {
        let kept = self.stored_text(exchange, ArtefactKind::Notice)?;
        let kept: Value = serde_json::from_str(&kept).map_err(|_| WalletError::LogBroken)?;
        let passed = kept["passed"].as_array().into_iter().flatten();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Ok(passed.filter_map(|one| Some((text(&one["rule"])?, text(&one["reason"])?))).collect())
    }

    /// What was presented, with the seal of the item as it stands now.
    fn seals_of(&self, record: &chop_formats::consent_record::ConsentRecord) -> Result<Vec<Seal>> {
        let mut held = BTreeMap::new();
        for card in self.cards(None, None, u32::MAX)? {
            for digest in self.credential_versions(&card.id)?.into_keys() {
                held.insert(digest, card.seal);
            }
        }
        let shown = record.evidence.iter().flat_map(|evidence| &evidence.items);
        let seals = shown.map(|item| Seal {
            query: item.query.clone(),
            digest: item.digest.0,
            is_issued: item.issuer_proof.is_some(),
            seal: item.issuer_proof.and_then(|proof| held.get(&proof.0)).map(|seal| seal_word(*seal)),
        });
        Ok(seals.collect())
    }
}

fn missing(elements: &[Element]) -> impl Iterator<Item = &'static str> {
    elements.iter().filter(|element| element.missing).map(|element| element.key)
}

fn seal_word(seal: item::Seal) -> &'static str {
    match seal {
        item::Seal::Valid => "valid",
        item::Seal::Invalid => "invalid",
        item::Seal::CannotCheck => "cannot-check",
        item::Seal::SelfStated => "self-stated",
    }
}

fn findings_json(findings: &[Finding], passed: &BTreeMap<String, String>) -> Vec<Value> {
    let one = |finding: &Finding| {
        json!({
            "rule": finding.rule, "code": finding.code, "citation": finding.citation,
            "confirmed": finding.confirmed, "override": passed.get(&finding.rule),
            "level": match finding.level { Level::Warn => "warn", Level::Block => "block" },
        })
    };
    findings.iter().map(one).collect()
}

/// The page to print: what is missing first, in red.
fn page(words: &Words, elements: &[Element], exchange: &Id) -> Result<String> {
    let mut page = PrintPage::new(words.lang(), &words.say("dossier-title")?);
    page.lead(&words.say("dossier-lead")?);
    let label = |key: &str| words.say(&format!("dossier-{key}"));
    for key in missing(elements) {
        let what = label(key)?;
        page.missing(&words.say_with("dossier-missing-one", &[("what", what.into())])?);
    }
    if missing(elements).next().is_none() {
        page.paragraph(&words.say("dossier-complete")?);
    }
    page.heading(&words.say("dossier-elements")?);
    let mut rows = vec![(words.say("export-id")?, vec![exchange.to_string()])];
    for element in elements {
        rows.push((label(element.key)?, element.values.clone()));
    }
    page.rows(&rows);
    page.paragraph(&words.say("dossier-files")?).footer(&words.say("letter-footer")?);
    Ok(page.finish())
}
