"""Every limit that is an option, set low; and what is no limit."""
from hostile.cases import PLACE, Topic, chart, put

topic = Topic("limits")


def limit(flag, template, *wanted, name=""):
    topic.renders((name or flag.split("=")[0]).replace("-", "_"), "kind: A\n" + template, *wanted, options=["--limit-" + flag])


LINE = "Error: c/templates/a.yaml:2:"
limit("output=100", '{{ repeat 200 "x" }}', LINE + "14: a string of 200 bytes exceeds the limit of 100 bytes\n")
limit("output=500", "{{ range until 100 }}xxxxxxxxxx{{ end }}", LINE + "21: the output exceeds the limit of 500 bytes\n", name="output_of_one")
limit("memory=1000000", '{{ range until 100000 }}{{ $x := repeat 1000 "x" }}{{ end }}', LINE, ": the memory limit of 1000000 bytes is exceeded\n")
limit("regex=10", '{{ mustRegexMatch "aaaaaaaaaaaaaaaaaaaa" "x" }}', LINE, ": a regular expression of 20 bytes exceeds the limit of 10 bytes\n")
limit("list=10", "{{ until 11 }}", LINE + "9: a list of 11 numbers exceeds the limit of 10 elements\n")
limit("steps=50", "{{ range until 100 }}x{{ end }}", LINE + "21: the templates execute more than 50 nodes\n")
limit("template-depth=10", '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}', LINE, "exceeded maximum template depth (10)\n")
limit("include-depth=3", '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}', "c/templates/a.yaml:2:",
      "rendering template has a nested reference name: x: unable to execute template\n")

DEPTH = ["--limit-yaml-depth=3"]
DEEP = "yaml: line 2: exceeded max depth of 3\n"
topic.renders("yaml_depth", "kind: A\na: [[[1]]]\n", "YAML parse error on c/templates/a.yaml: ", DEEP, options=DEPTH)
topic.renders("yaml_depth_with_an_alias", "kind: A\nx: &x [[1]]\na: [*x]\n", "YAML parse error on c/templates/a.yaml: ", DEEP, options=DEPTH)
topic.renders("yaml_depth_of_blocks", "a:\n  b:\n    c:\n      d: 1\n", "YAML parse error on c/templates/a.yaml: ",
              "yaml: line 4: exceeded max depth of 3\n", options=DEPTH)
topic.renders("yaml_depth_from_yaml", '{{ ("x: 1\\na: [[[1]]]" | fromYaml).Error | fail }}', PLACE, DEEP, options=DEPTH)
topic.values("yaml_depth_of_values", "x: 1\na: [[[1]]]\n", DEEP, options=DEPTH)


@topic.case
def yaml_depth_of_chart_values(folder):
    return chart(folder, values="x: 1\na: [[[1]]]\n") + DEPTH, ["cannot load values.yaml: ", DEEP]


@topic.case
def yaml_depth_of_chart_yaml(folder):
    return chart(folder, chart_yaml="apiVersion: v2\nannotations: {a: {b: {}}}\nname: c\nversion: 0.1.0\n") + [
        "--limit-yaml-depth=2"], ["cannot load Chart.yaml: ", "yaml: line 2: exceeded max depth of 2\n"]


@topic.case
def output_of_all(folder):
    """No template alone passes the limit."""
    command = chart(folder, "kind: A\na: " + "x" * 300)
    put(folder, "c/templates/b.yaml", "kind: A\na: " + "x" * 300)
    return command + ["--limit-output=500"], [".yaml: the output of all templates exceeds the limit of 500 bytes\n"]


@topic.case
def chart_folder(folder):
    command = chart(folder)
    put(folder, "c/big.bin", b"x" * 5000)
    return command + ["--limit-chart=1000"], ["error reading big.bin: chart exceeds maximum decompressed size of 1000 bytes\n"]


@topic.case
def schema_file(folder):
    command = chart(folder, values="a: x\n")
    put(folder, "c/values.schema.json", '{"$ref":"file://' + str(folder) + '/other.json"}')
    put(folder, "other.json", '{"description":"' + "x" * 5000 + '"}')
    return command + ["--limit-chart=4000"], ["other.json exceeds the limit of 4000 bytes"]


@topic.case
def not_a_number(folder):
    return chart(folder) + ["--limit-output=x"], ['invalid argument "x" for "--limit-output" flag']


@topic.case
def zero(folder):
    return chart(folder) + ["--limit-steps=0"], ["--limit-steps must be a number from 1 to "]


@topic.case
def negative(folder):
    return chart(folder) + ["--limit-list=-1"], ["--limit-list must be a number from 1 to "]
