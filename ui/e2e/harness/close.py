"""Asks windows on a screen to close, as a window manager does for the person (ICCCM 4.2.8.1): where the walks run
there is no window manager. `close.py DISPLAY`: all of them; `close.py DISPLAY dialogs`: those that stand before
another, as the system's dialogs do; `close.py DISPLAY see`: says how many of those there are, and closes none.
With libX11 alone."""
import ctypes
import sys


class ClientMessage(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("sent", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message", ctypes.c_ulong),
                ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("room", ctypes.c_long * 24)]


CLIENT_MESSAGE = 33
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.restype = x.XInternAtom.restype = ctypes.c_ulong
display = ctypes.c_void_p(x.XOpenDisplay(sys.argv[1].encode()))
protocols, delete = (x.XInternAtom(display, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))


def children(window):
    root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
    found = ctypes.POINTER(ctypes.c_ulong)()
    x.XQueryTree(display, ctypes.c_ulong(window), ctypes.byref(root), ctypes.byref(parent), ctypes.byref(found),
                 ctypes.byref(count))
    return found[:count.value]


def takes(window):
    count, atoms = ctypes.c_int(), ctypes.POINTER(ctypes.c_ulong)()
    said = x.XGetWMProtocols(display, ctypes.c_ulong(window), ctypes.byref(atoms), ctypes.byref(count))
    return bool(said) and delete in atoms[:count.value]


def stands_before_another(window):
    other = ctypes.c_ulong()
    return bool(x.XGetTransientForHint(display, ctypes.c_ulong(window), ctypes.byref(other)))


wanted = sys.argv[2] if sys.argv[2:] else "all"
found = [window for window in children(x.XDefaultRootWindow(display))
         if takes(window) and (wanted == "all" or stands_before_another(window))]
print(len(found))
for window in found:
    if wanted != "see":
        event = ClientMessage(type=CLIENT_MESSAGE, display=display, window=window, message=protocols, format=32)
        event.data[0] = delete
        x.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
x.XSync(display, 0)
