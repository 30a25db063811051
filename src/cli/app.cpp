#include "cli/app.h"

#include "cli/environment_flags.h"
#include "cli/template_flags.h"
#include "rhumb/base/version.h"

namespace rhumb::cli {
namespace {

struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(std::span<const std::string> arguments, Process& process);
};

constexpr Command commands[] = {
    {"template", "render a chart and print its manifests, as helm template", run_template},
    {"lint", "check charts and manifests in every environment", run_lint},
    {"why", "tell why a field of an object has its value", run_why},
    {"render", "write the manifests of environments, one file per object", run_render},
    {"values", "print the keys that the values of a chart may have", run_values},
    {"rules", "list the rules, or explain one", run_rules},
    {"config", "print the configuration, or the schema of rhumb.yaml", run_config},
    {"functions", "list the functions that templates may call", run_functions},
    {"version", "print the version of rhumb and those of Helm that it follows", run_version},
};

// Helm takes its flags before the command's name, too: they are moved behind it. Where the name stands is told by the
// flags of `template`, which know which of them swallow the next argument.
std::vector<std::string> command_first(std::span<const std::string> arguments) {
  std::size_t at = 0;
  while (at < arguments.size() && arguments[at].size() > 1 && arguments[at][0] == '-') {
    if (arguments[at] == "--help" || arguments[at] == "-h" || arguments[at] == "--version") break;
    ++at;
    if (at < arguments.size() && takes_next_argument(arguments[at - 1])) ++at;
  }
  std::vector<std::string> moved;
  if (at < arguments.size()) moved.push_back(arguments[at]);
  moved.insert(moved.end(), arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(at));
  if (at < arguments.size())
    moved.insert(moved.end(), arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1, arguments.end());
  return moved;
}

}  // namespace

bool wants_diagnostics(std::span<const std::string> arguments) {
  for (std::size_t at = 0; at < arguments.size() && arguments[at] != "--"; ++at) {
    if (arguments[at] == "--verbose" || arguments[at] == "--verbose=true") return true;
    if (takes_next_argument(arguments[at])) ++at;
  }
  return false;
}

int run(std::span<const std::string> given, Process& process) {
  const std::vector<std::string> arguments = command_first(given);
  // Every command reads its own flags; those of `template` follow Helm's rules, which CLI11 would read differently
  // ("--set=a=1", "-f a,b").
  if (!arguments.empty()) {
    for (const Command& command : commands) {
      if (command.name == arguments[0]) return command.run(std::span(arguments).subspan(1), process);
    }
  }
  CLI::App app{"Renders Helm charts byte for byte as Helm does, and checks what comes out in every environment.",
               "rhumb"};
  app.set_version_flag("--version", full_version());
  app.require_subcommand(1);
  for (const Command& command : commands) app.add_subcommand(std::string(command.name), std::string(command.summary));
  app.footer("rhumb COMMAND --help tells more.");
  int status = exit_ok;
  parse_command(app, arguments, process, status);
  return status;
}

}  // namespace rhumb::cli
