"""What the cases are made of: a table by topic and name, and ways to fill a folder.

A case is a function that fills a folder and returns the command line and the texts that standard error must hold.
"""
import gzip
import io
import tarfile

TOPICS = {}
# Where reaching the default limit would only take long.
SMALL = ["--limit-output=4000000", "--limit-memory=64000000", "--limit-list=100000", "--limit-steps=1000000"]
CHART = "apiVersion: v2\nname: c\nversion: 0.1.0\n"
PLACE = "c/templates/a.yaml:1:"


class Topic:
    """Registers the cases of one file."""

    def __init__(self, name):
        self.cases = TOPICS.setdefault(name, {})

    def case(self, function):
        self.add(function.__name__, function)
        return function

    def add(self, name, function):
        assert name not in self.cases, name
        self.cases[name] = function

    def renders(self, name, template, *wanted, values="", options=()):
        """A chart of one template. `wanted` goes without the place in the template where it starts with a colon."""
        wanted = wanted or (PLACE,)
        self.add(name, lambda folder: (chart(folder, template, values) + list(options), wanted))

    def values(self, name, text, *wanted, options=()):
        def build(folder):
            put(folder, "v.yaml", text)
            return chart(folder) + ["-f", "v.yaml", *options], ["failed to parse v.yaml: ", *wanted]

        self.add(name, build)

    def archive(self, name, data, *wanted, nested=True, options=()):
        """`data`: the bytes of an archive, or its entries."""
        def build(folder):
            command = chart(folder) if nested else ["template", "rel", "evil.tgz"]
            put(folder, "c/charts/evil.tgz" if nested else "evil.tgz", data if isinstance(data, bytes) else archive(data))
            return command + list(options), wanted

        self.add(name, build)


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def chart(folder, template="kind: A\n", values="", chart_yaml=CHART):
    put(folder, "c/Chart.yaml", chart_yaml)
    put(folder, "c/templates/a.yaml", template)
    put(folder, "c/values.yaml", values)
    return ["template", "rel", "c"]


def tar(entries):
    """Entries are names with a text, or a TarInfo in place of the text."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as out:
        for name, text in entries:
            if isinstance(text, tarfile.TarInfo):
                out.addfile(text)
                continue
            data = text.encode() if isinstance(text, str) else text
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return raw.getvalue()


def archive(entries):
    return gzip.compress(tar(entries), mtime=0)


def bomb(depth):
    """Billion laughs: every line refers to the one before ten times."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for i in range(1, depth):
        lines.append(f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 10) + "]")
    return "\n".join(lines) + "\n"
