//! Floor 2: the document types of the three places as data, and the numbers on them.
