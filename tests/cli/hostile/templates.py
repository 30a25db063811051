"""Templates that cannot be parsed, that recurse, and regular expressions."""
from hostile.cases import PLACE, SMALL, Topic, chart, put

topic = Topic("templates")
AT_ONE = "parse error at (c/templates/a.yaml:1): "

topic.renders("deep_parentheses", "{{ " + "(" * 100000 + "1" + ")" * 100000 + " }}", AT_ONE + "max expression depth exceeded\n")
topic.renders("deep_if", "{{ if 1 }}" * 100000, AT_ONE + "unexpected EOF\n")
topic.renders("deep_else", "{{ if 0 }}" + "{{ else if 0 }}" * 100000, AT_ONE + "unexpected EOF\n")
topic.renders("deep_define", '{{ define "x" }}' * 1000, AT_ONE + "unexpected <define> in command\n")
topic.renders("long_field_chain", "{{ .Values" + ".a" * 200000 + " }}", "c/templates/a.yaml:1:10\n",
              "nil pointer evaluating interface {}.a\n")
topic.renders("long_pipe", "{{ 1" + " | quote" * 10000 + " | fail }}", PLACE, " exceeds the limit of 1000000 bytes\n",
              options=["--limit-output=1000000"])
topic.renders("open_action", "kind: A\nb: {{ " + "x " * 1000, 'parse error at (c/templates/a.yaml:2): function "x" not defined\n')
topic.renders("open_comment", "{{/* " + "x" * 1_000_000, AT_ONE + "unclosed comment\n")
topic.renders("bad_number", "{{ " + "9" * 100000 + " }}", AT_ONE)
topic.renders("not_utf8_action", b"{{ \xff }}", AT_ONE + "U+FFFD '\ufffd'\n")

NESTED = "error calling include: rendering template has a nested reference name: x: unable to execute template\n"
topic.renders("recursive_include", '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}', PLACE, NESTED)
topic.renders("recursive_template", '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}', PLACE,
              "exceeded maximum template depth (100000)\n")
topic.renders("recursive_tpl", '{{ define "x" }}{{ tpl "{{ include \\"x\\" . }}" . }}{{ end }}{{ include "x" . }}', PLACE, NESTED)
topic.renders("recursive_tpl_alone", "\n{{ tpl .Values.t . }}", values="t: '{{ tpl .Values.t . }}'\n", *[
              "Error: c/templates/a.yaml:2:17: gotpl:1:17: tpl is nested more than 10000 levels deep\n"])
topic.renders("mutual_include", '{{ define "x" }}{{ include "y" . }}{{ end }}{{ define "y" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
              PLACE, NESTED)
topic.renders("growing_include", '{{ define "x" }}{{ repeat 1000000 "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
              PLACE + "19: the memory limit of 64000000 bytes is exceeded\n", options=["--limit-memory=64000000"])
topic.renders("doubling_includes", '{{ define "x" }}{{ if lt (len .) 60 }}{{ include "x" (append . 1) }}{{ include "x" (append . 1) }}'
              '{{ end }}{{ end }}{{ include "x" (list) }}', PLACE, ": the templates execute more than 1000000 nodes\n",
              options=["--limit-steps=1000000"])
topic.renders("endless_range", "{{ range 1000000000000 }}{{ end }}", PLACE, ": the templates execute more than 1000000 nodes\n",
              options=SMALL)
topic.renders("range_nested", "kind: A\n{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}",
              "Error: c/templates/a.yaml:2:48: the templates execute more than 5000000 nodes\n", options=["--limit-steps=5000000"])
topic.renders("limit_within_tpl", 'kind: A\na: {{ tpl "{{ until 11 }}" . }}', options=["--limit-list=10"], *[
              "Error: c/templates/a.yaml:2:", ": gotpl:1:9: a list of 11 numbers exceeds the limit of 10 elements\n"])
topic.renders("limit_within_define", '\n{{ define "x" }}\n{{ until 11 }}{{ end }}{{ include "x" . }}', options=["--limit-list=10"], *[
              "Error: c/templates/a.yaml:3:9: a list of 11 numbers exceeds the limit of 10 elements\n"])

topic.renders("regex_long", '{{ mustRegexMatch .Values.r "x" }}', PLACE, values='r: "' + "a" * 1_000_000 + '"\n', *[
              ": a regular expression of 1000000 bytes exceeds the limit of 65536 bytes\n"])
topic.renders("regex_repeats", '{{ mustRegexMatch "((((a{1000}){1000}){1000}){1000})" "x" }}', PLACE, "invalid repeat count: `{1000}`\n")
topic.renders("regex_repeat_sum", '{{ mustRegexMatch "(((a{100}){100}){100})" "x" }}', PLACE, "invalid repeat count: `{100}`\n")
topic.renders("regex_deep", '{{ mustRegexMatch (repeat 30000 "(") "x" }}', PLACE, "error parsing regexp: missing closing ): `(((")
topic.renders("regex_backtracking", '{{ regexMatch "(a*)*b" (repeat 100000 "a") }}{{ fail "end" }}', PLACE, "): end\n")
topic.renders("regex_replace", '{{ regexReplaceAll "" (repeat 10000 "a") (repeat 10000 "b") | len }}', PLACE,
              " exceeds the limit of 4000000 bytes\n", options=SMALL)


@topic.case
def schema_regex_repeats(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"properties":{"a":{"pattern":"(((a{100}){100}){100})"}}}')
    return command, ["\nc:\n", "at '/properties/a/pattern': ", "invalid repeat count: `{100}`"]


@topic.case
def schema_regex_long(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"properties":{"a":{"pattern":"' + "a" * 1_000_000 + '"}}}')
    return command, ["\nc:\n", "a regular expression of 1000000 bytes exceeds the limit of 65536 bytes"]
