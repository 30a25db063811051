#!/usr/bin/env python3
"""Credentials through the binary: where a finding stands, that one credential is one finding, and that no report prints it.

    credentials_test.py RHUMB [TEST ...]
"""
import base64
import json
import unittest

from lint_folder import Folder

SECRET = "wrong-donkey-charger-nail-47"
ONLY = ("--no-config", "--only", "plaintext-secret,plaintext-secret-in-values,placeholder-credential", "--preset", "all")
FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "checkstyle", "markdown")


class Credentials(Folder):
    def chart_of(self, template, values):
        self.write("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        self.write("web/values.yaml", values)
        self.write("web/templates/secret.yaml", template)

    def found(self):
        run = self.run_rhumb("lint", "web", *ONLY, "--format", "json")
        self.assertIn(run.returncode, (0, 1), run.stderr)
        return json.loads(run.stdout)["findings"]

    def places(self):
        return [(each["rule"], each["place"]["file"], each["place"]["line"]) for each in self.found()]

    def assert_hidden(self, *texts):
        for name in FORMATS:
            out = self.run_rhumb("lint", "web", *ONLY, "--format", name).stdout
            self.assertNotEqual("", out)
            for text in texts:
                at = out.find(text)
                self.assertEqual(-1, at, f"{name}: ...{out[max(at - 200, 0):at + 60]}...")

    def secret(self, line, field="data"):
        return f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\n{field}:\n  {line}\n"

    def test_base64_of_a_value(self):
        self.chart_of(self.secret("password: {{ .Values.db.password | b64enc | quote }}"),
                      f"db:\n  user: tms\n  password: {SECRET}\n")
        self.assertEqual([("plaintext-secret", "web/values.yaml", 3)], self.places())
        self.assert_hidden(SECRET, base64.b64encode(SECRET.encode()).decode())

    def test_base64_in_the_values(self):
        encoded = base64.b64encode(SECRET.encode()).decode()
        self.chart_of(self.secret("password: {{ .Values.db.password }}"), f"db:\n  password: {encoded}\n")
        self.assertEqual([("plaintext-secret", "web/values.yaml", 2)], self.places())
        self.assert_hidden(SECRET, encoded)

    def test_within_a_map_that_is_rendered_whole(self):
        self.chart_of(self.secret("app.yaml: {{ toYaml .Values.config | b64enc }}"),
                      f"config:\n  defaults:\n    user: tms\n    password: {SECRET}\n")
        self.assertEqual([("plaintext-secret", "web/values.yaml", 4)], self.places())
        self.assert_hidden(SECRET)

    def test_within_a_text_of_the_values(self):
        self.chart_of(self.secret("app.ini: |\n    {{- .Values.config | nindent 4 }}", "stringData"),
                      f"config: |\n  [db]\n  user = tms\n  password = {SECRET}\n  port = 5432\n")
        self.assertEqual([("plaintext-secret", "web/values.yaml", 4)], self.places())
        self.assert_hidden(SECRET)

    def test_within_a_text_that_is_not_rendered(self):
        self.chart_of("", f"config: |\n  [db]\n  user = tms\n  password = {SECRET}\n")
        self.assertEqual([("plaintext-secret-in-values", "web/values.yaml", 4)], self.places())
        self.assert_hidden(SECRET)

    def test_a_private_key_is_hidden_line_by_line(self):
        lines = ["QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2" + str(i) for i in range(3)]
        key = "\n".join(["  -----BEGIN PRIVATE KEY-----", *("  " + line for line in lines), "  -----END PRIVATE KEY-----"])
        self.chart_of("", f"tls: |\n{key}\n")
        self.assertEqual(1, len(self.places()))
        self.assert_hidden(*lines)

    def test_one_value_in_two_objects(self):
        template = self.secret("password: {{ .Values.db.password }}", "stringData")
        self.chart_of(template + "---\n" + template.replace("name: s", "name: other"), f"db:\n  password: {SECRET}\n")
        found = self.found()
        self.assertEqual(1, len(found))
        self.assertIn("Secret/other holds it, too", [each["message"] for each in found[0]["related"]])

    def test_equal_values_are_two(self):
        self.chart_of(self.secret("password: {{ .Values.a.password }}\n  other-password: {{ .Values.b.password }}",
                                  "stringData"), f"a:\n  password: {SECRET}\nb:\n  password: {SECRET}\n")
        self.assertEqual([("plaintext-secret", "web/values.yaml", 2), ("plaintext-secret", "web/values.yaml", 4)],
                         self.places())

    def test_a_key_of_that_name_stays_readable(self):
        self.chart_of(self.secret("my.cnf: |\n    password={{ .Values.pass }}", "stringData"), "pass: password\n")
        found = self.found()
        self.assertEqual(["placeholder-credential"], [each["rule"] for each in found])
        self.assertIn('the value of "password"', found[0]["message"])
        self.assertEqual("password=pa******", found[0]["rendered"]["excerpt"].strip())

    def test_names_of_what_belongs_there_are_placeholders(self):
        for value in ("jiraToken", "harbor_registry_password", "another_pw", "guest", "bitnami"):
            self.chart_of(self.secret("password: {{ .Values.x }}", "stringData"), f"x: {value}\n")
            self.assertEqual([("placeholder-credential", "web/values.yaml", 1)], self.places(), value)


if __name__ == "__main__":
    unittest.main(verbosity=1)
