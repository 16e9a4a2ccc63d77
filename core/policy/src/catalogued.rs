//! What the catalogue of documents adds to a pack: the class of each field of its types, and the least
//! set and longest keeping of its purposes. Where both say something, the pack's own table comes first,
//! and the shorter keeping counts.

use std::collections::{BTreeMap, BTreeSet};

use chop_catalog::numbers::NumberKind;
use chop_catalog::{Catalog, DocType, Field, FieldClass};

use crate::{Class, Pack, PurposeTemplate, Sensitivity};

impl Pack {
    /// The pack, knowing the documents and purposes of `catalog`.
    #[must_use]
    pub fn with_catalog(mut self, catalog: &Catalog) -> Self {
        for doc_type in catalog.types() {
            for field in &doc_type.fields {
                let is_hk_identity = field.numbers.contains(&NumberKind::Hkid);
                self.claims.add(&doc_type.vct, &field.key, sensitivity(doc_type, field), is_hk_identity);
            }
        }
        for purpose in catalog.purposes() {
            let least = least_of(catalog, purpose);
            let known = self.purposes.entry(purpose.code.clone()).or_insert_with(|| PurposeTemplate {
                code: purpose.code.clone(),
                max_retention_days: purpose.max_retention_days,
                least: BTreeMap::new(),
            });
            known.max_retention_days = known.max_retention_days.min(purpose.max_retention_days);
            for (vct, keys) in least {
                known.least.entry(vct).or_insert(keys);
            }
        }
        self
    }
}

/// Type to fields, over everything that the purpose needs.
fn least_of(
    catalog: &Catalog,
    purpose: &chop_catalog::PurposeTemplate,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut least: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for set in purpose.needs.iter().flat_map(|need| &need.any_of) {
        let Some(doc_type) = catalog.doc_type(&set.doc_type) else { continue };
        least.entry(doc_type.vct.clone()).or_default().extend(set.fields.iter().cloned());
    }
    least
}

/// The catalogue says how sensitive a field is; the law's own classes are finer, so that each sensitive
/// class can have a consent of its own.
fn sensitivity(doc_type: &DocType, field: &Field) -> Sensitivity {
    let class = match field.class {
        FieldClass::NotPersonal => Class::Impersonal,
        FieldClass::Personal if field.mo_sensitive => Class::PrivateLife,
        FieldClass::Personal => Class::Ordinary,
        FieldClass::IdentityNumber => Class::IdentityNumber,
        FieldClass::Sensitive => sensitive_class(doc_type, field),
        FieldClass::Business => Class::Business,
        FieldClass::TradeSecret => Class::TradeSecret,
    };
    Sensitivity { class, cn: field.class.is_sensitive(), mo: field.mo_sensitive }
}

fn sensitive_class(doc_type: &DocType, field: &Field) -> Class {
    let key = field.key.as_str();
    if key.contains("portrait") || key.contains("photo") {
        Class::Biometric
    } else if key.contains("genetic") || key.contains("genom") {
        Class::Genetic
    } else if key.contains("account") {
        Class::FinancialAccount
    } else if doc_type.code.starts_with("med.") {
        Class::Health
    } else {
        Class::OtherSensitive
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_the_catalogue_has_its_class_and_places() {
        let pack = Pack::built_in().unwrap().with_catalog(&Catalog::built_in().unwrap());
        let class = |vct: &str, key: &str| pack.claims().sensitivity(vct, &[key]);
        let card = "urn:chop:cn.resident_id:1";
        assert_eq!(class(card, "portrait").class, Class::Biometric);
        assert_eq!(
            class(card, "ethnicity"),
            Sensitivity { class: Class::PrivateLife, cn: false, mo: true },
            "sensitive in Macao only"
        );
        assert_eq!(class(card, "id_number").class, Class::IdentityNumber);
        assert_eq!(class(card, "valid_to").class, Class::Impersonal);
        assert_eq!(class("urn:chop:cn.electricity:1", "kwh").class, Class::TradeSecret);
        assert_eq!(class("urn:chop:ips:1", "48765-2").class, Class::Health, "the pack's own table is first");
        assert!(pack.claims().is_hk_identity("urn:chop:hk.hkid_like:1", &["id_number"]));
        assert!(!pack.claims().is_hk_identity(card, &["id_number"]));
    }

    #[test]
    fn every_field_of_the_catalogue_is_classified() {
        let catalog = Catalog::built_in().unwrap();
        let pack = Pack::built_in().unwrap().with_catalog(&catalog);
        for doc_type in catalog.types() {
            for field in &doc_type.fields {
                let found = pack.claims().sensitivity(&doc_type.vct, &[field.key.as_str()]);
                assert_ne!(found.class, Class::Unclassified, "{} {}", doc_type.vct, field.key);
            }
        }
    }

    #[test]
    fn gba_row_12_a_purpose_brings_its_least_set_and_its_longest_keeping() {
        let pack = Pack::built_in().unwrap().with_catalog(&Catalog::built_in().unwrap());
        let opening = pack.purpose("finance.account-opening").unwrap();
        let card = opening.least.get("urn:chop:cn.resident_id:1").unwrap();
        assert!(card.contains("id_number") && !card.contains("portrait"));
        for code in ["finance.credit", "telecom.sim-registration", "utility.meter-transfer"] {
            assert!(!pack.purpose(code).unwrap().least.is_empty(), "{code}");
        }
        assert!(pack.purpose("data.sale").is_none(), "row 82: no purpose sells anything");
    }
}
