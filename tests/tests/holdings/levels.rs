//! Rows 37 and 40: the level of the data drives how long a grant holds and whether the passphrase is
//! asked again.

use chop_core::PRESENCE_SECONDS;
use chop_core::flow::{Agreement, Choices, Consent};
use chop_core::holdings::DataLevel;
use chop_crypto::SecretBytes;
use chop_formats::claim_path::ClaimPath;
use chop_formats::grant::UnverifiedGrant;
use chop_model::Lang;
use chop_tests::world::{PASSPHRASE, World};
use chop_vault::table::artefact::{self, ArtefactKind};

/// A yes to one claim, without anything that only the highest level asks for.
fn consent(world: &World, query: &str, claim: &str) -> (Consent, DataLevel) {
    let prompt = world.resident.look(&world.request()).unwrap();
    let mut choices = Choices::default();
    choices.claims.insert(query.into(), [ClaimPath::key(claim)].into());
    let page = prompt.page(&choices, Lang::En).unwrap();
    for finding in &page.findings {
        choices.overrides.insert(finding.rule.clone(), "as asked".into());
    }
    let mut agreement = Agreement::to(&page.code, Lang::En, &world.resident).unwrap();
    for topic in page.separate {
        agreement.consent(topic, &world.resident).unwrap();
    }
    (prompt.answer(&choices, &agreement).unwrap(), page.level)
}

#[test]
fn gba_row_40_the_highest_level_wants_the_passphrase_again_and_holds_for_less() {
    let world = World::new();
    let (ordinary, level) = consent(&world, "transcript", "award");
    assert_eq!(level, DataLevel::L2);
    let outbound = world.resident.grant(ordinary).unwrap();
    assert_eq!(lifetime(&world, outbound.exchange()), 900, "as long as two cameras need");

    let (health, level) = consent(&world, "summary", "48765-2");
    assert_eq!(level, DataLevel::L4);
    assert_eq!(world.resident.grant(health).unwrap_err().code(), "consent.not-present");
    let wrong = SecretBytes::new(b"wrong".to_vec());
    assert_eq!(world.resident.reauthenticate(&wrong).unwrap_err().code(), "vault.wrong-passphrase");
    assert!(!world.resident.is_present());
    world.resident.reauthenticate(&SecretBytes::new(PASSPHRASE.to_vec())).unwrap();
    let outbound = world.resident.grant(consent(&world, "summary", "48765-2").0).unwrap();
    assert_eq!(lifetime(&world, outbound.exchange()), DataLevel::L4.lifetime());
}

#[test]
fn gba_row_37_presence_runs_out_and_a_clock_that_goes_back_proves_nothing() {
    let world = World::new();
    let proof = || world.resident.reauthenticate(&SecretBytes::new(PASSPHRASE.to_vec())).unwrap();
    proof();
    world.clock.move_by(PRESENCE_SECONDS);
    assert!(world.resident.is_present());
    world.clock.move_by(1);
    assert!(!world.resident.is_present());
    proof();
    world.clock.move_by(-1);
    assert!(!world.resident.is_present());
    world.clock.move_by(1);
    world.resident.lock();
    assert!(!world.resident.is_present(), "locking forgets it");
}

fn lifetime(world: &World, exchange: chop_model::Id) -> i64 {
    let row = world.resident.vault().read(|read| artefact::find_kind(read, &exchange, ArtefactKind::Grant));
    let text = String::from_utf8(row.unwrap().unwrap().bytes).unwrap();
    let grant = UnverifiedGrant::parse(&text).unwrap().verify_as_record().unwrap();
    grant.payload().exp.since(grant.payload().iat)
}
