"""callers.py STORE NAME: who uses a name, imports left out, read from the store itself. See docs/STORE.md."""
import os, struct, sys, lmdb, lz4.block
class Facts:  # a value of `facts`, as far as its entities
    def __init__(self, value):
        self.data, self.at, self.used, self.names, self.entities = value, 0, 0, [], {}
        leading = self.bytes(self.varint())  # the pages before the last, each with a seal
        pages = [[self.varint() for _ in range(3)] for _ in range(self.varint())]
        _first, size = self.varint(), self.varint()
        pages, leading = pages + [[0, size, len(value) - self.at]], leading + value[self.at:]
        for number, (_names, size, packed) in enumerate(pages):
            block, leading = leading[:packed - 4], leading[packed:]
            self.data, self.at = lz4.block.decompress(block, uncompressed_size=size), 0
            lengths = [self.varint() for _ in range(self.varint())]
            self.names += [self.bytes(length).decode(errors="replace") for length in lengths]
            if number == 0: _lines, _errors, count = (self.varint() for _ in range(3))
            here = min(512, count - number * 512)
            local, row, _digests = number * 512 - 1, 0, self.bytes(4 * here)
            for _ in range(here): local, row = self.entity(local, row)
    def entity(self, local, row):
        head, _flags, _parent = self.bytes(1)[0], self.bytes(1), self.varint()
        local, row = local + 1 + self.difference(), row + self.difference()
        _span = [self.varint() for _ in range(3)]
        self.entities[local], _signature = (row + 1, self.name()), self.name()
        _type, _parameters = head & 0x40 and self.name(), head & 0x80 and self.bytes(2)
        return local, row
    def bytes(self, count):
        self.at += count
        return self.data[self.at - count:self.at]
    def varint(self):
        byte = self.bytes(1)[0]
        return byte if byte < 0x80 else byte & 0x7F | self.varint() << 7
    def difference(self):
        return (value := self.varint()) >> 1 ^ -(value & 1)
    def name(self):
        back = self.varint()
        self.used += back == 0
        return self.names[self.used - (back or 1)]

store = lmdb.open(os.path.join(sys.argv[1], "current"), readonly=True, max_dbs=11)
with store.begin() as read:
    meta, paths, facts = (store.open_db(name, read, create=False) for name in (b"meta", b"paths", b"facts"))
    if read.get(b"schema", db=meta) != struct.pack(">I", 10) or os.path.exists(store.path() + "/damaged"):
        sys.exit("this is no store of schema 10, or a damaged one")
    rows = read.cursor(store.open_db(b"mentions", read, create=False, dupsort=True, dupfixed=True))
    for row in rows.iternext_dup() if rows.set_key(sys.argv[2].encode()) else ():
        if row[8] == 4: continue
        line, user = Facts(read.get(row[:4], db=facts)).entities.get(int.from_bytes(row[4:8], "big"), (1, "-"))
        print(f"{read.get(row[:4], db=paths)[2:-4].decode(errors='replace')}:{line} {user}")
