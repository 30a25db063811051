"""Values without end: texts and lists that grow, values that share their parts or contain themselves."""
from hostile.cases import PLACE, SMALL, Topic

topic = Topic("values")
TEXT_LIMIT = " exceeds the limit of 268435456 bytes\n"
SMALL_TEXT = " exceeds the limit of 4000000 bytes\n"
SMALL_MEMORY = ": the memory limit of 64000000 bytes is exceeded\n"

for name, call in {"until": "until", "until_step": "untilStep 0", "seq": "seq"}.items():
    step = " 1" if name == "until_step" else ""
    topic.renders(name, f"kind: A\n{{{{ {call} 1000000000{step} }}}}", "Error: c/templates/a.yaml:2:",
                  ": a list of 1000000000 numbers exceeds the limit of 10000000 elements\n")
topic.renders("repeat", 'kind: A\n{{ repeat 1000000000 "x" }}', "Error: c/templates/a.yaml:2:21: a string of 1000000000 bytes" + TEXT_LIMIT)
topic.renders("repeat_overflow", '{{ repeat 9223372036854775807 "xx" }}', PLACE, "strings: Repeat output length overflow\n")
topic.renders("repeat_negative", '{{ repeat -1 "x" }}', PLACE, "strings: negative Repeat count\n")
topic.renders("indent", '{{ indent 1000000000 "x\\ny" }}', PLACE, "a string of 1000000000 bytes" + TEXT_LIMIT)
topic.renders("nindent", '{{ nindent 1000000000 "x\\ny" }}', PLACE, TEXT_LIMIT)
topic.renders("printf_width", '{{ printf "%999999999d" 1 | fail }}', PLACE, "%!(NOVERB)%!(EXTRA int=1)\n")
topic.renders("split_many", '{{ repeat 2000000 "," | splitList "," | len }}', PLACE, ": a list of more than 100000 elements\n", options=SMALL)
topic.renders("wrap", '{{ wrapWith 1 (repeat 10000 "x") (repeat 10000 "a ") | len }}', PLACE, SMALL_TEXT, options=SMALL)
topic.renders("random", "{{ randAlphaNum 1000000000 }}", PLACE, TEXT_LIMIT)


def loop(name, start, step, *wanted, use="{{ len $x }}", options=SMALL):
    """$x goes through `step` again and again."""
    topic.renders(name, f"{{{{ $x := {start} }}}}{{{{ range until 64 }}}}{{{{ $x = {step} }}}}{{{{ end }}}}{use}", PLACE, *wanted,
                  options=options)


loop("doubling_text", '"x"', "print $x $x", ": a printed text" + SMALL_TEXT)
loop("doubling_list", "list 1", "concat $x $x", SMALL_MEMORY)
loop("doubling_replace", '"xx"', 'replace "x" "xx" $x', SMALL_TEXT)
loop("doubling_quote", '"\\""', "quote $x", SMALL_TEXT)
loop("doubling_join", 'list "x"', 'list (join "" (concat $x $x))', SMALL_TEXT)
topic.renders("growing_text", '{{ $x := "" }}{{ range until 100000 }}{{ $x = print $x "xxxxxxxxxxxxxxxx" }}{{ end }}', PLACE,
              ": the templates execute more than 1000000 nodes\n", options=SMALL)

# What is 64 levels deep and shares its parts is written at a length of 2^64.
DICT, LIST = 'dict "a" $x "b" $x', "list $x $x"
for kind, step in (("dict", DICT), ("list", LIST)):
    start = "dict" if kind == "dict" else "list 1"
    for call, text in {"toYaml": "YAML", "toYamlPretty": "YAML", "mustToYaml": "YAML", "toJson": "JSON", "toPrettyJson": "JSON",
                       "toRawJson": "JSON", "print": "printed", 'printf "%#v"': "printed", "toString": "printed",
                       "quote": "printed"}.items():
        loop(f"doubling_{kind}_{call.split()[0]}", start, step, f": a {text} text" + SMALL_TEXT, use=f"{{{{ {call} $x }}}}")
    loop(f"doubling_{kind}_output", start, step, ": a printed text" + SMALL_TEXT, use="{{ $x }}")
    loop(f"doubling_{kind}_deepCopy", start, step, SMALL_MEMORY, use="{{ deepCopy $x }}")
loop("doubling_dict_toToml", "dict", DICT, ": a TOML text" + SMALL_TEXT, use="{{ toToml $x }}")
loop("doubling_list_toToml", "list 1", LIST, ": writing TOML looks at more than 100000 elements\n", use='{{ dict "a" $x | toToml }}')
loop("doubling_dict_default", "dict", DICT, ": a YAML text" + TEXT_LIMIT, use="{{ toYaml $x }}", options=[])
loop("doubling_dict_merge", "dict", DICT, ": merge: more than 100000 keys in one call\n", use="{{ merge (deepCopy (dict)) $x $x (dict) | len }}{{ merge (dict \"a\" (dict) \"b\" (dict)) $x | toJson }}")
# Texts within the limit whose escapes are not.
for call, text in {"toJson": "JSON", "toYaml": "YAML", "printf \"%q\"": "printed"}.items():
    topic.renders(f"escapes_{call.split()[0]}", f'{{{{ repeat 3000000 "\\x01" | {call} }}}}', PLACE, f": a {text} text" + SMALL_TEXT,
                  options=SMALL)
topic.renders("indentation_toYaml", '{{ $x := repeat 1000000 "a\\n" }}{{ range until 500 }}{{ $x = dict "a" $x }}{{ end }}{{ toYaml $x }}',
              PLACE, ": a YAML text" + SMALL_TEXT, options=SMALL)

CYCLE = '{{ $d := dict "a" 1 }}{{ $_ := set $d "d" $d }}'
TWO = CYCLE + '{{ $e := dict "a" 1 }}{{ $_ := set $e "d" $e }}'
topic.renders("cyclic_dict_yaml", CYCLE + '{{ toYaml $d }}{{ toJson $d }}{{ fail "end" }}', PLACE, "): end\n")
topic.renders("cyclic_dict_must_json", CYCLE + "{{ mustToJson $d }}", PLACE, "encountered a cycle via map[string]interface {}\n")
topic.renders("cyclic_dict_yaml_pretty", CYCLE + '{{ toYamlPretty $d }}{{ fail "end" }}', PLACE, "): end\n")
topic.renders("cyclic_dict_toml", CYCLE + "{{ toToml $d }}", PLACE, ": a TOML text" + SMALL_TEXT, options=SMALL)
topic.renders("cyclic_dict_print", CYCLE + "{{ print $d }}", PLACE, ": printing a value: it is nested more than 100000 levels deep\n")
topic.renders("cyclic_dict_equal", TWO + '{{ deepEqual $d $e }}{{ fail "end" }}', PLACE, "): end\n")
topic.renders("cyclic_dict_copy", CYCLE + "{{ deepCopy $d | len }}", PLACE, ": deepCopy: values are nested more than 100000 levels deep\n")
topic.renders("cyclic_dict_merge", TWO + "{{ merge $d $e | len }}", PLACE, ": merge: maps are nested more than 100000 levels deep\n")
