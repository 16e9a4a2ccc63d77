# Copied out once and read in place: bindgen.rs puts it where UniFFI has one that slices a C pointer.
class _UniffiRustBufferStream:
    """
    Helper for structured reading of bytes from a _UniffiRustBuffer: copied out once, read in place.
    """

    def __init__(self, data, len):
        self.data = ctypes.string_at(data, len) if len else b""
        self.len = len
        self.offset = 0

    @classmethod
    def from_rust_buffer(cls, buf):
        return cls(buf.data, buf.len)

    def remaining(self):
        return self.len - self.offset

    def read(self, size):
        start = self.offset
        end = self.offset = start + size
        if end > self.len:
            raise InternalError("read past end of rust buffer")
        return self.data[start:end]

    def read_string(self, unpack=struct.Struct(">i").unpack_from):
        data, start = self.data, self.offset + 4
        if start > self.len:
            raise InternalError("read past end of rust buffer")
        end = self.offset = start + unpack(data, start - 4)[0]
        if not start <= end <= self.len:
            raise InternalError("a string that is longer than its rust buffer")
        return data[start:end].decode()

    def read_i8(self):
        return int.from_bytes(self.read(1), "big", signed=True)

    def read_u8(self):
        start = self.offset
        if start >= self.len:
            raise InternalError("read past end of rust buffer")
        self.offset = start + 1
        return self.data[start]

    def read_i16(self):
        return int.from_bytes(self.read(2), "big", signed=True)

    def read_u16(self):
        return int.from_bytes(self.read(2), "big")

    def read_i32(self, unpack=struct.Struct(">i").unpack_from):
        start = self.offset
        end = self.offset = start + 4
        if end > self.len:
            raise InternalError("read past end of rust buffer")
        return unpack(self.data, start)[0]

    def read_u32(self, unpack=struct.Struct(">I").unpack_from):
        start = self.offset
        end = self.offset = start + 4
        if end > self.len:
            raise InternalError("read past end of rust buffer")
        return unpack(self.data, start)[0]

    def read_i64(self, unpack=struct.Struct(">q").unpack_from):
        start = self.offset
        end = self.offset = start + 8
        if end > self.len:
            raise InternalError("read past end of rust buffer")
        return unpack(self.data, start)[0]

    def read_u64(self):
        return int.from_bytes(self.read(8), "big")

    def read_member(self, members):
        variant = self.read_i32()
        if not 1 <= variant <= len(members):
            raise InternalError("Raw enum value doesn't match any cases")
        return members[variant - 1]

    def read_float(self):
        return struct.unpack(">f", self.read(4))[0]

    def read_double(self):
        return struct.unpack(">d", self.read(8))[0]

