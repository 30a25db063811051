// `rhumb config`: what rhumb.yaml means, and the schema that editors check it with.
#include "cli/environment_flags.h"

namespace rhumb::cli {

int run_config(std::span<const std::string> arguments, Process& process) {
  CLI::App app{"Prints the configuration as it is read, or the JSON schema of rhumb.yaml.", "rhumb config"};
  EnvironmentFlags flags;
  std::string what = "show";
  app.add_option("what", what, "show (default) or schema")->check(CLI::IsMember({"show", "schema"}))->type_name("WHAT");
  app.add_option("-c,--config", flags.config, "rhumb.yaml to use instead of the nearest one")->type_name("FILE");
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  if (what == "schema") {
    process.out += project::configuration_schema();
  } else {
    Sources sources;
    const auto project = load_project(flags, process, sources);
    if (!project) {
      process.err += "rhumb config: " + project.error().message + "\n";
      return exit_could_not_run;
    }
    process.out += project::describe(*project);
  }
  if (!process.out.ends_with('\n')) process.out += '\n';
  return exit_ok;
}

}  // namespace rhumb::cli
