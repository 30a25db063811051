#include "cli/app.h"

#include <CLI/CLI.hpp>

#include "cli/template_flags.h"
#include "rhumb/base/version.h"

namespace rhumb::cli {
namespace {

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

int run(std::span<const std::string> given, Process& process) {
  const std::vector<std::string> arguments = command_first(given);
  // Helm's own command line has Helm's own rules; CLI11 would read "--set=a=1" and "-f a,b" differently.
  if (!arguments.empty() && arguments[0] == "template") {
    return run_template(std::span(arguments).subspan(1), process);
  }
  if (!arguments.empty() && arguments[0] == "lint") return run_lint(std::span(arguments).subspan(1), process);
  CLI::App app{"Renders Helm charts byte for byte as Helm does.", "rhumb"};
  app.set_version_flag("--version", "rhumb " + std::string(version) + " (as helm 4.3.1 and 3.22)");
  app.require_subcommand(1);
  app.add_subcommand("template", "render a chart and print its manifests (see: rhumb template --help)");
  app.add_subcommand("lint", "check charts in every environment (see: rhumb lint --help)");
  CLI::App* const functions = app.add_subcommand("functions", "list the functions that templates may call");
  std::string compat = "helm4";
  functions->add_option("--compat", compat, "helm4 or helm3")->check(CLI::IsMember({"helm4", "helm3"}));
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
  return run_functions(process, compat == "helm3");
}

}  // namespace rhumb::cli
