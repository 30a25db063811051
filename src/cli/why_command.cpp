// `rhumb why CHART OBJECT PATH`.
#include "cli/environment_flags.h"
#include "cli/process_log.h"
#include "cli/terminal.h"
#include "rhumb/base/parallel.h"
#include "rhumb/base/version.h"
#include "rhumb/lint/why.h"
#include "rhumb/report/report.h"

namespace rhumb::cli {
namespace {

struct WhyFlags {
  EnvironmentFlags common;
  std::string chart;
  std::string object;
  std::string path;
  std::string format = "text";
  std::string color = "auto";
};

class WhyCommand {
 public:
  WhyCommand(WhyFlags flags, Process& process)
      : flags_(std::move(flags)), process_(process), log_(process.err, false) {}

  int run() {
    int status = exit_could_not_run;
    run_on_large_stack(large_stack_bytes, [&] {
      const Result<void> done = answer();
      status = done ? exit_ok : exit_error;
      if (!done) process_.err += "rhumb why: " + done.error().message + "\n";
    });
    return status;
  }

 private:
  Result<void> answer() {
    auto project = load_project(flags_.common, process_, sources_);
    if (!project) return std::move(project).error();
    auto target = make_target(flags_.chart, *project, flags_.common, process_);
    if (!target) return std::move(target).error();
    target_ = std::move(*target);
    auto outcome = lint::why(
        target_, flags_.object, flags_.path,
        {sources_, process_.files, process_.host, log_, limits_, nullptr, processors(), "", process_.diagnostics});
    if (!outcome) return std::move(outcome).error();
    report::Options options;
    options.color = use_color(flags_.color, process_.out_is_terminal, process_.host);
    options.width = process_.out_is_terminal ? process_.terminal_width : 0;
    options.root = process_.files.absolute(project->folder);
    options.working_directory = process_.files.absolute(".");
    options.version = std::string(version);
    options.is_explanation = true;
    process_.out += report::find_format(flags_.format)->write(*outcome, sources_, options);
    if (!process_.out.ends_with('\n')) process_.out += '\n';
    return {};
  }

  WhyFlags flags_;
  Process& process_;
  ProcessLog log_;
  Sources sources_;
  Limits limits_;
  lint::Target target_;
};

}  // namespace

int run_why(std::span<const std::string> arguments, Process& process) {
  CLI::App app{
      "Tells why a field of a rendered object has its value: template line, includes, values key, and what it won "
      "over.\n"
      "As in: rhumb why charts/tms --env production Deployment/tms-odoo .spec.replicas",
      "rhumb why"};
  WhyFlags flags;
  app.add_option("chart", flags.chart, "chart (folder or .tgz)")->required()->type_name("CHART");
  app.add_option("object", flags.object, "KIND/NAME, or NAMESPACE/KIND/NAME")->required()->type_name("OBJECT");
  app.add_option("path", flags.path, "field, as in .spec.replicas or '.metadata.annotations[\"a.b/c\"]'")
      ->required()
      ->type_name("PATH");
  app.add_option("--format", flags.format, "text or json")->check(CLI::IsMember({"text", "json"}))->type_name("NAME");
  app.add_option("--color", flags.color, "auto, always or never")->check(CLI::IsMember({"auto", "always", "never"}));
  add_environment_flags(app, flags.common);
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  const auto command = std::make_shared<WhyCommand>(std::move(flags), process);
  process.kept.push_back(command);
  return command->run();
}

}  // namespace rhumb::cli
