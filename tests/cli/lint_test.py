#!/usr/bin/env python3
"""The command lint through the binary: what it takes, prints, writes and returns.

    lint_test.py RHUMB [TEST ...]
"""
import json
import os
import pty
import shutil
import subprocess
import unittest

from lint_folder import DEPLOYMENT, ONLY, PROJECT, RHUMB, Folder


class Lint(Folder):
    def test_environments_are_merged_where_the_place_is_the_same(self):
        self.chart()
        self.write("production.yaml", "{}\n")
        self.write("web/values.yaml", "replicas: 1\n")
        self.write("staging.yaml", "{}\n")
        found = self.findings()
        # The release has another name in production, and so has the object.
        self.assertEqual([["staging", "production"]], [finding["environments"] for finding in found])
        self.assertEqual("Deployment/release-name", "{kind}/{name}".format(**found[0]["object"]))
        self.assertIn("in production it is Deployment/shop", [other["message"] for other in found[0]["related"]])
        self.assertEqual(2, len(self.findings("--env", "staging", "--env", "production", "--set", "x=1")[0]["environments"]))
        self.write("rhumb.yaml", PROJECT.replace("release: shop, ", ""))
        found = self.findings()
        self.assertEqual([["staging", "production"]], [finding["environments"] for finding in found])
        self.assertEqual(("web/values.yaml", 1), (found[0]["place"]["file"], found[0]["place"]["line"]))

    def test_an_object_of_another_name_is_the_same_fault(self):
        self.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        self.write("web/values.yaml", "name: my-web\nresources: {}\n")
        # The container is called after the object, with more in front of it.
        self.write("web/templates/deployment.yaml", DEPLOYMENT.replace("{{ .Release.Name }}", "{{ .Values.name }}").replace(
            "{{ .Values.replicas }}", "1").replace("- name: web", "- name: my-web").replace(
                "1.0.0\"", "1.0.0\"\n          resources: {{ toJson .Values.resources }}"))
        self.write("web/ci/a-values.yaml", "name: web\n")
        run = self.run_rhumb("lint", "web", "--no-config", "--preset", "production", "--only", "resources-missing",
                             "--format", "json")
        found = json.loads(run.stdout)["findings"]
        self.assertEqual([["defaults", "a"]], [finding["environments"] for finding in found])
        self.assertNotIn("the same value", found[0]["message"])
        # Where one environment has both there are two.
        text = (self.folder / "web/templates/deployment.yaml").read_text()
        self.write("web/templates/deployment.yaml", text + "---\n" + text.replace("{{ .Values.name }}", "other"))
        run = self.run_rhumb("lint", "web", "--no-config", "--preset", "production", "--only", "resources-missing",
                             "--format", "json")
        self.assertEqual(2, len(json.loads(run.stdout)["findings"]))

    def of_chart(self, rule):
        run = self.run_rhumb("lint", "web", "--no-config", "--preset", "production", "--tier", "production",
                             "--only", rule, "--format", "json")
        return json.loads(run.stdout)["findings"]

    def test_containers_that_share_a_value_share_a_finding_in_all_environments(self):
        self.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        self.write("web/values.yaml", "replicas: 2\nhelper: false\nsecurity: {privileged: true}\n")
        secured = "          securityContext: {{ toJson .Values.security }}\n"
        helper = "        - name: helper\n          image: \"helper:1.0.0\"\n"
        self.write("web/templates/deployment.yaml",
                   DEPLOYMENT + secured + "        {{- if .Values.helper }}\n" + helper + secured + "        {{- end }}\n")
        self.write("web/ci/a-values.yaml", "helper: true\n")
        found = self.of_chart("privileged-container")
        self.assertEqual([["defaults", "a"]], [finding["environments"] for finding in found])
        self.assertEqual("container \"web\" is privileged; the same value serves container \"helper\"",
                         found[0]["message"])
        # A container that is called after the release is the same one in each environment.
        text = (self.folder / "web/templates/deployment.yaml").read_text()
        self.write("web/templates/deployment.yaml", text.replace("name: helper", "name: {{ .Release.Name }}-helper"))
        self.write("rhumb.yaml", "charts: {web: {environments: {a: {values: [web/ci/a-values.yaml]}, "
                                 "b: {release: shop, values: [web/ci/a-values.yaml]}}}}\n")
        run = self.run_rhumb("lint", "web", "--preset", "production", "--tier", "production", "--only",
                             "privileged-container", "--format", "json")
        named = json.loads(run.stdout)["findings"]
        self.assertEqual([["a", "b"]], [finding["environments"] for finding in named])
        self.assertTrue(named[0]["message"].endswith("the same value serves container \"release-name-helper\""),
                        named[0]["message"])
        self.write("web/templates/deployment.yaml", text)
        # Of another workload it is another fault.
        text = (self.folder / "web/templates/deployment.yaml").read_text()
        self.write("web/templates/deployment.yaml", text + "---\n" + text.replace("{{ .Release.Name }}", "other"))
        self.assertEqual(2, len(self.of_chart("privileged-container")))

    def test_what_an_environment_adds_to_the_fault_of_a_value_is_no_other_fault(self):
        self.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        self.write("web/values.yaml", "replicas: 1\nkind: Deployment\nclaim: true\n")
        self.write("web/templates/deployment.yaml", DEPLOYMENT.replace("Deployment", "{{ .Values.kind }}") + """\
      {{- if .Values.claim }}
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce]}
      {{- end }}
""")
        self.write("web/ci/a-values.yaml", "kind: StatefulSet\nclaim: false\n")
        found = self.of_chart("too-few-replicas")
        self.assertEqual([["defaults", "a"]], [finding["environments"] for finding in found])
        self.assertIn("its claim data is ReadWriteOnce", found[0]["message"])

    def test_the_cause_names_the_layers(self):
        self.chart()
        found = self.findings("--env", "production")
        layers = [(layer["place"]["file"], layer["place"]["line"]) for layer in found[0]["cause"]["values"][0]["layers"]]
        self.assertEqual([("production.yaml", 1), ("web/values.yaml", 2)], layers)
        frame = found[0]["cause"]["templates"][-1]["place"]
        self.assertEqual(("web/templates/deployment.yaml", 6), (frame["file"], frame["line"]))

    def test_flags_come_over_the_environment(self):
        self.chart()
        self.assertEqual([], self.rules("web", "--env", "production", "--set", "replicas=2"))
        self.write("more.yaml", "replicas: 4\n")
        self.assertEqual([], self.rules("web", "--env", "production", "-f", "more.yaml"))
        self.assertEqual(["too-few-replicas"],
                         self.rules("web", "--env", "production", "-f", "more.yaml", "--set", "replicas=1"))
        self.assertEqual([], self.rules("web", "--env", "production", "--tier", "development"))

    def test_exit_status(self):
        self.chart()
        self.assertEqual(1, self.lint().returncode)
        self.assertEqual(0, self.lint("--env", "dev").returncode)
        self.assertEqual(0, self.lint("--fail-on", "never").returncode)
        self.assertEqual(0, self.lint("--rule", "too-few-replicas=info").returncode)
        self.assertEqual(1, self.lint("--rule", "too-few-replicas=info", "--fail-on", "info").returncode)
        self.assertEqual(1, self.lint("--rule", "too-few-replicas=warning").returncode)
        self.assertEqual(0, self.lint("--rule", "too-few-replicas=warning", "--fail-on", "error").returncode)
        self.assertEqual(0, self.lint("--rule", "too-few-replicas=off").returncode)

    def test_what_cannot_run_is_two(self):
        for arguments, message in [
            ((), "there is nothing to lint"),
            (("nowhere",), "nowhere: there is no such file or folder"),
            (("--format", "sarfi"), "there is no format 'sarfi'; did you mean 'sarif'?"),
            (("--format", "json", "--format", "sarif"), "two formats would go to standard output"),
            (("--bogus",), "--bogus"),
            (("--update-baseline", "."), "there is no"),
        ]:
            run = self.run_rhumb("lint", *arguments)
            self.assertEqual(2, run.returncode, arguments)
            if arguments != ("--update-baseline", "."):
                self.assertIn(message, run.stderr)
            self.assertEqual("", run.stdout)

    def test_names_that_are_wrong_are_told(self):
        self.chart()
        for arguments, message in [
            (("--env", "prodution"), "no chart has an environment 'prodution'; did you mean 'production'?"),
            (("--only", "too-few-replica"), "there is no rule 'too-few-replica'; did you mean 'too-few-replicas'?"),
            (("--rule", "too-few-replica=off"), "there is no rule 'too-few-replica'; did you mean 'too-few-replicas'?"),
            (("--rule", "too-few-replicas=bad"), "the level is off, note, info, warning or error"),
        ]:
            run = self.run_rhumb("lint", *arguments)
            self.assertEqual((2, ""), (run.returncode, run.stdout), arguments)
            self.assertIn(message, run.stderr)
        self.write("rhumb.yaml", PROJECT.replace("environments:", "enviroments:"))
        run = self.run_rhumb("lint")
        self.assertEqual(2, run.returncode)
        self.assertIn("rhumb.yaml:3:5: unknown key 'enviroments'; did you mean 'environments'?", run.stderr)

    def test_a_chart_that_does_not_render_is_a_finding(self):
        self.chart(replicas=2)
        self.write("web/templates/deployment.yaml", '{{ fail "no way" }}\n')
        found = self.findings("--env", "production")
        self.assertEqual(["render-failed"], [finding["rule"] for finding in found])
        self.assertIn("no way", found[0]["message"])
        self.assertEqual(("web/templates/deployment.yaml", 1), (found[0]["place"]["file"], found[0]["place"]["line"]))

    def test_a_document_that_cannot_be_read_is_a_finding(self):
        self.chart()
        self.write("web/templates/broken.yaml", "a: b: c\n")
        self.assertEqual(["unreadable-document", "too-few-replicas"], sorted(self.rules("--env", "production"), reverse=True))

    def test_without_configuration_defaults_and_ci_values(self):
        self.chart()
        (self.folder / "rhumb.yaml").unlink()
        self.write("web/values.yaml", "replicas: 1\n")
        self.write("web/ci/many-values.yaml", "replicas: 2\n")
        self.write("web/ci/one-values.yaml", "replicas: 1\n")
        found = self.findings("web", "--preset", "production", "--tier", "production")
        self.assertEqual([["defaults"], ["one"]], sorted(finding.get("environments", []) for finding in found))

    def test_defaults_that_insist_on_a_value_are_a_note(self):
        self.chart()
        (self.folder / "rhumb.yaml").unlink()
        self.write("web/values.yaml", "replicas:\n")
        self.write("web/templates/deployment.yaml",
                   DEPLOYMENT.replace(".Values.replicas", 'required "how many?" .Values.replicas'))
        self.assertEqual(["error"], [finding["severity"] for finding in self.findings("web")])
        self.write("web/ci/two-values.yaml", "replicas: 2\n")
        found = self.findings("web")
        self.assertEqual([("render-failed", "note")], [(one["rule"], one["severity"]) for one in found])

    def test_the_chart_in_the_working_folder(self):
        self.chart()
        (self.folder / "rhumb.yaml").unlink()
        run = subprocess.run([RHUMB, "lint", *ONLY, "--tier", "production", "--set", "replicas=1"], cwd=self.folder / "web",
                             capture_output=True, text=True, timeout=60)
        self.assertIn("too-few-replicas", run.stdout)
        self.assertIn("templates/deployment.yaml", run.stdout)

    def test_manifests_and_standard_input(self):
        text = DEPLOYMENT.replace("{{ .Release.Name }}", "a").replace("{{ .Values.replicas }}", "1")
        self.write("manifest.yaml", "# first\n" + text)
        found = self.findings("manifest.yaml", "--tier", "production")
        self.assertEqual([("manifest.yaml", 7)], [(f["place"]["file"], f["place"]["line"]) for f in found])
        found = self.findings("-", "--tier", "production", input=text)
        self.assertEqual(6, found[0]["place"]["line"])

    def test_archives(self):
        self.chart()
        subprocess.run(["tar", "czf", "web.tgz", "web"], cwd=self.folder, check=True)
        found = self.findings("web.tgz", "--no-config", "--tier", "production", "--set", "replicas=1")
        self.assertEqual(["too-few-replicas"], [finding["rule"] for finding in found])
        self.assertIn("templates/deployment.yaml", found[0]["cause"]["templates"][-1]["place"]["file"])

    def test_archives_of_subcharts(self):
        """One of another version is replaced by what Helm downloads, unlike a folder."""
        self.write("sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 2.0.0\n")
        self.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n"
                                     "  - {name: sub, version: 1.x.x, repository: https://charts.example.com}\n")
        (self.folder / "web/charts").mkdir()
        subprocess.run(["tar", "czf", "web/charts/sub-2.0.0.tgz", "sub"], cwd=self.folder, check=True)
        only = ("--no-config", "--only", "chart-dependencies-inconsistent")
        finding, = self.findings("web", *only)
        self.assertEqual("declare the version that charts/ has, or run helm dependency update", finding["help"])
        self.write("sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.2.0\n")
        subprocess.run(["tar", "czf", "web/charts/sub-1.2.0.tgz", "sub"], cwd=self.folder, check=True)
        finding, = self.findings("web", *only)
        self.assertEqual("delete charts/sub-2.0.0.tgz", finding["help"])

    def test_several_at_once(self):
        self.chart()
        shutil.copytree(self.folder / "web", self.folder / "other")
        found = self.findings("web", "other", "--set", "replicas=1", "--tier", "production")
        self.assertEqual({"web", "other"}, {finding["chart"] for finding in found})

    def test_reports_go_to_files(self):
        self.chart()
        run = self.lint("--format", "sarif=out.sarif", "--format", "junit=out.xml", "--format", "text")
        self.assertIn("[too-few-replicas]", run.stdout)
        sarif = json.loads((self.folder / "out.sarif").read_text())
        self.assertEqual("2.1.0", sarif["version"])
        self.assertEqual({"too-few-replicas"}, {result["ruleId"] for result in sarif["runs"][0]["results"]})
        self.assertIn("too-few-replicas", (self.folder / "out.xml").read_text())
        run = self.lint("--format", "markdown=out.md")
        self.assertEqual("", run.stdout)

    def test_requirements(self):
        self.chart()
        run = self.lint("--summary", "requirements")
        self.assertRegex(run.stdout, r"REQ-1-502.*broken")
        run = self.lint("--summary", "requirements", "--set", "replicas=2")
        self.assertRegex(run.stdout, r"REQ-1-502.*met")

    def test_one_fault_is_one_finding(self):
        self.write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n"
                               "    - name: p\n      image: p:1.0.0\n      ports: [{containerPort: 80, hostPort: 80}]\n")

        def rules(*arguments):
            run = self.run_rhumb("lint", "pod.yaml", "--no-config", "--format", "json", *arguments)
            return [finding["rule"] for finding in json.loads(run.stdout)["findings"]]

        both = ("--only", "host-port,direct-exposure")
        self.assertEqual(["direct-exposure"], rules(*both))
        self.assertEqual(["host-port"], rules("--only", "host-port"))
        # The one that speaks breaks the requirements of the one that keeps silent.
        run = self.run_rhumb("lint", "pod.yaml", "--no-config", "--summary", "requirements", *both)
        self.assertRegex(run.stdout, r"PSS baseline.*broken")
        # What somebody accepted speaks for nobody else.
        text = (self.folder / "pod.yaml").read_text()
        self.write("pod.yaml", text.replace("hostPort: 80}]", "hostPort: 80}] # rhumb: ignore[direct-exposure] a probe"))
        self.assertEqual(["host-port"], rules(*both))

    def test_color(self):
        self.chart()
        self.assertNotIn("\x1b", self.lint().stdout)
        self.assertIn("\x1b", self.lint("--color", "always").stdout)
        self.assertIn("\x1b", self.on_terminal())
        self.assertNotIn("\x1b", self.on_terminal(NO_COLOR="1"))
        self.assertIn("\x1b", self.on_terminal(NO_COLOR=""))
        self.assertNotIn("\x1b", self.on_terminal(TERM="dumb"))

    def on_terminal(self, **environment):
        leader, follower = pty.openpty()
        process = subprocess.Popen([RHUMB, "lint", *ONLY], cwd=self.folder, stdout=follower, stderr=subprocess.DEVNULL,
                                   env={**os.environ, "TERM": "xterm", "NO_COLOR": "", **environment})
        os.close(follower)
        out = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
        process.wait(timeout=60)
        os.close(leader)
        return out.decode()


class Silencing(Folder):
    def test_comments_in_values(self):
        self.chart()
        self.write("production.yaml", "# rhumb: ignore[too-few-replicas] one is enough here\nreplicas: 1\n")
        self.write("staging.yaml", "replicas: 1 # rhumb: ignore[too-few-replicas] here too\n")
        self.assertEqual([], self.rules())
        found = self.findings("--show-suppressed")
        self.assertEqual(["here too", "one is enough here"], sorted(f["suppression"]["reason"] for f in found))

    def test_comments_in_templates(self):
        self.chart()
        text = DEPLOYMENT.replace("spec:\n  replicas", "spec:\n  {{- /* rhumb: ignore[too-few-replicas] small */}}\n  replicas")
        self.write("web/templates/deployment.yaml", text)
        self.assertEqual([], self.rules())

    def test_a_comment_counts_for_the_block_below_it(self):
        self.chart()
        self.write("web/templates/deployment.yaml", DEPLOYMENT.replace(".Values.replicas", ".Values.app.replicas"))
        self.write("dev.yaml", "app: {replicas: 1}\n")
        self.write("staging.yaml", "# rhumb: ignore[too-few-replicas] small\napp:\n  name: x\n\n  replicas: 1\n")
        self.write("production.yaml", "# rhumb: ignore[too-few-replicas] small\napp:\n  name: x\n")
        self.write("web/values.yaml", "app:\n  replicas: 1\n")
        self.assertEqual(["unused-ignore", "too-few-replicas"], sorted(self.rules(), reverse=True))

    def test_comments_that_silence_nothing(self):
        self.chart(replicas=2)
        self.write("production.yaml", "# rhumb: ignore[too-few-replicas] old\nreplicas: 2\n")
        self.write("staging.yaml", "# rhumb: ignore[too-few-replica] typo\nreplicas: 2\n")
        self.write("dev.yaml", "# rhumb: ignore[too-few-replicas]\nreplicas: 2\n")
        messages = sorted(finding["message"] for finding in self.findings())
        self.assertEqual(3, len(messages))
        self.assertIn("gives no reason", messages[1])
        self.assertIn("did you mean too-few-replicas?", messages[2])

    def test_text_that_only_looks_like_a_comment(self):
        self.chart()
        self.write("production.yaml", 'note: "rhumb: ignore[too-few-replicas] no comment"\nreplicas: 1\n')
        self.assertEqual(2, len(self.rules()))

    def test_annotations_of_other_linters(self):
        self.chart()
        for annotation, silences in [
            ("kube-score/ignore: deployment-replicas", True),
            ("kube-score/ignore: other", False),
            ("ignore-check.kube-linter.io/minimum-three-replicas: reason", True),
            ("kube-linter.io/ignore-all: reason", True),
            ('polaris.fairwinds.com/deploymentMissingReplicas-exempt: "true"', True),
            ('polaris.fairwinds.com/deploymentMissingReplicas-exempt: "false"', False),
            ('polaris.fairwinds.com/exempt: "true"', True),
            ("rhumb/ignore: unused-ignore, too-few-replicas", True),
        ]:
            text = DEPLOYMENT.replace("metadata:\n", f"metadata:\n  annotations:\n    {annotation}\n", 1)
            self.write("web/templates/deployment.yaml", text)
            self.assertEqual([] if silences else ["too-few-replicas"], self.rules("--env", "production"), annotation)

    def ignore(self, **fields):
        entry = {"rule": "too-few-replicas", "reason": "for a test", **fields}
        lines = "".join(f"\n    {key}: {json.dumps(value)}" for key, value in entry.items())
        self.write("rhumb.yaml", PROJECT + "ignores:\n  -" + lines[4:] + "\n")

    def test_ignores_of_the_configuration(self):
        self.chart()
        self.ignore()
        self.assertEqual([], self.rules())
        self.ignore(environment="staging")
        self.assertEqual([["production"]], [finding["environments"] for finding in self.findings()])
        self.ignore(object="Deployment/sh*")
        self.assertEqual([["staging"]], [finding["environments"] for finding in self.findings()])
        self.ignore(path="*.yaml")
        self.assertEqual([], self.rules())
        self.ignore(object="Service/*")
        self.assertEqual(3, len(self.rules()))

    def test_ignores_expire(self):
        self.chart()
        self.ignore(expires="2099-01-01")
        self.assertEqual([], self.rules())
        self.ignore(expires="2020-01-01")
        found = self.findings()
        self.assertEqual(3, len(found))
        self.assertIn("the ignore expired on 2020-01-01", [finding["message"] for finding in found])

    def test_baseline(self):
        self.chart()
        run = self.lint("--baseline", "known.json", "--update-baseline")
        self.assertEqual(0, run.returncode)
        self.assertEqual([], self.rules("--baseline", "known.json"))
        self.write("web/templates/other.yaml", DEPLOYMENT.replace(".Release.Name", '"other"'))
        self.assertEqual(2, len(self.rules("--baseline", "known.json")))
        (self.folder / "web/templates/other.yaml").unlink()
        # The name of the release is no part of what tells faults apart.
        self.write("production.yaml", "replicas: 2\n")
        self.assertEqual([], self.rules("--baseline", "known.json"))
        self.write("staging.yaml", "replicas: 2\n")
        found = self.findings("--baseline", "known.json")
        self.assertEqual(["unused-baseline-entry"], [finding["rule"] for finding in found])
        self.assertEqual("known.json", found[0]["place"]["file"])

    def test_a_baseline_survives_changes_around_the_fault(self):
        self.chart()
        self.lint("--baseline", "known.json", "--update-baseline")
        self.write("production.yaml", "# a comment\n\nreplicas: 1\n")
        self.write("web/templates/deployment.yaml", "# moved\n" + DEPLOYMENT)
        self.assertEqual([], self.rules("--baseline", "known.json"))

    def test_a_baseline_that_is_none(self):
        self.chart()
        self.write("known.json", "[]")
        run = self.lint("--baseline", "known.json")
        self.assertEqual(2, run.returncode)
        self.assertIn("known.json: this is no baseline of version 1", run.stderr)
        self.assertEqual(2, self.lint("--baseline", "missing.json").returncode)


class Changes(Folder):
    def setUp(self):
        super().setUp()
        self.chart()
        self.write("README.md", "text\n")
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "first")

    def test_nothing_changed(self):
        run = self.lint("--since", "main")
        self.assertEqual((0, ""), (run.returncode, run.stdout))
        self.write("README.md", "other\n")
        self.assertEqual((0, ""), (lambda run: (run.returncode, run.stdout))(self.lint("--since", "main")))

    def test_a_values_file_leads_to_its_environment(self):
        self.write("production.yaml", "replicas: 1 # again\n")
        self.assertEqual([["production"]], [finding["environments"] for finding in self.findings("--since", "main")])

    def test_a_template_leads_to_all_environments(self):
        self.write("web/templates/deployment.yaml", "# changed\n" + DEPLOYMENT)
        self.assertEqual(2, len(self.findings("--since", "main")))

    def test_files_of_a_hook(self):
        found = self.findings("--from-files", "production.yaml", "README.md", "production.yaml")
        self.assertEqual([["production"]], [finding["environments"] for finding in found])
        self.assertEqual(0, self.lint("--from-files", "README.md").returncode)

    def test_an_unknown_revision(self):
        run = self.lint("--since", "nope")
        self.assertEqual(2, run.returncode)
        self.assertIn("nope", run.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=1)
