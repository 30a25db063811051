#include "cli/environment_flags.h"
#include "rhumb/funcs/library.h"

namespace rhumb::cli {

int run_functions(std::span<const std::string> arguments, Process& process) {
  CLI::App app{"Lists the functions that templates may call.", "rhumb functions"};
  std::string compat = "helm4";
  app.add_option("--compat", compat, "helm4 or helm3")->check(CLI::IsMember({"helm4", "helm3"}));
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  for (const std::string_view name : funcs::library(compat == "helm3").names()) {
    process.out.append(name).append("\n");
  }
  return exit_ok;
}

}  // namespace rhumb::cli
