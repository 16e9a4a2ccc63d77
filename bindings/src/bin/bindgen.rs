//! Writes the Kotlin, Swift and Python sides of the library. `make bindings` calls it.
//!
//! What UniFFI writes for Python reads an answer by slices of a C pointer, through two calls for each field. Here a
//! reader that copies the answer out once is put in its place (`stream.py`), and a field that is a text or a number
//! is read by it directly. bindings/README.md says what that saves.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    uniffi::uniffi_bindgen_main();
    let words: Vec<String> = env::args().collect();
    let Some(folder) = words.iter().skip_while(|word| *word != "--out-dir").nth(1) else { return Ok(()) };
    let module = Path::new(folder).join("chop_wallet.py");
    if module.exists() {
        let source = with_our_reader(&fs::read_to_string(&module)?)?;
        fs::write(&module, with_members_by_number(&read_directly(&source)))?;
    }
    Ok(())
}

fn with_our_reader(source: &str) -> Result<String, &'static str> {
    let (before, theirs) = source.split_once(READER).ok_or(ANOTHER_UNIFFI)?;
    let (_, after) = theirs.split_once(AFTER_IT).ok_or(ANOTHER_UNIFFI)?;
    if source.matches(READ_STRING).count() != 1 {
        return Err(ANOTHER_UNIFFI);
    }
    let ours = include_str!("stream.py");
    Ok(format!("{before}{ours}\n\n{AFTER_IT}{after}")
        .replace(READ_STRING, "        return buf.read_string()\n"))
}

/// A converter that only asks the reader for a text or a number: the reader is asked in its place.
fn read_directly(source: &str) -> String {
    DIRECT.iter().fold(source.to_owned(), |source, (converter, read)| {
        source.replace(&format!("_UniffiFfiConverter{converter}.read(buf)"), &format!("buf.{read}()"))
    })
}

/// An enum without fields is looked up by its number, where UniFFI compares with each member in turn: in Python a
/// member costs a search of its class.
fn with_members_by_number(source: &str) -> String {
    let mut parts = source.split(READ_VARIANT);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| match members(part) {
        Some((members, after)) => {
            format!("{before}    def read(buf, members=({members},)):\n        return buf.read_member(members)\n{after}")
        }
        None => format!("{before}{READ_VARIANT}{part}"),
    })
}

/// The members that `part` returns by number, in order, where it does nothing else, and what follows.
fn members(part: &str) -> Option<(String, &str)> {
    let (arms, after) = part.split_once(NO_MEMBER)?;
    let member = |(at, arm): (usize, &[&str])| {
        let [asked, answer] = arm else { return None };
        let member = answer.strip_prefix(RETURN)?;
        let is_plain = member.split_once('.').is_some_and(|(_, name)| !name.contains(['.', '(']));
        (is_plain && *asked == format!("        if variant == {}:", at + 1)).then(|| member.to_owned())
    };
    let lines: Vec<&str> = arms.lines().collect();
    let members: Vec<String> = lines.chunks(2).enumerate().map(member).collect::<Option<_>>()?;
    (!members.is_empty()).then(|| (members.join(", "), after))
}

const ANOTHER_UNIFFI: &str = "UniFFI writes Python otherwise than it did: look at bindings/src/bin/stream.py";
const READER: &str = "class _UniffiRustBufferStream:\n";
const AFTER_IT: &str = "class _UniffiRustBufferBuilder:\n";
const READ_STRING: &str = "        size = buf.read_i32()
        if size < 0:
            raise InternalError(\"Unexpected negative string length\")
        utf8_bytes = buf.read(size)
        return utf8_bytes.decode(\"utf-8\")
";
const DIRECT: [(&str, &str); 7] = [
    ("String", "read_string"),
    ("UInt8", "read_u8"),
    ("UInt16", "read_u16"),
    ("UInt32", "read_u32"),
    ("UInt64", "read_u64"),
    ("Int32", "read_i32"),
    ("Int64", "read_i64"),
];
const READ_VARIANT: &str = "    def read(buf):\n        variant = buf.read_i32()\n";
const RETURN: &str = "            return ";
const NO_MEMBER: &str = "        raise InternalError(\"Raw enum value doesn't match any cases\")\n";
