"""Shows a picture on a screen, in a window beneath all others, until its standard input ends: somebody else's
program that lies behind the app. `beneath.py DISPLAY PICTURE`, a PNG as these walks write it, with libX11 alone."""
import ctypes
import struct
import sys
import zlib


def pixels(file):
    """Width, height and rows of blue, green, red and a byte for nothing."""
    with open(file, "rb") as opened:
        png = opened.read()
    width, height = struct.unpack(">II", png[16:24])
    body, place = b"", 8
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place:place + 8])
        body += png[place + 8:place + 8 + length] if name == b"IDAT" else b""
        place += length + 12
    # Each row begins with a byte for its filter, which these pictures do not use.
    rgb, row = zlib.decompress(body), width * 3 + 1
    rgb = b"".join(rgb[top + 1:top + row] for top in range(0, height * row, row))
    shown = bytearray(width * height * 4)
    shown[0::4], shown[1::4], shown[2::4] = rgb[2::3], rgb[1::3], rgb[0::3]
    return width, height, bytes(shown)


x = ctypes.CDLL("libX11.so.6")
for named in ("XOpenDisplay", "XDefaultVisual", "XDefaultGC", "XCreateImage"):
    getattr(x, named).restype = ctypes.c_void_p
for named in ("XDefaultRootWindow", "XCreatePixmap", "XCreateSimpleWindow"):
    getattr(x, named).restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(sys.argv[1].encode()))
root = ctypes.c_ulong(x.XDefaultRootWindow(display))
width, height, rows = pixels(sys.argv[2])
visual, gc = ctypes.c_void_p(x.XDefaultVisual(display, 0)), ctypes.c_void_p(x.XDefaultGC(display, 0))
Z_PIXMAP = 2
image = ctypes.c_void_p(x.XCreateImage(display, visual, 24, Z_PIXMAP, 0, rows, width, height, 32, 0))
pixmap = ctypes.c_ulong(x.XCreatePixmap(display, root, width, height, 24))
x.XPutImage(display, pixmap, gc, image, 0, 0, 0, 0, width, height)
window = ctypes.c_ulong(x.XCreateSimpleWindow(display, root, 0, 0, width, height, 0, 0, 0))
x.XSetWindowBackgroundPixmap(display, window, pixmap)
x.XMapWindow(display, window)
x.XLowerWindow(display, window)
x.XSync(display, 0)
print("shown", flush=True)
sys.stdin.read()
