#include "cli/template_options.h"

#include <algorithm>
#include <array>

#include "rhumb/value/go_number.h"

namespace rhumb::cli {
namespace {

constexpr std::string_view no_cluster = "rhumb never contacts a cluster; leave the flag out to render offline";

// As cmdGetDryRunFlagStrategy for `helm template`.
Result<void> check_dry_run(const ParsedFlags& flags, Log& log) {
  const std::string value = flags.text("dry-run", "client");
  if (value == "unset") {
    log.write(LogLevel::warn, "--dry-run is deprecated and should be replaced with '--dry-run=client'");
    return {};
  }
  if (value == "client") return {};
  if (value == "server") return error("--dry-run=server is not supported: " + std::string(no_cluster));
  const std::string invalid = "invalid dry-run value (" + quote(value) + "). Must be ";
  const auto boolean = parse_bool(value);
  if (!boolean && value != "none") return error(invalid + "\"none\", \"server\", or \"client\"");
  if (!boolean || !*boolean) return error(invalid + "\"server\" or \"client\"");
  log.write(LogLevel::warn,
            "boolean '--dry-run=" + value + "' flag is deprecated and must be replaced with '--dry-run=client'");
  return {};
}

Result<void> check_groups(const ParsedFlags& flags) {
  constexpr std::array<std::array<std::string_view, 2>, 3> groups{
      {{"validate", "dry-run"}, {"force-replace", "force-conflicts"}, {"force", "force-conflicts"}}};
  std::vector<std::string> failures;
  for (const auto& group : groups) {
    if (!flags.changed(group[0]) || !flags.changed(group[1])) continue;
    std::array<std::string_view, 2> sorted = group;
    std::sort(sorted.begin(), sorted.end());
    const auto name = [](const auto& pair) { return std::string(pair[0]) + " " + std::string(pair[1]); };
    failures.push_back("if any flags in the group [" + name(group) + "] are set none of the others can be; [" +
                       name(sorted) + "] were all set");
  }
  // cobra sorts the groups and reports the first.
  std::sort(failures.begin(), failures.end());
  if (!failures.empty()) return error(failures.front());
  return {};
}

Result<void> check_refused(const ParsedFlags& flags) {
  if (flags.boolean("validate")) return error("--validate is not supported: " + std::string(no_cluster));
  if (!flags.text("repo").empty()) {
    return error("--repo is not supported: rhumb never uses the network; pull the chart and name its folder or .tgz");
  }
  return {};
}

Result<void> read_limit(const ParsedFlags& flags, std::string_view name, auto& limit) {
  if (!flags.changed(name)) return {};
  const std::int64_t value = parse_int(flags.text(name), 0, 64).value;
  using Limit = std::remove_reference_t<decltype(limit)>;
  if (value <= 0 || static_cast<std::uint64_t>(value) > std::numeric_limits<Limit>::max()) {
    return error("--" + std::string(name) + " must be a number from 1 to " +
                 std::to_string(std::numeric_limits<Limit>::max()) + ", not " + flags.text(name));
  }
  limit = static_cast<Limit>(value);
  return {};
}

Result<void> read_limits(const ParsedFlags& flags, Limits& limits) {
  for (const auto& done :
       {read_limit(flags, "limit-output", limits.output_bytes), read_limit(flags, "limit-memory", limits.memory_bytes),
        read_limit(flags, "limit-chart", limits.chart_bytes), read_limit(flags, "limit-regex", limits.regex_bytes),
        read_limit(flags, "limit-list", limits.list_elements), read_limit(flags, "limit-steps", limits.steps),
        read_limit(flags, "limit-template-depth", limits.template_depth),
        read_limit(flags, "limit-include-depth", limits.include_depth),
        read_limit(flags, "limit-yaml-depth", limits.yaml_depth)}) {
    if (!done) return done;
  }
  return {};
}

Result<void> read_own_flags(const ParsedFlags& flags, TemplateOptions& options) {
  const std::string compat = flags.text("compat", "helm4");
  if (compat != "helm3" && compat != "helm4") {
    return error("--compat must be helm4 or helm3, not " + quote(compat));
  }
  options.render.threads = options.output.threads = processors();
  options.render.helm3 = options.output.helm3 = compat == "helm3";
  options.deterministic = flags.boolean("deterministic");
  options.stats = flags.boolean("stats");
  options.traced = flags.boolean("traced");
  return read_limits(flags, options.limits);
}

// As Install.NameAndChart with the release name preset.
Result<void> read_name_and_chart(const ParsedFlags& flags, TemplateOptions& options) {
  const std::vector<std::string>& arguments = flags.arguments;
  if (arguments.size() > 2) {
    std::string rest = arguments[2];
    for (std::size_t i = 3; i < arguments.size(); ++i) rest += ", " + arguments[i];
    return error("expected at most two arguments, unexpected arguments: " + rest);
  }
  if (arguments.size() == 2) {
    if (flags.boolean("generate-name")) return error("cannot set --generate-name and also specify a name");
    if (!flags.text("name-template").empty()) return error("cannot set --name-template and also specify a name");
    options.render.release.name = arguments[0];
  }
  options.chart = arguments.back();
  return {};
}

std::vector<std::string> label_names(const std::vector<std::string>& pairs) {
  std::vector<std::string> names;
  for (const std::string& pair : pairs) names.push_back(pair.substr(0, pair.find('=')));
  return names;
}

// The files of the registry's connection, which newRegistryClient reads though nothing is fetched.
Result<void> check_certificates(const ParsedFlags& flags, const FileSystem& files) {
  const std::string cert = flags.text("cert-file");
  const std::string key = flags.text("key-file");
  const std::string ca = flags.text("ca-file");
  if ((cert.empty() || key.empty()) && ca.empty() && !flags.boolean("insecure-skip-tls-verify")) return {};
  std::string failures;
  const auto read = [&](std::string_view what, const std::string& path) {
    const auto text = files.read(path);
    if (text) return true;
    failures += (failures.empty() ? "" : "\n") + std::string(what) + quote(path) + ": " + text.error().message;
    return false;
  };
  if (!cert.empty() || !key.empty()) {
    if (read("unable to read cert file: ", cert)) read("unable to read key file: ", key);
  }
  if (!ca.empty()) read("can't read CA file: ", ca);
  if (failures.empty()) return {};
  return error("missing registry client: can't create TLS config for client: " + failures);
}

// As the start of runInstall.
void log_version(const ParsedFlags& flags, Log& log, bool helm3) {
  if (helm3) return;
  log.write(LogLevel::debug, "Original chart version", {{"version", flags.text("version")}});
  if (flags.text("version").empty() && flags.boolean("devel")) {
    log.write(LogLevel::debug, "setting version to >0.0.0-0");
  }
}

}  // namespace

Result<TemplateOptions> read_template_options(const ParsedFlags& flags, Process& process, Log& log) {
  if (auto done = check_groups(flags); !done) return std::move(done).error();
  TemplateOptions options;
  if (auto done = read_own_flags(flags, options); !done) return std::move(done).error();
  options.render.capabilities = funcs::default_capabilities(options.render.helm3);
  if (const std::string version = flags.text("kube-version"); !version.empty()) {
    auto parsed = funcs::parse_kube_version(version, options.render.helm3);
    if (!parsed) return error("invalid kube version '" + version + "': " + parsed.error().message);
    options.render.capabilities.kube_version = *parsed;
  }
  auto& versions = options.render.capabilities.api_versions;
  const auto& more = flags.list("api-versions");
  versions.insert(versions.end(), more.begin(), more.end());
  if (auto done = check_certificates(flags, process.files); !done) return std::move(done).error();
  if (auto done = check_dry_run(flags, log); !done) return std::move(done).error();
  if (auto done = check_refused(flags); !done) return std::move(done).error();
  log_version(flags, log, options.render.helm3);
  if (auto done = read_name_and_chart(flags, options); !done) return std::move(done).error();
  options.render.release.is_upgrade = flags.boolean("is-upgrade");
  options.render.release.is_install = !options.render.release.is_upgrade;
  options.render.skip_schema_validation = flags.boolean("skip-schema-validation");
  options.render.enable_dns = flags.boolean("enable-dns");
  options.output.include_crds = flags.boolean("include-crds");
  options.output.no_hooks = flags.boolean("no-hooks");
  options.output.skip_tests = flags.boolean("skip-tests");
  options.values = {flags.list("values"),     flags.list("set-json"), flags.list("set"),
                    flags.list("set-string"), flags.list("set-file"), flags.list("set-literal")};
  options.show_only = flags.list("show-only");
  options.output_dir = flags.text("output-dir");
  options.use_release_name = flags.boolean("release-name");
  options.dependency_update = flags.boolean("dependency-update");
  options.render.labels = label_names(flags.list("labels"));
  options.debug = flags.changed("debug")
                      ? flags.boolean("debug")
                      : parse_bool(process.host.environment("HELM_DEBUG").value_or("")).value_or(false);
  return options;
}

}  // namespace rhumb::cli
