"""Reads our codes with zxing-cpp and zbar, and the photographs; draws codes for the other side with segno."""

import json
import re
import subprocess
import sys
from pathlib import Path

import segno
import zxingcpp
from PIL import Image

ROOT = Path(sys.argv[1])
BLOCKS = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def main():
    texts = sorted((ROOT / "ours").glob("*.txt"))
    agree(texts, "nothing was drawn")
    for path in texts:
        wanted = path.read_text()
        png = path.with_suffix(".png")
        agree(zxing(Image.open(png)) == [wanted], f"zxing-cpp reads {png.name}")
        agree(zbar(png) == wanted, f"zbar reads {png.name}")
        agree(zxing(from_svg(path.with_suffix(".svg").read_text())) == [wanted], f"zxing-cpp reads {path.stem}.svg")
        blocks = from_terminal(path.with_suffix(".terminal").read_text())
        agree(zxing(blocks) == [wanted], f"zxing-cpp reads the terminal's {path.stem}")
    say(f"zxing-cpp and zbar read our {len(texts)} codes; zxing-cpp also as SVG and as terminal blocks")
    photographs()
    draw()


def photographs():
    pictures = sorted((ROOT / "photographs").glob("*.jpg"))
    wanted = {path: path.with_suffix(".txt").read_text() for path in pictures}
    by_zxing = [path.stem for path in pictures if zxing(Image.open(path)) != [wanted[path]]]
    by_zbar = [path.stem for path in pictures if zbar(path) != wanted[path]]
    by_us = json.loads((ROOT / "photographs" / "missed.json").read_text())
    say(f"of {len(pictures)} photographs zxing-cpp missed {len(by_zxing)}, zbar {len(by_zbar)}, we {len(by_us)}")
    say(f"missed by us: {by_us}; by zxing-cpp: {by_zxing}; by zbar: {by_zbar}")
    agree(len(pictures) >= 60 and len(by_us) * 20 <= len(pictures), "we read at least 95 of 100 photographs")


def draw():
    texts = {
        "digits": "0123456789" * 20, "letters": "CHOP1:ABC $%*+-./: " * 12, "bytes": "https://例子.example/數印?q=a b",
        "kanji": "漢字カタカナ", "one": "A", "long": "CHOP1:" + "Z9" * 500,
    }
    count = 0
    for name, text in texts.items():
        for error in "LMQH":
            for scale, dark, light in ((3, "black", "white"), (8, "black", "white"), (6, "navy", "#ffd"), (6, "white", "black")):
                path = ROOT / "theirs" / f"{name}-{error}-{scale}-{dark}.png"
                segno.make(text, error=error, micro=False, boost_error=False).save(
                    path, scale=scale, border=4, dark=dark, light=light)
                path.with_suffix(".txt").write_text(text)
                count += 1
    say(f"segno drew {count} codes")


def zxing(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)]


def zbar(path):
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
    return subprocess.run(command, capture_output=True, text=True).stdout.removesuffix("\n")


def from_svg(text):
    """The white rectangle and the dark path of absolute squares that the drawing consists of."""
    width, height = (int(value) for value in re.search(r'width="(\d+)" height="(\d+)"', text).groups())
    picture = Image.new("L", (width, height), 255)
    for x, y, w, h in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", text):
        picture.paste(0, (int(x), int(y), int(x) + int(w), int(y) + int(h)))
    return picture


def from_terminal(text):
    """Two pixels a cell, in the colours that the escape sequences ask for: black on white."""
    rows = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in text.splitlines()]
    agree(all("38;5;16;48;5;231m" in line for line in text.splitlines()), "every line sets its colours")
    picture = Image.new("L", (len(rows[0]), len(rows) * 2), 255)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            for half in (0, 1):
                if BLOCKS[cell][half]:
                    picture.putpixel((x, y * 2 + half), 0)
    return picture.resize((picture.width * 6, picture.height * 6), Image.Resampling.NEAREST)


def agree(right, what):
    if not right:
        sys.exit(f"disagreement: {what}")


def say(text):
    print(text, file=sys.stderr)


main()
