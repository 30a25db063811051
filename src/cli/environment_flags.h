// What lint, why and render have in common: which charts, in which environments, with which values on top.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/command.h"
#include "rhumb/base/log.h"
#include "rhumb/chart/values.h"
#include "rhumb/lint/lint.h"
#include "rhumb/project/project.h"

namespace rhumb::cli {

struct EnvironmentFlags {
  std::string config;
  bool no_config = false;
  std::vector<std::string> environments;  // --env
  chart::ValueOptions values;
  std::string release;
  std::string namespace_;
  std::string tier;
  std::string profile;
  std::string region;
  std::string account;
  std::string kube_version;
  std::vector<std::string> api_versions;
  std::string compat = "helm4";
};

void add_environment_flags(CLI::App& app, EnvironmentFlags& flags);

/// Parses the arguments of a command. None where parsing ended the command: `status` is its exit code then.
bool parse_command(CLI::App& app, std::span<const std::string> arguments, Process& process, int& status);

/// The rhumb.yaml that counts: --config, or the nearest above the working folder. One without charts where there is
/// none.
Result<project::Project> load_project(const EnvironmentFlags& flags, const Process& process, Sources& sources);

/// The chart or manifest at a path in its environments: those that rhumb.yaml gives the chart, else its defaults and
/// ci/*-values.yaml. Those that --env names alone, with the other flags on top.
Result<lint::Target> make_target(const std::string& path, const project::Project& project,
                                 const EnvironmentFlags& flags, const Process& process);

/// Keeps the environments of the names. Error: there is none of a name, with what was probably meant.
Result<void> keep_environments(lint::Target& target, const std::vector<std::string>& names);

}  // namespace rhumb::cli
