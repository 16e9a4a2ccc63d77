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
    ("edu", "a2f601287f4140a6fffbcb5dae4845731dfc17365462943faeae75b3f8015902"),
    ("med", "b40ae5dece2bf8be76d40de494a85e7b95872f2d1496fde2d43c397e2e2fc4b1"),
    ("purposes", "54de3634d182f3a7203072b46862f62061e6ff6d98acbbb331471279a9bb69a4"),
];

#[test]
fn the_catalogue_that_comes_along_is_the_one_that_was_read() {
    let texts = BUILT_IN.map(|(name, text)| (name, to_hex(&sha256(text.as_bytes()))));
    assert_eq!(texts, CATALOGUE.map(|(name, digest)| (name, digest.to_owned())));
}
