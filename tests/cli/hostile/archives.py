"""Chart archives: cut off, damaged, climbing out of their folder, or larger than they look."""
import gzip
import random
import tarfile

from hostile.cases import Topic, archive, put, tar

topic = Topic("archives")
GOOD = [("x/Chart.yaml", "apiVersion: v2\nname: x\nversion: 0.1.0\n")]
NOISE = random.Random(1).randbytes(100000)
# Helm 4 says no more of an archive that it is given by name.
REFUSED = "Error: unable to load chart archive\n"
# The name of the archive within the chart stands before what is wrong with it.
NESTED = "Error: error unpacking subchart evil.tgz in c: "


def both(name, data, text):
    topic.archive(name, data, NESTED + text)
    topic.archive(name + "_alone", data, REFUSED, nested=False)


both("cut", archive(GOOD + [("x/a", NOISE)])[:50000], "unexpected EOF\n")
both("climbs", GOOD + [("x/../../evil", "text")], "chart illegally references parent directory\n")
both("climbs_with_backslashes", GOOD + [("x\\..\\..\\evil", "text")], "chart illegally references parent directory\n")
both("absolute", GOOD + [("x//etc/passwd", "text")], "chart illegally contains absolute paths\n")
both("drive", GOOD + [("x/c:/evil", "text")], "chart contains illegally named files\n")
both("without_folder", [("Chart.yaml", "name: x\n")], 'chart illegally contains content outside the base directory: "Chart.yaml"\n')
both("empty", [], "no files in chart archive\n")
both("unpacks_to_too_much", GOOD + [("x/a", b"\0" * (110 << 20))], "decompressed chart is larger than the maximum size 104857600\n")
both("noise", gzip.compress(bytes(range(256)) * 100, mtime=0), "archive/tar: invalid tar header\n")
# Blocks of zeros end an archive, and nobody reads on: the checksum counts where they are missing.
both("wrong_checksum", gzip.compress(tar(GOOD)[:1024], mtime=0)[:-8] + bytes(8), "gzip: invalid checksum\n")
LIE = tarfile.TarInfo("x/Chart.yaml")
LIE.size = 1 << 20
both("size_that_lies", gzip.compress(LIE.tobuf(tarfile.GNU_FORMAT) + b"a: b\n", mtime=0), "unexpected EOF\n")
LIE.size = 1 << 40
both("size_that_lies_much", gzip.compress(LIE.tobuf(tarfile.GNU_FORMAT) + b"a: b\n", mtime=0),
     "decompressed chart is larger than the maximum size 104857600\n")

LIMIT = ["--limit-chart=1000000"]
LARGER = "decompressed chart is larger than the maximum size 1000000\n"
topic.archive("limit", GOOD + [("x/a", b"\0" * (2 << 20))], NESTED + LARGER, options=LIMIT)
topic.archive("limit_alone", GOOD + [("x/a", b"\0" * (2 << 20))], "evil.tgz: " + LARGER, nested=False, options=LIMIT)
FOLDERS = [(f"x/{i}/", "") for i in range(6000)]
topic.archive("headers", FOLDERS + GOOD, NESTED + "the headers of the archive take more than 1000000 bytes\n", options=LIMIT)
topic.archive("headers_alone", FOLDERS + GOOD, "evil.tgz: the headers of the archive take more than 1000000 bytes\n", nested=False,
              options=LIMIT)


@topic.case
def no_gzip(folder):
    put(folder, "text.tgz", "text " * 200)
    return ["template", "rel", "text.tgz"], ["text.tgz' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8'\n"]


@topic.case
def archive_without_end(folder):
    return ["template", "rel", "/dev/zero"], ["Error: read /dev/zero: file too large\n"]


@topic.case
def within_each_other(folder):
    inner = archive(GOOD)
    for i in range(102):
        inner = archive([("x/Chart.yaml", f"apiVersion: v2\nname: x{i}\nversion: 0.1.0\n"), ("x/charts/y.tgz", inner)])
    put(folder, "deep.tgz", inner)
    return ["template", "rel", "deep.tgz"], ["error unpacking subchart y.tgz in x101: ", ": charts are nested too deeply\n"]


@topic.case
def many_that_unpack(folder):
    """Each within its limit, all of them not."""
    entries = [("x/Chart.yaml", "apiVersion: v2\nname: x\nversion: 0.1.0\n")]
    for i in range(10):
        data = f"apiVersion: v2\nname: y{i}\nversion: 0.1.0\n"
        entries.append((f"x/charts/y{i}.tgz", archive([("y/Chart.yaml", data), ("y/a", b"\0" * 900000)])))
    put(folder, "many.tgz", archive(entries))
    return ["template", "rel", "many.tgz", *LIMIT], [
        "error unpacking subchart y8.tgz in x: ", "many.tgz:charts/y8.tgz:: the chart and the charts within it are larger than the maximum size of 8 times 1000000 bytes\n"]
