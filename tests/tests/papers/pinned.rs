//! The catalogue that comes with the program is trusted because it is compiled in: here is exactly what
//! that is. `rows/law.rs` does the same for the rules.

use chop_catalog::BUILT_IN;
use chop_crypto::encoding::to_hex;
use chop_crypto::sha256;

/// Whoever changes a file changes its line here, on purpose, and its version where a release has it.
const CATALOGUE: [(&str, &str); 6] = [
    ("cn", "0964f1bcefcaf5f58c0d0e1ff1429f7931db51d8bd900788ba6e601d849e62ad"),
    ("hk", "7a4c263e091e40345f089375211727b7b24809d502f91cec4d64cd7dada5f4d6"),
    ("mo", "0885b52ffce81e741f1edad170609c8b88c92003c90d5fd0ef829c1d5335bbf8"),
    ("edu", "1ca5e61f6bc272faf34bf5b5a176ed90222d0948777759866c054ca8fe897260"),
    ("med", "58ae8b1307c8c8e327b2fa42fdb52295e82c3fa61430d94ee2fd4356ee2b3e36"),
    ("purposes", "54de3634d182f3a7203072b46862f62061e6ff6d98acbbb331471279a9bb69a4"),
];

#[test]
fn the_catalogue_that_comes_along_is_the_one_that_was_read() {
    let texts = BUILT_IN.map(|(name, text)| (name, to_hex(&sha256(text.as_bytes()))));
    assert_eq!(texts, CATALOGUE.map(|(name, digest)| (name, digest.to_owned())));
}
