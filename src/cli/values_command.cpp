// `rhumb values`: what may be set in the values of a chart.
#include "cli/environment_flags.h"
#include "cli/process_log.h"
#include "rhumb/base/stack.h"
#include "rhumb/chart/loader.h"
#include "rhumb/lint/values_api.h"

namespace rhumb::cli {
namespace {

int print_api(const std::string& path, Process& process) {
  ProcessLog log(process.err, false);
  Sources sources;
  const auto chart = chart::load(path, {process.files, sources, log});
  if (!chart) {
    process.err += "rhumb values: " + chart.error().message + "\n";
    return exit_could_not_run;
  }
  process.out += lint::write_values_api(lint::values_api(**chart), (*chart)->metadata.name);
  return exit_ok;
}

}  // namespace

int run_values(std::span<const std::string> arguments, Process& process) {
  CLI::App app{"Tells what may be set in the values of a chart.", "rhumb values"};
  app.require_subcommand(1);
  std::string path;
  CLI::App* const api = app.add_subcommand(
      "api",
      "print the keys and their types; kept as values-api.json beside Chart.yaml, it is the contract that the "
      "rule values-api-broken holds the chart to");
  api->add_option("chart", path, "chart (folder or .tgz)")->required()->type_name("CHART");
  int status = exit_ok;
  if (!parse_command(app, arguments, process, status)) return status;
  run_on_large_stack(large_stack_bytes, [&] { status = print_api(path, process); });
  return status;
}

}  // namespace rhumb::cli
