"""For each line on standard input: the microseconds of file to text, and of pixels to text, by zxing-cpp."""

import sys
import time

import zxingcpp
from PIL import Image

PATH, TEXT = sys.argv[1:]

for _ in sys.stdin:
    began = time.perf_counter()
    picture = Image.open(PATH).convert("L")
    picture.load()
    unpacked = time.perf_counter()
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    ended = time.perf_counter()
    if [code.text for code in codes] != [TEXT]:
        sys.exit("zxing-cpp read something else")
    print((ended - began) * 1e6, (ended - unpacked) * 1e6, flush=True)
