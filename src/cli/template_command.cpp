// `rhumb template [NAME] CHART`, as runInstall and the RunE of newTemplateCmd, helm 4.3.1.
#include "cli/command.h"
#include "cli/process_log.h"
#include "cli/template_flags.h"
#include "cli/template_options.h"
#include "cli/template_output.h"
#include "cli/terminal.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/strings.h"
#include "rhumb/base/timer.h"
#include "rhumb/chart/dependencies.h"
#include "rhumb/chart/loader.h"
#include "rhumb/manifest/manifest.h"
#include "rhumb/render/name_template.h"
#include "rhumb/value/go_number.h"

namespace rhumb::cli {
namespace {

constexpr std::string_view debug_advice = "\n\nUse --debug flag to render out invalid YAML";
// As LocateChart for what lies on disk.
Result<std::string> locate_chart(std::string name, const FileSystem& files) {
  name = strings::trim_space(name);
  if (const auto status = files.status(name); status && status->kind != FileKind::missing) return files.absolute(name);
  if (name.starts_with('/') || name.starts_with('.')) return error("path " + quote(name) + " not found");
  if (name.find("://") != std::string::npos) {
    return error("rhumb never uses the network: pull " + name + " and name its folder or .tgz");
  }
  // rhumb reads no list of repositories, so there is none of this name.
  if (const auto slash = name.find('/'); slash != std::string::npos) {
    return error("repo " + name.substr(0, slash) + " not found");
  }
  return error("non-absolute URLs should be in form of repo_name/path_to_chart, got: " + name);
}

class TemplateCommand {
 public:
  TemplateCommand(const ParsedFlags& flags, TemplateOptions options, Process& process, Log& log)
      : flags_(flags),
        options_(std::move(options)),
        process_(process),
        log_(log),
        deterministic_host_(options_.deterministic ? make_deterministic_host() : nullptr),
        timers_(process.diagnostics),
        queue_(options_.render.threads),
        world_{sources_, process.files, host(), log, cache_, options_.limits, timers(), queue()},
        rendering_(world_, &loaded_origins_, options_.traced) {}

  int run() {
    int status = exit_error;
    {
      const ScopedTimer timer(world_.timers, "total");
      run_on_large_stack(large_stack_bytes, [&] { status = finish(render()); });
    }
    if (options_.stats) print_stats();
    return status;
  }

 private:
  Timers* timers() { return options_.stats || process_.diagnostics != nullptr ? &timers_ : nullptr; }
  /// Traces are made by one thread.
  WorkQueue* queue() { return options_.traced || options_.render.threads < 2 ? nullptr : &queue_; }
  Host& host() { return deterministic_host_ ? *deterministic_host_ : process_.host; }

  Result<void> render() try {
    if (auto named = apply_name_template(); !named) return named;
    const auto path = locate_chart(options_.chart, process_.files);
    if (!path) return path.error();
    if (!options_.render.helm3) log_.write(LogLevel::debug, "Chart path", {{"path", *path}});
    if (flags_.boolean("verify")) return refuse_to_verify(*path);
    auto values = chart::merge_value_options(options_.values, process_.files, sources_, context());
    if (!values) return std::move(values).error();
    auto chart = load(*path);
    if (!chart) return std::move(chart).error();
    options_.render.release.namespace_ = effective_namespace(flags_, process_);
    if (auto done = rendering_.run(*chart, *values, options_.render); !done) return done;
    if (process_.diagnostics != nullptr) {
      process_.diagnostics->write(LogLevel::info, "rendered",
                                  {{"chart", *path}, {"templates", std::to_string(rendering_.files().size())}});
    }
    return {};
  } catch (const LimitError& limit) {
    return error(limit.what());
  } catch (const std::bad_alloc&) {
    return error("there is not enough memory for this chart");
  }

  // As VerifyChart as far as it goes without cryptography.
  Result<void> refuse_to_verify(const std::string& path) const {
    const auto status = process_.files.status(path);
    if (status && status->kind == FileKind::directory) return error("unpacked charts cannot be verified");
    if (!path.ends_with(".tgz")) return error("chart must be a tgz file");
    const std::string provenance = path + ".prov";
    if (const auto text = process_.files.status(provenance); !text || text->kind == FileKind::missing) {
      return error("could not load provenance file " + provenance + ": stat " + provenance +
                   ": no such file or directory");
    }
    return error("--verify is not supported: rhumb verifies no signatures");
  }

  chart::ValuesContext context() { return rendering_.values_context(options_.render.helm3); }

  Result<void> apply_name_template() {
    const std::string text = flags_.text("name-template");
    if (text.empty() || flags_.arguments.size() != 1) return {};
    auto name = render::execute_name_template(text, world_);
    if (!name) return std::move(name).error();
    options_.render.release.name = *name;
    return {};
  }

  Result<std::shared_ptr<const chart::Chart>> load(const std::string& path) {
    const ScopedTimer timer(world_.timers, "load chart");
    const bool helm3 = options_.render.helm3;
    render::ParseAhead parsing(cache_, sources_, queue_, helm3);
    chart::LoadContext context{process_.files,  sources_, log_, options_.traced ? &loaded_origins_ : nullptr,
                               options_.limits, helm3};
    context.queue = queue();
    if (context.queue != nullptr) context.on_file = [&](const chart::File& file) { parsing.offer(file); };
    auto chart = chart::load(path, context);
    if (!chart) return chart;
    if (auto fine = chart::check_installable(**chart); !fine) return std::move(fine).error();
    if ((*chart)->metadata.deprecated) {
      log_.write(LogLevel::warn, helm3 ? "This chart is deprecated" : "this chart is deprecated");
    }
    if (auto fine = chart::check_dependencies(**chart, helm3); !fine) {
      if (options_.dependency_update) {
        return error("--dependency-update is not supported: rhumb never uses the network; run 'helm dependency build'");
      }
      return std::move(fine).error();
    }
    return chart;
  }

  Result<void> print(bool& advise) try {
    return print_output(rendering_, options_, process_, log_, advise);
  } catch (const LimitError& limit) {
    return error(limit.what());
  } catch (const std::bad_alloc&) {
    return error("there is not enough memory to sort and print what was rendered");
  }

  // Prints, or fails with everything that Helm says.
  int finish(Result<void> rendered) {
    bool advise = rendering_.failed_late();
    if (rendered) {
      const ScopedTimer timer(world_.timers, "sort and print");
      rendered = print(advise);
    } else if (advise && options_.debug) {
      process_.out += "\n";
    }
    if (rendered) return exit_ok;
    std::string text = "Error: " + rendered.error().message;
    if (advise && !options_.debug) text += debug_advice;
    process_.err += text + "\n";
    return exit_error;
  }

  void print_stats() { process_.err += format_timers(timers_); }

  const ParsedFlags& flags_;
  TemplateOptions options_;
  Process& process_;
  Log& log_;
  std::unique_ptr<Host> deterministic_host_;
  Sources sources_;
  OriginTable loaded_origins_;
  Timers timers_;
  render::ParseCache cache_;
  WorkQueue queue_;  // works on what stands above it
  render::World world_;
  render::Rendering rendering_;
};

}  // namespace

int run_template(std::span<const std::string> arguments, Process& process) {
  ParsedFlags flags;
  const auto parsed = parse_flags(template_flags(), arguments, flags);
  const bool debug = flags.changed("debug")
                         ? flags.boolean("debug")
                         : parse_bool(process.host.environment("HELM_DEBUG").value_or("")).value_or(false);
  const bool helm3 = flags.text("compat") == "helm3";
  ProcessLog log(process.err, debug, helm3 ? ProcessLog::Form::helm3 : ProcessLog::Form::helm4);
  const std::string color = flags.text("colour", flags.text("color", "auto"));
  if (color != "never" && color != "auto" && color != "always") {
    log.write(LogLevel::warn, "command failed",
              {{"error", "invalid color mode " + quote(color) + ": must be one of: never, auto, always"}});
    return exit_error;
  }
  for (const std::string& warning : flags.warnings) process.err += warning + "\n";
  if (parsed) {
    for (const std::string& notice : flags.notices) process.err += notice + "\n";
  } else {
    process.err += "Error: " + parsed.error().message + "\n";
    return exit_error;
  }
  if (flags.help) {
    process.out += template_help();
    return exit_ok;
  }
  if (flags.arguments.empty()) {
    process.err +=
        "Error: \"rhumb template\" requires at least 1 argument\n\nUsage:  rhumb template [NAME] [CHART] [flags]\n";
    return exit_error;
  }
  auto options = read_template_options(flags, process, log);
  if (!options) {
    process.err += "Error: " + options.error().message + "\n";
    return exit_error;
  }
  if (options->deterministic) {
    log.write(LogLevel::warn,
              "--deterministic: the clock and the random bytes are fixed; do not install what comes out");
  }
  const auto command = std::make_shared<TemplateCommand>(flags, std::move(*options), process, log);
  process.kept.push_back(command);
  return command->run();
}

}  // namespace rhumb::cli
