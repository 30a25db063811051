// The options of `rhumb template`, read from its flags and the environment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/go_flags.h"
#include "rhumb/base/limits.h"
#include "rhumb/base/log.h"
#include "rhumb/base/result.h"
#include "rhumb/chart/values.h"
#include "rhumb/render/render.h"

namespace rhumb::cli {

struct TemplateOptions {
  std::string chart;
  render::Options render;
  render::OutputOptions output;
  chart::ValueOptions values;
  std::vector<std::string> show_only;
  std::string output_dir;
  bool use_release_name = false;
  bool dependency_update = false;
  bool debug = false;
  bool deterministic = false;
  bool stats = false;
  bool traced = false;
  Limits limits;
};

/// Checks and interprets the flags in the order Helm does, as far as errors can tell. `namespace` is not among them: it
/// is looked up only when the chart is loaded.
Result<TemplateOptions> read_template_options(const ParsedFlags& flags, Process& process, Log& log);

/// -n, $HELM_NAMESPACE, the namespace of the current context of the kubeconfig, "default": as EnvSettings.Namespace.
std::string effective_namespace(const ParsedFlags& flags, Process& process);

}  // namespace rhumb::cli
