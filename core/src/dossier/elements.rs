//! The elements of a transfer dossier (gba.md section 2.6), each from the record or from what was found.

use std::collections::BTreeMap;

use chop_crypto::Digest;
use chop_crypto::encoding::to_hex;
use chop_formats::consent_record::{ConsentRecord, CrossBorder, CrossingMode, NamedParty};
use chop_model::{Action, Jurisdiction, LangText, OnExpiry, Site};
use chop_policy::{Finding, Level};
use fluent_bundle::FluentValue;
use serde::Serialize;

use crate::Result;
use crate::export::date_time;
use crate::notice::{Words, isolate};

/// The keys of all elements, in the order in which they are shown.
pub const ELEMENTS: [&str; 24] = [
    "route",
    "mode",
    "parties",
    "registration",
    "contact",
    "purpose",
    "method",
    "scope",
    "volume",
    "sensitive",
    "necessity",
    "impact",
    "retention",
    "end-of-life",
    "onward",
    "storage",
    "mechanism",
    "contract",
    "filing",
    "assessment",
    "consents",
    "findings",
    "digests",
    "seals",
];

/// One element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Element {
    /// One of [`ELEMENTS`], or `log`.
    pub key: &'static str,
    /// What is known, in the reader's language.
    pub values: Vec<String>,
    /// Whether it is asked for and nothing is known.
    pub missing: bool,
}

/// What a dossier is made from.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// What was agreed.
    pub record: &'a ConsentRecord,
    /// What the rules find; none where the pack is not here any more.
    pub findings: Option<&'a [Finding]>,
    /// Why the person passed a warning, by rule.
    pub passed: &'a BTreeMap<String, String>,
    /// What was presented, and who vouches for it.
    pub seals: &'a [Seal],
    /// Entries in the log extract, and the digest of the proof pack.
    pub log: Option<(usize, Digest)>,
}

/// What was presented for one query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The query.
    pub query: String,
    /// Digest of what was presented.
    pub digest: Digest,
    /// Whether an issuer signed it; else the holder states it.
    pub is_issued: bool,
    /// The word of the seal as it stands now; none where the item is gone.
    pub seal: Option<&'static str>,
}

/// Every element, with what is known of it.
///
/// # Errors
/// A time outside the calendar, or a broken build.
pub fn elements(known: &Known<'_>, words: &Words) -> Result<Vec<Element>> {
    let from = Reader { known, record: known.record, words };
    let (parties, registration, contact) = from.parties()?;
    let sensitive = from.sensitive();
    let is_sensitive = !sensitive.is_empty();
    let crossing = known.record.cross_border.as_ref();
    let is_c2c = crossing.is_none_or(|crossing| crossing.mode == CrossingMode::ControllerToController);
    let or_none = |values: Vec<String>| -> Result<Vec<String>> {
        if values.is_empty() { Ok(vec![words.say("dossier-none")?]) } else { Ok(values) }
    };
    // The person who carries their own data has no contract, files nothing and assesses nothing (PIPL 72).
    let of_c2c = |values: Vec<String>| -> Result<Vec<String>> {
        if values.is_empty() && !is_c2c { Ok(vec![words.say("dossier-not-needed")?]) } else { Ok(values) }
    };
    let consents = from.consents()?;
    let consents =
        if consents.is_empty() && !is_sensitive && !is_c2c { or_none(consents)? } else { consents };
    let necessity = from.texts(known.record.necessity.as_ref());
    let impact = from.texts(known.record.impact_on_rights.as_ref());
    let when_sensitive = |values: Vec<String>| if is_sensitive { Ok(values) } else { or_none(values) };
    let all = vec![
        ("route", from.route()?),
        ("mode", from.mode(crossing)?),
        ("parties", parties),
        ("registration", registration),
        ("contact", contact),
        ("purpose", from.purposes()),
        ("method", from.methods()?),
        ("scope", from.scope()?),
        ("volume", from.volume()?),
        ("sensitive", or_none(sensitive)?),
        ("necessity", when_sensitive(necessity)?),
        ("impact", when_sensitive(impact)?),
        ("retention", from.retention()?),
        ("end-of-life", from.end_of_life()?),
        ("onward", from.onward()?),
        ("storage", from.storage()?),
        ("mechanism", mechanism(crossing)),
        ("contract", of_c2c(contract(crossing)?)?),
        ("filing", of_c2c(filing(crossing)?)?),
        ("assessment", of_c2c(assessment(crossing)?)?),
        ("consents", consents),
        ("findings", from.findings()?),
        ("digests", from.digests()),
        ("seals", from.seals()?),
        ("log", from.log()?),
    ];
    Ok(all.into_iter().map(|(key, values)| Element { key, missing: values.is_empty(), values }).collect())
}

/// Reads one record in one language.
struct Reader<'a> {
    known: &'a Known<'a>,
    record: &'a ConsentRecord,
    words: &'a Words,
}

impl Reader<'_> {
    fn route(&self) -> Result<Vec<String>> {
        let route = self.record.route;
        Ok(vec![format!("{} → {}", self.place(route.from)?, self.place(route.to)?)])
    }

    fn mode(&self, crossing: Option<&CrossBorder>) -> Result<Vec<String>> {
        let key = |crossing: &CrossBorder| match crossing.mode {
            CrossingMode::SubjectCarried => "export-carried",
            CrossingMode::ControllerToController => "export-c2c",
        };
        Ok(crossing.map(|crossing| self.words.say(key(crossing))).transpose()?.into_iter().collect())
    }

    /// Names, registration and contact of the recipient, and the sources.
    fn parties(&self) -> Result<(Vec<String>, Vec<String>, Vec<String>)> {
        let recipient = &self.record.recipient;
        let party = &recipient.party;
        let name = self.peer(&party.names);
        let mut parties = Vec::new();
        if !party.names.in_lang(self.words.lang()).trim().is_empty() {
            parties.push(format!("{}: {name}", self.words.say("export-recipient")?));
        }
        if let Some(end) = &recipient.on_behalf_of {
            parties.push(format!("{}: {}", self.words.say("export-broker-for")?, self.peer(&end.names)));
        }
        for source in &self.record.provider {
            parties.push(format!("{}: {}", self.words.say("export-provider")?, self.peer(&source.name)));
        }
        let id = &party.legal_id;
        let registration = if id.value.trim().is_empty() {
            Vec::new()
        } else {
            vec![isolate(&format!("{} {}", id.scheme, id.value)), self.place(party.jurisdiction)?]
        };
        let contact = [&party.contact.name, &party.contact.tel, &party.contact.email];
        let contact = contact.into_iter().filter(|part| !part.is_empty()).map(|part| isolate(part)).collect();
        Ok((parties, registration, contact))
    }

    fn purposes(&self) -> Vec<String> {
        let purposes = self.record.purpose.iter();
        purposes.map(|purpose| format!("{} · {}", self.peer(&purpose.text), isolate(&purpose.code))).collect()
    }

    fn methods(&self) -> Result<Vec<String>> {
        let key = |action: &Action| match action {
            Action::View => "action-view",
            Action::Store => "action-store",
            Action::Query => "action-query",
            Action::Share => "action-share",
        };
        Ok(self
            .record
            .methods
            .iter()
            .map(|action| self.words.say(key(action)))
            .collect::<std::result::Result<_, _>>()?)
    }

    fn scope(&self) -> Result<Vec<String>> {
        let mut scope = Vec::new();
        for item in &self.record.items {
            let document = self.words.document(&item.type_code)?;
            for claim in &item.claims {
                let steps = claim.path.iter();
                let path: Vec<_> =
                    steps.map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned)).collect();
                scope.push(format!("{document} · {}", self.words.claim(&item.type_code, &path)?));
            }
        }
        Ok(scope)
    }

    /// One person; a grant is always about one (gba.md row 44).
    fn volume(&self) -> Result<Vec<String>> {
        let records = u32::try_from(self.record.items.len()).unwrap_or(u32::MAX);
        if records == 0 || self.record.max_uses == 0 {
            return Ok(Vec::new());
        }
        let values: [(&str, FluentValue<'_>); 2] =
            [("records", records.into()), ("uses", self.record.max_uses.into())];
        Ok(vec![self.words.say_with("dossier-volume-value", &values)?])
    }

    fn sensitive(&self) -> Vec<String> {
        let claims = self.record.items.iter().flat_map(|item| &item.claims);
        let marked = claims.filter(|claim| claim.cn_sensitive || claim.mo_sensitive);
        let mut classes: Vec<_> = marked
            .map(|claim| {
                let places = [(claim.cn_sensitive, "CN"), (claim.mo_sensitive, "MO")];
                let places: Vec<_> = places.iter().filter(|(is, _)| *is).map(|(_, place)| *place).collect();
                format!("{} ({})", claim.class, places.join(", "))
            })
            .collect();
        classes.sort();
        classes.dedup();
        classes
    }

    fn retention(&self) -> Result<Vec<String>> {
        let days = self.record.retention.days;
        match days {
            0 => Ok(vec![self.words.say("kept-not")?]),
            days => Ok(vec![format!("{days} {}", self.words.say("export-days")?)]),
        }
    }

    fn end_of_life(&self) -> Result<Vec<String>> {
        let key = match self.record.retention.on_expiry {
            OnExpiry::Delete => "kept-delete",
            OnExpiry::Return => "kept-return",
            OnExpiry::Anonymise => "kept-anonymise",
        };
        Ok(vec![self.words.say_with(key, &[("days", i64::from(self.record.retention.days).into())])?])
    }

    fn onward(&self) -> Result<Vec<String>> {
        if self.record.third_parties.is_empty() {
            return Ok(vec![self.words.say("dossier-onward-no")?]);
        }
        let line = |party: &NamedParty| {
            let site = party.site().map(|site| format!(" · {}", site_word(site))).unwrap_or_default();
            format!("{}{site}", isolate(party.name()))
        };
        Ok(self.record.third_parties.iter().map(line).collect())
    }

    fn storage(&self) -> Result<Vec<String>> {
        let places = self.record.storage_locations.iter().map(|place| self.place(*place));
        let mut places: Vec<_> = places.collect::<Result<_>>()?;
        places.extend(self.record.sites.iter().map(site_word));
        Ok(places)
    }

    fn consents(&self) -> Result<Vec<String>> {
        let consents = self.record.separate_consents.iter();
        consents.map(|consent| Ok(format!("{} · {}", consent.topic, date_time(consent.at)?))).collect()
    }

    fn findings(&self) -> Result<Vec<String>> {
        let Some(findings) = self.known.findings else { return Ok(Vec::new()) };
        let pack = format!("{}: {}", self.words.say("dossier-pack")?, self.record.rule_pack);
        let mut lines = vec![pack];
        if findings.is_empty() {
            lines.push(self.words.say("dossier-no-findings")?);
        }
        for finding in findings {
            let level = match finding.level {
                Level::Warn => "⚠",
                Level::Block => "✖",
            };
            let mut line = format!("{} {level} {}", finding.rule, self.words.law(finding)?);
            if let Some(reason) = self.known.passed.get(&finding.rule) {
                let values = [("reason", FluentValue::from(isolate(reason)))];
                line = format!("{line} — {}", self.words.say_with("dossier-override", &values)?);
            }
            lines.push(line);
        }
        Ok(lines)
    }

    fn digests(&self) -> Vec<String> {
        let seals = self.known.seals.iter();
        seals.map(|seal| format!("{} · sha-256:{}", isolate(&seal.query), to_hex(&seal.digest))).collect()
    }

    fn seals(&self) -> Result<Vec<String>> {
        let seals = self.known.seals.iter().map(|seal| {
            let said = match (seal.is_issued, seal.seal) {
                (true, word) => {
                    let word = FluentValue::from(word.unwrap_or("—"));
                    self.words.say_with("dossier-seal-issuer", &[("seal", word)])?
                }
                (false, _) => self.words.say("dossier-seal-own")?,
            };
            Ok(format!("{} · {said}", isolate(&seal.query)))
        });
        seals.collect()
    }

    fn log(&self) -> Result<Vec<String>> {
        let Some((count, digest)) = self.known.log else { return Ok(Vec::new()) };
        let count = FluentValue::from(u32::try_from(count).unwrap_or(u32::MAX));
        let values = [("count", count), ("digest", to_hex(&digest).into())];
        Ok(vec![self.words.say_with("dossier-log-value", &values)?])
    }

    fn texts(&self, text: Option<&LangText>) -> Vec<String> {
        text.map(|text| self.peer(text)).into_iter().collect()
    }

    fn place(&self, place: Jurisdiction) -> Result<String> {
        Ok(self.words.say(&format!("place-{}", place.code()))?)
    }

    fn peer(&self, text: &LangText) -> String {
        isolate(text.in_lang(self.words.lang()))
    }
}

/// The mechanism, by its code: `GBA-SC(CN,HK)`.
fn mechanism(crossing: Option<&CrossBorder>) -> Vec<String> {
    let code = crossing.and_then(|crossing| serde_json::to_value(crossing.mechanism).ok());
    code.as_ref().and_then(|code| code.as_str()).map(str::to_owned).into_iter().collect()
}

fn contract(crossing: Option<&CrossBorder>) -> Result<Vec<String>> {
    let Some(crossing) = crossing else { return Ok(Vec::new()) };
    let mut values: Vec<_> = crossing.contract_ref.iter().map(|reference| isolate(reference)).collect();
    if let Some(at) = crossing.effective_at {
        values.push(date_time(at)?);
    }
    Ok(values)
}

fn filing(crossing: Option<&CrossBorder>) -> Result<Vec<String>> {
    let filing = crossing.and_then(|crossing| crossing.filing.as_ref());
    filing
        .iter()
        .map(|filing| {
            let (authority, number) = (isolate(&filing.authority), isolate(&filing.number));
            Ok(format!("{authority} · {number} · {}", date_time(filing.at)?))
        })
        .collect()
}

fn assessment(crossing: Option<&CrossBorder>) -> Result<Vec<String>> {
    let pia = crossing.and_then(|crossing| crossing.pia.as_ref());
    pia.iter()
        .map(|pia| {
            Ok(format!("{} · {} – {}", isolate(&pia.id), date_time(pia.at)?, date_time(pia.keep_until)?))
        })
        .collect()
}

/// `CN 440300 qianhai`.
fn site_word(site: &Site) -> String {
    let parts = [Some(site.jurisdiction.code()), site.city.as_deref(), site.zone.as_deref()];
    isolate(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
