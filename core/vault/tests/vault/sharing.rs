//! One key store under two open handles, as two folders of one space have it.

use std::sync::Arc;

use chop_crypto::{Anchor, CryptoError, KeyPurpose, Keystore, OsRandom, Secret, make_secret};
use chop_vault::FileKeystore;

#[test]
fn two_handles_of_one_store_lose_no_key_and_no_anchor_of_each_other() {
    let anchor = |size: u8| Anchor { size: size.into(), root: [size; 32] };
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("keys");
    let key: Secret<32> = make_secret(&OsRandom).unwrap();
    let one = FileKeystore::create(&path, key.duplicate(), Arc::new(OsRandom)).unwrap();
    let two = FileKeystore::open(&path, key.duplicate(), Arc::new(OsRandom)).unwrap();
    let (first, second) = (one.generate(KeyPurpose::Log).unwrap(), two.generate(KeyPurpose::Log).unwrap());
    let third = one.generate(KeyPurpose::Item).unwrap();
    one.set_anchor("chop.invalid/a", anchor(1)).unwrap();
    two.set_anchor("chop.invalid/b", anchor(2)).unwrap();
    two.set_anchor("chop.invalid/a", anchor(3)).unwrap();
    assert_eq!(one.anchor("chop.invalid/a"), Ok(Some(anchor(3))));
    two.delete(&third.id).unwrap();
    let again = FileKeystore::open(&path, key, Arc::new(OsRandom)).unwrap();
    assert_eq!((again.find(&first.id), again.find(&second.id)), (Ok(first), Ok(second)));
    assert_eq!(again.find(&third.id).err(), Some(CryptoError::NoSuchKey));
    for (origin, size) in [("chop.invalid/a", 3), ("chop.invalid/b", 2)] {
        assert_eq!(again.anchor(origin), Ok(Some(anchor(size))));
    }
}
