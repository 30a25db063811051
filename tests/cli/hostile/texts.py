"""YAML, JSON and TOML in values files, in manifests and in templates; what --set is given."""
from hostile.cases import CHART, PLACE, Topic, bomb, chart, put

topic = Topic("texts")
TOO_DEEP = "yaml: exceeded max depth of 10000\n"
LAUGHS = "yaml: document contains excessive aliasing\n"

topic.values("unknown_anchor", "a: 1\nb: *x\n", "yaml: unknown anchor 'x' referenced\n")
topic.values("self_anchor", "a: &a [*a]\n", "yaml: anchor 'a' value contains itself\n")
topic.values("billion_laughs", bomb(12), LAUGHS)
topic.values("deep_flow_lists", "a: " + "[" * 100000 + "\n", TOO_DEEP)
topic.values("deep_flow_maps", "a: " + "{a: " * 100000 + "\n", TOO_DEEP)
topic.values("deep_block_lists", "- " * 100000 + "x\n", TOO_DEEP)
topic.values("deep_indented", "".join(" " * i + "a:\n" for i in range(10002)), "line 10001: exceeded max depth of 10000\n")
topic.values("deep_and_wide", "a: " + "[" * 9999 + "1," * 12000, "line 1: too many values in deeply nested flow collections\n")
topic.values("long_key", "a" * 2_000_000 + "\n", "cannot unmarshal string into Go value")
topic.values("many_anchors", "".join(f"- &x{i} a\n" for i in range(20000)) + "- *no\n", "unknown anchor 'no' referenced\n")
topic.values("merges", "a: &a {x: 1}\n" + "".join(f"b{i}: {{<<: [*a, *a], y: *z}}\n" for i in range(10)),
             "unknown anchor 'z' referenced\n")
topic.values("open_quote", 'a: "' + "x" * 1_000_000, "yaml: line 2: found unexpected end of stream\n")
topic.values("wrong_tag", "!!int x\n", "yaml: cannot decode !!str `x` as a !!int\n")
topic.values("large_tree", "a:\n" + "- a\n" * 500000, "the memory limit of 20000000 bytes is exceeded\n",
             options=["--limit-memory=20000000"])

topic.renders("manifest_deep", '{{ repeat 100000 "[" }}', "YAML parse error on c/templates/a.yaml: ", TOO_DEEP)
topic.renders("manifest_bomb", bomb(12), "YAML parse error on c/templates/a.yaml: ", LAUGHS)
topic.renders("manifest_unknown_anchor", "kind: A\na: *x\n", "YAML parse error on c/templates/a.yaml: ", "unknown anchor 'x'")
topic.renders("manifest_not_utf8", b"kind: A\nx: \xff\n", "YAML parse error on c/templates/a.yaml: ",
              "yaml: invalid leading UTF-8 octet\n")
topic.renders("manifest_large_tree", "kind: A\nx: &x 1\ny: *x\na:\n{{ repeat 500000 \"- a\\n\" }}", "YAML parse error on c/templates/a.yaml: ",
              "the memory limit of 20000000 bytes is exceeded\n", options=["--limit-memory=20000000"])
topic.renders("from_yaml_deep", '{{ (repeat 100000 "[" | fromYaml).Error | fail }}', PLACE, TOO_DEEP)
topic.renders("from_yaml_bomb", "{{ (.Values.b | fromYaml).Error | fail }}", PLACE, LAUGHS,
              values="b: |\n" + "".join("  " + line + "\n" for line in bomb(12).splitlines()))
topic.renders("from_json_deep", '{{ (repeat 100000 "[" | fromJsonArray) | first | fail }}', PLACE,
              "invalid character '[' exceeded max depth\n")
topic.renders("must_from_json_deep", '{{ repeat 100000 "{\\"a\\":" | mustFromJson }}', PLACE,
              "invalid character '{' exceeded max depth\n")
topic.renders("from_toml_deep", '{{ (printf "a = %s" (repeat 10000 "[") | fromToml).Error | fail }}', PLACE, "toml: line 1")
topic.renders("from_toml_deeper", '{{ (printf "a = %s" (repeat 100000 "[") | fromToml).Error | fail }}', PLACE, "toml: line 1")
KEYS = ": reading TOML: the keys take more than 50000000 bytes\n"
topic.renders("from_toml_deep_tables", '{{ printf "a = %s" (repeat 100000 "{a=") | fromToml }}', PLACE, KEYS)
topic.renders("from_toml_deep_key", '{{ printf "a%s = 1" (repeat 100000 ".a") | fromToml }}', PLACE, KEYS)
topic.renders("from_toml_long_keys", '{{ repeat 1000 (printf "b%s = 1\\n[c]\\n" (repeat 20000 ".a")) | fromToml }}', PLACE, KEYS)


@topic.case
def chart_yaml_deep(folder):
    return chart(folder, chart_yaml=CHART + "annotations: " + "[" * 100000 + "\n"), ["cannot load Chart.yaml: ", "max depth of 10000\n"]


@topic.case
def schema_deep(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"not":' * 100000 + "{}" + "}" * 100000)
    return command, ["\nc:\ninvalid character '{' exceeded max depth"]


@topic.case
def schema_reference_loop(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}')
    return command, ["\nc:\n", 'resolve to "file:///values.schema.json#/$defs/a" causing reference cycle\n']


@topic.case
def schema_network(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"$ref":"https://schemas.example.com/x.json"}')
    return command, ['failing loading "https://schemas.example.com/x.json": rhumb never uses the network\n']


@topic.case
def set_deep(folder):
    return chart(folder) + ["--set", "a." * 50000 + "b=1"], ["greater than maximum supported nested level of 30\n"]


@topic.case
def set_deep_index(folder):
    return chart(folder) + ["--set", "a" + "[0]" * 30000 + "=1"], ["failed parsing --set data: the value is nested too deeply\n"]


@topic.case
def set_large_index(folder):
    return chart(folder) + ["--set", "a[65537]=1"], ["index of 65537 is greater than maximum supported index of 65536\n"]


@topic.case
def set_json_deep(folder):
    return chart(folder) + ["--set-json", "a=" + "[" * 50000], ["failed parsing --set-json data a=[[["]
