//! The catalogue that comes with the program is trusted because it is compiled in: here is exactly what
//! that is. `rows/law.rs` does the same for the rules.

use chop_catalog::BUILT_IN;
use chop_crypto::encoding::to_hex;
use chop_crypto::sha256;

/// Whoever changes a file changes its line here, on purpose, and its version where a release has it.
const CATALOGUE: [(&str, &str); 6] = [
    ("cn", "91188ca2076088392fd77a3741f3612153f2e2bd73357e4ab21208d06ba8b53b"),
    ("hk", "37f111dcaab3bc6fe6fdbbdf4d9c98a92f01df82e807b6e509e85fff0f51e211"),
    ("mo", "3da1df65572f8b2a6bf5488c7e35f7f249a68513a4c1a4aee5c335e138624b23"),
    ("edu", "e47ca1d66057fc028603de411079e4f602f91fa94a218b5097c2f092ea3afa94"),
    ("med", "dd1f172a379db2cd37614246452b3eb27ae1bbc21ed45f4d8d14b7d0c9c3cbbe"),
    ("purposes", "a3c75f605e1418c5f5cab42af1773bdb129f2e22f5568181526546d791995f60"),
];

#[test]
fn the_catalogue_that_comes_along_is_the_one_that_was_read() {
    let texts = BUILT_IN.map(|(name, text)| (name, to_hex(&sha256(text.as_bytes()))));
    assert_eq!(texts, CATALOGUE.map(|(name, digest)| (name, digest.to_owned())));
}
