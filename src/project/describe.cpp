// A project as a rhumb.yaml in which everything is written out.
#include "project/names.h"
#include "rhumb/project/project.h"
#include "rhumb/yaml/writer.h"

namespace rhumb::project {
namespace {

class Description {
 public:
  explicit Description(const Project& project) : project_(project) {}

  std::string text() {
    const Value root = heap_.map();
    put(root, "version", Value::integer(1));
    put_configuration(root, project_.configuration, 0);
    if (project_.baseline) put(root, "baseline", heap_.string(*project_.baseline));
    put_texts(root, "exclude", project_.exclude);
    const Value charts = heap_.map();
    for (const ChartEntry& chart : project_.charts) put(charts, chart.path, chart_value(chart));
    put(root, "charts", charts);
    const auto text = yaml::write_yaml(root);
    return text ? *text : "# " + text.error().message + "\n";
  }

 private:
  static void put(const Value& map, std::string_view key, Value value) { map.as_map()->set(key, std::move(value)); }

  void put_text(const Value& map, std::string_view key, const std::string& text) {
    if (!text.empty()) put(map, key, heap_.string(text));
  }
  Value texts(const std::vector<std::string>& items) {
    std::vector<Value> values;
    values.reserve(items.size());
    for (const std::string& item : items) values.push_back(heap_.string(item));
    return heap_.list(values);
  }
  void put_texts(const Value& map, std::string_view key, const std::vector<std::string>& items) {
    if (!items.empty()) put(map, key, texts(items));
  }

  /// Ignores of the project come before those of a chart: `inherited` of them stand there already.
  void put_configuration(const Value& map, const lint::Configuration& configuration, std::size_t inherited) {
    put(map, "presets", texts(configuration.presets));
    if (!configuration.rules.empty()) put(map, "rules", rules(configuration.rules));
    std::vector<Value> ignores;
    for (std::size_t i = inherited; i < configuration.ignores.size(); ++i) {
      ignores.push_back(ignore_value(configuration.ignores[i]));
    }
    if (!ignores.empty()) put(map, "ignores", heap_.list(ignores));
    std::vector<Value> tiers;
    for (const lint::Tier tier : configuration.production_tiers) tiers.push_back(heap_.string(tier_name(tier)));
    put(map, "productionTiers", heap_.list(tiers));
    put(map, "closedWorld", Value::boolean(configuration.closed_world));
  }

  Value rules(const lint::RuleSettings& settings) {
    const Value map = heap_.map();
    for (const auto& [name, setting] : settings) put(map, name, setting_value(setting));
    return map;
  }

  Value setting_value(const lint::RuleSetting& setting) {
    const Value map = heap_.map();
    for (const auto& [name, value] : setting.parameters) put(map, name, parameter_value(value));
    const std::size_t level = setting.off || !setting.level ? 0 : static_cast<std::size_t>(*setting.level) + 1;
    if (setting.off || setting.level) put(map, "level", heap_.string(level_names.at(level)));
    return setting.parameters.empty() && map.as_map()->size() == 1 ? *map.as_map()->find("level") : map;
  }

  Value parameter_value(const lint::ParameterValue& value) {
    if (const auto* const number = std::get_if<std::int64_t>(&value)) return Value::int64(*number);
    if (const auto* const truth = std::get_if<bool>(&value)) return Value::boolean(*truth);
    if (const auto* const text = std::get_if<std::string>(&value)) return heap_.string(*text);
    return texts(std::get<std::vector<std::string>>(value));
  }

  Value ignore_value(const lint::Ignore& ignore) {
    const Value map = heap_.map();
    put_text(map, "rule", ignore.rule);
    put_text(map, "object", ignore.object);
    put_text(map, "path", ignore.path);
    put_text(map, "environment", ignore.environment);
    put_text(map, "reason", ignore.reason);
    put_text(map, "expires", ignore.expires);
    return map;
  }

  Value chart_value(const ChartEntry& chart) {
    const Value map = heap_.map();
    put_configuration(map, chart.configuration, project_.configuration.ignores.size());
    const Value environments = heap_.map();
    for (const lint::Environment& environment : chart.environments) {
      put(environments, environment.name, environment_value(environment));
    }
    put(map, "environments", environments);
    return map;
  }

  Value environment_value(const lint::Environment& environment) {
    const Value map = heap_.map();
    put_text(map, "release", environment.release);
    put_text(map, "namespace", environment.namespace_);
    if (environment.tier != lint::Tier::none) put(map, "tier", heap_.string(tier_name(environment.tier)));
    put_text(map, "profile", environment.profile);
    put_text(map, "kubeVersion", environment.kube_version);
    put_texts(map, "apiVersions", environment.api_versions);
    put_text(map, "region", environment.region);
    put_text(map, "account", environment.account);
    put_texts(map, "values", environment.value_files);
    put_texts(map, "set", environment.set);
    put_texts(map, "setString", environment.set_string);
    if (!environment.rules.empty()) put(map, "rules", rules(environment.rules));
    return map;
  }

  const Project& project_;
  Heap heap_;
};

}  // namespace

std::string describe(const Project& project) { return Description(project).text(); }

}  // namespace rhumb::project
