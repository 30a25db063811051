"""How the benches write charts."""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def chart_yaml(name, extra=""):
    return f"apiVersion: v2\nname: {name}\nversion: 1.0.0\nappVersion: 1.0.0\ndescription: Made for a measurement.\n{extra}"
