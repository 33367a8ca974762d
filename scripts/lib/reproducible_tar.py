"""A tar.gz whose bytes depend on names, modes and contents only:
reproducible_tar.py FOLDER NAME EPOCH OUTPUT packs FOLDER/NAME.
"""

import gzip
import os
import sys
import tarfile

folder, name, epoch, output = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]


def plain(info):
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = epoch
    info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
    return info


def names(directory):
    yield directory
    for entry in sorted(os.listdir(os.path.join(folder, directory))):
        path = os.path.join(directory, entry)
        if os.path.isdir(os.path.join(folder, path)):
            yield from names(path)
        else:
            yield path


with open(output + ".new", "wb") as raw:
    # No name and no time in gzip's own header.
    with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in names(name):
                archive.add(os.path.join(folder, path), arcname=path, recursive=False, filter=plain)
os.replace(output + ".new", output)
