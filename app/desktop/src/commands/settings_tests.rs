//! What is accepted is what was compared, whatever was shown in between.

use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_tests::world::World;

use super::*;

fn showing(text: &str) -> Previewed {
    Previewed(Mutex::new(Some(text.to_owned())))
}

#[test]
fn a_list_is_kept_under_the_fingerprint_that_was_compared_and_no_other() {
    let world = World::new();
    let wallet = world.stranger("firm");
    let previewed = showing(&world.list);
    for other in [to_base64url(&[7; 32]), String::new(), "not one".into()] {
        assert!(add_list(&wallet, &previewed, &other).is_err(), "{other}");
    }
    let refused = add_list(&wallet, &previewed, &to_base64url(&[7; 32])).unwrap_err();
    assert_eq!(refused.code(), "trust.other-publisher");
    assert!(wallet.trust_lists().unwrap().is_empty());
    // It is still what was shown, and the right one is taken.
    let compared = to_base64url(&world.fingerprint());
    add_list(&wallet, &previewed, &compared).unwrap();
    assert_eq!(wallet.trust_lists().unwrap().len(), 1);
    assert!(add_list(&wallet, &previewed, &compared).is_err(), "what was accepted is shown no more");
}

#[test]
fn a_pack_is_kept_under_the_fingerprint_that_was_compared_and_no_other() {
    let world = World::new();
    let wallet = &world.resident;
    let text = "[catalog]\nid='fj'\nversion='2026.1'\neffective_from='2026-01-01'\nsource='s'\n";
    let (first, compared) = world.pack(1, "catalog", "fj", "2026.1", text);
    let (second, _) = world.pack_by("stranger", 1, ("catalog", "fj", "2026.1"), text);
    let previewed = showing(&second);
    let refused = add_pack(wallet, &previewed, &to_base64url(&compared)).unwrap_err();
    assert_eq!(refused.code(), "signed-pack.other-publisher");
    assert!(wallet.packs().unwrap().is_empty());
    *hold(&previewed.0) = Some(first);
    add_pack(wallet, &previewed, &to_base64url(&compared)).unwrap();
    assert_eq!(wallet.packs().unwrap().len(), 1);
}
