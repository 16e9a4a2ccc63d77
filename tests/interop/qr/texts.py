"""Prints what zxing-cpp reads in each picture, one text a line; a picture without a code ends it."""

import sys

import zxingcpp
from PIL import Image

for path in sys.argv[1:]:
    codes = zxingcpp.read_barcodes(Image.open(path).convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    if not codes:
        sys.exit(f"no code in {path}")
    for code in codes:
        print(code.text)
