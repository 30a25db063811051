#include "project/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "project/names.h"
#include "rhumb/base/path.h"
#include "rhumb/base/wildcard.h"

namespace rhumb::project {
namespace {

constexpr std::string_view level_key = "level";

std::vector<std::string_view> rule_names(const RuleCatalogue& catalogue) {
  std::vector<std::string_view> names;
  for (const lint::Rule* const rule : catalogue.rules) names.push_back(rule->name);
  return names;
}

const lint::Rule* find_rule(Reading& reading, std::string_view name, Span span) {
  for (const lint::Rule* const rule : reading.catalogue().rules) {
    if (rule->name == name) return rule;
  }
  reading.complain(
      span, fmt::format("unknown rule {}{}", shown(name), reading.suggest(name, rule_names(reading.catalogue()))));
  return nullptr;
}

void read_level(Reading& reading, std::string_view rule, const Node& node, lint::RuleSetting& setting) {
  // Readers of YAML 1.1 make false of off.
  const bool is_false = !node.quoted && node.text == "false";
  const auto level = is_false ? 0 : reading.choice_of(rule, node, level_names);
  if (!level) return;
  setting.off = *level == 0;
  setting.level.reset();
  if (!setting.off) setting.level = static_cast<Severity>(*level - 1);
}

/// What a parameter must be, and complaints about what it is not.
class ParameterReader {
 public:
  ParameterReader(Reading& reading, const lint::Rule& rule, const lint::Parameter& parameter, const Node& node)
      : reading_(reading), rule_(rule), parameter_(parameter), node_(node) {}

  std::optional<lint::ParameterValue> read() const {
    switch (parameter_.type) {
      case lint::ParameterType::integer: return integer();
      case lint::ParameterType::boolean: return boolean();
      case lint::ParameterType::text: return text();
      default: return list();
    }
  }

 private:
  std::nullopt_t refuse(const Node& node, std::string_view wanted, std::string_view advice = {}) const {
    reading_.complain(node.span, fmt::format("parameter '{}' of {} must be {}, not {}{}", parameter_.name, rule_.name,
                                             wanted, shown(node), advice));
    return std::nullopt;
  }

  std::optional<lint::ParameterValue> integer() const {
    std::int64_t value = 0;
    const char* const end = node_.text.data() + node_.text.size();
    const auto parsed = std::from_chars(node_.text.data(), end, value);
    if (!node_.is_text() || node_.quoted || parsed.ec != std::errc() || parsed.ptr != end) {
      return refuse(node_, "an integer");
    }
    return value;
  }
  std::optional<lint::ParameterValue> boolean() const {
    const bool is_bool = node_.is_text() && !node_.quoted && (node_.text == "true" || node_.text == "false");
    if (!is_bool) return refuse(node_, "true or false");
    return node_.text == "true";
  }
  bool is_choice(const Node& node) const {
    return parameter_.choices.empty() ||
           std::find(parameter_.choices.begin(), parameter_.choices.end(), node.text) != parameter_.choices.end();
  }
  std::nullopt_t refuse_choice(const Node& node, std::string_view before) const {
    const std::string wanted = std::string(before) + alternatives(parameter_.choices);
    return refuse(node, wanted, reading_.suggest(node.text, parameter_.choices));
  }
  std::optional<lint::ParameterValue> text() const {
    if (!node_.is_text()) return refuse(node_, "text");
    if (!is_choice(node_)) return refuse_choice(node_, "");
    return node_.text;
  }
  std::optional<lint::ParameterValue> list() const {
    if (!node_.is_list()) return refuse(node_, "a list");
    std::vector<std::string> items;
    for (const Node* const item : node_.items) {
      if (!item->is_text()) return refuse(*item, "a list of texts");
      if (!is_choice(*item)) return refuse_choice(*item, "a list of ");
      items.push_back(item->text);
    }
    return items;
  }

  Reading& reading_;
  const lint::Rule& rule_;
  const lint::Parameter& parameter_;
  const Node& node_;
};

void read_parameter(Reading& reading, const lint::Rule& rule, const Node& key, const Node& value,
                    lint::RuleSetting& setting) {
  std::vector<std::string_view> known{level_key};
  for (const lint::Parameter& parameter : rule.parameters) {
    known.push_back(parameter.name);
    if (parameter.name != key.text) continue;
    if (auto read = ParameterReader(reading, rule, parameter, value).read()) {
      setting.parameters.insert_or_assign(key.text, *std::move(read));
    }
    return;
  }
  std::string advice = reading.suggest(key.text, known);
  if (advice.empty()) advice = fmt::format("; it has {}", fmt::join(known, ", "));
  reading.complain(key.span, fmt::format("rule {} has no parameter {}{}", rule.name, shown(key.text), advice));
}

void read_setting(Reading& reading, const lint::Rule& rule, const Node& node, lint::RuleSetting& setting) {
  if (node.is_text()) return read_level(reading, rule.name, node, setting);
  if (!node.is_map()) {
    reading.complain(node.span, fmt::format("'{}' must be a level ({}) or a map of level and parameters, not {}",
                                            rule.name, alternatives(level_names), kind_name(node)));
    return;
  }
  reading.check_twice(node);
  for (const auto& [key, value] : node.entries) {
    if (key->text == level_key) {
      if (reading.text({level_key, *value})) read_level(reading, level_key, *value, setting);
    } else {
      read_parameter(reading, rule, *key, *value, setting);
    }
  }
}

bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/// "2026-02-28": a day that there is.
bool is_date(std::string_view text) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  constexpr std::string_view form = "dddd-dd-dd";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == 'd' ? !is_digit : text[i] != '-') return false;
  }
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) value = value * 10 + (c - '0');
    return value;
  };
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (month < 1 || month > 12 || day < 1) return false;
  const int last = days.at(static_cast<std::size_t>(month - 1)) + (month == 2 && is_leap_year(number(0, 4)) ? 1 : 0);
  return day <= last;
}

void read_ignored_rule(Reading& reading, Given given, lint::Ignore& ignore) {
  const auto text = reading.text(given);
  if (!text) return;
  ignore.rule = *text;
  if (!has_wildcard(*text)) {
    find_rule(reading, *text, given.node.span);
    return;
  }
  const auto matches = [&](const lint::Rule* rule) { return wildcard_match(*text, rule->name); };
  const auto rules = reading.catalogue().rules;
  if (std::none_of(rules.begin(), rules.end(), matches)) {
    reading.complain(given.node.span, fmt::format("{} is the name of no rule", shown(*text)));
  }
}

void read_ignored_object(Reading& reading, Given given, lint::Ignore& ignore) {
  const auto text = reading.text(given);
  if (!text) return;
  ignore.object = *text;
  const std::size_t slash = text->find('/');
  if (slash == 0 || slash == std::string::npos || slash + 1 == text->size()) {
    reading.complain(given.node.span,
                     fmt::format("'object' must be a kind and a name, as in Deployment/web, not {}", shown(*text)));
  }
}

void read_ignored_path(Reading& reading, Given given, lint::Ignore& ignore) {
  if (const auto text = reading.text(given)) ignore.path = reading.path_of(*text);
}

void read_expiry(Reading& reading, Given given, lint::Ignore& ignore) {
  const auto text = reading.text(given);
  if (!text) return;
  ignore.expires = *text;
  if (!is_date(*text)) {
    reading.complain(given.node.span, fmt::format("'expires' must be a date, as in 2026-12-31, not {}", shown(*text)));
  }
}

template <std::string lint::Ignore::*member>
void read_text(Reading& reading, Given given, lint::Ignore& ignore) {
  if (auto text = reading.text(given)) ignore.*member = *std::move(text);
}

Value text_schema(SchemaBuilder& schema) { return schema.text(); }
Value date_schema(SchemaBuilder& schema) { return schema.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"); }
Value object_schema(SchemaBuilder& schema) { return schema.pattern("^[^/]+/.+$"); }

constexpr std::array<Field<lint::Ignore>, 6> ignore_fields{{
    {"rule", "The rule, * and ? are wildcards", text_schema, read_ignored_rule},
    {"object", "The object that the finding is about, as in Deployment/web, * and ? are wildcards", object_schema,
     read_ignored_object},
    {"path", "The file that the finding is in, relative to rhumb.yaml, * and ? are wildcards", text_schema,
     read_ignored_path},
    {"environment", "The environment, * and ? are wildcards", text_schema, read_text<&lint::Ignore::environment>},
    {"reason", "Why the finding is right and nothing is changed", text_schema, read_text<&lint::Ignore::reason>, true},
    {"expires", "The last day on which it counts, as in 2026-12-31", date_schema, read_expiry},
}};

Value level_schema(SchemaBuilder& schema) {
  const Value off = schema.with(schema.heap().map(), "const", Value::boolean(false));
  return schema.any_of({schema.choice(level_names), off});
}

Value parameter_schema(SchemaBuilder& schema, const lint::Parameter& parameter) {
  const Value item = parameter.choices.empty() ? schema.type("string") : schema.choice(parameter.choices);
  switch (parameter.type) {
    case lint::ParameterType::integer: return schema.type("integer");
    case lint::ParameterType::boolean: return schema.boolean();
    case lint::ParameterType::text: return item;
    default: return schema.list_of(item);
  }
}

Value setting_schema(SchemaBuilder& schema, const lint::Rule& rule) {
  const Value level = schema.reference("level", level_schema);
  std::vector<std::string> helps;
  helps.reserve(rule.parameters.size());
  std::vector<SchemaProperty> properties{{level_key, "How heavy its findings are, or off", level}};
  for (const lint::Parameter& parameter : rule.parameters) {
    helps.push_back(fmt::format("{} (default: {})", parameter.help, parameter.fallback));
    properties.push_back({parameter.name, helps.back(), parameter_schema(schema, parameter)});
  }
  return schema.any_of({level, schema.structure(properties)});
}

Value make_rules_schema(SchemaBuilder& schema) {
  std::vector<SchemaProperty> properties;
  for (const lint::Rule* const rule : schema.catalogue().rules) {
    properties.push_back({rule->name, rule->summary, setting_schema(schema, *rule)});
  }
  return schema.or_null(schema.structure(properties));
}

Value make_ignore_schema(SchemaBuilder& schema) { return fields_schema<lint::Ignore>(schema, ignore_fields); }

}  // namespace

void read_rules(Reading& reading, Given given, lint::RuleSettings& into) {
  if (given.node.is_null()) return;
  if (!given.node.is_map()) {
    reading.complain(given.node.span, fmt::format("'{}' must be a map, not {}", given.name, kind_name(given.node)));
    return;
  }
  reading.check_twice(given.node);
  for (const auto& [key, value] : given.node.entries) {
    const lint::Rule* const rule = find_rule(reading, key->text, key->span);
    if (rule != nullptr) read_setting(reading, *rule, *value, into[key->text]);
  }
}

Value rules_schema(SchemaBuilder& schema) { return schema.reference("rules", make_rules_schema); }

void read_ignores(Reading& reading, Given given, std::vector<lint::Ignore>& into) {
  if (given.node.is_null()) return;
  if (!given.node.is_list()) {
    reading.complain(given.node.span, fmt::format("'{}' must be a list, not {}", given.name, kind_name(given.node)));
    return;
  }
  for (const Node* const item : given.node.items) {
    lint::Ignore ignore;
    ignore.span = item->span;
    read_fields<lint::Ignore>(reading, *item, "an ignore", ignore_fields, ignore);
    const auto narrows = [&](std::string_view key) { return item->find(key) != nullptr; };
    const std::array<std::string_view, 4> keys{"rule", "object", "path", "environment"};
    if (item->is_map() && std::none_of(keys.begin(), keys.end(), narrows)) {
      reading.complain(item->span, "an ignore must name a rule, an object, a path or an environment");
    }
    into.push_back(std::move(ignore));
  }
}

Value ignores_schema(SchemaBuilder& schema) {
  return schema.or_null(schema.list_of(schema.reference("ignore", make_ignore_schema)));
}

void read_presets(Reading& reading, Given given, std::vector<std::string>& into) {
  into.clear();
  for (const Node* const item : reading.texts(given)) {
    if (reading.choice_of(given.name, *item, preset_names)) into.push_back(item->text);
  }
}

Value presets_schema(SchemaBuilder& schema) { return schema.or_null(schema.list_of(schema.choice(preset_names))); }

void read_tiers(Reading& reading, Given given, std::vector<lint::Tier>& into) {
  into.clear();
  for (const Node* const item : reading.texts(given)) {
    if (const auto tier = reading.choice_of(given.name, *item, tier_names)) into.push_back(tier_at(*tier));
  }
}

Value tiers_schema(SchemaBuilder& schema) { return schema.or_null(schema.list_of(schema.choice(tier_names))); }

}  // namespace rhumb::project
