// Outcomes of lint runs that never were, for the writers: each shows one kind of thing.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rhumb/report/report.h"

namespace rhumb::report::test {

constexpr lint::RuleInfo rule(std::string_view name, lint::Category category, Severity severity,
                              std::string_view summary, std::string_view remedy = {}, std::string_view serves = {},
                              std::uint8_t presets = 0) {
  lint::RuleInfo info;
  info.name = name;
  info.category = category;
  info.severity = severity;
  info.summary = summary;
  info.remedy = remedy;
  info.serves = serves;
  info.presets = presets;
  info.documentation = name == "too-few-replicas" ? "## What it does\n\nCounts the pods that are guaranteed.\n" : "";
  return info;
}

inline constexpr lint::RuleInfo too_few_replicas =
    rule("too-few-replicas", lint::Category::availability, Severity::error,
         "Fewer pods are guaranteed than a disruption needs",
         "Set `replicas`, or the autoscaler's `minReplicas`, to 2 or more", "REQ-1-502", lint::preset_production);
inline constexpr lint::RuleInfo privileged_container =
    rule("privileged-container", lint::Category::security, Severity::error, "A container runs privileged",
         "Leave `privileged` out", "REQ-1-503, Pod Security Standard baseline", lint::preset_restricted);
inline constexpr lint::RuleInfo plaintext_secret =
    rule("plaintext-secret-in-values", lint::Category::secrets, Severity::error, "A values file holds a credential",
         "Keep it in the Secrets Manager", "REQ-1-503", lint::preset_default);
inline constexpr lint::RuleInfo unknown_value =
    rule("unknown-value", lint::Category::values, Severity::warning, "No template reads the key",
         "Remove it or correct its name", "", lint::preset_default);
inline constexpr lint::RuleInfo probes_identical =
    rule("probes-identical", lint::Category::availability, Severity::warning,
         "Liveness and readiness probes are the same", "", "REQ-1-502");
inline constexpr lint::RuleInfo icon_missing =
    rule("icon-missing", lint::Category::chart, Severity::info, "The chart has no icon");
inline constexpr lint::RuleInfo dangling_reference =
    rule("dangling-reference", lint::Category::correctness, Severity::error, "A reference leads nowhere", "", "",
         lint::preset_default);

struct Case {
  std::string name;
  Sources sources;
  lint::Outcome outcome;
  Options options;

  explicit Case(std::string title) : name(std::move(title)) {
    options.root = "/srv/repository";
    options.version = "0.2.0";
    options.arguments = {"rhumb", "lint", "charts/tms"};
    options.exit_status = 1;
    options.rules_uri = "https://rhumb.example/rules/";
    options.rules = {&dangling_reference, &too_few_replicas, &unknown_value};
  }

  /// Of the n-th place, from 0, where the text stands in the file.
  Span span(FileId file, std::string_view text, int nth = 0) const {
    std::size_t at = sources.get(file).text().find(text);
    for (; nth > 0; --nth) at = sources.get(file).text().find(text, at + 1);
    if (at == std::string_view::npos) throw std::logic_error("no such text");
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + text.size())};
  }

  lint::Finding& add(const lint::RuleInfo& rule, std::string message) {
    lint::Finding finding;
    finding.rule = &rule;
    finding.severity = rule.severity;
    finding.message = std::move(message);
    return outcome.findings.emplace_back(std::move(finding));
  }

  void add_environment(std::string chart, std::string environment, std::size_t objects = 12) {
    lint::EnvironmentOutcome& added = outcome.environments.emplace_back();
    added.chart = std::move(chart);
    added.environment = std::move(environment);
    added.objects = objects;
  }
};

inline render::ValueLayer layer(const Case& test, FileId file, std::string_view key, std::string_view value,
                                std::string path) {
  render::ValueLayer out;
  out.key = test.span(file, key);
  const auto begin = static_cast<std::uint32_t>(test.sources.get(file).text().find(value, out.key.end));
  out.span = {file, begin, static_cast<std::uint32_t>(begin + value.size())};
  out.path = std::move(path);
  return out;
}

/// A finding with everything that a finding can have.
inline void fill_full(Case& test) {
  const FileId dev =
      test.sources.add("values/dev.yaml", "# development\ntmsOdoo:\n  enabled: true\n  replicaCount: 1\n");
  const FileId parent = test.sources.add("charts/tms/values.yaml", "tmsOdoo:\n  enabled: false\n  replicaCount: 2\n");
  const FileId child = test.sources.add("charts/tms/charts/odoo/values.yaml", "replicaCount: 3\n");
  const FileId deployment =
      test.sources.add("charts/tms/charts/odoo/templates/deployment.yaml",
                       "{{- if .Values.enabled }}\n{{ include \"odoo.deployment\" . }}\n{{- end }}\n");
  const FileId helpers =
      test.sources.add("charts/tms/charts/odoo/templates/_helpers.tpl",
                       "{{- define \"odoo.deployment\" -}}\nspec:\n  replicas: {{ .Values.replicaCount "
                       "}}\n{{- end }}\n");
  const FileId budget = test.sources.add("charts/tms/charts/odoo/templates/pdb.yaml", "minAvailable: 1\n");

  lint::Finding& finding = test.add(too_few_replicas, "1 pod is guaranteed, 2 are needed");
  finding.hint = "set tmsOdoo.replicaCount in values/dev.yaml to 2 or more";
  finding.chart = "charts/tms";
  finding.object = {"apps/v1", "Deployment", "tms", "tms-odoo"};
  finding.path = ".spec.replicas";
  finding.rendered = {"tms/charts/tmsOdoo/templates/deployment.yaml", 9, 13, "  replicas: 1"};
  finding.primary = layer(test, dev, "replicaCount", "1", "tmsOdoo.replicaCount").span;
  finding.cause.frames = {
      {"", test.span(helpers, "{{ .Values.replicaCount }}")},
      {"include \"odoo.deployment\"", test.span(deployment, "{{ include \"odoo.deployment\" . }}")}};
  finding.cause.values = {{{layer(test, dev, "replicaCount", "1", "tmsOdoo.replicaCount"),
                            layer(test, parent, "replicaCount", "2", "tmsOdoo.replicaCount"),
                            layer(test, child, "replicaCount", "3", "replicaCount")}}};
  finding.cause.branches = {{test.span(deployment, "{{- if .Values.enabled }}"),
                             {{{layer(test, dev, "enabled", "true", "tmsOdoo.enabled"),
                                layer(test, parent, "enabled", "false", "tmsOdoo.enabled")}}}}};
  finding.related = {{"the budget that would block every drain", test.span(budget, "minAvailable: 1")}};
  finding.environments = {"dev", "staging"};
  finding.fingerprint = "6d1f0c4be9a2";
  test.add_environment("charts/tms", "dev");
  test.add_environment("charts/tms", "staging");
  test.add_environment("charts/tms", "production");
}

/// Findings with hardly anything.
inline void fill_bare(Case& test) {
  test.add(icon_missing, "no icon");
  test.add(dangling_reference, "ConfigMap \"settings\" does not exist").chart = "charts/tms";
  test.options.rules.clear();
  test.options.rules_uri.clear();
  test.options.arguments.clear();
  test.options.exit_status.reset();
  lint::Finding unknown;
  unknown.message = "something is wrong";
  test.outcome.findings.push_back(unknown);
}

inline lint::RequirementState state(lint::RequirementState::Kind kind, std::vector<std::size_t> findings = {}) {
  return {kind, std::move(findings)};
}

/// Several charts, environments, findings at one place, requirements.
inline void fill_environments(Case& test) {
  using Kind = lint::RequirementState::Kind;
  const FileId values = test.sources.add("charts/tms/values.yaml", "replicaCount: 1\nprivileged: true\nextra: 1\n");
  const FileId staging = test.sources.add("/srv/repository/values/staging.yaml", "replicaCount: 1\n");
  const FileId outside = test.sources.add("../shared/values.yaml", "extras: 1\n");
  const FileId flag = test.sources.add("--set", "image.tag=latest");
  for (const char* name : {"odoo", "gps"}) {
    lint::Finding& finding = test.add(privileged_container, "the container runs privileged");
    finding.object = {"apps/v1", "Deployment", "", name};
    finding.path = ".spec.template.spec.containers[0].securityContext.privileged";
  }
  // Another rule, the same place and cause as the one before.
  test.outcome.findings.push_back(test.outcome.findings.back());
  test.outcome.findings.back().rule = &too_few_replicas;
  test.outcome.findings.back().message = "nor may it";
  for (lint::Finding& finding : test.outcome.findings) {
    finding.chart = "charts/tms";
    finding.primary = test.span(values, "true");
    finding.cause.values = {{{layer(test, values, "privileged", "true", "privileged")}}};
    finding.environments = {"staging", "production"};
    finding.fingerprint = "aa11";
  }
  lint::Finding& replicas = test.add(too_few_replicas, "1 pod is guaranteed, 2 are needed");
  replicas.chart = "charts/tms";
  replicas.primary = test.span(staging, "1");
  replicas.environments = {"staging"};
  lint::Finding& unknown = test.add(unknown_value, "no template reads \"extras\"");
  unknown.chart = "charts/loomworks";
  unknown.primary = test.span(outside, "extras");
  lint::Finding& tag = test.add(unknown_value, "no template reads \"image.tag\"");
  tag.chart = "charts/loomworks";
  tag.primary = test.span(flag, "image.tag=latest");
  render::ValueLayer set{render::ValueLayer::Kind::set_flag, test.span(flag, "image.tag=latest"), Span{}, "image.tag"};
  tag.cause.values = {{{set, layer(test, values, "extra", "1", "image.tag")}}};

  for (const char* name : {"dev", "staging", "production"}) test.add_environment("charts/tms", name);
  test.add_environment("charts/loomworks", "");
  test.add_environment("rendered/all.yaml", "");
  auto& environments = test.outcome.environments;
  environments.back().kind = lint::Target::Kind::manifests;
  environments[0].requirements = {{"REQ-1-502", state(Kind::not_applicable)}, {"REQ-1-503", state(Kind::met)}};
  environments[1].requirements = {{"REQ-1-502", state(Kind::broken, {2, 3})},
                                  {"REQ-1-503", state(Kind::broken, {0, 1})}};
  environments[2].requirements = {{"REQ-1-502", state(Kind::broken, {2})},
                                  {"REQ-1-503", state(Kind::broken, {0, 1})},
                                  {"REQ-1-602", state(Kind::met)}};
}

/// Silenced in each of the ways.
inline void fill_suppressed(Case& test) {
  using Kind = lint::Suppression::Kind;
  const FileId values =
      test.sources.add("values/dev.yaml", "replicaCount: 1  # rhumb: ignore[too-few-replicas] one is enough\n");
  const FileId config = test.sources.add("rhumb.yaml", "ignores:\n  - {rule: probes-identical, reason: not ours}\n");
  lint::Finding& comment = test.add(too_few_replicas, "1 pod is guaranteed, 2 are needed");
  comment.primary = test.span(values, "1");
  comment.suppression = {Kind::comment, "one is enough",
                         test.span(values, "# rhumb: ignore[too-few-replicas] one is enough")};
  lint::Finding& configured = test.add(probes_identical, "liveness equals readiness");
  configured.object = {"apps/v1", "Deployment", "", "odoo"};
  configured.suppression = {Kind::configuration, "not ours",
                            test.span(config, "{rule: probes-identical, reason: not ours}")};
  test.add(privileged_container, "the container runs privileged").suppression = {Kind::annotation, "needs it", {}};
  test.add(dangling_reference, "Secret \"a\" does not exist").suppression = {Kind::baseline, "", {}};
  test.add(unknown_value, "no template reads \"replicaCount\"").primary = test.span(values, "replicaCount");
  for (lint::Finding& finding : test.outcome.findings) finding.chart = "charts/tms";
  test.add_environment("charts/tms", "");
  test.options.show_suppressed = true;
}

/// Columns behind characters of several bytes and widths; places over several lines; tabs; long lines.
inline void fill_unicode(Case& test) {
  std::string padding;
  for (int i = 0; i < 60; ++i) padding += "größe ";
  const FileId values = test.sources.add(
      "values/größe.yaml", "größe: klein\n名前: 日本語 x\nemoji: 😀 y\nmap:\n  a: 1\n  b: 2\ntab:\tz\nlong: " + padding +
                               "here " + padding + "\ne\xCC\x81: accent\nempty:\n");
  const auto at = [&](std::string message, Span span) {
    lint::Finding& finding = test.add(unknown_value, std::move(message));
    finding.chart = "charts/tms";
    finding.primary = span;
  };
  at("behind umlauts", test.span(values, "klein"));
  at("behind wide characters", test.span(values, "x\nemoji"));
  at("an umlaut itself", test.span(values, "größe"));
  at("behind an emoji", test.span(values, "y\n"));
  at("over lines", test.span(values, "a: 1\n  b: 2\n"));
  at("behind a tab", test.span(values, "z\n"));
  at("far to the right", test.span(values, "here"));
  at("behind a combining mark", test.span(values, "accent"));
  const Span empty = test.span(values, "empty:");
  at("nothing at the end", {values, empty.end, empty.end});
  at("wide itself: 日本語", test.span(values, "日本語"));
}

/// What tries to break out of each format.
inline void fill_hostile(Case& test) {
  const std::string nasty =
      "\x1b[2Jkeep\rfake \xE2\x80\xAE <script>&amp; \"quoted\" 'too' `code` | cell ]]> \x01\xff\xEF\xBF\xBE end";
  const FileId file = test.sources.add("dir,a:b/100% \"x\"|`y`\n.yaml", "key: " + nasty + "\n");
  lint::Finding& finding = test.add(dangling_reference, "line one\n::error::injected " + nasty);
  finding.hint = "[click](http://evil.example) ](x) @someone **bold** <img src=x>";
  finding.chart = "charts/<tms>";
  finding.object = {"v1", "Config\"Map", "", "na<me\x1b"};
  finding.path = ".data[\"a|b`c\"]";
  finding.primary = test.span(file, "keep");
  finding.rendered = {"tms/templates/<x>.yaml", 3, 1, nasty};
  finding.related = {{"![image](http://evil.example)\n# heading", test.span(file, "key")}};
  finding.environments = {"pro|d\n", "st,ag:ing"};
  finding.cause.frames = {{"", test.span(file, "code")}, {"include \"\x1b]0;title\x07\"", test.span(file, "quoted")}};
  finding.cause.values = {{{layer(test, file, "key", nasty, "key\n::warning::")}}};
  test.options.arguments = {"rhumb", "lint", "a\x1b]0;b\xff"};
}

/// No finding.
inline void fill_empty(Case& test) {
  for (const char* name : {"dev", "production"}) test.add_environment("charts/tms", name, 40);
  test.add_environment("charts/loomworks", "", 1);
  test.options.exit_status = 0;
}

/// Credentials in excerpts, values, other lines, flags and the command line.
inline void fill_secrets(Case& test) {
  const FileId values = test.sources.add(
      "values/dev.yaml",
      "aws: \"AKIAQWERTYUIOPASDFGH\" # old\npassword: hunter2\nkey: |\n  -----BEGIN RSA PRIVATE KEY-----\n"
      "  MIIEowIBAAKCAQEAyIbUIXUmlUcE\n  -----END RSA PRIVATE KEY-----\nurl: s3://AKIAQWERTYUIOPASDFGH@bucket\n");
  const FileId flag = test.sources.add("--set", "db.password=correct-horse-battery");
  lint::Finding& aws = test.add(plaintext_secret, "an AWS access key id: AKIA****************");
  aws.primary = test.span(values, "\"AKIAQWERTYUIOPASDFGH\"");
  aws.sensitive = {aws.primary};
  aws.cause.values = {{{layer(test, values, "aws", "\"AKIAQWERTYUIOPASDFGH\"", "aws")}}};
  aws.rendered = {"tms/templates/secret.yaml", 4, 1, "id: AKIAQWERTYUIOPASDFGH"};
  lint::Finding& password = test.add(plaintext_secret, "a password");
  password.primary = test.span(values, "hunter2");
  password.sensitive = {password.primary};
  lint::Finding& key = test.add(plaintext_secret, "a private key");
  key.primary = test.span(
      values, "  -----BEGIN RSA PRIVATE KEY-----\n  MIIEowIBAAKCAQEAyIbUIXUmlUcE\n  -----END RSA PRIVATE KEY-----");
  key.sensitive = {key.primary};
  lint::Finding& other = test.add(unknown_value, "no template reads \"url\"");
  other.primary = test.span(values, "s3://AKIAQWERTYUIOPASDFGH@bucket");
  lint::Finding& inside = test.add(unknown_value, "a line of a key");
  inside.primary = test.span(values, "MIIEowIBAAKCAQEAyIbUIXUmlUcE");
  lint::Finding& set = test.add(unknown_value, "no template reads \"db.password\": correct-horse-battery");
  set.primary = test.span(flag, "db.password=correct-horse-battery");
  set.cause.values = {{{{render::ValueLayer::Kind::set_flag, set.primary, {}, "db.password"}}}};
  test.outcome.sensitive = {test.span(flag, "correct-horse-battery")};
  for (lint::Finding& finding : test.outcome.findings) finding.chart = "charts/tms";
  test.options.arguments = {"rhumb",
                            "lint",
                            "--set",
                            "db.password=correct-horse-battery",
                            "--set-string=a.b=c,d=e",
                            "-f",
                            "correct-horse-battery.yaml",
                            "--set",
                            "nothing",
                            "--show=all"};
}

using Fill = void (*)(Case&);
struct NamedFill {
  std::string_view name;
  Fill fill;
};
inline constexpr NamedFill all_cases[] = {
    {"full", fill_full},
    {"bare", fill_bare},
    {"environments", fill_environments},
    {"suppressed", fill_suppressed},
    {"unicode", fill_unicode},
    {"hostile", fill_hostile},
    {"empty", fill_empty},
    {"secrets", fill_secrets},
};

}  // namespace rhumb::report::test
