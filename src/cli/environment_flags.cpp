#include "cli/environment_flags.h"

#include <algorithm>

#include "rhumb/base/strings.h"
#include "rhumb/base/suggest.h"

namespace rhumb::cli {

void add_environment_flags(CLI::App& app, EnvironmentFlags& flags) {
  app.add_option("-c,--config", flags.config, "rhumb.yaml to use instead of the nearest one")->type_name("FILE");
  app.add_flag("--no-config", flags.no_config, "use no rhumb.yaml");
  app.add_option("-e,--env", flags.environments, "these environments only (several: repeat it, or separate by commas)")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->type_name("NAME");
  const std::string values = "Values, over those of the environment";
  app.add_option("-f,--values", flags.values.value_files, "values file")
      ->allow_extra_args(false)
      ->type_name("FILE")
      ->group(values);
  app.add_option("--set", flags.values.values, "value, as with helm --set")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE")
      ->group(values);
  app.add_option("--set-string", flags.values.string_values, "the same, always a string")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE")
      ->group(values);
  app.add_option("--set-json", flags.values.json_values, "the same, JSON")
      ->allow_extra_args(false)
      ->type_name("KEY=JSON")
      ->group(values);
  app.add_option("--set-file", flags.values.file_values, "the same, the contents of a file")
      ->allow_extra_args(false)
      ->type_name("KEY=FILE")
      ->group(values);
  app.add_option("--set-literal", flags.values.literal_values, "the same, nothing in it is special")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE")
      ->group(values);
  const std::string release = "Release and cluster, in place of what the environment says";
  app.add_option("--release-name", flags.release, "name of the release")->type_name("NAME")->group(release);
  app.add_option("-n,--namespace", flags.namespace_, "namespace of the release")->type_name("NAME")->group(release);
  app.add_option("--tier", flags.tier, "development, staging or production")
      ->check(CLI::IsMember({"development", "staging", "production"}))
      ->type_name("TIER")
      ->group(release);
  app.add_option("--profile", flags.profile, "specification whose rules count: tms or loomworks")
      ->check(CLI::IsMember({"tms", "loomworks"}))
      ->type_name("PROFILE")
      ->group(release);
  app.add_option("--region", flags.region, "region of the cloud")->type_name("REGION")->group(release);
  app.add_option("--account", flags.account, "account of the cloud, twelve digits")->type_name("ID")->group(release);
  app.add_option("--kube-version", flags.kube_version, "version of Kubernetes")->type_name("VERSION")->group(release);
  app.add_option("-a,--api-versions", flags.api_versions, "further API versions that the cluster knows")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->type_name("GROUP/VERSION")
      ->group(release);
  app.add_option("--compat", flags.compat, "render as helm4 (4.3.1) or helm3 (3.22)")
      ->check(CLI::IsMember({"helm4", "helm3"}))
      ->type_name("HELM")
      ->group(release);
}

bool parse_command(CLI::App& app, std::span<const std::string> arguments, Process& process, int& status) {
  // Looked for by wants_diagnostics, before anything is parsed.
  app.add_flag("--verbose")->description("tell on standard error what is read, and what takes how long");
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
    return true;
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app.exit(error, out, err);
    process.out += out.str();
    process.err += err.str();
    status = code == 0 ? exit_ok : exit_could_not_run;
    return false;
  }
}

Result<project::Project> load_project(const EnvironmentFlags& flags, const Process& process, Sources& sources) {
  project::Project none;
  none.folder = ".";
  if (flags.no_config) return none;
  std::string file = flags.config;
  if (file.empty()) {
    auto found = project::find_project_file(".", process.files);
    if (!found) return std::move(found).error();
    if (!*found) return none;
    file = **found;
  }
  return project::read_project(file, process.files, sources);
}

namespace {

lint::Tier tier_of(const std::string& name) {
  if (name == "development") return lint::Tier::development;
  return name == "staging" ? lint::Tier::staging : lint::Tier::production;
}

void set_if_given(std::string& field, const std::string& flag) {
  if (!flag.empty()) field = flag;
}

void apply_flags(lint::Environment& environment, const EnvironmentFlags& flags) {
  set_if_given(environment.release, flags.release);
  set_if_given(environment.namespace_, flags.namespace_);
  set_if_given(environment.profile, flags.profile);
  set_if_given(environment.region, flags.region);
  set_if_given(environment.account, flags.account);
  set_if_given(environment.kube_version, flags.kube_version);
  if (!flags.tier.empty()) environment.tier = tier_of(flags.tier);
  environment.api_versions.insert(environment.api_versions.end(), flags.api_versions.begin(), flags.api_versions.end());
}

const project::ChartEntry* find_entry(const project::Project& project, const std::string& path,
                                      const FileSystem& files) {
  const std::string absolute = files.absolute(path);
  for (const project::ChartEntry& entry : project.charts) {
    if (files.absolute(entry.path) == absolute) return &entry;
  }
  return nullptr;
}

bool is_chart_path(const std::string& path, const FileSystem& files) {
  const auto status = files.status(path);
  if (!status) return false;
  return status->kind == FileKind::directory || path.ends_with(".tgz") || path.ends_with(".tar.gz");
}

}  // namespace

Result<lint::Target> make_target(const std::string& path, const project::Project& project,
                                 const EnvironmentFlags& flags, const Process& process) {
  lint::Target target;
  target.path = path;
  target.helm3 = flags.compat == "helm3";
  target.extra_values = flags.values;
  target.configuration = project.configuration;
  if (path != "-") {
    const auto status = process.files.status(path);
    if (!status) return status.error();
    if (status->kind == FileKind::missing) return error(path + ": there is no such file or folder");
  }
  if (path == "-" || !is_chart_path(path, process.files)) {
    target.kind = lint::Target::Kind::manifests;
    target.environments.emplace_back();
  } else if (const project::ChartEntry* const entry = find_entry(project, path, process.files)) {
    target.path = entry->path;
    target.environments = entry->environments;
    target.configuration = entry->configuration;
  } else {
    target.environments = project::default_environments(path, process.files);
  }
  if (!flags.environments.empty()) {
    if (auto kept = keep_environments(target, flags.environments); !kept) return std::move(kept).error();
  }
  for (lint::Environment& environment : target.environments) apply_flags(environment, flags);
  return target;
}

Result<void> keep_environments(lint::Target& target, const std::vector<std::string>& names) {
  std::vector<std::string_view> known;
  for (const lint::Environment& environment : target.environments) known.push_back(environment.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return error(target.path + " has no environment '" + name + "'" + did_you_mean(name, known) +
                 (known.empty() ? "" : "; it has: " + strings::join(known, ", ")));
  }
  std::erase_if(target.environments, [&](const lint::Environment& environment) {
    return std::find(names.begin(), names.end(), environment.name) == names.end();
  });
  return {};
}

}  // namespace rhumb::cli
