// `rhumb lint`.
#include <algorithm>
#include <array>

#include "cli/environment_flags.h"
#include "cli/process_log.h"
#include "cli/terminal.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/programs.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"
#include "rhumb/base/version.h"
#include "rhumb/lint/baseline.h"
#include "rhumb/lint/lint.h"
#include "rhumb/project/changes.h"
#include "rhumb/report/report.h"

namespace rhumb::cli {
namespace {

struct LintFlags {
  EnvironmentFlags common;
  std::vector<std::string> paths;
  bool from_files = false;
  std::string since;
  std::vector<std::string> presets;
  std::vector<std::string> only;
  std::vector<std::string> levels;  // --rule name=level
  bool closed_world = false;
  std::vector<std::string> formats;
  std::string summary;
  std::string fail_on = "warning";
  std::string baseline;
  bool update_baseline = false;
  bool show_suppressed = false;
  bool allow_nothing = false;
  bool stats = false;
  std::string color = "auto";
};

void add_lint_flags(CLI::App& app, LintFlags& flags) {
  app.add_option("paths", flags.paths,
                 "charts (folders or .tgz), manifests, - for standard input; none: the charts of rhumb.yaml, or the "
                 "chart in the working folder")
      ->type_name("PATH");
  app.add_flag("--from-files", flags.from_files,
               "the paths are files that changed: lint the charts and environments that they belong to");
  app.add_option("--since", flags.since, "lint what changed since a revision of git")->type_name("REV");
  const std::string rules = "Rules";
  app.add_option("--preset", flags.presets, "default, production, restricted or all; several add up")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->check(CLI::IsMember({"default", "production", "restricted", "all"}))
      ->type_name("NAME")
      ->group(rules);
  app.add_option("--only", flags.only, "these rules and no others")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->type_name("RULE")
      ->group(rules);
  app.add_option("--rule", flags.levels, "level of a rule: RULE=off, note, info, warning or error")
      ->allow_extra_args(false)
      ->type_name("RULE=LEVEL")
      ->group(rules);
  app.add_flag("--closed-world", flags.closed_world, "references that lead out of the chart are findings")
      ->group(rules);
  const std::string reports = "Reports";
  std::string names;
  for (const report::Format& format : report::formats())
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  app.add_option("--format", flags.formats, names + "; NAME=FILE writes to a file, and several may be given")
      ->allow_extra_args(false)
      ->type_name("NAME[=FILE]")
      ->group(reports);
  app.add_option("--summary", flags.summary, "requirements: the matrix of requirements and environments")
      ->check(CLI::IsMember({"requirements"}))
      ->type_name("WHAT")
      ->group(reports);
  app.add_option("--fail-on", flags.fail_on,
                 "lowest severity that makes the exit status 1: error, warning, info, note, or never")
      ->check(CLI::IsMember({"error", "warning", "info", "note", "never"}))
      ->type_name("SEVERITY")
      ->group(reports);
  app.add_option("--baseline", flags.baseline, "file of findings that are known")->type_name("FILE")->group(reports);
  app.add_flag("--update-baseline", flags.update_baseline, "write all findings to the baseline")->group(reports);
  app.add_flag("--show-suppressed", flags.show_suppressed, "show findings that something silences, too")
      ->group(reports);
  app.add_flag("--allow-nothing", flags.allow_nothing, "nothing to lint is no error")->group(reports);
  app.add_flag("--stats", flags.stats, "print on standard error where the time went")->group(reports);
  app.add_option("--color", flags.color, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->group(reports);
  add_environment_flags(app, flags.common);
}

/// A report that was asked for.
struct Output {
  const report::Format* format = nullptr;
  std::string file;  // empty: standard output
};

Result<std::vector<Output>> read_formats(const std::vector<std::string>& given) {
  std::vector<Output> outputs;
  bool has_standard_output = false;
  for (const std::string& text : given) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    Output output{report::find_format(name), equals == std::string::npos ? "" : text.substr(equals + 1)};
    if (output.format == nullptr) {
      std::vector<std::string_view> names;
      for (const report::Format& format : report::formats()) names.push_back(format.name);
      return error("there is no format '" + name + "'" + did_you_mean(name, names) +
                   "; there are: " + strings::join(names, ", "));
    }
    if (output.file.empty() && std::exchange(has_standard_output, true)) {
      return error("two formats would go to standard output; name a file for one of them: " + name + "=FILE");
    }
    outputs.push_back(std::move(output));
  }
  if (outputs.empty()) outputs.push_back({report::find_format("text"), {}});
  return outputs;
}

std::optional<Severity> severity_of(std::string_view name) {
  if (name == "error") return Severity::error;
  if (name == "warning") return Severity::warning;
  if (name == "info") return Severity::info;
  if (name == "note") return Severity::note;
  return {};
}

Result<void> check_rule(const std::string& name) {
  if (lint::find_rule(name) != nullptr) return {};
  const std::string_view near = lint::nearest_rule(name);
  return error("there is no rule '" + name + "'" + (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?"));
}

Result<void> apply_levels(lint::RuleSettings& settings, const std::vector<std::string>& levels) {
  for (const std::string& text : levels) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (auto known = check_rule(name); !known) return known;
    const std::string level = equals == std::string::npos ? "" : text.substr(equals + 1);
    lint::RuleSetting& setting = settings[name];
    setting.off = level == "off";
    setting.level = severity_of(level);
    if (!setting.off && !setting.level) {
      return error("--rule " + text + ": the level is off, note, info, warning or error");
    }
  }
  return {};
}

Result<void> apply_only(lint::Target& target, const std::vector<std::string>& only) {
  for (const std::string& name : only) {
    if (auto known = check_rule(name); !known) return known;
  }
  const auto is_wanted = [&](std::string_view name) { return std::find(only.begin(), only.end(), name) != only.end(); };
  target.configuration.presets = {"all"};
  for (const lint::Rule* rule : lint::rules()) {
    lint::RuleSetting& setting = target.configuration.rules[std::string(rule->name)];
    setting.off = !is_wanted(rule->name);
    if (setting.off) setting.level = {};
  }
  // What an environment says of a rule would count for more.
  for (lint::Environment& environment : target.environments) {
    std::erase_if(environment.rules, [&](const auto& entry) { return !is_wanted(entry.first); });
  }
  return {};
}

Result<void> apply_rules(lint::Target& target, const LintFlags& flags) {
  lint::Configuration& configuration = target.configuration;
  configuration.closed_world = configuration.closed_world || flags.closed_world;
  if (!flags.presets.empty()) configuration.presets = flags.presets;
  if (!flags.only.empty()) {
    if (auto done = apply_only(target, flags.only); !done) return done;
  }
  if (auto done = apply_levels(configuration.rules, flags.levels); !done) return done;
  for (lint::Environment& environment : target.environments) {
    if (auto done = apply_levels(environment.rules, flags.levels); !done) return done;
  }
  return {};
}

class LintCommand {
 public:
  LintCommand(LintFlags flags, std::vector<std::string> arguments, Process& process, Log& log)
      : flags_(std::move(flags)),
        arguments_(std::move(arguments)),
        process_(process),
        log_(log),
        timers_(process.diagnostics) {}

  int run() {
    int status = exit_could_not_run;
    auto outputs = read_formats(flags_.formats);
    if (!outputs) return refuse(outputs.error());
    outputs_ = std::move(*outputs);
    run_on_large_stack(large_stack_bytes, [&] { status = lint_all(); });
    return status;
  }

 private:
  int refuse(const Diagnostic& diagnostic) {
    process_.err += "rhumb lint: " + diagnostic.message + "\n";
    return exit_could_not_run;
  }

  int lint_all() {
    const ScopedTimer timer(timers(), "total");
    auto project = load_project(flags_.common, process_, sources_);
    if (!project) return refuse(project.error());
    project_ = std::move(*project);
    if (auto found = find_targets(); !found) return refuse(found.error());
    if (targets_.empty()) return nothing_linted();
    const lint::LintWorld world{sources_,     process_.files,       process_.host,       log_, limits_, timers(),
                                processors(), today(process_.host), process_.diagnostics};
    auto outcome = lint::lint(targets_, world);
    if (!outcome) return refuse(outcome.error());
    return finish(*outcome);
  }

  Timers* timers() { return flags_.stats || process_.diagnostics != nullptr ? &timers_ : nullptr; }

  int nothing_linted() {
    const bool is_fine = flags_.allow_nothing || flags_.from_files || !flags_.since.empty();
    if (is_fine) return exit_ok;
    return refuse(error("there is nothing to lint: name a chart or a manifest, or list charts in rhumb.yaml"));
  }

  Result<void> find_targets() {
    if (!flags_.since.empty() || flags_.from_files) return find_changed();
    std::vector<std::string> paths = flags_.paths;
    if (paths.empty()) {
      for (const project::ChartEntry& entry : project_.charts) paths.push_back(entry.path);
    }
    if (paths.empty()) {
      const auto status = process_.files.status("Chart.yaml");
      if (status && status->kind == FileKind::regular) paths.emplace_back(".");
    }
    for (const std::string& path : paths) {
      if (auto added = add_target(path, {}); !added) return added;
    }
    return check_environment_names();
  }

  /// What changed files lead to. Paths beside --since narrow it down.
  Result<void> find_changed() {
    std::vector<std::string> files = flags_.paths;
    if (!flags_.since.empty()) {
      auto changed = project::changed_paths(flags_.since, project_.folder, process_.programs);
      if (!changed) return std::move(changed).error();
      files = std::move(*changed);
    }
    for (const project::Selection& selection : project::select(project_, files, process_.files)) {
      if (!is_asked_for(selection.chart)) continue;
      const auto status = process_.files.status(selection.chart);
      if (!status || status->kind == FileKind::missing) continue;  // the chart is gone
      if (auto added = add_target(selection.chart, selection.environments); !added) return added;
    }
    return {};
  }

  bool is_asked_for(const std::string& chart) const {
    if (flags_.since.empty() || flags_.paths.empty()) return true;
    const std::string absolute = process_.files.absolute(chart);
    return std::any_of(flags_.paths.begin(), flags_.paths.end(), [&](const std::string& path) {
      const std::string folder = process_.files.absolute(path);
      return absolute == folder || absolute.starts_with(folder + "/");
    });
  }

  Result<void> add_target(const std::string& path, const std::vector<std::string>& environments) {
    EnvironmentFlags common = flags_.common;
    // With several charts an environment need not be one of all of them.
    const std::vector<std::string> wanted = std::exchange(common.environments, {});
    auto target = make_target(path, project_, common, process_);
    if (!target) return std::move(target).error();
    if (!environments.empty()) {
      if (auto kept = keep_environments(*target, environments); !kept) return kept;
    }
    for (const lint::Environment& environment : target->environments) known_environments_.push_back(environment.name);
    if (!wanted.empty()) {
      std::erase_if(target->environments, [&](const lint::Environment& environment) {
        return std::find(wanted.begin(), wanted.end(), environment.name) == wanted.end();
      });
      if (target->environments.empty()) return {};
    }
    if (auto done = apply_rules(*target, flags_); !done) return done;
    targets_.push_back(std::move(*target));
    return {};
  }

  Result<void> check_environment_names() const {
    for (const std::string& name : flags_.common.environments) {
      const auto& known = known_environments_;
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::vector<std::string_view> names(known.begin(), known.end());
      return error("no chart has an environment '" + name + "'" + did_you_mean(name, names));
    }
    return {};
  }

  int finish(lint::Outcome& outcome) {
    if (auto done = use_baseline(outcome); !done) return refuse(done.error());
    const int status = has_failed(outcome) ? exit_error : exit_ok;
    if (auto done = print(outcome, status); !done) return refuse(done.error());
    if (flags_.stats) print_stats();
    return flags_.update_baseline ? static_cast<int>(exit_ok) : status;
  }

  Result<void> use_baseline(lint::Outcome& outcome) {
    const std::string file = flags_.baseline.empty() ? project_.baseline.value_or("") : flags_.baseline;
    if (flags_.update_baseline) {
      if (file.empty()) return error("--update-baseline needs a file: --baseline FILE, or `baseline` in rhumb.yaml");
      return process_.files.write(file, lint::write_baseline(outcome), false);
    }
    if (file.empty()) return {};
    auto text = process_.files.read(file);
    if (!text) {
      // The one of rhumb.yaml is written with the first --update-baseline.
      return flags_.baseline.empty() ? Result<void>() : Result<void>(std::move(text).error());
    }
    auto baseline = lint::read_baseline(sources_.add(file, std::move(*text)), sources_);
    if (!baseline) return std::move(baseline).error();
    lint::apply_baseline(outcome, *baseline);
    return {};
  }

  bool has_failed(const lint::Outcome& outcome) const {
    const std::optional<Severity> least = severity_of(flags_.fail_on);
    if (!least) return false;
    return std::any_of(outcome.findings.begin(), outcome.findings.end(), [&](const lint::Finding& finding) {
      return !finding.suppression && finding.severity >= *least;
    });
  }

  report::Options report_options(const Output& output, int status) const {
    report::Options options;
    const bool is_terminal = output.file.empty() && process_.out_is_terminal;
    options.color = use_color(flags_.color, is_terminal, process_.host);
    options.width = is_terminal ? process_.terminal_width : 0;
    options.show_suppressed = flags_.show_suppressed;
    options.root = process_.files.absolute(project_.folder);
    options.working_directory = process_.files.absolute(".");
    options.arguments = arguments_;
    options.exit_status = status;
    options.rules.assign(lint::rules().begin(), lint::rules().end());
    options.version = std::string(version);
    return options;
  }

  Result<void> print(const lint::Outcome& outcome, int status) {
    const ScopedTimer timer(timers(), "report");
    for (const Output& output : outputs_) {
      const report::Options options = report_options(output, status);
      std::string text = output.format->write(outcome, sources_, options);
      if (!text.empty() && !text.ends_with('\n')) text += '\n';
      if (output.file.empty() && flags_.summary == "requirements") {
        text += "\n" + report::requirement_matrix(outcome, sources_, options);
        if (!text.ends_with('\n')) text += '\n';
      }
      if (output.file.empty()) {
        process_.out += text;
      } else if (auto written = process_.files.write(output.file, text, false); !written) {
        return written;
      }
    }
    return {};
  }

  void print_stats() { process_.err += format_timers(timers_); }

  LintFlags flags_;
  std::vector<std::string> arguments_;
  Process& process_;
  Log& log_;
  Sources sources_;
  Limits limits_;
  Timers timers_;
  project::Project project_;
  std::vector<Output> outputs_;
  std::vector<std::string> known_environments_;
  std::vector<lint::Target> targets_;
};

}  // namespace

int run_lint(std::span<const std::string> arguments, Process& process) {
  CLI::App app{"Renders charts in every environment and checks what comes out.", "rhumb lint"};
  LintFlags flags;
  add_lint_flags(app, flags);
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  std::vector<std::string> words{"rhumb", "lint"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  ProcessLog log(process.err, false);
  const auto command = std::make_shared<LintCommand>(std::move(flags), std::move(words), process, log);
  process.kept.push_back(command);
  return command->run();
}

}  // namespace rhumb::cli
