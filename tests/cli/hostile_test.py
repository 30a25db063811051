#!/usr/bin/env python3
"""Broken and hostile input: rhumb ends with exit status 1, says what is wrong and where, prints nothing, and stays
within its time and memory.

usage: hostile_test.py RHUMB [--no-memory-limit] [--only PREFIX] [--print]

Each case is a function that fills a folder and returns the command line and the texts that standard error must hold.
"""
import gzip
import io
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

MEMORY = 4 << 30
SECONDS = 30
CASES = {}
# Where reaching the default limit would only take long.
SMALL = ["--limit-output=4000000", "--limit-memory=64000000", "--limit-list=100000", "--limit-steps=1000000"]
CHART = "apiVersion: v2\nname: c\nversion: 0.1.0\n"


def case(function):
    CASES[function.__name__] = function
    return function


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def chart(folder, template="kind: A\n", values="", **more):
    put(folder, "c/Chart.yaml", more.get("chart_yaml", CHART))
    put(folder, "c/templates/a.yaml", template)
    put(folder, "c/values.yaml", values)
    return ["template", "rel", "c"]


def renders(name, template, *wanted, values="", options=()):
    CASES[name] = lambda folder: (chart(folder, template, values) + list(options), wanted)


def archive(entries, form=tarfile.GNU_FORMAT):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=form) as tar:
        for name, text in entries:
            info = tarfile.TarInfo(name)
            if isinstance(text, tarfile.TarInfo):
                info = text
                text = b""
            else:
                text = text.encode() if isinstance(text, str) else text
                info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    return gzip.compress(raw.getvalue(), mtime=0)


def archives(name, entries, *wanted, nested=True, options=()):
    def build(folder):
        if nested:
            command = chart(folder)
            put(folder, "c/charts/evil.tgz", archive(entries))
            return command + list(options), wanted
        put(folder, "evil.tgz", archive(entries))
        return ["template", "rel", "evil.tgz", *options], wanted

    CASES[name] = build


# ---- files

@case
def values_missing(folder):
    return chart(folder) + ["-f", "none.yaml"], ["open none.yaml: no such file or directory"]


@case
def values_is_a_folder(folder):
    return chart(folder) + ["-f", "c"], ["read c: is a directory"]


@case
def values_is_a_list(folder):
    put(folder, "v.yaml", "- a\n")
    return chart(folder) + ["-f", "v.yaml"], ["v.yaml", "cannot unmarshal array"]


@case
def values_not_utf8(folder):
    put(folder, "v.yaml", b"a: 1\nb: \xff\xfe\n")
    return chart(folder) + ["-f", "v.yaml"], ["v.yaml", "UTF-8"]


@case
def values_with_nul(folder):
    put(folder, "v.yaml", b"a: \x00\n")
    return chart(folder) + ["-f", "v.yaml"], ["v.yaml", "control characters are not allowed"]


@case
def chart_yaml_not_utf8(folder):
    return chart(folder, chart_yaml=CHART.encode() + b"description: \xff\n"), ["Chart.yaml", "UTF-8"]


@case
def chart_yaml_missing(folder):
    command = chart(folder)
    (folder / "c/Chart.yaml").unlink()
    return command, ["c/Chart.yaml", "no such file or directory"]


@case
def template_is_a_pipe(folder):
    import os
    command = chart(folder)
    os.mkfifo(folder / "c/templates/pipe")
    return command, ["templates/pipe"]


@case
def link_to_nothing(folder):
    command = chart(folder)
    (folder / "c/templates/gone.yaml").symlink_to("nowhere")
    return command, ["templates/gone.yaml"]


@case
def link_to_itself(folder):
    command = chart(folder)
    (folder / "c/templates/loop.yaml").symlink_to("loop.yaml")
    return command, ["templates/loop.yaml"]


@case
def link_to_its_folder(folder):
    command = chart(folder)
    (folder / "c/templates/loop").symlink_to("..")
    return command, ["loop"]


# ---- YAML

def bomb(depth):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for i in range(1, depth):
        lines.append(f"a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 10) + "]")
    return "\n".join(lines) + "\n"


def values_case(name, text, *wanted, options=()):
    def build(folder):
        put(folder, "v.yaml", text)
        return chart(folder) + ["-f", "v.yaml", *options], wanted
    CASES[name] = build


values_case("unknown_anchor", "a: 1\nb: *x\n", "v.yaml", "unknown anchor 'x' referenced")
values_case("self_anchor", "a: &a [*a]\n", "v.yaml", "anchor 'a' value contains itself")
values_case("billion_laughs", bomb(12), "v.yaml", "excessive aliasing")
values_case("deep_flow_lists", "a: " + "[" * 100000 + "\n", "v.yaml", "depth")
values_case("deep_flow_maps", "a: " + "{a: " * 100000 + "\n", "v.yaml", "depth")
values_case("deep_block_lists", "- " * 100000 + "x\n", "v.yaml", "depth")
values_case("deep_indented", "".join(" " * i + "a:\n" for i in range(12000)), "v.yaml", "depth")
values_case("long_key", "a" * 2_000_000 + "\n", "v.yaml")
values_case("many_anchors", "".join(f"- &x{i} a\n" for i in range(20000)) + "- *no\n", "v.yaml", "unknown anchor")
values_case("merge_bomb", "a: &a {x: 1}\n" + "".join(f"b{i}: {{<<: [*a, *a], y: *z}}\n" for i in range(10)), "unknown anchor 'z'")
values_case("open_quote", 'a: "' + "x" * 1_000_000, "v.yaml")
values_case("tag_only", "!!int x\n", "v.yaml")

renders("manifest_deep", '{{ repeat 100000 "[" }}', "c/templates/a.yaml", "depth")
renders("manifest_bomb", bomb(12), "c/templates/a.yaml", "excessive aliasing")
renders("from_yaml_deep", '{{ (repeat 100000 "[" | fromYaml).Error | fail }}', "c/templates/a.yaml:1:", "depth")
renders("from_yaml_bomb", "{{ (.Values.b | fromYaml).Error | fail }}", "excessive aliasing",
        values="b: |\n" + "".join("  " + line + "\n" for line in bomb(12).splitlines()))
renders("from_json_deep", '{{ (repeat 100000 "[" | fromJsonArray) | first | fail }}', "c/templates/a.yaml:1:", "depth")
renders("must_from_json_deep", '{{ repeat 100000 "{\\"a\\":" | mustFromJson }}', "c/templates/a.yaml:1:", "depth")
renders("from_toml_deep", '{{ (printf "a = %s" (repeat 100000 "[") | fromToml).Error | fail }}', "c/templates/a.yaml:1:")

# ---- templates

renders("deep_parentheses", "{{ " + "(" * 100000 + "1" + ")" * 100000 + " }}", "c/templates/a.yaml:1")
renders("deep_if", "{{ if 1 }}" * 100000, "c/templates/a.yaml:1")
renders("deep_else", "{{ if 0 }}" + "{{ else if 0 }}" * 100000, "c/templates/a.yaml:1")
renders("deep_define", "{{ define \"x\" }}" * 1000, "c/templates/a.yaml:1")
renders("long_field_chain", "{{ .Values" + ".a" * 200000 + " }}", "c/templates/a.yaml:1")
renders("long_pipe", "{{ 1" + " | quote" * 10000 + " | fail }}", "c/templates/a.yaml:1", options=["--limit-output=1000000"])
renders("open_action", "kind: A\nb: {{ " + "x " * 1000, "c/templates/a.yaml:2")
renders("open_comment", "{{/* " + "x" * 1_000_000, "c/templates/a.yaml:1", "unclosed comment")
renders("bad_number", "{{ " + "9" * 100000 + " }}", "c/templates/a.yaml:1")
renders("not_utf8_action", b"{{ \xff }}", "c/templates/a.yaml:1")
renders("not_utf8_output", b"kind: A\nx: \xff\n", "c/templates/a.yaml", "UTF-8")
renders("recursive_include", '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}', "c/templates/a.yaml:1",
        "nested reference name: x")
renders("recursive_template", '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}', "c/templates/a.yaml:1",
        "exceeded maximum template depth (100000)")
renders("recursive_tpl", '{{ define "x" }}{{ tpl "{{ include \\"x\\" . }}" . }}{{ end }}{{ include "x" . }}', "c/templates/a.yaml:1")
renders("recursive_tpl_alone", '{{ tpl .Values.t . }}', "c/templates/a.yaml:1", values="t: '{{ tpl .Values.t . }}'\n")
renders("mutual_include", '{{ define "x" }}{{ include "y" . }}{{ end }}{{ define "y" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
        "c/templates/a.yaml:1", "nested reference name")
renders("doubling_includes", '{{ define "x" }}{{ if lt (len .) 60 }}{{ include "x" (append . 1) }}{{ include "x" (append . 1) }}{{ end }}{{ end }}{{ include "x" (list) }}',
        "nodes", options=["--limit-steps=1000000"])

# ---- values without end

renders("until", "{{ until 1000000000 }}", "c/templates/a.yaml:1")
renders("until_step", "{{ untilStep 0 1000000000 1 }}", "c/templates/a.yaml:1")
renders("seq", "{{ seq 1000000000 }}", "c/templates/a.yaml:1")
renders("range_over_integer", "{{ range 1000000000000 }}x{{ end }}", "c/templates/a.yaml:1", options=SMALL)
renders("range_nested", "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}", "nodes", options=["--limit-steps=5000000"])
renders("repeat", '{{ repeat 1000000000 "x" }}', "c/templates/a.yaml:1")
renders("repeat_overflow", '{{ repeat 9223372036854775807 "xx" }}', "c/templates/a.yaml:1")
renders("repeat_negative", '{{ repeat -1 "x" }}', "c/templates/a.yaml:1", "negative Repeat count")
renders("indent", '{{ indent 1000000000 "x\\ny" }}', "c/templates/a.yaml:1")
renders("printf_width", '{{ printf "%999999999d" 1 | len | fail }}', "c/templates/a.yaml:1")
renders("doubling_text", '{{ $x := "x" }}{{ range until 64 }}{{ $x = print $x $x }}{{ end }}{{ $x }}', "c/templates/a.yaml:1", options=SMALL)
renders("doubling_list", '{{ $x := list 1 }}{{ range until 64 }}{{ $x = concat $x $x }}{{ end }}{{ len $x }}', "c/templates/a.yaml:1", options=SMALL)
renders("doubling_replace", '{{ $x := "xx" }}{{ range until 64 }}{{ $x = replace "x" "xx" $x }}{{ end }}{{ len $x }}', "c/templates/a.yaml:1", options=SMALL)
renders("doubling_dict", '{{ $x := dict }}{{ range until 64 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ toYaml $x }}', "c/templates/a.yaml:1", options=SMALL)
renders("doubling_quote", '{{ $x := "\\"" }}{{ range until 64 }}{{ $x = quote $x }}{{ end }}{{ len $x }}', "c/templates/a.yaml:1", options=SMALL)
renders("cyclic_dict_yaml", '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ toYaml $d }}{{ toJson $d }}{{ fail "end" }}', "c/templates/a.yaml:1")
renders("cyclic_dict_print", '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ print $d }}', "c/templates/a.yaml:1")
renders("cyclic_dict_equal", '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $e := dict }}{{ $_ := set $e "d" $e }}{{ deepEqual $d $e }}{{ fail "end" }}', "c/templates/a.yaml:1")
renders("cyclic_dict_copy", '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ deepCopy $d | len }}', "c/templates/a.yaml:1")
renders("cyclic_dict_merge", '{{ $d := dict "a" 1 }}{{ $_ := set $d "d" $d }}{{ $e := dict "a" 2 }}{{ $_ := set $e "d" $e }}{{ merge $d $e | len }}{{ fail "end" }}', "c/templates/a.yaml:1")
renders("split_many", '{{ repeat 20000000 "," | splitList "," | len }}', "c/templates/a.yaml:1")
renders("wrap", '{{ wrapWith 1 (repeat 100000 "x") (repeat 100000 "a ") | len }}', "c/templates/a.yaml:1")

# ---- regular expressions

renders("regex_long", '{{ regexMatch .Values.r "x" | quote }}{{ mustRegexMatch .Values.r "x" }}', "c/templates/a.yaml:1",
        values='r: "' + "a" * 1_000_000 + '"\n')
renders("regex_repeats", '{{ mustRegexMatch "((((a{1000}){1000}){1000}){1000})" "x" }}', "c/templates/a.yaml:1")
renders("regex_repeat_sum", '{{ mustRegexMatch "(((a{100}){100}){100})" "x" }}', "c/templates/a.yaml:1")
renders("regex_deep", '{{ mustRegexMatch (repeat 30000 "(") "x" }}', "c/templates/a.yaml:1")
renders("regex_backtracking", '{{ regexMatch "(a*)*b" (repeat 100000 "a") }}{{ fail "end" }}', "c/templates/a.yaml:1", "end")
renders("regex_replace", '{{ regexReplaceAll "" (repeat 100000 "a") (repeat 100000 "b") | len }}', "c/templates/a.yaml:1")


@case
def schema_regex(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"properties":{"a":{"pattern":"(((a{100}){100}){100})"}}}')
    return command, ["values.schema.json"]


@case
def schema_reference_loop(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}')
    return command, ["c:"]


@case
def schema_deep(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"not":' * 100000 + "{}" + "}" * 100000)
    return command, ["c:"]


@case
def schema_network(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"$ref":"https://schemas.example.com/x.json"}')
    return command, ["https://schemas.example.com/x.json"]


# ---- archives

GOOD = [("x/Chart.yaml", "apiVersion: v2\nname: x\nversion: 0.1.0\n")]
archives("archive_climbs", GOOD + [("x/../../evil", "text")], "evil.tgz", "chart illegally")
archives("archive_without_folder", [("Chart.yaml", "name: x\n")], "evil.tgz", "outside the base directory")
archives("archive_empty", [], "evil.tgz")
archives("archive_too_large", GOOD + [("x/a", b"\0" * (2 << 20))], "unable to load chart archive", nested=False, options=["--limit-chart=1000000"])
archives("archive_nested_too_large", GOOD + [("x/a", b"\0" * (2 << 20))], "evil.tgz", options=["--limit-chart=1000000"])
archives("archive_bomb", GOOD + [("x/a", b"\0" * (110 << 20))], "evil.tgz")


@case
def archive_cut(folder):
    import random
    noise = random.Random(1).randbytes(100000)
    put(folder, "cut.tgz", archive(GOOD + [("x/a", noise)])[:50000])
    return ["template", "rel", "cut.tgz"], ["unable to load chart archive"]


@case
def archive_of_noise(folder):
    put(folder, "noise.tgz", gzip.compress(bytes(range(256)) * 100, mtime=0))
    return ["template", "rel", "noise.tgz"], ["chart"]


@case
def archive_within_archives(folder):
    inner = archive(GOOD)
    for i in range(60):
        inner = archive([("x/Chart.yaml", f"apiVersion: v2\nname: x{i}\nversion: 0.1.0\n"), ("x/charts/y.tgz", inner)])
    put(folder, "deep.tgz", inner)
    put(folder, "v.yaml", "- stop\n")
    return ["template", "Bad", "deep.tgz"], ["Error: "]


@case
def dependency_on_itself(folder):
    command = chart(folder, chart_yaml=CHART + "dependencies: [{name: c, version: '*'}]\n")
    return command, ["found in Chart.yaml, but missing in charts/ directory: c"]


# ---- limits and names

renders("limit_output", '{{ repeat 200 "x" }}', "c/templates/a.yaml", options=["--limit-output=100"])
renders("limit_output_sum", '{{ range until 100 }}xxxxxxxxxx{{ end }}', "output", options=["--limit-output=500"])
renders("limit_memory", '{{ range until 100000 }}{{ $x := repeat 1000 "x" }}{{ end }}', "memory", options=["--limit-memory=1000000"])
renders("limit_regex", '{{ mustRegexMatch "aaaaaaaaaaaaaaaaaaaa" "x" }}', "c/templates/a.yaml:1", options=["--limit-regex=10"])
renders("limit_list", "{{ until 11 }}", "c/templates/a.yaml:1", options=["--limit-list=10"])
renders("limit_steps", "{{ range until 100 }}x{{ end }}", "nodes", options=["--limit-steps=50"])
renders("limit_template_depth", '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}', "c/templates/a.yaml:1",
        "exceeded maximum template depth (10)", options=["--limit-template-depth=10"])
renders("limit_include_depth", '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}', "c/templates/a.yaml:1",
        "nested reference name: x", options=["--limit-include-depth=3"])
renders("limit_yaml_depth", "kind: A\na: [[[[1]]]]\n", "c/templates/a.yaml", "depth", options=["--limit-yaml-depth=3"])
values_case("limit_yaml_depth_values", "a: [[[[1]]]]\n", "v.yaml", "depth", options=["--limit-yaml-depth=3"])


@case
def limit_chart(folder):
    command = chart(folder)
    put(folder, "c/big.bin", b"x" * 5000)
    return command + ["--limit-chart=1000"], ["big.bin", "1000 bytes"]


@case
def limit_not_a_number(folder):
    return chart(folder) + ["--limit-output=x"], ['invalid argument "x"']


@case
def limit_zero(folder):
    return chart(folder) + ["--limit-steps=0"], ["--limit-steps must be a number from 1"]


@case
def limit_negative(folder):
    return chart(folder) + ["--limit-list=-1"], ["--limit-list must be a number from 1"]


@case
def name_with_newline(folder):
    command = chart(folder)
    put(folder, "c/templates/x\ny.yaml", "{{ fail \"here\" }}")
    return command, ["templates/x\ny.yaml:1:3", "here"]


@case
def name_not_utf8(folder):
    command = chart(folder)
    import os
    with open(os.fsencode(folder / "c/templates") + b"/\xff.yaml", "w") as file:
        file.write('{{ fail "here" }}')
    return command, ["here"]


@case
def set_deep(folder):
    return chart(folder) + ["--set", "a." * 50000 + "b=1"], ["nested level"]


@case
def set_deep_index(folder):
    return chart(folder) + ["--set", "a" + "[0]" * 30000 + "=1"], ["--set data"]


@case
def set_large_index(folder):
    return chart(folder) + ["--set", "a[65537]=1"], ["maximum supported index"]


@case
def set_json_deep(folder):
    return chart(folder) + ["--set-json", "a=" + "[" * 50000], ["--set-json"]


def run(rhumb, folder, command, limited):
    def limit():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if limited:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run([rhumb, *command], cwd=folder, capture_output=True, timeout=SECONDS, preexec_fn=limit)


def problems(done, wanted):
    err = done.stderr.decode("utf-8", "replace")
    if done.returncode != 1:
        yield f"exit status {done.returncode}, not 1"
    if done.stdout:
        yield f"{len(done.stdout)} bytes on standard output: {done.stdout[:60]!r}"
    if not err.startswith(("Error: ", "level=")):
        yield "no error message"
    yield from (f"no {text!r}" for text in wanted if text not in err)


def check(rhumb, name, limited, verbose):
    with tempfile.TemporaryDirectory() as holder:
        folder = Path(holder)
        command, wanted = CASES[name](folder)
        begun = time.monotonic()
        try:
            done = run(rhumb, folder, command, limited)
        except subprocess.TimeoutExpired:
            print(f"{name}: not done after {SECONDS} s")
            return False
        took = time.monotonic() - begun
        found = list(problems(done, wanted))
        err = done.stderr.decode("utf-8", "replace")
        shown = err if len(err) < 400 else err[:200] + " ... " + err[-200:]
        if found or verbose:
            print(f"{name} ({took:.1f} s): {'; '.join(found) or 'fine'}\n    {shown.strip()}")
        return not found


def main():
    arguments = sys.argv[1:]
    only = arguments.pop(arguments.index("--only") + 1) if "--only" in arguments else ""
    names = [name for name in CASES if name.startswith(only)]
    limited = "--no-memory-limit" not in arguments
    rhumb = str(Path(arguments[0]).resolve())
    failed = [name for name in names if not check(rhumb, name, limited, "--print" in arguments)]
    print(f"{len(names) - len(failed)} passed, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
