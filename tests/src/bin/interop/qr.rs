//! Codes of ours for other readers, codes of others for ours.

use std::fs;
use std::path::Path;

use chop_core::qr;
use chop_tests::camera;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::Outcome;

/// `NAME.txt`, and its code as PNG, SVG and terminal blocks, for each version from 1 to 15.
pub(crate) fn draw(folder: &Path) -> Outcome {
    let mut random = ChaCha8Rng::seed_from_u64(15);
    for (at, characters) in CHARACTERS.iter().enumerate() {
        let text = camera::text_of(*characters, &mut random);
        let drawing = qr::draw(&text)?;
        let name = format!("v{:02}", drawing.version());
        if usize::try_from(drawing.version())? != at + 1 {
            return Err(format!("{characters} characters became {name}").into());
        }
        fs::write(folder.join(format!("{name}.txt")), &text)?;
        fs::write(folder.join(format!("{name}.png")), drawing.png(qr::MODULE_PIXELS)?)?;
        fs::write(folder.join(format!("{name}.svg")), drawing.svg())?;
        fs::write(folder.join(format!("{name}.terminal")), drawing.terminal())?;
    }
    Ok(format!("{} codes drawn", CHARACTERS.len()))
}

/// The scripted photographs, and which of them we miss.
pub(crate) fn photograph(folder: &Path) -> Outcome {
    let mut missed = Vec::new();
    let mut count = 0;
    for photo in camera::photos() {
        count += 1;
        fs::write(folder.join(format!("{}.jpg", photo.name)), &photo.jpeg)?;
        fs::write(folder.join(format!("{}.txt", photo.name)), &photo.text)?;
        if qr::read(&photo.jpeg).as_deref() != Ok(&[photo.text][..]) {
            missed.push(photo.name);
        }
    }
    fs::write(folder.join("missed.json"), serde_json::to_vec(&missed)?)?;
    Ok(format!("{count} photographs, we missed {missed:?}"))
}

/// Every `NAME.png` in the folder shows what `NAME.txt` says.
pub(crate) fn read(folder: &Path) -> Outcome {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "png") {
            let wanted = fs::read_to_string(path.with_extension("txt"))?;
            let read = qr::read(&fs::read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
            if read != [wanted] {
                return Err(format!("{} was read as something else", path.display()).into());
            }
            count += 1;
        }
    }
    if count == 0 { Err("no pictures".into()) } else { Ok(format!("{count} codes of others read")) }
}

/// What fills versions 1 to 15 with error correction M (ISO/IEC 18004 table 7).
const CHARACTERS: [usize; 15] = [20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600];
