#include "cli/environment_flags.h"
#include "rhumb/base/version.h"

namespace rhumb::cli {

std::string full_version() { return "rhumb " + std::string(version) + " (as helm 4.3.1 and 3.22)"; }

int run_version(std::span<const std::string> arguments, Process& process) {
  CLI::App app{"Prints the version of rhumb and those of Helm that it follows.", "rhumb version"};
  bool is_short = false;
  app.add_flag("--short", is_short, "the number alone");
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  process.out += (is_short ? std::string(version) : full_version()) + "\n";
  return exit_ok;
}

}  // namespace rhumb::cli
