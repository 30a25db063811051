// `rhumb render`: the manifests of environments, one file per object.
#include <algorithm>
#include <set>

#include "cli/environment_flags.h"
#include "cli/process_log.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/path.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/timer.h"
#include "rhumb/chart/dependencies.h"
#include "rhumb/chart/loader.h"
#include "rhumb/lint/environment.h"
#include "rhumb/manifest/manifest.h"

namespace rhumb::cli {
namespace {

constexpr std::string_view source_line = "# Source: ";

struct RenderFlags {
  EnvironmentFlags common;
  std::vector<std::string> charts;
  bool all = false;
  std::string folder;
  bool include_crds = false;
  bool no_hooks = false;
  bool skip_tests = false;
};

/// Lower-case letters, digits, dots and dashes, as names of objects are made of: ClusterRole "system:x" -> "system-x".
std::string file_part(std::string_view text) {
  std::string part = strings::to_lower(text);
  for (char& c : part) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (!is_plain) c = '-';
  }
  return part;
}

class ObjectFiles {
 public:
  void add(std::string_view source, std::string_view text, std::string_view kind, std::string_view name) {
    const std::string stem = file_part(kind) + (name.empty() ? "" : "-" + file_part(name));
    std::string file = stem + ".yaml";
    for (int number = 2; files_.contains(file); ++number) file = stem + "-" + std::to_string(number) + ".yaml";
    std::string& out = files_[file];
    out.append(source_line).append(source).append("\n").append(strings::trim_space(text)).append("\n");
  }

  const std::map<std::string, std::string>& files() const { return files_; }

 private:
  std::map<std::string, std::string> files_;
};

class RenderCommand {
 public:
  RenderCommand(RenderFlags flags, Process& process)
      : flags_(std::move(flags)), process_(process), log_(process.err, false), timers_(process.diagnostics) {}

  int run() {
    int status = exit_error;
    run_on_large_stack(large_stack_bytes, [&] {
      Result<void> done = render_all();
      if (done) done = write_all();
      status = done ? exit_ok : exit_error;
      if (!done) process_.err += "rhumb render: " + done.error().message + "\n";
    });
    return status;
  }

 private:
  struct Rendered {
    std::string chart;
    std::string environment;
    ObjectFiles objects;
  };

  Timers* timers() { return process_.diagnostics == nullptr ? nullptr : &timers_; }

  Result<void> render_all() {
    if (flags_.folder.empty()) return error("name the folder to write to: -o FOLDER");
    if (flags_.all == !flags_.common.environments.empty()) {
      return error("name the environments with --env, or take --all of them");
    }
    auto project = load_project(flags_.common, process_, sources_);
    if (!project) return std::move(project).error();
    std::vector<std::string> charts = flags_.charts;
    if (charts.empty()) {
      for (const project::ChartEntry& entry : project->charts) charts.push_back(entry.path);
    }
    if (charts.empty()) return error("there is nothing to render: name a chart, or list charts in rhumb.yaml");
    for (const std::string& chart : charts) {
      if (auto done = render_chart(chart, *project); !done) return done;
    }
    if (rendered_.empty()) {
      return error("no chart has an environment '" + strings::join(flags_.common.environments, ", ") + "'");
    }
    return {};
  }

  Result<void> render_chart(const std::string& path, const project::Project& project) {
    EnvironmentFlags common = flags_.common;
    const std::vector<std::string> wanted = std::exchange(common.environments, {});
    auto target = make_target(path, project, common, process_);
    if (!target) return std::move(target).error();
    if (target->kind != lint::Target::Kind::chart) return error(path + " is no chart");
    if (!wanted.empty()) {
      std::erase_if(target->environments, [&](const lint::Environment& environment) {
        return std::find(wanted.begin(), wanted.end(), environment.name) == wanted.end();
      });
    }
    if (target->environments.empty()) return {};
    auto chart = load(*target);
    if (!chart) return std::move(chart).error();
    for (const lint::Environment& environment : target->environments) {
      if (auto done = render(*chart, *target, environment); !done) {
        return error(target->path + (environment.name.empty() ? "" : ", " + environment.name) + ": " +
                     done.error().message);
      }
    }
    return {};
  }

  Result<std::shared_ptr<const chart::Chart>> load(const lint::Target& target) {
    auto chart = chart::load(target.path, {process_.files, sources_, log_, nullptr, limits_, target.helm3});
    if (!chart) return chart;
    if (auto fine = chart::check_installable(**chart); !fine) return std::move(fine).error();
    if (auto fine = chart::check_dependencies(**chart, target.helm3); !fine) return std::move(fine).error();
    return chart;
  }

  Result<void> render(const std::shared_ptr<const chart::Chart>& chart, const lint::Target& target,
                      const lint::Environment& environment) try {
    render::Rendering rendering({sources_, process_.files, process_.host, log_, cache_, limits_, timers()}, nullptr,
                                false);
    auto values = chart::merge_value_options(lint::value_options(environment, target.extra_values), process_.files,
                                             sources_, rendering.values_context(target.helm3));
    if (!values) return std::move(values).error();
    auto options = lint::render_options(environment, target.helm3);
    if (!options) return std::move(options).error();
    options->threads = processors();
    if (auto done = rendering.run(chart, *values, *options); !done) return done;
    return collect(rendering, target, environment);
  } catch (const LimitError& limit) {
    return error(limit.what());
  }

  Result<void> collect(const render::Rendering& rendering, const lint::Target& target,
                       const lint::Environment& environment) {
    auto documents = manifest::sort_documents(rendering.files(), log_, target.helm3, processors(), limits_);
    if (!documents) return std::move(documents).error();
    Rendered& rendered = rendered_.emplace_back();
    rendered.chart = target.path;
    rendered.environment = environment.name;
    const auto add = [&](const manifest::Document& document) {
      rendered.objects.add(document.file, document.text, document.kind, document.name);
    };
    if (flags_.include_crds) {
      for (const chart::Crd& crd : rendering.crds()) {
        for (const std::string_view text : manifest::split(crd.file->data)) {
          rendered.objects.add(crd.filename, text, "customresourcedefinition", path::base(crd.filename));
        }
      }
    }
    for (const manifest::Document& document : documents->manifests) add(document);
    if (process_.diagnostics != nullptr) {
      process_.diagnostics->write(LogLevel::info, "rendered",
                                  {{"chart", target.path},
                                   {"environment", environment.name},
                                   {"objects", std::to_string(documents->manifests.size())}});
    }
    for (const manifest::Document& hook : documents->hooks) {
      if (!flags_.no_hooks && !(flags_.skip_tests && hook.is_test_hook)) add(hook);
    }
    return {};
  }

  /// One environment of one chart fills the folder itself; several get folders in it.
  std::string folder_of(const Rendered& rendered) const {
    if (rendered_.size() == 1) return flags_.folder;
    const bool same_chart = std::all_of(rendered_.begin(), rendered_.end(),
                                        [&](const Rendered& other) { return other.chart == rendered.chart; });
    const std::string environment = rendered.environment.empty() ? "default" : rendered.environment;
    if (same_chart) return flags_.folder + "/" + environment;
    return flags_.folder + "/" + std::string(path::base(path::clean(rendered.chart))) + "/" + environment;
  }

  Result<void> write_all() {
    for (const Rendered& rendered : rendered_) {
      if (auto fine = check_folder(folder_of(rendered)); !fine) return fine;
    }
    for (const Rendered& rendered : rendered_) {
      const std::string folder = folder_of(rendered);
      if (auto done = process_.files.replace_folder(folder, rendered.objects.files()); !done) return done;
      process_.out += folder + ": " + std::to_string(rendered.objects.files().size()) + " objects\n";
    }
    return {};
  }

  /// What this command did not write is not its to remove.
  Result<void> check_folder(const std::string& folder) const {
    const auto status = process_.files.status(folder);
    if (!status) return status.error();
    if (status->kind == FileKind::missing) return {};
    auto names = process_.files.list(folder);
    if (!names) return std::move(names).error();
    for (const std::string& name : *names) {
      const auto text = process_.files.read(folder + "/" + name);
      if (text && text->starts_with(source_line)) continue;
      return error(folder + " holds " + name + ", which rhumb did not write; name another folder, or remove it");
    }
    return {};
  }

  RenderFlags flags_;
  Process& process_;
  ProcessLog log_;
  Sources sources_;
  Limits limits_;
  Timers timers_;
  render::ParseCache cache_;
  std::vector<Rendered> rendered_;
};

}  // namespace

int run_render(std::span<const std::string> arguments, Process& process) {
  CLI::App app{
      "Renders charts for their environments and writes one file per object. A folder is replaced as a whole or not at "
      "all; nothing of an earlier run stays.\nAs in: rhumb render charts/tms --env production -o kube/production",
      "rhumb render"};
  RenderFlags flags;
  app.add_option("charts", flags.charts, "charts; none: those of rhumb.yaml")->type_name("CHART");
  app.add_flag("--all", flags.all, "all environments");
  app.add_option("-o,--output", flags.folder, "folder to write to; several environments get folders in it")
      ->type_name("FOLDER");
  app.add_flag("--include-crds", flags.include_crds, "include the CRDs of crds/");
  app.add_flag("--no-hooks", flags.no_hooks, "leave hooks out");
  app.add_flag("--skip-tests", flags.skip_tests, "leave tests out");
  add_environment_flags(app, flags.common);
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  const auto command = std::make_shared<RenderCommand>(std::move(flags), process);
  process.kept.push_back(command);
  return command->run();
}

}  // namespace rhumb::cli
