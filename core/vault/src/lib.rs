//! Floor 3: SQLCipher through rusqlite, and nowhere else.
