#include "rhumb/lint/environment.h"

#include "rhumb/funcs/objects.h"

namespace rhumb::lint {

chart::ValueOptions value_options(const Environment& environment, const chart::ValueOptions& extra) {
  chart::ValueOptions options = extra;
  options.value_files.insert(options.value_files.begin(), environment.value_files.begin(),
                             environment.value_files.end());
  options.values.insert(options.values.begin(), environment.set.begin(), environment.set.end());
  options.string_values.insert(options.string_values.begin(), environment.set_string.begin(),
                               environment.set_string.end());
  return options;
}

Result<render::Options> render_options(const Environment& environment, bool helm3) {
  render::Options options;
  options.release.name = environment.release;
  options.release.namespace_ = environment.namespace_;
  options.helm3 = helm3;
  options.capabilities = funcs::default_capabilities(helm3);
  if (!environment.kube_version.empty()) {
    auto version = funcs::parse_kube_version(environment.kube_version, helm3);
    if (!version) {
      return error("invalid kube version '" + environment.kube_version + "': " + version.error().message,
                   environment.span);
    }
    options.capabilities.kube_version = std::move(*version);
  }
  std::vector<std::string>& versions = options.capabilities.api_versions;
  versions.insert(versions.end(), environment.api_versions.begin(), environment.api_versions.end());
  return options;
}

}  // namespace rhumb::lint
