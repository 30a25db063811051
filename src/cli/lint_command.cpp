// `rhumb lint`.
#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/process_log.h"
#include "rhumb/base/parallel.h"
#include "rhumb/lint/lint.h"
#include "rhumb/yaml/json.h"

namespace rhumb::cli {
namespace {

struct LintFlags {
  std::vector<std::string> paths;
  lint::Environment environment;
  std::string tier;
  chart::ValueOptions values;
  std::vector<std::string> presets;
  std::vector<std::string> only;
  std::string format = "text";
  bool closed_world = false;
};

lint::Tier tier_of(const std::string& name) {
  if (name == "development") return lint::Tier::development;
  if (name == "staging") return lint::Tier::staging;
  return name == "production" ? lint::Tier::production : lint::Tier::none;
}

void add_options(CLI::App& app, LintFlags& flags) {
  app.add_option("paths", flags.paths, "charts (folders or .tgz), manifests, or - for standard input");
  app.add_option("-f,--values", flags.values.value_files, "values file, over those of the environment");
  app.add_option("--set", flags.values.values, "value, over everything");
  app.add_option("--set-string", flags.values.string_values, "the same, always a string");
  app.add_option("--release-name", flags.environment.release, "name of the release");
  app.add_option("-n,--namespace", flags.environment.namespace_, "namespace of the release");
  app.add_option("--tier", flags.tier, "development, staging or production")
      ->check(CLI::IsMember({"development", "staging", "production"}));
  app.add_option("--profile", flags.environment.profile, "tms or loomworks")
      ->check(CLI::IsMember({"tms", "loomworks"}));
  app.add_option("--region", flags.environment.region, "region of the cloud");
  app.add_option("--account", flags.environment.account, "account of the cloud");
  app.add_option("--kube-version", flags.environment.kube_version, "version of Kubernetes");
  app.add_option("-a,--api-versions", flags.environment.api_versions, "further API versions of the cluster");
  app.add_option("--preset", flags.presets, "default, production, restricted or all")->delimiter(',');
  app.add_option("--only", flags.only, "these rules and no others")->delimiter(',');
  app.add_option("--format", flags.format, "text or json");
  app.add_flag("--closed-world", flags.closed_world, "references that lead out of the chart are findings");
}

void append_place(std::string& out, Span span, const Sources& sources) {
  const SourceText& file = sources.get(span.file);
  const LineColumn at = file.line_column(span.begin);
  out += "{\"file\":";
  yaml::append_json_string(out, file.name());
  out += ",\"line\":" + std::to_string(at.line) + ",\"column\":" + std::to_string(at.column) + ",\"text\":";
  yaml::append_json_string(out, file.line_at(span.begin));
  out += "}";
}

void append_field(std::string& out, std::string_view name, std::string_view text) {
  yaml::append_json_string(out, name);
  out += ":";
  yaml::append_json_string(out, text);
  out += ",";
}

std::string to_json(const lint::Outcome& outcome, const Sources& sources) {
  std::string out = "{\"findings\":[";
  for (const lint::Finding& finding : outcome.findings) {
    if (out.back() == '}') out += ",\n";
    out += "{";
    append_field(out, "rule", finding.rule->name);
    append_field(out, "severity", finding.severity == Severity::error ? "error" : "warning");
    append_field(out, "message", finding.message);
    append_field(out, "chart", finding.chart);
    append_field(out, "object", finding.object.known() ? finding.object.to_string() : "");
    append_field(out, "path", finding.path);
    append_field(out, "hint", finding.hint);
    out += "\"suppressed\":" + std::string(finding.suppression ? "true" : "false");
    if (finding.primary.known()) {
      out += ",\"primary\":";
      append_place(out, finding.primary, sources);
    }
    out += ",\"template\":[";
    for (const auto& frame : finding.cause.frames) {
      if (!frame.span.known()) continue;
      if (out.back() == '}') out += ",";
      append_place(out, frame.span, sources);
    }
    out += "],\"values\":[";
    for (const auto& value : finding.cause.values) {
      for (const auto& layer : value.layers) {
        if (!layer.span.known()) continue;
        if (out.back() == '}') out += ",";
        append_place(out, layer.span, sources);
      }
    }
    out += "]}";
  }
  return out + "]}\n";
}

std::string to_text(const lint::Outcome& outcome, const Sources& sources) {
  std::string out;
  for (const lint::Finding& finding : outcome.findings) {
    if (finding.suppression) continue;
    if (finding.primary.known()) {
      const SourceText& file = sources.get(finding.primary.file);
      const LineColumn at = file.line_column(finding.primary.begin);
      out += file.name() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    }
    out += std::string(finding.severity == Severity::error ? "error" : "warning") + ": " + finding.message + " [" +
           std::string(finding.rule->name) + "]\n";
  }
  return out;
}

lint::Target target_of(const std::string& path, const LintFlags& flags, const FileSystem& files) {
  lint::Target target;
  target.path = path;
  const auto status = files.status(path);
  const bool is_chart = (status && status->kind == FileKind::directory) || path.ends_with(".tgz");
  target.kind = is_chart ? lint::Target::Kind::chart : lint::Target::Kind::manifests;
  target.environments.push_back(flags.environment);
  target.environments.back().tier = tier_of(flags.tier);
  target.extra_values = flags.values;
  target.configuration.closed_world = flags.closed_world;
  if (!flags.presets.empty()) target.configuration.presets = flags.presets;
  if (!flags.only.empty()) {
    target.configuration.presets = {"all"};
    for (const lint::Rule* rule : lint::rules()) {
      const bool wanted = std::find(flags.only.begin(), flags.only.end(), rule->name) != flags.only.end();
      if (!wanted) target.configuration.rules[std::string(rule->name)].off = true;
    }
  }
  return target;
}

}  // namespace

int run_lint(std::span<const std::string> arguments, Process& process) {
  CLI::App app{"Lints charts in every environment.", "rhumb lint"};
  LintFlags flags;
  add_options(app, flags);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app.exit(error, out, err);
    process.out += out.str();
    process.err += err.str();
    return code == 0 ? exit_ok : exit_could_not_run;
  }
  ProcessLog log(process.err, false);
  const auto sources = std::make_shared<Sources>();
  process.kept.push_back(sources);
  const Limits limits;
  std::vector<lint::Target> targets;
  for (const std::string& path : flags.paths) targets.push_back(target_of(path, flags, process.files));
  int status = exit_could_not_run;
  run_on_large_stack(large_stack_bytes, [&] {
    auto outcome = lint::lint(targets, {*sources, process.files, process.host, log, limits, nullptr, processors(), ""});
    if (!outcome) return;
    process.out += flags.format == "json" ? to_json(*outcome, *sources) : to_text(*outcome, *sources);
    const bool found = std::any_of(outcome->findings.begin(), outcome->findings.end(),
                                   [](const lint::Finding& finding) { return !finding.suppression; });
    status = found ? exit_error : exit_ok;
  });
  return status;
}

}  // namespace rhumb::cli
