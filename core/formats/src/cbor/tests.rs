//! Rows 17, 18 and 50 of protocol.md section 6, as far as they concern CBOR.

use proptest::prelude::*;

use super::*;

fn check(bytes: &[u8]) -> Result<(), CborError> {
    Deterministic::check(bytes, 1 << 20).map(|_| ())
}

#[test]
fn row_50_every_other_encoding_is_refused() {
    use CborError::*;
    let cases: &[(&str, &[u8], CborError)] = &[
        ("int in two bytes", &[0x18, 0x17], NotDeterministic),
        ("int in three bytes", &[0x19, 0x00, 0xff], NotDeterministic),
        ("int in five bytes", &[0x1a, 0, 0, 0xff, 0xff], NotDeterministic),
        ("int in nine bytes", &[0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], NotDeterministic),
        ("negative in two bytes", &[0x38, 0x00], NotDeterministic),
        ("bytes with long length", &[0x58, 0x01, 0x00], NotDeterministic),
        ("text with long length", &[0x78, 0x01, 0x61], NotDeterministic),
        ("array with long length", &[0x98, 0x00], NotDeterministic),
        ("map with long length", &[0xb8, 0x00], NotDeterministic),
        ("indefinite bytes", &[0x5f, 0xff], NotDeterministic),
        ("indefinite text", &[0x7f, 0xff], NotDeterministic),
        ("indefinite array", &[0x9f, 0xff], NotDeterministic),
        ("indefinite map", &[0xbf, 0xff], NotDeterministic),
        ("break alone", &[0xff], NotDeterministic),
        ("keys out of order", &[0xa2, 0x02, 0x00, 0x01, 0x00], NotDeterministic),
        ("text keys in dictionary order", &[0xa2, 0x62, 0x61, 0x61, 0, 0x61, 0x62, 0], NotDeterministic),
        ("float16", &[0xf9, 0x3c, 0x00], Unsupported),
        ("float32", &[0xfa, 0, 0, 0, 0], Unsupported),
        ("float64", &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0], Unsupported),
        ("tag", &[0xc0, 0x00], Unsupported),
        ("undefined", &[0xf7], Unsupported),
        ("simple value", &[0xf0], Unsupported),
        ("false as a long simple value", &[0xf8, 0x14], Unsupported),
        ("reserved head", &[0x1c], Unsupported),
        ("trailing byte", &[0x00, 0x00], Trailing),
        ("nothing", &[], Truncated),
        ("bytes beyond the end", &[0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Truncated),
        ("array of 2^64-1", &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Truncated),
        ("map of 2^64-1", &[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Truncated),
        ("not UTF-8", &[0x61, 0xff], BadText),
    ];
    for (name, bytes, error) in cases {
        assert_eq!(check(bytes), Err(*error), "{name}");
    }
}

#[test]
fn row_17_duplicate_map_keys_are_refused() {
    assert_eq!(check(&[0xa2, 0x01, 0x00, 0x01, 0x00]), Err(CborError::NotDeterministic));
    assert_eq!(check(&[0xa2, 0x61, 0x61, 0x00, 0x61, 0x61, 0x00]), Err(CborError::NotDeterministic));
}

#[test]
fn row_18_depth_and_size_are_bounded() {
    let nested = |depth: usize| [vec![0x81; depth], vec![0x00]].concat();
    assert_eq!(check(&nested(MAX_DEPTH)), Ok(()));
    assert_eq!(check(&nested(MAX_DEPTH + 1)), Err(CborError::TooDeep));
    assert_eq!(check(&nested(200_000)), Err(CborError::TooDeep));
    assert_eq!(Deterministic::check(&[0; 3], 2).err(), Some(CborError::TooLarge));
}

#[test]
fn typed_reads_follow_the_document() {
    let mut writer = Writer::new();
    writer.map(3).uint(1).array(3).int(-5).text("數").null().uint(2).bytes(b"xyz").uint(3).bool(true);
    let bytes = writer.finish();
    let checked = Deterministic::check(&bytes, 64).unwrap();
    let mut reader = checked.reader();
    reader.map(3).unwrap();
    reader.exactly(1).unwrap();
    assert_eq!(reader.kind(), Ok(Kind::Array));
    let list = reader.item().unwrap();
    assert_eq!(list.as_bytes().len(), 7);
    reader.exactly(2).unwrap();
    assert_eq!(reader.array_of::<3>(), Ok(*b"xyz"));
    reader.exactly(3).unwrap();
    assert_eq!(reader.bool(), Ok(true));
    assert_eq!(reader.kind(), Err(CborError::UnexpectedShape));
    reader.finish().unwrap();

    let mut reader = list.reader();
    reader.array(3).unwrap();
    assert_eq!((reader.int(), reader.text(), reader.null()), (Ok(-5), Ok("數"), Ok(())));
    assert_eq!(checked.reader().array(3), Err(CborError::UnexpectedShape));
    assert_eq!(checked.reader().map(2), Err(CborError::UnexpectedShape));
    assert_eq!(checked.reader().finish(), Err(CborError::UnexpectedShape));
}

#[derive(Debug, Clone)]
enum Tree {
    Uint(u64),
    Int(i64),
    Bytes(Vec<u8>),
    Text(String),
    Array(Vec<Tree>),
    Map(Vec<(String, Tree)>),
    Bool(bool),
    Null,
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Tree::Uint),
        any::<i64>().prop_map(Tree::Int),
        proptest::collection::vec(any::<u8>(), 0..300).prop_map(Tree::Bytes),
        "\\PC{0,30}".prop_map(Tree::Text),
        any::<bool>().prop_map(Tree::Bool),
        Just(Tree::Null),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Tree::Array),
            proptest::collection::btree_map("[a-z]{0,30}", inner, 0..6).prop_map(|map| {
                let mut pairs: Vec<_> = map.into_iter().collect();
                pairs.sort_by(|a, b| text_key_order(&a.0, &b.0));
                Tree::Map(pairs)
            }),
        ]
    })
}

fn write(tree: &Tree, to: &mut Writer) {
    match tree {
        Tree::Uint(n) => drop(to.uint(*n)),
        Tree::Int(n) => drop(to.int(*n)),
        Tree::Bytes(b) => drop(to.bytes(b)),
        Tree::Text(t) => drop(to.text(t)),
        Tree::Bool(b) => drop(to.bool(*b)),
        Tree::Null => drop(to.null()),
        Tree::Array(items) => {
            to.array(items.len());
            items.iter().for_each(|item| write(item, to));
        }
        Tree::Map(pairs) => {
            to.map(pairs.len());
            for (key, value) in pairs {
                write(value, to.text(key));
            }
        }
    }
}

proptest! {
    #[test]
    fn what_the_writer_writes_checks(tree in trees()) {
        let mut writer = Writer::new();
        write(&tree, &mut writer);
        let bytes = writer.finish();
        prop_assert_eq!(check(&bytes), Ok(()));
        // Cut anywhere, it is no longer a document; with anything behind it, neither.
        for end in 0..bytes.len().min(64) {
            prop_assert!(check(&bytes[..end]).is_err());
        }
        prop_assert_eq!(check(&[&bytes[..], &[0]].concat()), Err(CborError::Trailing));
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = check(&bytes);
    }
}
