//! Which file: the person says, in a dialog of the system. The page never names a path, so a hostile
//! page reads and writes nothing that nobody picked.

use std::path::PathBuf;

use tauri::AppHandle;

/// What a file is wanted for.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "e2e", expect(dead_code, reason = "a test's dialog has no title and no filter"))]
pub(crate) struct Want<'a> {
    /// The title of the dialog, in the reader's language.
    pub(crate) title: &'a str,
    /// Endings without the dot; empty: any file.
    pub(crate) endings: &'a [&'a str],
}

/// Asks which files to open; none where the person let it be. Blocks its thread, never the window's.
pub(crate) fn to_open(app: &AppHandle, want: Want<'_>) -> Vec<PathBuf> {
    asked::to_open(app, want)
}

/// Asks where to write; `name` is suggested.
pub(crate) fn to_save(app: &AppHandle, want: Want<'_>, name: &str) -> Option<PathBuf> {
    asked::to_save(app, want, name)
}

/// Asks for a folder.
pub(crate) fn folder(app: &AppHandle, title: &str) -> Option<PathBuf> {
    asked::folder(app, title)
}

#[cfg(not(feature = "e2e"))]
mod asked {
    //! The system's dialogs.
    use std::path::PathBuf;

    use tauri::AppHandle;
    use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};

    use super::Want;

    pub(super) fn to_open(app: &AppHandle, want: Want<'_>) -> Vec<PathBuf> {
        let picked = dialog(app, want).blocking_pick_files().unwrap_or_default();
        picked.into_iter().filter_map(path).collect()
    }

    pub(super) fn to_save(app: &AppHandle, want: Want<'_>, name: &str) -> Option<PathBuf> {
        dialog(app, want).set_file_name(name).blocking_save_file().and_then(path)
    }

    pub(super) fn folder(app: &AppHandle, title: &str) -> Option<PathBuf> {
        app.dialog().file().set_title(title).blocking_pick_folder().and_then(path)
    }

    fn dialog(app: &AppHandle, want: Want<'_>) -> FileDialogBuilder<tauri::Wry> {
        let dialog = app.dialog().file().set_title(want.title);
        match want.endings {
            [] => dialog,
            endings => dialog.add_filter(endings.join(", "), endings),
        }
    }

    fn path(picked: FilePath) -> Option<PathBuf> {
        picked.into_path().ok()
    }
}

#[cfg(feature = "e2e")]
mod asked {
    //! Tests drive the window and cannot drive the system's dialog: the answers lie in a file, one dialog
    //! a line with tabs between its paths, taken from the top. Only a build with feature `e2e` does this.
    use std::fs;
    use std::path::PathBuf;

    use tauri::AppHandle;

    use super::Want;

    pub(super) fn to_open(_: &AppHandle, _: Want<'_>) -> Vec<PathBuf> {
        next().iter().flat_map(|line| line.split('\t')).map(PathBuf::from).collect()
    }

    pub(super) fn to_save(_: &AppHandle, _: Want<'_>, _: &str) -> Option<PathBuf> {
        next().map(PathBuf::from)
    }

    pub(super) fn folder(_: &AppHandle, _: &str) -> Option<PathBuf> {
        next().map(PathBuf::from)
    }

    #[expect(clippy::disallowed_methods, reason = "the test says where its answers lie")]
    fn next() -> Option<String> {
        let script = PathBuf::from(std::env::var_os("CHOP_E2E_PICKS")?);
        let text = fs::read_to_string(&script).ok()?;
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        fs::write(&script, rest).ok()?;
        (!first.is_empty()).then(|| first.to_owned())
    }
}
