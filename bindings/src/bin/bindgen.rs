//! Writes the Kotlin, Swift and Python sides of the library. `make bindings` calls it.

fn main() {
    uniffi::uniffi_bindgen_main();
}
