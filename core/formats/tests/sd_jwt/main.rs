//! SD-JWT and credentials: vectors that nobody here wrote, our own bad files, and properties.

mod vectors;
