"""Files that are missing, unreadable, no files, or not in UTF-8; links in circles; charts that depend on themselves."""
import os

from hostile.cases import CHART, Topic, chart, put

topic = Topic("files")


@topic.case
def chart_missing(folder):
    return ["template", "rel", "./none"], ['path "./none" not found']


@topic.case
def values_missing(folder):
    return chart(folder) + ["-f", "none.yaml"], ["Error: open none.yaml: no such file or directory\n"]


@topic.case
def values_unreadable(folder):
    put(folder, "v.yaml", "a: 1\n")
    (folder / "v.yaml").chmod(0)
    return chart(folder) + ["-f", "v.yaml"], ["Error: open v.yaml: permission denied\n"]


@topic.case
def template_unreadable(folder):
    command = chart(folder)
    (folder / "c/templates/a.yaml").chmod(0)
    return command, ["error reading templates/a.yaml: open ", "c/templates/a.yaml: permission denied"]


@topic.case
def folder_unreadable(folder):
    command = chart(folder)
    put(folder, "c/files/x", "x")
    (folder / "c/files").chmod(0)
    return command, ["c/files: permission denied"]


@topic.case
def values_is_a_folder(folder):
    return chart(folder) + ["-f", "c"], ["Error: read c: is a directory\n"]


@topic.case
def values_without_end(folder):
    return chart(folder) + ["-f", "/dev/zero"], ["Error: read /dev/zero: file too large\n"]


@topic.case
def values_of_a_terabyte(folder):
    with open(folder / "v.yaml", "w") as file:
        file.truncate(1 << 40)
    return chart(folder) + ["-f", "v.yaml"], ["Error: read v.yaml: file too large\n"]


@topic.case
def set_file_missing(folder):
    return chart(folder) + ["--set-file", "a=none"], ["failed parsing --set-file data: open none: no such file"]


@topic.case
def values_is_a_list(folder):
    put(folder, "v.yaml", "- a\n")
    return chart(folder) + ["-f", "v.yaml"], ["failed to parse v.yaml: ", "cannot unmarshal array into Go value"]


@topic.case
def chart_values_is_a_list(folder):
    return chart(folder, values="- a\n"), ["cannot load values.yaml: ", "cannot unmarshal array into Go value"]


@topic.case
def values_not_utf8(folder):
    put(folder, "v.yaml", b"a: 1\nb: \xff\xfe\n")
    return chart(folder) + ["-f", "v.yaml"], ["failed to parse v.yaml: ", "invalid leading UTF-8 octet"]


@topic.case
def values_cut_in_a_character(folder):
    put(folder, "v.yaml", b"a: 1\nb: \xe2\x82")
    return chart(folder) + ["-f", "v.yaml"], ["failed to parse v.yaml: ", "yaml: invalid trailing UTF-8 octet\n"]


@topic.case
def values_with_nul(folder):
    put(folder, "v.yaml", b"a: \x00\n")
    return chart(folder) + ["-f", "v.yaml"], ["failed to parse v.yaml: ", "control characters are not allowed"]


@topic.case
def chart_yaml_not_utf8(folder):
    return chart(folder, chart_yaml=CHART.encode() + b"description: \xff\n"), ["cannot load Chart.yaml: ", "UTF-8"]


@topic.case
def chart_yaml_missing(folder):
    command = chart(folder)
    (folder / "c/Chart.yaml").unlink()
    return command, ["unable to detect chart at ", "c/Chart.yaml: no such file or directory"]


@topic.case
def chart_yaml_is_a_folder(folder):
    command = chart(folder)
    (folder / "c/Chart.yaml").unlink()
    (folder / "c/Chart.yaml").mkdir()
    return command, ["c/Chart.yaml: is a directory"]


@topic.case
def template_is_a_pipe(folder):
    command = chart(folder)
    os.mkfifo(folder / "c/templates/pipe")
    return command, ["cannot load irregular file ", "c/templates/pipe as it has file mode type bits set"]


@topic.case
def link_to_nothing(folder):
    command = chart(folder)
    (folder / "c/templates/gone.yaml").symlink_to("nowhere")
    return command, ["error evaluating symlink ", "c/templates/gone.yaml: lstat "]


@topic.case
def link_to_itself(folder):
    command = chart(folder)
    (folder / "c/templates/loop.yaml").symlink_to("loop.yaml")
    return command, ["c/templates/loop.yaml: EvalSymlinks: too many links"]


@topic.case
def link_to_its_folder(folder):
    command = chart(folder)
    (folder / "c/templates/loop").symlink_to("..")
    return command, ["templates/loop: too many levels of symbolic links"]


@topic.case
def links_that_double(folder):
    """Folders, each with two links to the next: 2^35 paths, and no circle."""
    command = chart(folder)
    for i in range(35):
        (folder / f"c/d{i}").mkdir()
        (folder / f"c/d{i}/a").symlink_to(f"../d{i + 1}")
        (folder / f"c/d{i}/b").symlink_to(f"../d{i + 1}")
    put(folder, "c/d35/f", "x")
    return command, ["/c: the chart has more than 10000 symbolic links\n"]


@topic.case
def dependency_on_itself(folder):
    command = chart(folder, chart_yaml=CHART + "dependencies: [{name: c, version: '*'}]\n")
    return command, ["found in Chart.yaml, but missing in charts/ directory: c\n"]


@topic.case
def dependencies_in_a_circle(folder):
    command = chart(folder, chart_yaml=CHART + "dependencies: [{name: d, version: '*'}]\n")
    put(folder, "c/charts/d/Chart.yaml", CHART.replace("name: c", "name: d") + "dependencies: [{name: c, version: '*'}]\n")
    (folder / "c/charts/d/charts").mkdir()
    (folder / "c/charts/d/charts/c").symlink_to("../../../../c")
    return command, ["charts/d/charts/c/charts/d/charts/c", ": too many levels of symbolic links"]


@topic.case
def name_with_newline(folder):
    command = chart(folder)
    put(folder, "c/templates/x\ny.yaml", "{{ fail \"here\" }}")
    return command, ["c/templates/x\ny.yaml:1:3): here"]


@topic.case
def name_not_utf8(folder):
    command = chart(folder)
    with open(os.fsencode(folder / "c/templates") + b"/\xff.yaml", "w") as file:
        file.write('{{ fail "here" }}')
    return command, ["c/templates/\ufffd.yaml:1:3): here"]
