//! Rule packs in a wallet: another one changes the findings without a build, an old grant is judged by
//! the one that it names, and a bad one changes nothing.

use chop_core::flow::{ConsentPrompt, Page};
use chop_crypto::Digest;
use chop_formats::consent_record::RecordDocument;
use chop_model::{Id, Lang};
use chop_policy::{Pack, PackRef};
use chop_tests::world::{World, choose_all};
use chop_vault::table::artefact::{self, ArtefactKind};

use super::code;

/// The built-in rules as another version.
fn version(version: &str) -> String {
    Pack::BUILT_IN.replacen("version = \"2026.1\"", &format!("version = \"{version}\""), 1)
}

/// A version with something changed that must be there.
fn changed(number: &str, from: &str, to: &str) -> String {
    let text = version(number);
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn page(prompt: &ConsentPrompt) -> Page {
    prompt.page(&choose_all(prompt), Lang::En).unwrap()
}

fn pack_named_by(world: &World, exchange: &Id) -> String {
    let find = |read: &chop_vault::Read<'_>| artefact::find_kind(read, exchange, ArtefactKind::ConsentRecord);
    let row = world.resident.vault().read(find).unwrap().unwrap();
    RecordDocument::read(&row.bytes).unwrap().record().rule_pack.clone()
}

#[test]
fn gba_row_79_another_pack_changes_the_findings_and_an_old_grant_keeps_its_own() {
    let world = World::new();
    let found = || -> Vec<String> {
        let page = page(&world.resident.look(&world.request()).unwrap());
        page.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.code)).collect()
    };
    let (before, old) = (found(), world.walk().given);
    let judged = world.resident.judge_again(&old).unwrap();
    assert!(before.contains(&"R04 beyond".into()) && !before.contains(&"R05 long".into()), "{before:?}");

    // The purpose may be kept for a week only: the same request, asking for thirty days, has one more.
    let placement = "code = \"employment.placement\"\nmax_retention_days = ";
    let stricter = changed("2026.2", &format!("{placement}180"), &format!("{placement}7"));
    let (text, fingerprint) = world.pack(1, "rules", "gba", "2026.2", &stricter);
    world.resident.add_pack(&text, Some(&fingerprint)).unwrap();
    let with: Vec<String> = found().into_iter().filter(|finding| !before.contains(finding)).collect();
    assert_eq!(with, ["R05 long"]);
    let new = world.walk().given;

    // Asking for more than is usual is no matter any more: one less.
    let least = "kind = \"least-fields\"\n";
    let from = Pack::BUILT_IN.find(least).unwrap();
    let rule = &Pack::BUILT_IN[from..from + Pack::BUILT_IN[from..].find("[rule.title]").unwrap()];
    let laxer = changed("2026.3", rule, &rule.replace("level = \"block\"", "level = \"off\""));
    world.resident.add_pack(&world.pack(2, "rules", "gba", "2026.3", &laxer).0, None).unwrap();
    let rest: Vec<String> = before.iter().filter(|finding| *finding != "R04 beyond").cloned().collect();
    assert_eq!(found(), rest);

    // Each grant keeps the name of its pack, and is judged again by that one.
    assert_eq!(pack_named_by(&world, &old), "gba/2026.1");
    assert_eq!(pack_named_by(&world, &new), "gba/2026.2");
    assert_eq!(world.resident.judge_again(&old).unwrap(), judged);
    let again = world.resident.judge_again(&new).unwrap();
    assert_eq!(again.pack.version, "2026.2");
    assert!(again.findings.iter().any(|finding| finding.code == "long"), "{:?}", again.findings);
    assert!(world.resident.audit(&mut |_, _| {}).unwrap().flaws.is_empty());
}

/// A world in which `gba/2026.5`, number 5, came as a pack and is in force.
struct Law {
    world: World,
    fingerprint: Digest,
}

impl Law {
    fn new() -> Self {
        let world = World::new();
        let (text, fingerprint) = world.pack(5, "rules", "gba", "2026.5", &version("2026.5"));
        assert_eq!(code(world.resident.add_pack(&text, None)), "signed-pack.unknown-publisher");
        world.resident.add_pack(&text, Some(&fingerprint)).unwrap();
        Self { world, fingerprint }
    }

    /// Number 6 of the same publisher, `gba/2026.6`, with `text`.
    fn next(&self, text: &str) -> String {
        self.world.pack(6, "rules", "gba", "2026.6", text).0
    }

    /// The pack is refused with this code, and nothing has changed.
    fn refuses(&self, pack: &str, expected: &str) {
        let wallet = &self.world.resident;
        assert_eq!(code(wallet.add_pack(pack, Some(&self.fingerprint))), expected);
        let in_force = wallet.rule_pack_in_force(chop_tests::world::BEGIN).unwrap().reference();
        assert_eq!(in_force, PackRef { id: "gba".into(), version: "2026.5".into() });
        assert_eq!(wallet.packs().unwrap().len(), 1);
        wallet.look(&self.world.request()).unwrap();
    }
}

#[test]
fn rules_that_nobody_signed_are_refused() {
    Law::new().refuses(&version("2026.6"), "signed-pack.unsigned");
}

#[test]
fn older_rules_are_refused() {
    let law = Law::new();
    let older = law.world.pack(4, "rules", "gba", "2026.4", &version("2026.4")).0;
    law.refuses(&older, "signed-pack.older");
    // A high number does not make an old version new.
    let older = law.world.pack(6, "rules", "gba", "2025.9", &version("2025.9")).0;
    law.refuses(&older, "signed-pack.older");
}

#[test]
fn wrongly_signed_rules_are_refused() {
    let law = Law::new();
    let mut forged = law.next(&version("2026.6"));
    forged.replace_range(forged.len() - 3..forged.len() - 1, "AA");
    law.refuses(&forged, "jose.bad-signature");
    let by_another = law.world.pack_by("stranger", 6, ("rules", "gba", "2026.6"), &version("2026.6"));
    law.refuses(&by_another.0, "signed-pack.other-publisher");
}

#[test]
fn a_rule_of_an_unknown_kind_is_refused() {
    let law = Law::new();
    let text = changed("2026.6", "kind = \"purpose\"", "kind = \"no-such-kind\"");
    law.refuses(&law.next(&text), "policy.pack-kind");
}

#[test]
fn a_rule_without_words_in_one_language_is_refused() {
    let law = Law::new();
    let text = changed("2026.6", "[rule.title]\nzh-Hans", "[rule.title]\n#");
    law.refuses(&law.next(&text), "policy.pack-language");
}

#[test]
fn rules_in_a_newer_form_are_refused() {
    let law = Law::new();
    law.refuses(&law.next(&changed("2026.6", "schema = 1", "schema = 2")), "policy.pack-newer");
}

#[test]
fn one_version_means_one_text() {
    let law = Law::new();
    let other = version("2026.5").replacen("= \"off\"", "= \"warn\"", 1);
    law.refuses(&law.world.pack(6, "rules", "gba", "2026.5", &other).0, "signed-pack.forked");
    // Grants of the first walk are judged again by `walk/2026.1`: nobody else may bring that name.
    let walk = law.world.pack(1, "rules", "walk", "2026.1", Pack::WALK).0;
    law.refuses(&walk, "signed-pack.id-taken");
}
