//! What can go wrong between a text and a picture of it.

chop_model::coded_errors! {
    /// What can go wrong with QR codes and pictures of them.
    pub enum QrError {
        /// The text does not fit version 15 with error correction M; it belongs into frames.
        TooLong => ("qr.too-long", Bug, "the text does not fit one QR code of version 15"),
        /// The code could not be drawn.
        NotDrawn => ("qr.not-drawn", Bug, "the QR code could not be drawn"),
        /// The file is larger than 20 MiB.
        PictureBytes => ("qr.picture-bytes", User, "the picture's file is larger than 20 MiB"),
        /// The picture has more than 40 megapixels, or needs more memory than such a one.
        PicturePixels => ("qr.picture-pixels", User, "the picture has more than 40 megapixels"),
        /// The file is neither PNG nor JPEG.
        PictureForm => ("qr.picture-form", User, "the file is neither a PNG nor a JPEG picture"),
        /// The picture is damaged.
        PictureDamaged => ("qr.picture-damaged", User, "the picture is damaged"),
        /// More pictures at once than a frame set has frames.
        TooManyPictures => ("qr.too-many-pictures", User, "more than 200 pictures at once"),
        /// No QR code was found in the picture.
        NoCode => ("qr.no-code", User, "no QR code was found in the picture"),
    }
}
