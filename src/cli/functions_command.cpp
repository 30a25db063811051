#include "cli/command.h"
#include "rhumb/funcs/library.h"

namespace rhumb::cli {

int run_functions(Process& process, bool helm3) {
  for (const std::string_view name : funcs::library(helm3).names()) process.out.append(name).append("\n");
  return exit_ok;
}

}  // namespace rhumb::cli
