#include "project/environment.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "project/names.h"
#include "project/set_values.h"
#include "project/settings.h"
#include "rhumb/funcs/objects.h"
#include "rhumb/render/release_name.h"

namespace rhumb::project {
namespace {

using lint::Environment;

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// As RFC 1123 has labels, and Kubernetes namespaces.
bool is_label(std::string_view text) {
  constexpr std::size_t longest = 63;
  const auto is_inner = [](char c) { return is_lower_or_digit(c) || c == '-'; };
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), is_inner) &&
         text.front() != '-' && text.back() != '-';
}

/// "ap-south-1", "us-gov-west-1".
bool is_region(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash + 2 != text.size()) return false;
  const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  const std::string_view names = text.substr(0, dash);
  return text.back() >= '1' && text.back() <= '9' && std::all_of(names.begin(), names.end(), is_name) &&
         names.find('-') == 2 && is_label(text);
}

bool is_account(std::string_view text) {
  constexpr std::size_t digits = 12;
  return text.size() == digits && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Names stand in lists that commas separate, and in names of folders.
bool is_environment_name(std::string_view text) {
  const auto is_fit = [](char c) {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_fit) && text.front() != '-' && text.front() != '.';
}

/// A text of a form.
template <std::string Environment::*member, bool (*holds)(std::string_view)>
void read_checked(Reading& reading, Given given, Environment& into, std::string_view wanted) {
  auto text = reading.text(given);
  if (!text) return;
  if (!holds(*text)) {
    return reading.complain(given.node.span, fmt::format("'{}' must be {}, not {}", given.name, wanted, shown(*text)));
  }
  into.*member = *std::move(text);
}

void read_release(Reading& reading, Given given, Environment& into) {
  read_checked<&Environment::release, render::is_release_name>(
      reading, given, into, "the name of a release (at most 53 lower-case letters, digits, '-' and '.')");
}
void read_namespace(Reading& reading, Given given, Environment& into) {
  read_checked<&Environment::namespace_, is_label>(
      reading, given, into, "the name of a namespace (at most 63 lower-case letters, digits and '-')");
}
void read_region(Reading& reading, Given given, Environment& into) {
  read_checked<&Environment::region, is_region>(reading, given, into, "a region, as in eu-central-1");
}
void read_account(Reading& reading, Given given, Environment& into) {
  read_checked<&Environment::account, is_account>(reading, given, into, "an account number of twelve digits");
}

void read_tier(Reading& reading, Given given, Environment& into) {
  if (const auto tier = reading.choice(given, tier_names)) into.tier = tier_at(*tier);
}

void read_profile(Reading& reading, Given given, Environment& into) {
  if (const auto profile = reading.choice(given, profile_names)) into.profile = profile_names.at(*profile);
}

void read_kube_version(Reading& reading, Given given, Environment& into) {
  auto text = reading.text(given);
  if (!text) return;
  if (const auto version = funcs::parse_kube_version(*text); !version) {
    return reading.complain(given.node.span, fmt::format("'{}' must be a version of Kubernetes, as in 1.31, not {}",
                                                         given.name, shown(*text)));
  }
  into.kube_version = *std::move(text);
}

void read_api_versions(Reading& reading, Given given, Environment& into) {
  reading.append_texts(given, into.api_versions);
}

void read_values(Reading& reading, Given given, Environment& into) {
  for (const Node* const item : reading.texts(given)) {
    std::string path = reading.path_of(item->text);
    const auto status = reading.files().status(path);
    if (!status) {
      reading.complain(item->span, status.error().message);
    } else if (status->kind == FileKind::missing) {
      reading.complain(item->span, fmt::format("the values file {} does not exist{}", shown(item->text),
                                               reading.suggest_file(item->text)));
    } else if (status->kind == FileKind::directory) {
      reading.complain(item->span, fmt::format("the values file {} is a folder", shown(item->text)));
    }
    into.value_files.push_back(std::move(path));
  }
}

void read_rule_settings(Reading& reading, Given given, Environment& into) { read_rules(reading, given, into.rules); }

/// The first field of an environment in a list; read beforehand.
void skip(Reading&, Given, Environment&) {}

Value name_schema(SchemaBuilder& schema) { return schema.pattern("^[A-Za-z0-9_][A-Za-z0-9._-]*$"); }
Value text_schema(SchemaBuilder& schema) { return schema.text(); }
Value number_schema(SchemaBuilder& schema) { return schema.text_or_number(); }
Value texts_schema(SchemaBuilder& schema) { return schema.or_null(schema.texts()); }
Value tier_schema(SchemaBuilder& schema) { return schema.choice(tier_names); }
Value profile_schema(SchemaBuilder& schema) { return schema.choice(profile_names); }

constexpr std::array<Field<Environment>, 13> environment_fields{{
    {"name", "What the environment is called", name_schema, skip, true},
    {"release", "The name of the release", text_schema, read_release},
    {"namespace", "The namespace that it is installed into", text_schema, read_namespace},
    {"tier", "How much depends on it; some rules look at staging and production only", tier_schema, read_tier},
    {"profile", "The specification whose requirements apply", profile_schema, read_profile},
    {"kubeVersion", "The version of Kubernetes, as in 1.31", number_schema, read_kube_version},
    {"apiVersions", "What .Capabilities.APIVersions holds beside Kubernetes' own, as in monitoring.coreos.com/v1",
     texts_schema, read_api_versions},
    {"region", "The region of the cloud", text_schema, read_region},
    {"account", "The account of the cloud, twelve digits (in quotes)", number_schema, read_account},
    {"values", "Values files, relative to rhumb.yaml; later ones win", texts_schema, read_values},
    {"set", "Values as --set reads them; texts in quotes stay texts", set_schema, read_set},
    {"setString", "Values that are texts, as --set-string", set_string_schema, read_set_string},
    {"rules", "Levels and parameters of rules in this environment", rules_schema, read_rule_settings},
}};
/// Defaults have no name, and neither has an environment whose name is a key.
constexpr std::span<const Field<Environment>> nameless_fields = std::span(environment_fields).subspan(1);

Value make_environment_schema(SchemaBuilder& schema) {
  return schema.or_null(fields_schema<Environment>(schema, nameless_fields));
}
Value make_named_environment_schema(SchemaBuilder& schema) {
  return fields_schema<Environment>(schema, environment_fields);
}

class EnvironmentsReader {
 public:
  EnvironmentsReader(Reading& reading, const Environment& defaults, std::size_t weight)
      : reading_(reading), defaults_(defaults), weight_(weight) {}

  std::vector<Environment> read(Given given) {
    if (given.node.is_map()) {
      read_map(given.node);
    } else if (given.node.is_list()) {
      read_list(given.node);
    } else {
      reading_.complain(given.node.span, fmt::format("'{}' must be a map or a list of environments, not {}", given.name,
                                                     kind_name(given.node)));
    }
    if (!given.node.is_text() && given.node.entries.empty() && given.node.items.empty() && !given.node.is_null()) {
      reading_.complain(given.node.span, fmt::format("'{}' holds none", given.name));
    }
    return std::move(environments_);
  }

 private:
  void read_map(const Node& node) {
    reading_.check_twice(node);
    for (const auto& [key, value] : node.entries) {
      Environment* const environment = begin(*key);
      if (environment == nullptr) return;
      if (value->is_null()) continue;
      read_fields<Environment>(reading_, *value, "an environment", nameless_fields, *environment);
    }
  }

  void read_list(const Node& node) {
    for (const Node* const item : node.items) {
      const Node* const name = item->is_map() ? item->find("name") : nullptr;
      if (name != nullptr && !reading_.text({"name", *name})) continue;
      Environment unnamed = defaults_;
      Environment* const environment = name == nullptr ? &unnamed : begin(*name);
      if (environment == nullptr) return;
      check_new(name);
      read_fields<Environment>(reading_, *item, "an environment", environment_fields, *environment);
    }
  }

  /// Null when there are too many.
  Environment* begin(const Node& name) {
    if (!reading_.spend(weight_, name.span)) return nullptr;
    if (!is_environment_name(name.text)) {
      reading_.complain(name.span, fmt::format("the name of an environment is made of letters, digits, '-', '_' and "
                                               "'.', not {}",
                                               shown(name.text)));
    }
    Environment& environment = environments_.emplace_back(defaults_);
    environment.name = name.text;
    environment.span = name.span;
    return &environment;
  }

  void check_new(const Node* name) {
    if (name != nullptr && !names_.insert(name->text).second) {
      reading_.complain(name->span, fmt::format("the environment {} is given twice", shown(name->text)));
    }
  }

  Reading& reading_;
  const Environment& defaults_;
  std::size_t weight_;
  std::vector<Environment> environments_;
  std::set<std::string> names_;
};

}  // namespace

void read_defaults(Reading& reading, Given given, Environment& into) {
  if (given.node.is_null()) return;
  read_fields<Environment>(reading, given.node, "'" + std::string(given.name) + "'", nameless_fields, into);
}

Value defaults_schema(SchemaBuilder& schema) { return schema.reference("environment", make_environment_schema); }

std::vector<Environment> read_environments(Reading& reading, Given given, const Environment& defaults,
                                           std::size_t weight) {
  return EnvironmentsReader(reading, defaults, weight).read(given);
}

Value environments_schema(SchemaBuilder& schema) {
  const Value by_name = schema.map_of(schema.reference("environment", make_environment_schema));
  const Value names = schema.with(schema.heap().map(), "pattern", name_schema(schema).as_map()->find("pattern")[0]);
  return schema.any_of({schema.with(by_name, "propertyNames", names),
                        schema.list_of(schema.reference("namedEnvironment", make_named_environment_schema))});
}

}  // namespace rhumb::project
